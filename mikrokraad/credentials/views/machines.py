"""Pages and files without a language in their address: for whoever holds a number or a link."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mikrokraad.core import clock
from mikrokraad.credentials import actions, queries, wording
from mikrokraad.credentials.models import Credential, Rendering, Share
from mikrokraad.credentials.rules import Format, SharedField

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
NOT_FOUND = 404
GONE = 410


def in_asked_language(view: View[P]) -> View[P]:
    """`?lang=en` wins over what the browser prefers."""

    @wraps(view)
    def spoken(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        asked = request.GET.get("lang", "")
        known = asked in dict(settings.LANGUAGES)
        with translation.override(asked if known else translation.get_language()):
            response = view(request, *args, **kwargs)
            response["Content-Language"] = translation.get_language() or ""
        return response

    return spoken


def _here(request: HttpRequest) -> dict[str, Any]:
    """This page in each language, for the switch in the header."""
    return {
        "languages": [
            (code, name, f"{request.path}?lang={code}")
            for code, name in settings.LANGUAGES
        ]
    }


def _shown(credential: Credential) -> dict[str, Any]:
    facts = queries.facts_of(credential)
    kind, headline = wording.standing(credential)
    over, sentence = (
        wording.ended(credential, facts) if credential.ended_at else ("", "")
    )
    return {
        "credential": credential,
        "facts": facts,
        "kicker": f"{credential.get_kind_display()} {credential.number}".capitalize(),
        "about": wording.about(credential, facts),
        "colour": queries.colour_of(credential),
        "notice_kind": kind,
        "headline": headline,
        "over": over,
        "sentence": sentence,
    }


@require_safe
@in_asked_language
def status_page(request: HttpRequest, number: str) -> HttpResponse:
    """What, when, by whom, and whether it holds. Never whose: numbers can be guessed."""
    credential = queries.by_number(number)
    shown = _shown(credential) if credential else {"number": number}
    return render(
        request,
        "credentials/status_page.html",
        {**_here(request), **shown},
        status=200 if credential else NOT_FOUND,
    )


@require_safe
@in_asked_language
def shared_page(request: HttpRequest, token: str) -> HttpResponse:
    """What the holder of a credential chose to show, with the name."""
    share = _share(token)
    is_open = queries.is_open(share, at=clock.now())
    is_over = is_open and share.credential.ended_at is not None
    response = render(
        request,
        "credentials/ended_page.html" if is_over else "credentials/shared_page.html",
        {
            **_here(request),
            **_shown(share.credential),
            "share": share,
            "is_open": is_open,
            "shows": set(share.fields) if is_open else set(),
        },
        status=200 if is_open else GONE,
    )
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def shared_pdf(_request: HttpRequest, token: str) -> HttpResponse:
    return file_of(_granted(token, Format.PDF))


@require_safe
def shared_json(_request: HttpRequest, token: str) -> HttpResponse:
    return file_of(_granted(token, Format.OPEN_BADGE))


@require_safe
@cache_control(public=True, max_age=300)
def did_document(_request: HttpRequest) -> HttpResponse:
    """The issuer's keys, current and retired."""
    return _for_machines(json.dumps(queries.did_document(), indent=2).encode())


@require_safe
@cache_control(public=True, max_age=300)
def status_list(_request: HttpRequest, number: int) -> HttpResponse:
    """The signed list of bits: who asks learns nothing about whom they ask for."""
    found = queries.status_list(number)
    if found is None:
        raise Http404
    content = actions.published_list(found, at=clock.now())
    return _for_machines(content, "application/vc")


def _share(token: str) -> Share:
    share = queries.share_by_token(token)
    if share is None:
        raise Http404
    return share


def _granted(token: str, form: Format) -> Rendering:
    share = _share(token)
    if SharedField.FILES not in share.fields or not queries.is_open(
        share, at=clock.now()
    ):
        raise Http404
    return queries.rendering_of(share.credential, form)


NAMES = {
    Format.PDF: ("application/pdf", "{number}.pdf"),
    Format.OPEN_BADGE: ("application/vc", "{number}.json"),
    Format.PICTURE: ("image/png", "{number}.png"),
}


def file_of(rendering: Rendering) -> HttpResponse:
    """The exact bytes that were issued, as a download."""
    media_type, name = NAMES[Format(rendering.format)]
    filename = name.format(number=rendering.credential.number)
    return HttpResponse(
        bytes(rendering.content),
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _for_machines(content: bytes, media_type: str = "application/json") -> HttpResponse:
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Access-Control-Allow-Origin": "*"},
    )
