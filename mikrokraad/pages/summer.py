"""The summer school: what there is this year, and by when to apply."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mikrokraad.catalogue import queries as catalogue
from mikrokraad.catalogue.filters import Wanted
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.search.current import current
from mikrokraad.catalogue.search.finding import Found
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.pages import listing

SUMMER = "summer-school"
MOST = 200


def summer_page(*, at: datetime) -> dict[str, Any]:
    """Cards of the summer schools, and the first deadline still to come."""
    want = Wanted(chosen={"kind": SUMMER})
    found = Found(current(), want, Moment(at), language=get_language() or "et")
    keys = [hit.run for hit in found.hits(0, MOST)]
    return {
        "cards": listing.cards(keys, at=at),
        "moments": way(),
        "first": _first(catalogue.published_runs().filter(pk__in=keys), at=at),
    }


def way() -> list[dict[str, str]]:
    """From the first look to the certificate, for somebody who comes from abroad."""
    return [
        {"title": title, "text": text, "state": "later"}
        for title, text in (
            (
                _("You apply"),
                _("You sign in with your e-mail, answer and add your documents."),
            ),
            (
                _("The summer school answers"),
                _("With the place you get an invoice."),
            ),
            (
                _("You pay"),
                _(
                    "Then your place is certain, and you can show it when you ask for a visa."
                ),
            ),
            (
                _("Two weeks of studies"),
                _("In a group from many countries, with visits and evenings together."),
            ),
            (
                _("You take the certificate home"),
                _("With credits that your own university can verify in a minute."),
            ),
        )
    ]


def _first(runs: Iterable[Run], *, at: datetime) -> Run | None:
    ahead = [run for run in runs if catalogue.may_apply(run, at)]
    return min(ahead, key=lambda run: run.deadline, default=None)
