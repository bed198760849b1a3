"""Counting arrivals."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q

from mikrokraad.catalogue.arrivals.rules import MOST_ROWS_A_DAY, OTHER, Campaign
from mikrokraad.catalogue.models import Arrivals, Programme


@transaction.atomic
def count_arrival(campaign: Campaign, *, page: str, slug: str, day: date) -> None:
    """One more on this day, of a programme's page (`slug`) or of another `page`.

    Once a day has as many rows as it may, a new campaign is counted under “other”.
    """
    if _added(campaign, page=page, slug=slug, day=day):
        return
    if Arrivals.objects.filter(day=day).count() >= MOST_ROWS_A_DAY:
        campaign = Campaign(OTHER)
    programme = Programme.objects.filter(slug=slug).first() if slug else None
    Arrivals.objects.get_or_create(
        day=day, page=page, programme=programme, **campaign._asdict()
    )
    _added(campaign, page=page, slug=slug, day=day)


def _added(campaign: Campaign, *, page: str, slug: str, day: date) -> bool:
    whose = Q(programme__slug=slug) if slug else Q(programme=None)
    rows = Arrivals.objects.filter(whose, day=day, page=page, **campaign._asdict())
    return bool(rows.update(visits=F("visits") + 1))
