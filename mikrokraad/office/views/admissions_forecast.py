"""The dry run in words: what would happen if the prepared decisions went out now."""

from django.utils.translation import gettext as _

from mikrokraad.admissions import forecast
from mikrokraad.admissions.forecast import Basis, Forecast
from mikrokraad.catalogue.models import Run

PERCENT = 100


def dry_run(
    run: Run, *, prepared: int, open_offers: int, places: int, waiting: int
) -> list[str]:
    """One sentence each: how many come and how we know, and what follows. Sends nothing."""
    if not prepared:
        return []
    own, everybody = forecast.histories_of(run)
    told = forecast.forecast(
        offers=prepared + open_offers,
        places=places,
        waiting=waiting,
        programme=own,
        university=everybody,
    )
    return [_expected(told), *_follows(told)]


def _expected(told: Forecast) -> str:
    if told.basis == Basis.NOTHING:
        return _(
            "There is too little history to say how many accept, so all {offers} are counted as coming."
        ).format(offers=told.offers)
    words = {
        Basis.PROGRAMME: _(
            "Of {offers} offers, prepared and open, about {expected} are accepted: {share} % of {history} offers in earlier runs of this programme were."
        ),
        Basis.UNIVERSITY: _(
            "Of {offers} offers, prepared and open, about {expected} are accepted: {share} % of {history} offers in the whole university were; this programme has too little history."
        ),
    }[told.basis]
    return words.format(
        offers=told.offers,
        expected=told.expected,
        share=round(PERCENT * told.history.accepted / told.history.offers),
        history=told.history.offers,
    )


def _follows(told: Forecast) -> list[str]:
    if told.short:
        return [
            _("Then {count} too many accept, and they go to the waiting list.").format(
                count=told.short
            )
        ]
    said = [_("Then {count} places stay free.").format(count=told.free)]
    if told.from_the_list:
        said.append(
            _("{count} of those on the waiting list could get one.").format(
                count=told.from_the_list
            )
        )
    return said
