"""The desk of questions to contact persons: open ones first, each answered by letter."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mikrokraad.admissions import actions, cases
from mikrokraad.admissions.enquiring import enquiries_for
from mikrokraad.admissions.models import Enquiry
from mikrokraad.core import clock
from mikrokraad.core.calendar import day_of, day_text
from mikrokraad.core.errors import refusals_on
from mikrokraad.core.texts import said
from mikrokraad.office import forms
from mikrokraad.office.access import desk_of
from mikrokraad.people.http import PersonRequest

ROWS = 50
answerers = desk_of(*cases.ADMISSION_DUTIES)


@require_safe
@answerers
def enquiries_queue(request: PersonRequest) -> HttpResponse:
    asked = enquiries_for(request.user)
    page = Paginator(asked, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_row(each) for each in page.object_list]}
    return render(request, "office/enquiries_queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@answerers
def enquiries_enquiry(request: PersonRequest, pk: UUID) -> HttpResponse:
    enquiry = get_object_or_404(enquiries_for(request.user), pk=pk)
    form = forms.AnswerEnquiry(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            text = form.cleaned_data["text"]
            actions.answer_enquiry(enquiry, text, by=request.user, at=clock.now())
            messages.success(request, _("The answer is on its way, and kept here."))
            return redirect("office:enquiries_queue")
    context = {"enquiry": enquiry, "form": form, **_row(enquiry)}
    return render(request, "office/enquiries_enquiry.html", context)


def _row(enquiry: Enquiry) -> dict[str, Any]:
    """Who asks what, whose move it is, and since when."""
    is_open = enquiry.answered_at is None
    since = day_text(day_of(enquiry.answered_at or enquiry.asked_at), year=False)
    told = _("since {day}") if is_open else _("on {day}")
    return {
        "each": enquiry,
        "programme": said(enquiry.run.version.title),
        "is_open": is_open,
        "move": _("ours") if is_open else _("answered"),
        "when": told.format(day=since),
    }
