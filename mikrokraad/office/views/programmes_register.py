"""Our records beside the national register's: compared, taken over, given back."""

import json
from collections import Counter
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mikrokraad.catalogue.desk import register, whose
from mikrokraad.catalogue.ehis import taking_over as register_actions
from mikrokraad.catalogue.ehis.exporting import exported
from mikrokraad.catalogue.ehis.files import Contents, NotARegisterFile, contents
from mikrokraad.catalogue.ehis.taking_over import Done, Line
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.core import clock
from mikrokraad.office.access import desk_of
from mikrokraad.office.views.programmes import version_or_404
from mikrokraad.office.views.programmes_forms import RegisterFile
from mikrokraad.people.http import PersonRequest

MOST_BYTES = 10_000_000


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(*DESK_DUTIES)
def programmes_register(request: PersonRequest) -> HttpResponse:
    """The list of what differs; a file is tried first, and taken over by a second press."""
    units = list(whose.units_at(request.user))
    form = RegisterFile(request.POST or None, request.FILES or None, units=units)
    lines: list[Line] = []
    is_trial = request.POST.get("do") != "take"
    if form.is_valid():
        found = _read(form)
        if found is not None:
            lines = register_actions.import_file(
                found,
                unit=next(u for u in units if u.code == form.cleaned_data["unit"]),
                within=units,
                by=request.user,
                at=clock.now(),
                dry_run=is_trial,
            )
    compared = register.compared_at(request.user)
    shown = {
        "form": form,
        "lines": [_told(line) for line in lines],
        "counts": _counts(lines),
        "is_trial": is_trial,
        "compared": compared,
        "differing": [one for one in compared if one.differences],
    }
    return render(request, "office/programmes_register.html", shown)


@require_safe
@desk_of(*DESK_DUTIES)
def programmes_compared(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One programme and its record in the register, field by field."""
    version = version_or_404(request, pk)
    compared = register.compared_of(version.programme)
    shown = {"version": version, "compared": compared}
    return render(request, "office/programmes_compared.html", shown)


@require_safe
@desk_of(*DESK_DUTIES)
def programmes_export(request: PersonRequest) -> HttpResponse:
    """Our programmes in the register's own format, as a file."""
    made = exported(units=whose.units_at(request.user), on=clock.today())
    answer = JsonResponse(
        made.content, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    name = f"mikrokraad-{clock.today().isoformat()}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _read(form: RegisterFile) -> Contents | None:
    file: UploadedFile = form.cleaned_data["file"]
    if (file.size or 0) > MOST_BYTES:
        form.add_error("file", _("The file is larger than 10 MB: is it the right one?"))
        return None
    try:
        return contents(file.read().decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, NotARegisterFile):
        form.add_error(
            "file",
            _(
                "This is not the register's file: it has no list of curricula in JSON. Nothing was changed."
            ),
        )
        return None


DONE = {
    Done.CREATED: gettext_lazy("new"),
    Done.CHANGED: gettext_lazy("changed"),
    Done.UNCHANGED: gettext_lazy("as it was"),
    Done.LEFT_ALONE: gettext_lazy("left alone"),
    Done.REFUSED: gettext_lazy("refused"),
}


def _told(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "title": line.title,
        "done_label": DONE[line.done],
        "about": line.about,
    }


def _counts(lines: list[Line]) -> list[tuple[Any, int]]:
    counted = Counter(line.done for line in lines)
    return [(DONE[done], counted[done]) for done in Done if counted[done]]
