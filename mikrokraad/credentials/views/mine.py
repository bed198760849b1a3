"""A learner's own certificates: to see, to download, to share."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.credentials import actions, forms, queries, wording
from mikrokraad.credentials.issuer import share_url
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.rules import Format, SharedField
from mikrokraad.credentials.views.machines import file_of
from mikrokraad.people.http import PersonRequest


@require_safe
@login_required
def my_certificates(request: PersonRequest) -> HttpResponse:
    held = [
        {
            "credential": each,
            "facts": queries.facts_of(each),
            "kind": each.get_kind_display().capitalize(),
        }
        for each in queries.certificates_of(request.user)
    ]
    return render(request, "credentials/my_certificates.html", {"held": held})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def certificate(request: PersonRequest, number: str) -> HttpResponse:
    credential = _mine(request, number)
    form = forms.Share(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.share(
                credential,
                fields=form.fields_chosen(),
                until=form.ends_at(),
                by=request.user,
                at=clock.now(),
            )
            messages.success(request, gettext("The link is ready. Copy it below."))
            return redirect("credentials:certificate", number=number)
    return render(
        request, "credentials/certificate.html", {**_shown(credential), "form": form}
    )


@require_safe
@login_required
def certificate_pdf(request: PersonRequest, number: str) -> HttpResponse:
    return file_of(queries.rendering_of(_mine(request, number), Format.PDF))


@require_safe
@login_required
def certificate_json(request: PersonRequest, number: str) -> HttpResponse:
    return file_of(queries.rendering_of(_mine(request, number), Format.OPEN_BADGE))


@require_safe
@login_required
def certificate_picture(request: PersonRequest, number: str) -> HttpResponse:
    return file_of(queries.rendering_of(_mine(request, number), Format.PICTURE))


@require_POST
@login_required
def take_back(request: PersonRequest, pk: int) -> HttpResponse:
    share = get_object_or_404(queries.shares_of(request.user), pk=pk)
    actions.take_back(share, by=request.user, at=clock.now())
    messages.success(request, gettext("The link shows nothing any more."))
    return redirect("credentials:certificate", number=share.credential.number)


def _mine(request: PersonRequest, number: str) -> Credential:
    return get_object_or_404(queries.certificates_of(request.user), number=number)


def _shown(credential: Credential) -> dict[str, Any]:
    facts = queries.facts_of(credential)
    kind, headline = wording.standing(credential)
    labels = dict(SharedField.choices)
    now = clock.now()
    return {
        "credential": credential,
        "facts": facts,
        "about": wording.about(credential, facts),
        "colour": queries.colour_of(credential),
        "notice_kind": kind,
        "headline": headline,
        "links": [
            {
                "share": each,
                "address": share_url(each.token),
                "is_open": queries.is_open(each, at=now),
                "shows": [labels[name] for name in each.fields],
            }
            for each in queries.links_of(credential)
        ],
    }
