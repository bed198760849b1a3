"""What one act on many applications asks and says."""

from typing import Any
from uuid import UUID

from django import forms as plain
from django.contrib import messages
from django.utils.translation import gettext as _

from mikrokraad.admissions import cases
from mikrokraad.admissions.actions import Act, Report
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import OFFER_REASONS, REJECTION_REASONS
from mikrokraad.office import forms
from mikrokraad.office.views.admissions_orders import tell_skipped
from mikrokraad.people.http import PersonRequest

MOST = 50


def chosen(request: PersonRequest) -> list[Application]:
    """The applications that the address names; what it may not name is left out."""
    ids = []
    for given in request.GET.getlist("case")[:MOST]:
        try:
            ids.append(UUID(given))
        except ValueError:
            continue
    return list(cases.cases_for(request.user).filter(pk__in=ids))


def act_of(request: PersonRequest) -> Act | None:
    given = request.GET.get("act", "")
    return Act(given) if given in set(Act) else None


def form_of(act: Act, request: PersonRequest) -> plain.Form:
    data = request.POST if request.method == "POST" else None
    if act == Act.ASSIGN:
        people = list(cases.colleagues_of(request.user))
        return forms.Assign(data, people=people, me=request.user)
    if act == Act.ASK:
        return forms.Ask(data)
    choices = OFFER_REASONS if act == Act.OFFER else REJECTION_REASONS
    return forms.Reasons(data, choices=choices)


def facts_of(form: plain.Form) -> dict[str, Any]:
    if isinstance(form, forms.Assign):
        return {"to": form.person}
    return dict(form.cleaned_data)


def words_of(act: Act) -> dict[str, str]:
    title, label = {
        Act.ASSIGN: (_("Assign to somebody"), _("Assign")),
        Act.OFFER: (_("Prepare offers"), _("Prepare the offers")),
        Act.REJECT: (_("Prepare rejections"), _("Prepare the rejections")),
        Act.ASK: (_("Ask for information"), _("Send the question to each")),
    }[act]
    return {"title": title, "label": label}


def nothing_chosen(request: PersonRequest) -> None:
    messages.info(request, _("Choose applications first, and what to do with them."))


def tell(request: PersonRequest, report: Report) -> None:
    messages.success(request, _("Done: {count}.").format(count=report.done))
    tell_skipped(request, report.skipped)
