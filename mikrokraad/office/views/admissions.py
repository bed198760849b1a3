"""The admissions desk: the queue, one application, a run and its staged decisions."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mikrokraad.admissions import acceptance, cases, dossier
from mikrokraad.core import clock
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import admissions_parts as parts
from mikrokraad.office.views.admissions_orders import way_of
from mikrokraad.office.views.admissions_run_rows import run_rows
from mikrokraad.people.http import PersonRequest

PAGE = 50
officers = desk_of(*cases.ADMISSION_DUTIES)


@require_safe
@officers
def admissions_queue(request: PersonRequest) -> HttpResponse:
    mine = cases.cases_for(request.user)
    wanted = parts.wanted(request)
    found = cases.filtered(mine, by=request.user, at=clock.now(), **wanted)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "rows": [parts.queue_row(case, at=clock.now()) for case in page],
        "filters": parts.filters(
            wanted, cases.programmes_with_cases(request.user), mine
        ),
        "query": parts.query(wanted),
        "tabs": parts.tabs("queue"),
    }
    return render(request, "office/admissions_queue.html", context)


@require_safe
@officers
def admissions_application(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = get_object_or_404(cases.with_the_file(cases.cases_for(request.user)), pk=pk)
    return render(request, "office/admissions_application.html", parts.case_page(case))


@require_safe
@officers
def admissions_evidence(request: PersonRequest, pk: UUID) -> FileResponse:
    file = get_object_or_404(cases.evidence_for_staff(request.user), pk=pk)
    return dossier.download(file)


@require_safe
@officers
def admissions_evidence_preview(request: PersonRequest, pk: UUID) -> HttpResponse:
    return dossier.preview(
        get_object_or_404(cases.evidence_for_staff(request.user), pk=pk)
    )


@require_safe
@officers
def admissions_acceptance(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The letter of acceptance, as the applicant has it."""
    case = get_object_or_404(cases.with_the_file(cases.cases_for(request.user)), pk=pk)
    return acceptance.download(case, request.GET.get("in", ""))


@require_safe
@officers
def admissions_runs(request: PersonRequest) -> HttpResponse:
    runs = list(cases.runs_for(request.user))
    context = {"rows": run_rows(runs, at=clock.now()), "tabs": parts.tabs("runs")}
    return render(request, "office/admissions_runs.html", context)


@require_safe
@officers
def admissions_run(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    context = {**parts.run_page(run, at=clock.now()), **way_of(run)}
    return render(request, "office/admissions_run.html", context)


@require_safe
@officers
def admissions_letter(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The letter as the applicant will get it, before it is released."""
    case = get_object_or_404(cases.with_the_file(cases.cases_for(request.user)), pk=pk)
    context = {"case": case, "letter": parts.letter_of(case, at=clock.now())}
    return render(request, "office/admissions_letter.html", context)
