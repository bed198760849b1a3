"""Personas, the mailbox and the clock."""

import io
from datetime import timedelta

from django.contrib import messages
from django.core.management import call_command
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mikrokraad.core import clock
from mikrokraad.core.calendar import moment_text
from mikrokraad.core.errors import Refusal
from mikrokraad.demo import clockwork, examples
from mikrokraad.demo import personas as people
from mikrokraad.demo.forms import DayForm
from mikrokraad.demo.mailbox import by_day, letters, letters_written

PER_PAGE = 30
MOST_DAYS = 3660


@require_safe
def personas(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "demo/personas.html",
        {
            "personas": people.everybody(),
            "next": request.GET.get("next", ""),
            "programmes": examples.programmes(),
            "certificates": examples.certificates(),
            "link": examples.link(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_as(request: HttpRequest, key: str) -> HttpResponse:
    """One persona with a button; pressing it signs in."""
    persona = people.by_key(key)
    if persona is None or persona.person is None:
        raise Http404
    if request.method != "POST":
        return render(request, "demo/sign_in_as.html", {"persona": persona})
    people.sign_in(request, persona.person)
    onward = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(onward, {request.get_host()}):
        return redirect(onward)
    return redirect(persona.home)


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("q", "").strip()
    page = Paginator(letters(wanted), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "demo/mailbox.html",
        {"page": page, "days": by_day(page.object_list), "wanted": wanted},
    )


@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(
        request, "demo/mail.html", {"letter": get_object_or_404(letters(""), pk=pk)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def clock_page(request: HttpRequest) -> HttpResponse:
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            clockwork.move_to(form.moment())
        except Refusal as refusal:
            form.add_error("day", str(refusal))
        else:
            return _after_a_round(request)
    steps = [
        (1, _("One day on")),
        (3, _("Three days on")),
        (7, _("A week on")),
        *clockwork.days_worth_seeing(clock.today()),
    ]
    return render(
        request,
        "demo/clock_page.html",
        {"now": clock.now(), "form": form, "steps": steps},
    )


@require_POST
def move_clock(request: HttpRequest, days: int) -> HttpResponse:
    if days > MOST_DAYS:
        raise Http404
    try:
        clockwork.move_to(clock.now() + timedelta(days=days))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("demo:clock_page")
    return _after_a_round(request)


def _after_a_round(request: HttpRequest) -> HttpResponse:
    """Let the clocks run at once, and say how much they wrote."""
    before = letters_written()
    call_command("tick", stdout=io.StringIO())
    written = letters_written() - before
    told = ngettext(
        "It is {moment} now. {n} letter was written.",
        "It is {moment} now. {n} letters were written.",
        written,
    )
    told = told.format(moment=moment_text(clock.now()), n=written)
    messages.success(request, told)
    return redirect("demo:clock_page")
