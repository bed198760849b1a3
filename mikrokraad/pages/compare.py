"""Up to four programmes side by side, by the same facts as their own pages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrokraad.catalogue.models import ProgrammeVersion, Run
from mikrokraad.catalogue.queries import RunPage, how_it_stands, run_page
from mikrokraad.catalogue.rules import Applying
from mikrokraad.core.texts import said
from mikrokraad.fees.queries import prices_of
from mikrokraad.pages import side_by_side as rows
from mikrokraad.pages.cost import Who, cost, who_pays
from mikrokraad.pages.side_by_side import Cell, Side
from mikrokraad.pathways.queries import counts_towards
from mikrokraad.seats.queries import NO_PLACES, places_left

Context = dict[str, Any]
MOST = 4
AT = "@"  # “data-science@2027-spring” is the run of one semester
ONLY = "differences"
PAYERS = {
    Who.ME: gettext_lazy("I pay"),
    Who.EMPLOYER: gettext_lazy("my employer pays"),
    Who.FUNDED: gettext_lazy("I belong to the funded group"),
}


@dataclass(frozen=True)
class Asked:
    """What an address asks for."""

    programmes: tuple[str, ...]
    who: Who = Who.ME
    only: bool = False

    @property
    def query(self) -> str:
        said_there = [("p", one) for one in self.programmes]
        said_there += [("pays", self.who)] if self.who != Who.ME else []
        said_there += [("only", ONLY)] if self.only else []
        return f"?{urlencode(said_there, safe=AT)}"


def compare_page(
    given: Sequence[str], other: Mapping[str, str], *, at: datetime
) -> Context:
    """Everything the page shows; the number of queries grows only with the programmes."""
    wanted = list(dict.fromkeys(filter(None, given)))
    pages = {one: _page(one) for one in wanted[:MOST]}
    found = {one: page for one, page in pages.items() if page is not None}
    asked = Asked(tuple(found), who_pays(other), other.get("only") == ONLY)
    sides = _sides(found, asked.who, at=at)
    compared = _rows(sides, asked.who, at=at) if sides else []
    return {
        "heads": [_head(side, asked, at=at) for side in sides],
        "rows": [row for row in compared if row["differs"] or not asked.only],
        "only": asked.only,
        "only_href": replace(asked, only=not asked.only).query,
        "same": sum(not row["differs"] for row in compared),
        "payers": _payers(sides, asked),
        "by_employer": asked.who == Who.EMPLOYER,
        "lost": len(pages) - len(found),
        "too_many": max(0, len(wanted) - MOST),
        "most": MOST,
    }


def _page(asked: str) -> RunPage | None:
    return run_page(asked.partition(AT)[0].replace("\0", ""))


def _sides(found: Mapping[str, RunPage], who: Who, *, at: datetime) -> list[Side]:
    chosen = {
        asked: page.run_in(asked.partition(AT)[2]) or page.next_run(at=at)
        for asked, page in found.items()
    }
    runs = [run for run in chosen.values() if run]
    places, prices = places_left(runs, at=at), prices_of(runs)
    return [
        Side(
            asked,
            page,
            _version(page, run),
            run,
            places.get(run.pk, NO_PLACES) if run else NO_PLACES,
            cost(prices[run.pk], who, commissioned=bool(run.commissioned_by_id))
            if run
            else None,
        )
        for (asked, page), run in zip(found.items(), chosen.values(), strict=True)
    ]


def _version(page: RunPage, run: Run | None) -> ProgrammeVersion:
    """The wording that the run is of, with its contents."""
    if run is None:
        return page.current
    return next((v for v in page.versions if v.pk == run.version_id), page.current)


def _head(side: Side, asked: Asked, *, at: datetime) -> Context:
    """The top of a column: what it is, and the way out of the comparison."""
    others = [one for one in asked.programmes if one != side.asked]
    slug, term = side.page.programme.slug, side.run.intake.term_id if side.run else ""
    return {
        "title": said(side.version.title),
        "href": side.page.programme.get_absolute_url()
        + (f"?semester={term}" if term else ""),
        "slug": slug,
        "colour": side.colour,
        "kind": said(side.page.programme.kind.name),
        "semester": said(side.run.intake.name) if side.run else "",
        "without": replace(asked, programmes=tuple(others)).query,
        "semesters": [
            {
                "label": _("{semester} instead").format(semester=said(run.intake.name)),
                "href": _instead(asked, side.asked, f"{slug}{AT}{run.intake.term_id}"),
            }
            for run in side.page.runs
            if run is not side.run and how_it_stands(run, at=at) != Applying.OVER
        ],
    }


def _instead(asked: Asked, one: str, other: str) -> str:
    changed = tuple(other if each == one else each for each in asked.programmes)
    return replace(asked, programmes=changed).query


def _payers(sides: Iterable[Side], asked: Asked) -> list[Context]:
    """Who may pay; a funded group is asked about only where there is one."""
    funded = any(side.cost and side.cost.is_funded for side in sides)
    return [
        {
            "label": label,
            "href": replace(asked, who=who).query,
            "current": who == asked.who,
        }
        for who, label in PAYERS.items()
        if who != Who.FUNDED or funded or asked.who == who
    ]


# Rows -----------------------------------------------------------------------------------


def _rows(sides: list[Side], who: Who, *, at: datetime) -> list[Context]:
    """Each fact in a row; a row about money that nobody has to pay is left out."""
    counting = counts_towards(
        part.course_id for side in sides for part in side.version.components.all()
    )
    told: list[tuple[str, Callable[[Side], Cell]]] = [
        (_("Volume"), rows.volume),
        (_("Programme fee"), lambda side: rows.fee(side, who)),
        (_("Application fee"), lambda side: rows.application_fee(side, who)),
        (_("Your employer pays"), rows.by_employer),
        (_("You pay in all"), rows.by_me),
        (_("Apply until"), lambda side: rows.deadline(side, at=at)),
        (_("Places"), rows.places),
        (_("Studies"), rows.dates),
        (_("Hours a week"), rows.hours),
        (_("Form and place"), rows.form),
        (_("Language"), rows.language),
        (_("Meets on"), rows.weekdays),
        (_("The semester"), rows.semester),
        (_("What it asks"), rows.requirements),
        (_("Counts towards"), lambda side: rows.degrees_of(side, counting)),
        (_("Outcomes"), rows.outcomes),
        (_("Assessment"), rows.assessment),
        (_("Level"), rows.level),
    ]
    made = [_row(label, [say(side) for side in sides]) for label, say in told]
    return [row for row in made if any(cell.is_anything for cell in row["cells"])]


def _row(label: str, cells: list[Cell]) -> Context:
    first = cells[0].says
    return {
        "label": label,
        "cells": cells,
        "differs": len(cells) == 1 or any(cell.says != first for cell in cells),
    }
