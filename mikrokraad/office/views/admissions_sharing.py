"""Work shared at the admissions desk: many cases in one press, and notes."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mikrokraad.admissions import actions, cases
from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.office import forms
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import admissions_many as parts
from mikrokraad.people.http import PersonRequest

officers = desk_of(*cases.ADMISSION_DUTIES)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_many(request: PersonRequest) -> HttpResponse:
    """The same act on every chosen application; what could not be done is said."""
    chosen = parts.chosen(request)
    act = parts.act_of(request)
    if act is None or not chosen:
        parts.nothing_chosen(request)
        return redirect("office:admissions_queue")
    form = parts.form_of(act, request)
    if form.is_valid():
        report = actions.act_on(
            chosen, act, parts.facts_of(form), by=request.user, at=clock.now()
        )
        parts.tell(request, report)
        return redirect("office:admissions_queue")
    context = {"cases": chosen, "form": form, **parts.words_of(act)}
    return render(request, "office/admissions_many.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_note(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = get_object_or_404(cases.with_the_file(cases.cases_for(request.user)), pk=pk)
    form = forms.Note(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            text = form.cleaned_data["text"]
            actions.add_note(case, text, by=request.user, at=clock.now())
            return redirect("office:admissions_application", pk)
    context = {"case": case, "form": form}
    return render(request, "office/admissions_note.html", context)
