"""The pages of an application: one group of questions each, saved as they are answered."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mikrokraad.admissions import actions, dossier, forms, queries
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.views import shown
from mikrokraad.admissions.views.evidence import attach
from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.people.http import PersonRequest

TEMPLATES = {
    "about": "about_you",
    "education": "education",
    "requirements": "requirement",
    "questions": "questions",
    "payer": "payer",
}


def _application(request: PersonRequest, pk: UUID) -> Application:
    mine = dossier.with_everything(queries.applications_of(request.user))
    return get_object_or_404(mine, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def about_you(request: PersonRequest, pk: UUID) -> HttpResponse:
    application = _application(request, pk)
    person = application.person
    known = {
        name: getattr(person, name)
        for name in ("given_name", "family_name", "birth_date")
    }
    form = forms.AboutYou(request.POST or None, initial=known)
    return _page(request, application, "about", form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def education(request: PersonRequest, pk: UUID) -> HttpResponse:
    application = _application(request, pk)
    asked = dossier.asks_for_diploma(application)
    shape = forms.EducationWithEvidence if asked else forms.Education
    known = {
        "education": application.education,
        "education_about": application.education_about,
    }
    form = shape(request.POST or None, request.FILES or None, initial=known)
    return _page(request, application, "education", form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def requirement(request: PersonRequest, pk: UUID, key: str) -> HttpResponse:
    application = _application(request, pk)
    asked = get_object_or_404(
        dossier.version_of(application).requirements.all(), key=key
    )
    form = forms.RequirementAnswer(
        asked,
        request.POST or None,
        request.FILES or None,
        initial=dossier.answer_to(application, key),
    )
    return _page(request, application, f"requirements:{key}", form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def questions(request: PersonRequest, pk: UUID) -> HttpResponse:
    application = _application(request, pk)
    asked = list(dossier.version_of(application).questions.all())
    if not asked:
        raise Http404
    form = forms.ProgrammeQuestions(
        asked,
        request.POST or None,
        initial=application.answers.get("questions", {}),
    )
    return _page(request, application, "questions", form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def payer(request: PersonRequest, pk: UUID) -> HttpResponse:
    application = _application(request, pk)
    known = {**application.payer, "payer_kind": application.payer_kind}
    form = forms.Payer(request.POST or None, initial=known)
    return _page(request, application, "payer", form)


def _page(
    request: PersonRequest, application: Application, key: str, form: forms.Section
) -> HttpResponse:
    """Show one section, or save it and go on to what is still missing."""
    if application.state != State.DRAFT:
        return redirect(application)
    if form.is_valid():
        with refusals_on(form):
            _save(request, application, key, form)
            file_key = key.partition(":")[2] or dossier.EDUCATION_EVIDENCE
            attach(request, application, file_key, form)
        if form.is_valid():
            return redirect(_way_on(request, application, key))
    return render(
        request,
        f"admissions/{TEMPLATES[key.partition(':')[0]]}.html",
        {**shown.section(application, key), "form": form},
    )


def _save(
    request: PersonRequest, application: Application, key: str, form: forms.Section
) -> None:
    section, _colon, requirement_key = key.partition(":")
    given = form.cleaned()
    answers: dict[str, Any] = {requirement_key: given} if requirement_key else given
    actions.save_section(application, section, answers, by=request.user, at=clock.now())


def _way_on(request: PersonRequest, application: Application, key: str) -> str:
    if "stay" in request.POST:
        return request.get_full_path()
    return dossier.next_href(_application(request, application.pk), after=key)
