"""The pages of an application: one group of questions each, saved as they are answered."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mikrokraad.admissions import actions, dossier, forms, queries
from mikrokraad.admissions.marks import AnsweredElsewhere, mark
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.views import shown
from mikrokraad.admissions.views.evidence import attach
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal, refusals_on
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
    if request.method == "POST" and request.headers.get("X-Autosave"):
        return _while_typing(request, application, key, form)
    if form.is_valid():
        with refusals_on(form):
            _keep(request, application, key, form.cleaned())
            file_key = key.partition(":")[2] or dossier.EDUCATION_EVIDENCE
            attach(request, application, file_key, form)
        if form.is_valid():
            return redirect(_way_on(request, application, key))
    now = _application(request, application.pk) if form.is_bound else application
    return render(
        request,
        f"admissions/{TEMPLATES[key.partition(':')[0]]}.html",
        {**shown.section(now, key), "form": form, "seen": mark(now, key)},
    )


def _while_typing(
    request: PersonRequest, application: Application, key: str, form: forms.Section
) -> HttpResponse:
    """Keep what is filled in rightly so far, and say so."""
    given, refused = form.typed(), None
    try:
        if given:
            application = _keep(request, application, key, given, typing=True)
    except Refusal as refusal:
        refused = refusal
    elsewhere = isinstance(refused, AnsweredElsewhere)
    shown = {
        "at": clock.now() if given and not refused else None,
        "elsewhere": elsewhere,
        "refused": "" if elsewhere or refused is None else refused.message,
        "seen": request.POST.get("seen", "") if refused else mark(application, key),
    }
    return render(request, "admissions/_saved.html", shown)


def _keep(
    request: PersonRequest,
    application: Application,
    key: str,
    given: dict[str, Any],
    *,
    typing: bool = False,
) -> Application:
    section, _colon, requirement_key = key.partition(":")
    answers: dict[str, Any] = {requirement_key: given} if requirement_key else given
    return actions.save_section(
        application,
        section,
        answers,
        by=request.user,
        at=clock.now(),
        seen=request.POST.get("seen", ""),
        typing=typing,
    )


def _way_on(request: PersonRequest, application: Application, key: str) -> str:
    if "stay" in request.POST:
        return request.get_full_path()
    return dossier.next_href(_application(request, application.pk), after=key)
