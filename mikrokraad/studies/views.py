"""The learner's own pages: all studies, one of them, and the calendar feed."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.core.texts import said
from mikrokraad.people.http import PersonRequest
from mikrokraad.studies import actions, choices, forms, queries, shown, timetable
from mikrokraad.studies.rules import LIVE


@require_safe
@login_required
@never_cache
def my_studies(request: PersonRequest) -> HttpResponse:
    enrolments = list(queries.enrolments_of(request.user))
    live = [each for each in enrolments if each.state in LIVE]
    sessions = queries.timetable(*live)
    context: dict[str, Any] = {
        "live": [shown.card(each) for each in live],
        "ended": [shown.card(each) for each in enrolments if each not in live],
        **shown.timetable_of(sessions, at=clock.now()),
    }
    return render(request, "studies/my_studies.html", context)


@require_safe
@login_required
@never_cache
def study(request: PersonRequest, pk: UUID) -> HttpResponse:
    enrolment = get_object_or_404(queries.enrolments_of(request.user), pk=pk)
    path = reverse("studies_machines:calendar", args=[enrolment.calendar_token])
    context = {
        **shown.study(enrolment),
        **shown.timetable_of(queries.timetable(enrolment), at=clock.now()),
        "calendar_url": f"{settings.PUBLIC_URL}{path}",
    }
    return render(request, "studies/study.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def choose_courses(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The elective courses: tick, save, and have a seat in each."""
    enrolment = get_object_or_404(queries.enrolments_of(request.user), pk=pk)
    offered = choices.choices_of(enrolment)
    form = forms.Electives(
        request.POST if request.method == "POST" else None,
        choices=offered,
        left=choices.seats_left(offered, at=clock.now()),
        taken=[place.section_id for place in enrolment.section_places.all()],
    )
    if form.is_valid():
        with refusals_on(form):
            actions.choose_electives(
                enrolment, form.chosen(), by=request.user, at=clock.now()
            )
            return redirect("studies:study", pk=pk)
    context = {**shown.study(enrolment), "form": form}
    return render(request, "studies/choose_courses.html", context)


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 -- Django's own signature
    enrolment = queries.by_calendar_token(token)
    if enrolment is None:
        raise Http404
    with translation.override(enrolment.person.language):
        feed = timetable.calendar(
            said(enrolment.run.version.title),
            queries.timetable(enrolment),
            address=settings.PUBLIC_URL,
            at=clock.now(),
        )
    return HttpResponse(
        feed,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, max-age=900",
            "Content-Disposition": 'inline; filename="mikrokraad.ics"',
            "X-Robots-Tag": "noindex",
        },
    )
