"""The finance desk: what is owed, what came in, what found no invoice."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal, refusals_on
from mikrokraad.fees import actions, queries, wording
from mikrokraad.office.access import desk_of
from mikrokraad.people.http import PersonRequest
from mikrokraad.people.models import Duty
from mikrokraad.studies import actions as study_actions
from mikrokraad.studies import queries as study_queries
from mikrokraad.studies import wording as study_words
from mikrokraad.studies.rules import Money

ROWS = 50
desk = desk_of(Duty.FINANCE)


class StatementForm(forms.Form):
    """The file of the bank, and whether only to look at what would happen."""

    file = forms.FileField(
        label=_("Statement from the bank"),
        help_text=_("An XML file in the format camt.053, up to 5 MB."),
        error_messages={"required": _("Choose the file first.")},
    )
    dry_run = forms.BooleanField(
        label=_("Only show what would happen"), required=False, initial=True
    )


class Settlement(forms.Form):
    """What becomes of the money of studies that have ended, and why."""

    money = forms.ChoiceField(
        label=_("What becomes of the invoice"),
        choices=[
            (Money.CREDITED.value, _("Credit it: what was paid is the payer’s again")),
            (Money.KEPT.value, _("Keep it: the fee is owed or stays paid")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of the invoice.")},
    )
    note = forms.CharField(
        label=_("Why this decision"),
        help_text=_("The learner reads this when the fee is kept."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )


@require_safe
@desk
def invoices(request: PersonRequest) -> HttpResponse:
    words, show = request.GET.get("q", "").strip(), request.GET.get("show", "")
    found = queries.all_invoices(words=words)
    if show == "open":
        found = queries.open_invoices()
    elif show == "overdue":
        found = queries.overdue_invoices(clock.today())
    elif show == "back":
        found = queries.to_pay_back()
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": wording.rows(page.object_list),
        "words": words,
        "query": urlencode({"q": words, "show": show}),
        "tabs": _tabs("invoices"),
        "chips": _chips(show),
    }
    return render(request, "office/fees_invoices.html", context)


@require_safe
@desk
def invoice(request: PersonRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(queries.all_invoices(), pk=pk)
    owed = queries.open_cents(found)
    kind, words = wording.standing(found, owed)
    context = {
        "invoice": found,
        "owed_cents": owed,
        "kind": kind,
        "standing": words,
        "facts": wording.facts(found),
        "postings": wording.in_the_ledger(queries.postings_of(found)),
    }
    return render(request, "office/fees_invoice.html", context)


@require_safe
@desk
def document(_request: PersonRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(queries.all_invoices(), pk=pk)
    return HttpResponse(
        wording.pdf(found),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{found.number}.pdf"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def statement(request: PersonRequest) -> HttpResponse:
    form = StatementForm(request.POST or None, request.FILES or None)
    report = None
    if form.is_valid():
        content, dry_run = (
            form.cleaned_data["file"].read(),
            form.cleaned_data["dry_run"],
        )
        with refusals_on(form):
            report = actions.import_statement(
                content, by=request.user, at=clock.now(), dry_run=dry_run
            )
    context = {"form": form, "report": report, "tabs": _tabs("statement")}
    return render(request, "office/fees_statement.html", context)


@require_safe
@desk
def unmatched(request: PersonRequest) -> HttpResponse:
    context = {
        "lines": queries.with_suggestions(queries.unmatched_lines()[:ROWS]),
        "open_invoices": queries.open_invoices()[:ROWS],
        "tabs": _tabs("unmatched"),
    }
    return render(request, "office/fees_unmatched.html", context)


@require_POST
@desk
def match(request: PersonRequest, pk: int) -> HttpResponse:
    line = get_object_or_404(queries.bank_lines(), pk=pk)
    number = request.POST.get("number", "").replace("\0", "").strip()
    found = queries.all_invoices().filter(number=number).first()
    if found is None:
        messages.error(request, gettext("There is no invoice “{n}”.").format(n=number))
        return redirect("office:fees_unmatched")
    try:
        actions.match_line(line, found, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, gettext("The payment is on invoice {n}.").format(n=number)
        )
    return redirect("office:fees_unmatched")


@require_safe
@desk
def endings(request: PersonRequest) -> HttpResponse:
    found = study_queries.endings_to_settle()
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = [(each, study_words.notice_text(each)) for each in page.object_list]
    context = {"page": page, "rows": rows, "tabs": _tabs("endings")}
    return render(request, "office/fees_endings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def ending(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(study_queries.endings(), pk=pk)
    form = Settlement(request.POST or None)
    if form.is_valid():
        money, note = Money(form.cleaned_data["money"]), form.cleaned_data["note"]
        with refusals_on(form):
            study_actions.settle_ending(
                found, money, note=note, by=request.user, at=clock.now()
            )
            return redirect("office:fees_ending", pk=pk)
    known = queries.all_invoices().filter(agreement=found.agreement)
    context = {
        "ending": found,
        "facts": study_words.about_ending(found),
        "invoices": wording.rows(known),
        "form": form,
    }
    return render(request, "office/fees_ending.html", context)


def _chips(show: str) -> list[dict[str, Any]]:
    named = [
        ("", gettext("All")),
        ("open", gettext("To be paid")),
        ("overdue", gettext("Overdue")),
        ("back", gettext("To be paid back")),
    ]
    return [
        {
            "label": label,
            "href": reverse("office:fees_invoices") + (f"?show={key}" if key else ""),
            "current": key == show,
        }
        for key, label in named
    ]


def _tabs(current: str) -> list[dict[str, Any]]:
    named = [
        ("invoices", gettext("Invoices"), None),
        ("statement", gettext("Bank statement"), None),
        ("unmatched", gettext("Without an invoice"), queries.unmatched_lines().count()),
        (
            "endings",
            gettext("Ended studies"),
            study_queries.endings_to_settle().count(),
        ),
    ]
    return [
        {
            "label": label,
            "href": reverse(f"office:fees_{name}"),
            "count": count,
            "current": name == current,
        }
        for name, label, count in named
    ]
