"""Writing to the contact person of a programme: open to everybody."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mikrokraad.admissions import actions, forms
from mikrokraad.admissions.enquiring import runs_to_ask_about
from mikrokraad.core import clock
from mikrokraad.people.limits import too_often
from mikrokraad.people.models import Person

RATES = "10/h/ip,5/h/key"


@require_http_methods(["GET", "HEAD", "POST"])
def enquire(request: HttpRequest, run: UUID) -> HttpResponse:
    wanted = get_object_or_404(runs_to_ask_about(), pk=run)
    person = request.user if request.user.is_authenticated else None
    shape = forms.Enquire if person else forms.EnquireUnknown
    form = shape(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_from_a_person(request, form, _asker(person, form)):
        facts = _asker(person, form)
        question = form.cleaned_data["question"]
        actions.ask_contact(wanted, question, by=person, at=clock.now(), **facts)
    if form.is_valid():
        return redirect("admissions:enquiry_sent", run=run)
    return render(request, "admissions/enquire.html", {"run": wanted, "form": form})


@require_safe
def enquiry_sent(request: HttpRequest, run: UUID) -> HttpResponse:
    wanted = get_object_or_404(runs_to_ask_about(), pk=run)
    return render(request, "admissions/enquiry_sent.html", {"run": wanted})


def _asker(person: Person | None, form: forms.Enquire) -> dict[str, str]:
    """Who asks, and in which language the answer is to be."""
    if person is not None:
        name, email = person.name, person.email
    else:
        name, email = form.cleaned_data["name"], form.cleaned_data["email"]
    language = get_language() or "et"
    return {"name": name, "email": email, "language": language}


def _is_from_a_person(
    request: HttpRequest, form: forms.Enquire, asker: dict[str, str]
) -> bool:
    """Whether to keep it. A machine is told that all went well; haste is said so."""
    if form.cleaned_data["website"]:
        return False
    if too_often(request, "enquire", rates=RATES, key=asker["email"].lower()):
        form.add_error(
            None,
            _(
                "You have sent several questions already. "
                "Wait an hour, then send this one."
            ),
        )
        return False
    return True
