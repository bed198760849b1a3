"""Review at the desk: read, comment, send back or approve."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_POST,
    require_safe,
)

from mikrokraad.catalogue import actions
from mikrokraad.catalogue.desk import whose, writing
from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.catalogue.rules import Section, VersionState
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import programmes_forms as forms
from mikrokraad.office.views import programmes_reading as reading
from mikrokraad.office.views import programmes_words as words
from mikrokraad.office.views.programmes import version_or_404
from mikrokraad.office.views.programmes_meter import meter
from mikrokraad.people.http import PersonRequest


@require_safe
@desk_of(*DESK_DUTIES)
def programmes_review(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The whole version to read, each section with what was said about it."""
    return _page(request, version_or_404(request, pk))


@require_POST
@desk_of(*DESK_DUTIES)
def programmes_submit(request: PersonRequest, pk: UUID) -> HttpResponse:
    version = version_or_404(request, pk)
    people = writing.reviewers_for(version, besides=request.user)
    form = forms.Reviewer(request.POST, people=people)
    if not form.is_valid():
        return _page(request, version)
    chosen = form.cleaned_data["reviewer"]
    try:
        actions.submit_for_review(
            version,
            reviewer=next((one for one in people if str(one.pk) == chosen), None),
            by=request.user,
            at=clock.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("It is in review now. Nobody can change it."))
    return redirect("office:programmes_review", pk)


@require_POST
@desk_of(*DESK_DUTIES)
def programmes_send_back(request: PersonRequest, pk: UUID) -> HttpResponse:
    version = version_or_404(request, pk)
    form = forms.SendBack(request.POST)
    if not form.is_valid():
        return _page(request, version, send_back=form)
    try:
        actions.send_back(
            version,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=clock.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("It is a draft again, and they know why."))
    return redirect("office:programmes_review", pk)


@require_POST
@desk_of(*DESK_DUTIES)
def programmes_approve(request: PersonRequest, pk: UUID) -> HttpResponse:
    version = version_or_404(request, pk)
    try:
        actions.approve(version, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("office:programmes_review", pk)
    messages.success(
        request, _("Approved. Its words stay as they are; it can have runs now.")
    )
    return redirect("office:programmes_version", pk)


@require_POST
@desk_of(*DESK_DUTIES)
def programmes_comment(request: PersonRequest, pk: UUID) -> HttpResponse:
    version = version_or_404(request, pk)
    form = forms.Comment(request.POST)
    if not form.is_valid():
        return _page(request, version, comment=form)
    given = form.cleaned_data
    actions.comment(
        version,
        Section(given["section"]),
        given["text"],
        by=request.user,
        at=clock.now(),
    )
    return redirect(reading.place(version, given["section"]))


@require_POST
@desk_of(*DESK_DUTIES)
def programmes_resolve(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(writing.comments_at(request.user), pk=pk)
    said = actions.resolve_comment(found, by=request.user, at=clock.now())
    return redirect(reading.place(said.version, said.section))


def _page(
    request: PersonRequest,
    version: ProgrammeVersion,
    *,
    comment: forms.Comment | None = None,
    send_back: forms.SendBack | None = None,
) -> HttpResponse:
    review = writing.open_review(version)
    people = writing.reviewers_for(version, besides=request.user)
    in_review = version.state == VersionState.IN_REVIEW
    others = [one for one in whose.versions_of(version.programme) if one != version]
    shown = {
        "version": version,
        "state": words.state(version, review),
        "review": review,
        "in_review": in_review,
        "is_draft": version.state == VersionState.DRAFT,
        "is_own": bool(review and review.asked_by_id == request.user.pk),
        "before": words.one_before(version, others),
        "sections": reading.sections(version, writing.comments_on(version)),
        "meter": meter(version),
        "reviewer": forms.Reviewer(None, people=people),
        "comment": comment or forms.Comment(),
        "send_back": send_back or forms.SendBack(),
        "sent_back": writing.last_sent_back(version),
    }
    return render(request, "office/programmes_review.html", shown)
