"""Programmes, as the list and the pages show them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import translation
from ninja import Query, Router, Schema
from pydantic import Field

from mikrokraad.api.v1.problems import PROBLEMS
from mikrokraad.catalogue import queries
from mikrokraad.catalogue.filters import MOST_LETTERS, Wanted
from mikrokraad.catalogue.models import (
    Component,
    Outcome,
    Programme,
    ProgrammeVersion,
    Run,
)
from mikrokraad.catalogue.rules import Applying, Mode
from mikrokraad.catalogue.search.current import current
from mikrokraad.catalogue.search.finding import Found
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.core import clock
from mikrokraad.fees.queries import prices_of
from mikrokraad.fees.rules import Price
from mikrokraad.seats.queries import NO_PLACES, Places, places_left

PAGE = 24
Text = dict[str, str]
router = Router(tags=["programmes"])


class Wishes(Schema):
    """The filters of the list page. Whoever asks for what nobody offers finds nothing."""

    q: str = Field("", max_length=MOST_LETTERS, description="Words to find")
    semester: str = Field("", max_length=50, examples=["2027-spring"])
    language: str = Field("", max_length=8, examples=["en"])
    mode: Mode | None = None
    kind: str = Field("", max_length=50, examples=["micro-degree"])
    field: str = Field(
        "", pattern=r"^(\d\d){0,2}$", description="ISCED-F, 2 or 4 digits"
    )
    free: Literal["", "yes"] = ""
    open: Literal["", "yes"] = Field("", description="Takes applications now")
    page: int = Field(1, ge=1, le=10_000)


class PlacesOut(Schema):
    size: int
    left: int
    waiting: int


class PriceLineOut(Schema):
    kind: str
    text: Text
    net_cents: int
    vat_percent: str
    vat_reason: str


class RunOut(Schema):
    """One run. Days are dates where the institution is; the deadline is the last day."""

    semester: str
    languages: list[str]
    mode: Mode
    place: Text
    opens_at: datetime
    deadline: date
    starts_on: date
    ends_on: date
    applying: Applying
    price_cents: int
    currency: Literal["EUR"] = "EUR"
    places: PlacesOut


class ProgrammeOut(Schema):
    slug: str
    page: dict[str, str] = Field(description="Address of the page, by language")
    register_code: str | None
    kind: str
    title: Text
    lead: Text
    ects: int
    field: str | None
    run: RunOut


class ProgrammesOut(Schema):
    count: int
    page: int
    pages: int
    items: list[ProgrammeOut]


class OutcomeOut(Schema):
    text: Text
    assessment: Text
    criterion: Text


class CourseOut(Schema):
    code: str
    title: Text
    ects: int
    elective_group: str | None


class RunWithPricesOut(RunOut):
    fee_includes: Text
    price_lines: list[PriceLineOut]


class WholeProgrammeOut(Schema):
    slug: str
    page: dict[str, str]
    register_code: str | None
    kind: str
    version: str
    title: Text
    lead: Text
    content: Text
    for_whom: Text
    ects: int
    field: str | None
    eqf_level: int | None
    participation: Text
    assessment_type: Text
    quality_assurance: Text
    outcomes: list[OutcomeOut]
    courses: list[CourseOut]
    runs: list[RunWithPricesOut]


@router.get("/", response={200: ProgrammesOut, **PROBLEMS}, summary="Find programmes")
def programmes(request: HttpRequest, wishes: Query[Wishes]) -> dict[str, Any]:  # noqa: ARG001 -- ninja gives it
    """Each programme once, with the run that matters most: open ones first."""
    at = clock.now()
    found = Found(current(), _wanted(wishes), Moment(at), language="en")
    pages = max(1, -(-found.count // PAGE))
    if wishes.page > pages:
        raise Http404
    keys = [hit.run for hit in found.hits((wishes.page - 1) * PAGE, PAGE)]
    runs = queries.published_runs().in_bulk(keys)
    keys = [key for key in keys if key in runs]
    told = _told([runs[key] for key in keys], at=at)
    return {
        "count": found.count,
        "page": wishes.page,
        "pages": pages,
        "items": [
            {**_programme(runs[key].version), "run": run}
            for key, run in zip(keys, told, strict=True)
        ],
    }


@router.get(
    "/{slug:slug}/",
    response={200: WholeProgrammeOut, **PROBLEMS},
    summary="One programme with its runs",
)
def programme(request: HttpRequest, slug: str) -> dict[str, Any]:  # noqa: ARG001 -- ninja gives it
    """The newest approved version, and every published run."""
    page = queries.run_page(slug)
    if page is None:
        raise Http404
    version = page.current
    return {
        **_programme(version),
        "version": version.number,
        "content": version.content,
        "for_whom": version.for_whom,
        "eqf_level": version.eqf_level,
        "participation": version.participation,
        "assessment_type": version.assessment_type,
        "quality_assurance": version.quality_assurance,
        "outcomes": [_outcome(one) for one in version.outcomes.all()],
        "courses": [_course(part) for part in version.components.all()],
        "runs": _told(page.runs, at=clock.now()),
    }


def _wanted(wishes: Wishes) -> Wanted:
    names = ("semester", "language", "mode", "kind", "field", "free", "open")
    asked = {name: str(getattr(wishes, name) or "") for name in names}
    asked["field"] = asked["field"][:2]
    chosen = {name: value for name, value in asked.items() if value}
    return Wanted(wishes.q.strip(), chosen)


def _programme(version: ProgrammeVersion) -> dict[str, Any]:
    programme = version.programme
    return {
        "slug": programme.slug,
        "page": _addresses(programme),
        "register_code": programme.register_code,
        "kind": programme.kind.code,
        "title": version.title,
        "lead": version.lead,
        "ects": version.ects,
        "field": version.field_id,
    }


def _addresses(programme: Programme) -> dict[str, str]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = settings.PUBLIC_URL + programme.get_absolute_url()
    return found


def _told(runs: Iterable[Run], *, at: datetime) -> list[dict[str, Any]]:
    """Runs in their order, with places and prices, in a fixed number of queries."""
    known = list(runs)
    places, prices = places_left(known, at=at), prices_of(known)
    return [
        _run(run, places.get(run.pk, NO_PLACES), prices[run.pk], at=at) for run in known
    ]


def _run(run: Run, places: Places, price: Price, *, at: datetime) -> dict[str, Any]:
    return {
        "semester": run.intake.term_id,
        "languages": run.languages,
        "mode": run.mode,
        "place": run.place,
        "opens_at": run.opens_at,
        "deadline": run.deadline,
        "starts_on": run.starts_on,
        "ends_on": run.ends_on,
        "applying": queries.how_it_stands(run, at=at),
        "price_cents": price.total_cents,
        "places": {
            "size": places.size,
            "left": places.left,
            "waiting": places.waiting,
        },
        "fee_includes": run.fee_includes,
        "price_lines": price.lines,
    }


def _outcome(one: Outcome) -> dict[str, Text]:
    return {
        "text": one.text,
        "assessment": one.assessment,
        "criterion": one.criterion,
    }


def _course(part: Component) -> dict[str, Any]:
    return {
        "code": part.course.code,
        "title": part.course.title,
        "ects": part.course.ects,
        "elective_group": part.group.key if part.group else None,
    }
