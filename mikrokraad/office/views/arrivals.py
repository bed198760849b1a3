"""Where visitors come from: counts of campaigns' links over ninety days."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mikrokraad.catalogue.arrivals import queries
from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.queries import newest_versions
from mikrokraad.core import clock
from mikrokraad.core.texts import said
from mikrokraad.office.access import desk_of
from mikrokraad.people.http import PersonRequest
from mikrokraad.people.models import Duty

DAYS = timedelta(days=90)
MOST = 100

Row = Mapping[str, Any]


@require_safe
@desk_of(Duty.OFFICER, Duty.PROGRAMME_MANAGER)
def sources(request: PersonRequest) -> HttpResponse:
    today = clock.today()
    counts = queries.arrivals_at(request.user, since=today - DAYS)
    found = queries.by_campaign(counts, most=MOST)
    weeks = list(queries.by_week(counts, since=today - DAYS, today=today))
    context = {
        "columns": [
            {"label": _("Page")},
            {"label": _("Source")},
            {"label": _("Medium")},
            {"label": _("Campaign")},
            {"label": _("Visits"), "number": True},
        ],
        "rows": _rows(found),
        "weeks": weeks[::-1],
        "most": max([visits for _monday, visits in weeks], default=0),
        "total": sum(visits for _monday, visits in weeks),
        "example": _example(today),
    }
    return render(request, "office/arrivals_sources.html", context)


def _example(today: date) -> str:
    return f"?utm_source=newsletter&utm_medium=e-mail&utm_campaign={today:%Y-%m}"


def _rows(found: Iterable[Row]) -> list[list[Any]]:
    rows = list(found)
    versions = newest_versions({row["programme"] for row in rows if row["programme"]})
    return [
        [
            _page(row, versions),
            row["source"],
            row["medium"] or "–",
            row["campaign"] or "–",
            row["total"],
        ]
        for row in rows
    ]


def _page(row: Row, versions: Mapping[UUID, ProgrammeVersion]) -> str:
    version = versions.get(row["programme"])
    names = {
        "home": _("First page"),
        "programmes": _("List of programmes"),
        "summer_school": _("Summer school"),
    }
    return said(version.title) if version else str(names.get(row["page"], row["page"]))
