"""Files that show that a requirement is met: for their owner, and for staff of the unit."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from mikrokraad.admissions import actions, dossier
from mikrokraad.admissions.models import Application
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal
from mikrokraad.people.http import PersonRequest


@require_safe
@login_required
def evidence(request: PersonRequest, pk: UUID) -> FileResponse:
    """Always a download, never shown from our own address."""
    file = get_object_or_404(dossier.evidence_for(request.user), pk=pk)
    return dossier.download(file)


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
