"""The desk of certificates: preview a cohort, issue it, look up, replace, revoke."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal
from mikrokraad.credentials import actions, queries, wording
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.rules import Format, ReissueReason, RevocationReason
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import credentials_forms as forms
from mikrokraad.people.http import PersonRequest

ROWS = 50


@require_safe
@desk_of(*queries.DUTIES)
def cohorts(request: PersonRequest) -> HttpResponse:
    page = Paginator(queries.runs_at(request.user), ROWS).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "office/credentials_cohorts.html",
        {"page": page, "tabs": _tabs(request, "cohorts")},
    )


@require_safe
@desk_of(*queries.DUTIES)
def cohort(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(queries.runs_at(request.user), pk=pk)
    candidates = queries.cohort(run, at=clock.now())
    return render(
        request,
        "office/credentials_cohort.html",
        {
            "run": run,
            "candidates": candidates,
            "ready": sum(each.is_ready for each in candidates),
            "issued": sum(each.credential is not None for each in candidates),
            "stuck": sum(bool(each.problem) for each in candidates),
        },
    )


@require_POST
@desk_of(*queries.DUTIES)
def issue_cohort(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(queries.runs_at(request.user), pk=pk)
    issued, refused = actions.issue_cohort(run, by=request.user, at=clock.now())
    if issued:
        words = ngettext("{n} document issued.", "{n} documents issued.", len(issued))
        messages.success(request, words.format(n=len(issued)))
    else:
        messages.info(request, gettext("There was nothing more to issue."))
    for person, refusal in refused:
        messages.warning(request, f"{person.name}: {refusal.message}")
    return redirect("office:credentials_cohort", pk=pk)


@require_POST
@desk_of(*queries.DUTIES)
def issue(request: PersonRequest, pk: UUID) -> HttpResponse:
    completion = get_object_or_404(queries.completions_at(request.user), pk=pk)
    try:
        made = actions.issue(completion, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, gettext("Number {number} is issued.").format(number=made.number)
        )
    return redirect("office:credentials_cohort", pk=completion.enrolment.run_id)


@require_POST
@desk_of(*queries.DUTIES)
def confirm_identity(request: PersonRequest, pk: UUID) -> HttpResponse:
    completion = get_object_or_404(queries.completions_at(request.user), pk=pk)
    learner = completion.enrolment.person
    try:
        known = actions.confirm_identity(learner, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        words = gettext("The identity of {name} is confirmed.")
        messages.success(request, words.format(name=known.name))
    return redirect("office:credentials_cohort", pk=completion.enrolment.run_id)


@require_safe
@desk_of(*queries.DUTIES)
def register(request: PersonRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    only_corrected = request.GET.get("corrected") == "yes"
    found = (
        queries.corrected_at(request.user)
        if only_corrected
        else queries.found_at(request.user, words)
    )
    return render(
        request,
        "office/credentials_register.html",
        {
            "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
            "words": words,
            "query": urlencode({"q": words} if words else {}),
            "only_corrected": only_corrected,
            "tabs": _tabs(request, "register"),
        },
    )


@require_safe
@desk_of(*queries.DUTIES)
def credential(request: PersonRequest, number: str) -> HttpResponse:
    found = _found(request, number)
    return render(request, "office/credentials_credential.html", _shown(found))


@require_safe
@desk_of(*queries.DUTIES)
def document(request: PersonRequest, number: str) -> HttpResponse:
    rendering = queries.rendering_of(_found(request, number), Format.PDF)
    return HttpResponse(
        bytes(rendering.content),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{number}.pdf"'},
    )


@require_POST
@desk_of(*queries.DUTIES)
def reissue(request: PersonRequest, number: str) -> HttpResponse:
    found, form = _found(request, number), forms.Reissue(request.POST)
    if form.is_valid():
        reason = ReissueReason(form.cleaned_data["reason"])
        try:
            made = actions.reissue(found, reason, by=request.user, at=clock.now())
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("office:credentials_credential", number=number)
        return redirect("office:credentials_credential", number=made.number)
    shown = {**_shown(found), "reissue_form": form}
    return render(request, "office/credentials_credential.html", shown)


@require_POST
@desk_of(*queries.DUTIES)
def ask_revocation(request: PersonRequest, number: str) -> HttpResponse:
    found, form = _found(request, number), forms.AskRevocation(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        reason = RevocationReason(given["reason"])
        try:
            actions.ask_revocation(
                found, reason, note=given["note"], by=request.user, at=clock.now()
            )
        except Refusal as refusal:
            messages.error(request, refusal.message)
        return redirect("office:credentials_credential", number=number)
    shown = {**_shown(found), "revocation_form": form}
    return render(request, "office/credentials_credential.html", shown)


@require_safe
@desk_of(*queries.DUTIES)
def revocations(request: PersonRequest) -> HttpResponse:
    return render(
        request,
        "office/credentials_revocations.html",
        {
            "waiting": queries.revocations_at(request.user),
            "tabs": _tabs(request, "revocations"),
        },
    )


@require_POST
@desk_of(*queries.DUTIES)
def approve_revocation(request: PersonRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(queries.revocations_at(request.user), pk=pk)
    number = asked.credential.number
    try:
        actions.approve_revocation(asked, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, gettext("Number {number} is revoked.").format(number=number)
        )
    return redirect("office:credentials_revocations")


def _found(request: PersonRequest, number: str) -> Credential:
    return get_object_or_404(queries.credentials_at(request.user), number=number)


def _shown(found: Credential) -> dict[str, Any]:
    facts = queries.facts_of(found)
    kind, headline = wording.standing(found)
    return {
        "credential": found,
        "is_to_review": queries.is_to_review(found),
        "facts": facts,
        "about": wording.about(found, facts),
        "notice_kind": kind,
        "headline": headline,
        "reissue_form": forms.Reissue(),
        "revocation_form": forms.AskRevocation(),
    }


def _tabs(request: PersonRequest, current: str) -> list[dict[str, Any]]:
    named = [
        ("cohorts", gettext("To issue"), None),
        ("register", gettext("Register"), None),
        (
            "revocations",
            gettext("Revocations"),
            queries.revocations_at(request.user).count(),
        ),
    ]
    return [
        {
            "label": label,
            "href": reverse(f"office:credentials_{name}"),
            "count": count,
            "current": name == current,
        }
        for name, label, count in named
    ]
