"""The summer school: what there is this year, and by when to apply."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mikrokraad.catalogue import queries as catalogue
from mikrokraad.catalogue.filters import Wanted
from mikrokraad.catalogue.models import Requirement, Run
from mikrokraad.catalogue.rules import Education, PriceKind, RequirementKind
from mikrokraad.catalogue.search.current import current
from mikrokraad.catalogue.search.finding import Found
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.core.money import euros
from mikrokraad.core.texts import said
from mikrokraad.fees.queries import prices_of
from mikrokraad.pages import listing
from mikrokraad.pages.wording import fee_cents

SUMMER = "summer-school"
MOST = 200


def summer_page(*, at: datetime) -> dict[str, Any]:
    """Cards of the summer schools, and the first deadline still to come."""
    want = Wanted(chosen={"kind": SUMMER})
    found = Found(current(), want, Moment(at), language=get_language() or "et")
    keys = [hit.run for hit in found.hits(0, MOST)]
    published = catalogue.published_runs().filter(pk__in=keys)
    runs = list(published.prefetch_related("version__requirements"))
    fee = _application_fee(runs)
    return {
        "cards": listing.cards(keys, at=at),
        "moments": way(fee),
        "first": _first(runs, at=at),
        "rules": _rules(runs, fee),
        "documents": _documents(runs),
    }


def _rules(runs: list[Run], fee: str) -> list[tuple[str, str]]:
    """What is different from other programmes, as the programmes themselves have it."""
    if not runs:
        return []
    ects = [run.version.ects for run in runs]
    days = [(run.ends_on - run.starts_on).days + 1 for run in runs]
    letter = any(run.version.programme.kind.acceptance_letter for run in runs)
    told = [
        (_("Who may come"), _education(runs)),
        (_("Length"), _span(days, _days_text)),
        (_("Credits"), _span(ects, _ects_text)),
        (
            _("Application fee"),
            _("{fee}, paid first and not returned").format(fee=fee) if fee else "",
        ),
        (
            _("For the visa"),
            _("a letter of acceptance (PDF), as soon as you have your place")
            if letter
            else "",
        ),
    ]
    return [(name, value) for name, value in told if value]


def _education(runs: list[Run]) -> str:
    """“Whoever has at least upper secondary education”, the least that any asks."""
    asked = {run.version.minimum_education for run in runs}
    least = next((one for one in Education.values if one in asked), "")
    if not least:
        return ""
    text = _("whoever has at least {education}")
    return text.format(education=Education(least).label)


def _documents(runs: list[Run]) -> list[dict[str, Any]]:
    """Of each programme, by title: what has to be attached to the application."""
    told = [
        {
            "title": said(run.version.title),
            "href": run.version.programme.get_absolute_url(),
            "texts": [
                _document_text(one)
                for one in sorted(_asked(run), key=lambda one: one.position)
                if one.needs_evidence or one.kind == RequirementKind.DOCUMENT
            ],
        }
        for run in runs
    ]
    return sorted((one for one in told if one["texts"]), key=lambda one: one["title"])


def _document_text(asked: Requirement) -> str:
    """What to attach; of what has to be shown, that it is a file."""
    if asked.kind == RequirementKind.DOCUMENT:
        return said(asked.text)
    return " ".join([said(asked.text), _("Add a file that shows it.")])


def _asked(run: Run) -> Iterable[Requirement]:
    return run.version.requirements.all()


def _span(numbers: list[int], text: Callable[[int], str]) -> str:
    """One number, or the least and the most where they differ."""
    least, most = min(numbers), max(numbers)
    return text(most) if least == most else f"{least}–{text(most)}"


def _days_text(days: int) -> str:
    return ngettext("{n} day", "{n} days", days).format(n=days)


def _ects_text(ects: int) -> str:
    return _("{ects} ECTS").format(ects=ects)


def _application_fee(runs: list[Run]) -> str:
    """The least that is asked before an application is read; empty where nothing is."""
    fees = [
        fee
        for price in prices_of(runs).values()
        if (fee := fee_cents(price, PriceKind.APPLICATION_FEE))
    ]
    return euros(min(fees)) if fees else ""


def way(fee: str) -> list[dict[str, str]]:
    """From the first look to the certificate, for somebody who comes from abroad."""
    paying = [
        (
            _("You pay the application fee, {amount}").format(amount=fee),
            _("Your application is read once it has come. It is not returned."),
        )
    ]
    return [
        {"title": title, "text": text, "state": "later"}
        for title, text in (
            (
                _("You apply"),
                _("You sign in with your e-mail, answer and add your documents."),
            ),
            *(paying if fee else []),
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
