"""The desk of letters: reworded by staff, tried on real cases, and put back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal, refusals_on
from mikrokraad.office import letter_cases, letter_names
from mikrokraad.office.access import desk_of
from mikrokraad.office.letter_forms import Reword, as_fields
from mikrokraad.people import letter_texts
from mikrokraad.people import letter_texts as actions
from mikrokraad.people.http import PersonRequest
from mikrokraad.people.models import Duty, LetterVersion

writers = desk_of(Duty.OFFICER, Duty.ADMINISTRATOR)


@require_safe
@writers
def letters_list(request: PersonRequest) -> HttpResponse:
    used = letter_texts.versions_in_use()
    rooms = [
        (title, [_row(room, letter, name, used) for letter, name in letters.items()])
        for room, (title, letters) in letter_names.ROOMS.items()
    ]
    return render(request, "office/letters_list.html", {"rooms": rooms})


def _row(
    room: str, letter: str, name: letter_names.Name, used: dict[str, LetterVersion]
) -> dict[str, Any]:
    version = used.get(letter_names.template_of(room, letter))
    own = version if version and version.words else None
    return {"room": room, "letter": letter, "name": name, "own": own}


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def letters_reword(request: PersonRequest, room: str, letter: str) -> HttpResponse:
    template = _template(room, letter)
    recent = letter_cases.recent(template, request.user)
    form = Reword(
        request.POST if request.method == "POST" else None,
        template=template,
        cases=[(str(each.pk), letter_cases.label_of(each)) for each in recent],
        initial={**_as_it_is(template), "case": recent[0].pk if recent else ""},
    )
    tried: list[letter_cases.Tried] = []
    if form.is_valid() and "try" in request.POST:
        case = {str(each.pk): each for each in recent}.get(form.cleaned_data["case"])
        names = list(letter_texts.names_of(template))
        tried = letter_cases.tried_on(case, form.words(), names)
    elif form.is_valid():
        with refusals_on(form):
            actions.reword(
                template,
                form.words(),
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=clock.now(),
            )
            messages.success(request, _("Saved. Letters say this from now on."))
            return redirect("office:letters_reword", room, letter)
    return render(
        request,
        "office/letters_reword.html",
        {"form": form, "tried": tried, **_about(room, letter, template)},
    )


@require_POST
@writers
def letters_restore(request: PersonRequest, room: str, letter: str) -> HttpResponse:
    template = _template(room, letter)
    try:
        actions.restore(template, seen=_seen(request), by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The standing text is in use again."))
    return redirect("office:letters_reword", room, letter)


def _template(room: str, letter: str) -> str:
    try:
        return letter_names.template_of(room, letter)
    except KeyError:
        raise Http404 from None


def _seen(request: PersonRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else 0


def _as_it_is(template: str) -> dict[str, Any]:
    version = letter_texts.version_in_use(template)
    own = version.words if version else {}
    fields = as_fields({**letter_texts.standing(template), **own})
    return {**fields, "seen": version.number if version else 0}


def _about(room: str, letter: str, template: str) -> dict[str, Any]:
    versions = list(letter_texts.versions_of(template))
    return {
        "room": room,
        "letter": letter,
        "name": letter_names.ROOMS[room][1][letter],
        "versions": versions,
        "newest": versions[0] if versions else None,
        "names": [
            {"name": f"{{{name}}}", "means": letter_names.MEANINGS[name], "must": must}
            for name, must in letter_texts.names_of(template).items()
        ],
    }
