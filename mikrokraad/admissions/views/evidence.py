"""Files that show that a requirement is met: for their owner, and for staff of the unit."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mikrokraad.admissions import actions, dossier, forms
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal, refusals_on
from mikrokraad.people.http import PersonRequest


@require_safe
@login_required
def evidence(request: PersonRequest, pk: UUID) -> FileResponse:
    """Always a download, never shown from our own address."""
    file = get_object_or_404(dossier.evidence_for(request.user), pk=pk)
    return dossier.download(file)


@require_safe
@login_required
def evidence_preview(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A picture as we draw it anew; other files are opened after downloading."""
    return dossier.preview(get_object_or_404(dossier.evidence_for(request.user), pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def replace_evidence(request: PersonRequest, pk: UUID) -> HttpResponse:
    file = get_object_or_404(dossier.evidence_for(request.user), pk=pk)
    if file.application.state != State.DRAFT:
        return redirect(file.application)
    form = forms.ShowCondition(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        with refusals_on(form):
            actions.replace_evidence(file, upload, by=request.user, at=clock.now())
            return redirect(dossier.href_of(file.application, file.requirement))
    back = dossier.href_of(file.application, file.requirement)
    context = {"file": file, "form": form, "back": back}
    return render(request, "admissions/replace_evidence.html", context)


@require_POST
@login_required
def remove_evidence(request: PersonRequest, pk: UUID) -> HttpResponse:
    file = get_object_or_404(dossier.evidence_for(request.user), pk=pk)
    application = file.application
    try:
        actions.remove_evidence(file, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(application)
    return redirect(dossier.href_of(application, file.requirement))


def attach(
    request: PersonRequest, application: Application, key: str, form: Form
) -> None:
    """Keep the form's file, if it has one; a refused file leaves the rest as it is."""
    upload = form.cleaned_data.get("file")
    if not isinstance(upload, UploadedFile):
        return
    try:
        actions.attach_evidence(
            application, key, upload, by=request.user, at=clock.now()
        )
    except Refusal as refusal:
        form.add_error("file", refusal.message)
