"""Screens of studies for lecturers (their sections) and programme managers (their runs)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mikrokraad.catalogue.models import CourseSection
from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import studies_forms as forms
from mikrokraad.people.http import PersonRequest
from mikrokraad.people.models import Duty
from mikrokraad.studies import actions, queries, wording
from mikrokraad.studies.models import SectionPlace

ROWS = 50


@require_safe
@desk_of(Duty.LECTURER)
def sections(request: PersonRequest) -> HttpResponse:
    page = Paginator(queries.sections_of_teacher(request.user), ROWS).get_page(
        request.GET.get("page")
    )
    return render(request, "office/studies_sections.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(Duty.LECTURER)
def section(request: PersonRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(queries.sections_of_teacher(request.user), pk=pk)
    listed = queries.section_list(found)
    form = forms.Grades(
        request.POST or None,
        places=[place for place in listed if not place.results.all()],
        grading=found.course.grading,
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.enter_grades(found, form.grades(), by=request.user, at=clock.now())
            return redirect("office:studies_section", pk=pk)
    return render(request, "office/studies_section.html", _listed(found, listed, form))


@require_POST
@desk_of(Duty.LECTURER)
def confirm_results(request: PersonRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(queries.sections_of_teacher(request.user), pk=pk)
    count = actions.confirm_results(found, by=request.user, at=clock.now())
    if count:
        told = ngettext(
            "{n} result is confirmed. The learner sees it now.",
            "{n} results are confirmed. The learners see them now.",
            count,
        )
        messages.success(request, told.format(n=count))
    else:
        messages.info(request, _("There was nothing more to confirm."))
    return redirect("office:studies_section", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(Duty.LECTURER)
def correct_result(request: PersonRequest, pk: UUID) -> HttpResponse:
    place = get_object_or_404(queries.places_of_teacher(request.user), pk=pk)
    grading = place.section.course.grading
    form = forms.Correction(request.POST or None, grading=grading)
    if form.is_valid():
        given = form.cleaned_data
        with refusals_on(form):
            actions.correct_result(
                place, given["grade"], given["reason"], by=request.user, at=clock.now()
            )
            messages.success(request, _("The result is corrected."))
            return redirect("office:studies_section", pk=place.section_id)
    result = queries.result_of(place)
    shown = {"place": place, "form": form, "result": result}
    return render(request, "office/studies_correct_result.html", shown)


@require_safe
@desk_of(*queries.RUN_DUTIES)
def runs(request: PersonRequest) -> HttpResponse:
    found = queries.runs_at(request.user)
    late = queries.runs_late_at(request.user, at_day=clock.today())
    only_late = request.GET.get("show") == "late"
    page = Paginator(late if only_late else found, ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "query": "show=late" if only_late else "",
        "chips": _chips(late.count(), only_late=only_late),
    }
    return render(request, "office/studies_runs.html", context)


@require_safe
@desk_of(*queries.RUN_DUTIES)
def run(request: PersonRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(queries.runs_at(request.user), pk=pk)
    progress = [
        {"told": each, "state": wording.state_text(each.enrolment)}
        for each in queries.progress_in(found)
    ]
    return render(
        request,
        "office/studies_run.html",
        {
            "run": found,
            "progress": progress,
            "missing": queries.results_missing_in(found),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(*queries.RUN_DUTIES)
def interrupt(request: PersonRequest, pk: UUID) -> HttpResponse:
    enrolment = get_object_or_404(queries.enrolments_at(request.user), pk=pk)
    form = forms.Interruption(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.end_studies(
                enrolment,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=clock.now(),
            )
            return redirect("office:studies_run", pk=enrolment.run_id)
    shown = {"enrolment": enrolment, "form": form}
    return render(request, "office/studies_interrupt.html", shown)


def _chips(late: int, *, only_late: bool) -> list[dict[str, Any]]:
    everything = reverse("office:studies_runs")
    return [
        {"label": _("All"), "href": everything, "current": not only_late},
        {
            "label": _("Over, waiting for results"),
            "href": f"{everything}?show=late",
            "count": late,
            "current": only_late,
        },
    ]


def _listed(
    found: CourseSection, listed: list[SectionPlace], form: forms.Grades
) -> dict[str, Any]:
    """One row for each learner: a select before confirmation, the result after."""
    rows = []
    waiting = [place for place in listed if f"grade-{place.pk}" in form.fields]
    for place in listed:
        result = queries.result_of(place)
        rows.append(
            {
                "place": place,
                "field": form[f"grade-{place.pk}"] if place in waiting else None,
                "grade": wording.grade_text(result.grade) if result else "",
                "result": result,
            }
        )
    return {
        "section": found,
        "rows": rows,
        "form": form,
        "entered": sum(bool(place.entered_grade) for place in waiting),
        "open": len(waiting),
    }
