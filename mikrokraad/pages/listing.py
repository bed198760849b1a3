"""The list of programmes in words: cards, chips with counts, and how many there are."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mikrokraad.catalogue import filters
from mikrokraad.catalogue import queries as catalogue
from mikrokraad.catalogue.filters import YES, Wanted
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.queries import Listed
from mikrokraad.catalogue.rules import Applying, Mode
from mikrokraad.core.calendar import day_of, day_text, until_text
from mikrokraad.core.texts import said
from mikrokraad.fees.queries import prices_of
from mikrokraad.fees.rules import Price
from mikrokraad.pages.wording import figure, languages_text, mode_text, places_text
from mikrokraad.seats.queries import NO_PLACES, Places, places_left

Context = dict[str, Any]
PAGE = 24


def programmes_page(asked: QueryDict, *, at: datetime) -> Context:
    """Everything the list shows, in a number of queries that does not grow."""
    runs = catalogue.listed_runs(at=at)
    asking = {name: str(value) for name, value in asked.items()}
    want = filters.wanted(asking, runs)
    fitting = filters.found(runs, want, get_language() or "et")
    page = Paginator(fitting, PAGE).get_page(asked.get("page"))
    return {
        "want": want,
        "page": page,
        "count": len(fitting),
        "cards": cards(
            [run.pk for run in page], at=at, term="semester" not in want.chosen
        ),
        "semesters": semesters(runs, want),
        "groups": groups(runs, want),
        "narrowed": bool(set(want.chosen) - {"semester", "open"}),
        "keep": list(want.chosen.items()),
    }


def open_now(*, most: int, at: datetime) -> tuple[list[Context], int]:
    """A few programmes that take applications, of different fields; and how many do."""
    runs = filters.found(
        catalogue.listed_runs(at=at), Wanted(chosen={"open": YES}), get_language() or ""
    )
    seen: dict[str, int] = {}
    turns = []
    for run in runs:
        seen[run.broad] = seen.get(run.broad, 0) + 1
        turns.append((seen[run.broad], run))
    first = [run.pk for _turn, run in sorted(turns, key=lambda pair: pair[0])[:most]]
    return cards(first, at=at), len(runs)


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


# Chips ----------------------------------------------------------------------------


def semesters(runs: list[Listed], want: Wanted) -> list[Context]:
    """All semesters, then each with its count."""
    names = {run.term: said(run.term_name) for run in runs}
    counted = filters.counts(runs, want, "semester")
    every = _chip(_("All semesters"), want, "semester", "", None)
    return [
        every,
        *[
            _chip(name, want, "semester", term, counted[term])
            for term, name in names.items()
            if counted[term] or want.chosen.get("semester") == term
        ],
    ]


def groups(runs: list[Listed], want: Wanted) -> list[Context]:
    """The other filters: each with a label and its chips."""
    languages = {code for run in runs for code in run.languages}
    modes = {run.mode for run in runs}
    told = [
        (
            "language",
            _("Language"),
            {c: languages_text([c]) for c in sorted(languages)},
        ),
        (
            "mode",
            _("Form of study"),
            {m.value: str(m.label) for m in Mode if m in modes},
        ),
        ("kind", _("Kind"), {run.kind: said(run.kind_name) for run in runs}),
        (
            "field",
            _("Field"),
            {run.broad: said(run.broad_name) for run in sorted(runs, key=_by_field)},
        ),
        ("free", _("Price"), {YES: _("free of charge")}),
        ("open", _("Applying"), {YES: _("open now")}),
    ]
    return [
        {"label": label, "chips": _chips(runs, want, name, options)}
        for name, label, options in told
    ]


def _by_field(run: Listed) -> str:
    return run.broad


def _chips(
    runs: list[Listed], want: Wanted, name: str, options: dict[str, str]
) -> list[Context]:
    counted = filters.counts(runs, want, name)
    return [
        _chip(label, want, name, value, counted[value])
        for value, label in options.items()
        if value and (counted[value] or want.chosen.get(name) == value)
    ]


def _chip(
    label: str, want: Wanted, name: str, value: str, count: int | None
) -> Context:
    """One choice; the current one leads back to not choosing."""
    current = want.chosen.get(name, "") == value
    query = want.asking(name, "" if current else value).query
    return {
        "label": label,
        "href": f"?{query}" if query else "?",
        "count": count,
        "current": current,
    }
