"""The list of programmes in words: cards, why each was found, and how many there are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mikrokraad.catalogue import filters
from mikrokraad.catalogue import queries as catalogue
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import Applying
from mikrokraad.catalogue.search.current import current
from mikrokraad.catalogue.search.finding import OPEN, Found, Hit, Reason
from mikrokraad.catalogue.search.index import Index
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.core.calendar import day_of, day_text, until_text
from mikrokraad.core.texts import said
from mikrokraad.fees.queries import prices_of
from mikrokraad.fees.rules import Price
from mikrokraad.pages import narrowing
from mikrokraad.pages.wording import figure, languages_text, mode_text, places_text
from mikrokraad.seats.full import full_runs
from mikrokraad.seats.queries import NO_PLACES, Places, places_left
from mikrokraad.seats.seen import notice_edition

Context = dict[str, Any]
T = TypeVar("T")
PAGE = 24


class _Hits(Sequence[Hit]):
    """What was found, for a paginator: only the page that is shown is looked at."""

    def __init__(self, found: Found) -> None:
        self.found = found

    def __len__(self) -> int:
        return self.found.count

    def __getitem__(self, part: Any) -> Any:  # noqa: ANN401 -- a page asks for slices only
        return self.found.hits(part.start, part.stop - part.start)


def programmes_page(asked: QueryDict, *, at: datetime) -> Context:
    """Everything the list shows, in a number of queries that does not grow."""
    index = _index()
    asking = {name: str(value) for name, value in asked.items()}
    want = filters.wanted(asking, index.shelf.knows)
    full = full_runs(at=at) if "places" in want.chosen else frozenset()
    found = Found(index, want, Moment(at, full), language=get_language() or "et")
    page = Paginator(_Hits(found), PAGE).get_page(asked.get("page"))
    return {
        "want": want,
        "page": page,
        "count": found.count,
        "cards": _cards(list(page), at=at, term="semester" not in want.chosen),
        "semesters": narrowing.semesters(found),
        "groups": narrowing.groups(found, at=at),
        "chosen": narrowing.chosen(found),
        "keep": list(want.chosen.items()),
        "instead": found.instead,
        "missing": found.missing,
        "partly": _partly(found),
        "relaxed": narrowing.relaxed(found) if not found.count else [],
    }


def _index() -> Index:
    """What is searched in. While it is older than the catalogue, no page is kept long."""
    index = current()
    notice_edition(index.number)
    return index


def _partly(found: Found) -> bool:
    """Whether some of what was found has only some of the words that there are."""
    matches = found.matches
    return matches is not None and matches.whole < len(matches.order)


def open_now(*, most: int, at: datetime) -> tuple[list[Context], int]:
    """A few programmes that take applications, of different fields; and how many do."""
    found = Found(_index(), OPEN, Moment(at), language=get_language() or "et")
    return cards(found.by_field(most), at=at), found.count


def _cards(hits: list[Hit], *, at: datetime, term: bool) -> list[Context]:
    """Cards of what was found, each with the reason."""
    reasons = {hit.run: hit.reasons for hit in hits}
    return [
        {**card, "why": [_why(reason) for reason in reasons[card["run"]]]}
        for card in cards(reasons, at=at, term=term)
    ]


def _why(reason: Reason) -> dict[str, str]:
    """“In the outcomes: train and compare models”."""
    places = {
        "courses": _("In the courses"),
        "outcomes": _("In the outcomes"),
        "field": _("In the field of study"),
        "lead": _("In the introduction"),
    }
    return {"where": places[reason.part], "text": said(reason.text)}


def cards(keys: Iterable[Any], *, at: datetime, term: bool = True) -> list[Context]:
    """Cards of runs, in the order of their keys; `term` says the semester on each."""
    wanted = list(keys)
    runs = {run.pk: run for run in catalogue.published_runs().filter(pk__in=wanted)}
    places, prices = places_left(runs.values(), at=at), prices_of(runs.values())
    return [
        card(runs[key], places.get(key, NO_PLACES), prices[key], at=at, term=term)
        for key in wanted
        if key in runs
    ]


def card(
    run: Run, places: Places, price: Price, *, at: datetime, term: bool
) -> Context:
    version = run.version
    said_term = [said(run.intake.name)] if term else []
    tag, kind, note = _standing(run, places, at=at)
    return {
        "run": run.pk,
        "href": f"{version.programme.get_absolute_url()}?semester={run.intake.term_id}",
        "title": said(version.title),
        "seed": version.programme.slug,
        "colour": version.field.colour if version.field else "indigo",
        "field": said(version.field.broad_name) if version.field else "",
        "meta": "\n".join(
            [
                " · ".join(
                    [_("{ects} ECTS").format(ects=version.ects), mode_text(run)]
                ),
                " · ".join([*said_term, languages_text(run.languages)]),
            ]
        ),
        "figure": figure(run, price),
        "note": note,
        "tag": tag,
        "tag_kind": kind,
    }


def _standing(run: Run, places: Places, *, at: datetime) -> tuple[str, str, str]:
    """Tag, its kind, and the note in the card's corner."""
    standing = catalogue.how_it_stands(run, at=at)
    if standing == Applying.OVER:
        return "", "", _("applications are over")
    if standing == Applying.NOT_YET:
        opens = day_text(day_of(run.opens_at), year=False)
        return "", "", _("opens on {day}").format(day=opens)
    if run.commissioned_by_id:
        return "", "", _("for one employer's people")
    if places.size and not places.left:
        return _("waiting list"), "wait", until_text(run.deadline)
    told = [places_text(places), until_text(run.deadline)]
    return "", "", " · ".join(one for one in told if one)
