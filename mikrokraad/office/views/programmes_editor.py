"""The editor: one section of a draft, saved whole, by a button or by itself.

The page carries the draft's revision and a short mark of each value it showed. When
somebody else has saved in between, what only they changed stays theirs, and what both
changed is asked about, field by field.
"""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mikrokraad.catalogue import actions, drafting
from mikrokraad.catalogue.actions import Saved
from mikrokraad.catalogue.desk import writing
from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.catalogue.rules import Section
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import programmes_parts as parts
from mikrokraad.office.views.programmes import is_draft, version_or_404
from mikrokraad.office.views.programmes_forms import SectionForm
from mikrokraad.people.http import PersonRequest

EDITED = [one for one in Section if one != Section.RUN]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(*DESK_DUTIES)
def programmes_section(request: PersonRequest, pk: UUID, section: str) -> HttpResponse:
    if section not in EDITED:
        raise Http404
    version = version_or_404(request, pk)
    if request.method == "POST":
        return _save(request, version, Section(section))
    if not is_draft(version):
        return redirect("office:programmes_version", version.pk)
    form = SectionForm(version, Section(section))
    return _page(request, form, seen=drafting.digests(form.initial))


def _save(
    request: PersonRequest, version: ProgrammeVersion, section: Section
) -> HttpResponse:
    """Keep what was filled in rightly; whatever is not kept stays in the page."""
    form = SectionForm(version, section, request.POST)
    given, seen = form.given, _seen(request)
    try:
        saved = actions.edit_section(
            version,
            section,
            given,
            revision=_number(request.POST.get("revision", "")),
            seen=seen,
            step=parts.step_of(request.POST),
            by=request.user,
            at=clock.now(),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _answer(request, form, None, seen)
    if request.headers.get("X-Autosave") or form.errors or not saved.is_whole:
        return _answer(request, form, saved, seen)
    _tell(request, saved)
    return redirect(_onward(request, saved, section))


def _answer(
    request: PersonRequest,
    form: SectionForm,
    saved: Saved | None,
    seen: dict[str, str],
) -> HttpResponse:
    """The page again, with what was written; or the parts of it that saving changed."""
    if request.headers.get("X-Autosave"):
        shown = parts.after_autosave(
            form, saved, seen, request.POST.get("revision", "")
        )
        return render(request, "office/_programmes_saved.html", shown)
    if saved is None:
        return _page(request, form, seen=seen, status=409)
    again = SectionForm(form.version, form.section, parts.beside(form, saved))
    for name, words in form.errors.items():
        again.errors[name] = words
    parts.say_clashes(again, saved)
    seen = drafting.digests(again.initial)
    return _page(request, again, seen=seen, gone=saved.merged.gone)


def _page(
    request: PersonRequest,
    form: SectionForm,
    *,
    seen: dict[str, str],
    gone: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    find = request.GET.get("find", "").replace("\0", "").strip()[:60]
    shown: dict[str, Any] = {
        **parts.editor(form, seen),
        "gone": gone or {},
        "find": find,
        "found": writing.courses_like(find, besides=form.version) if find else [],
        "comments": writing.comments_on(form.version),
    }
    return render(request, "office/programmes_section.html", shown, status=status)


def _tell(request: PersonRequest, saved: Saved) -> None:
    if saved.merged.theirs:
        who = saved.before.name if saved.before else _("Somebody")
        words = _(
            "{who} has changed this section meanwhile. Their changes and yours are both in it now."
        )
        messages.info(request, words.format(who=who))
    else:
        messages.success(request, _("Saved."))


def _onward(request: PersonRequest, saved: Saved, section: Section) -> str:
    """The same section, at the row that was added or moved, or at what was looked for."""
    page = reverse("office:programmes_section", args=[saved.version.pk, section.value])
    find = request.POST.get("find", "").strip()
    if find:
        return f"{page}?{parts.query(find=find)}#found"
    return f"{page}#{saved.added}" if saved.added else page


def _seen(request: PersonRequest) -> dict[str, str]:
    try:
        seen = json.loads(request.POST.get("seen", "{}"))
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in seen.items()} if isinstance(seen, dict) else {}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 -- a database number
