"""Verify anything: a file, a number, an address, a pasted certificate. Nothing is kept."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from mikrokraad.core import clock
from mikrokraad.credentials import forms, queries, verification, wording
from mikrokraad.credentials.verification import Answer

NUMBER = re.compile(r"(?:\S+/c/)?(\d{4}-\d{5,})/?(?:\?\S*)?")
LINK = re.compile(r"\S+/s/([\w-]{43})/?(?:\S*)?")


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    is_asked = request.method == "POST"
    form = forms.Verify(*((request.POST, request.FILES) if is_asked else ()))
    answer = None
    if is_asked and form.is_valid():
        elsewhere = _page_of(form)
        if elsewhere is not None:
            return elsewhere
        answer = verification.examine(
            form.raw(), verification.from_here(), at=clock.now()
        )
    return render(request, "credentials/verify.html", {"form": form, **_told(answer)})


def _page_of(form: forms.Verify) -> HttpResponse | None:
    """The page that already answers for a number or a link."""
    text = form.cleaned_data["text"].strip()
    if form.cleaned_data["file"]:
        return None
    if found := NUMBER.fullmatch(text):
        return _in_this_language(
            redirect("credentials_machines:status_page", number=found[1])
        )
    if found := LINK.fullmatch(text):
        return _in_this_language(
            redirect("credentials_machines:shared_page", token=found[1])
        )
    return None


def _in_this_language(answer: HttpResponseRedirect) -> HttpResponse:
    """The pages of a number and of a link have no language in their address."""
    answer["Location"] += f"?lang={get_language()}"
    return answer


def _told(answer: Answer | None) -> dict[str, object]:
    if answer is None:
        return {}
    kind, headline = wording.told(answer)
    record = answer.credential
    return {
        "answer": answer,
        "kind": kind,
        "headline": headline,
        "why": wording.why(answer),
        "lines": wording.lines(answer),
        "inside": wording.inside(answer.facts, answer.issuer) if answer.facts else [],
        "record": record,
        "colour": queries.colour_of(record) if record else "",
    }
