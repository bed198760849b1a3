"""Programmes at the desk: the list, a version's page, new ones, and the nightly report."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mikrokraad.catalogue import actions, comparing
from mikrokraad.catalogue.desk import listing, register, running, whose, writing
from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.catalogue.rules import Section, VersionState
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal, refusals_on
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import programmes_forms as forms
from mikrokraad.office.views import programmes_words as words
from mikrokraad.office.views.programmes_meter import meter
from mikrokraad.people.http import PersonRequest

ON_A_PAGE = 50


@require_safe
@desk_of(*DESK_DUTIES)
def programmes(request: PersonRequest) -> HttpResponse:
    at, show = clock.now(), request.GET.get("show", "")
    q = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = listing.overview(request.user, show=show, q=q, at=at)
    page = Paginator(found.programmes, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = listing.rows(page.object_list, found.differing, at=at)
    shown = {
        "rows": [words.row(row) for row in rows],
        "figures": words.figures(found.counts, show),
        "page": page,
        "show": show,
        "q": q,
    }
    return render(request, "office/programmes_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(*DESK_DUTIES)
def new(request: PersonRequest) -> HttpResponse:
    kinds, units = list(writing.kinds()), list(whose.units_at(request.user))
    form = forms.NewProgramme(request.POST or None, kinds=kinds, units=units)
    if form.is_valid():
        given = form.cleaned_data
        draft = actions.create_programme(
            {"et": given["et"], "en": given["en"]},
            kind=next(one for one in kinds if one.code == given["kind"]),
            unit=next(one for one in units if one.code == given["unit"]),
            by=request.user,
            at=clock.now(),
        )
        return redirect("office:programmes_section", draft.pk, Section.BASICS)
    return render(request, "office/programmes_new.html", {"form": form})


@require_safe
@desk_of(*DESK_DUTIES)
def version(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One version: where it stands, what is missing, and what can be done next."""
    one = version_or_404(request, pk)
    every = whose.versions_of(one.programme)
    compared = register.compared_of(one.programme)
    shown = {
        "version": one,
        "versions": [words.version_line(each, every) for each in every],
        "state": words.state(one, writing.open_review(one)),
        "steps": words.steps(one),
        "meter": meter(one),
        "sent_back": writing.last_sent_back(one) if is_draft(one) else None,
        "comments": writing.comments_on(one),
        "runs": running.runs_of(one.programme),
        "plans": running.plans_of(one.programme),
        "compared": compared,
        "is_newest": every[0].pk == one.pk,
        "is_draft": is_draft(one),
        "has_draft": any(not words.is_shown(each) for each in every),
        "wrong": register.wrong_at(request.user).filter(
            version__programme=one.programme
        ),
    }
    return render(request, "office/programmes_version.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(*DESK_DUTIES)
def new_version(request: PersonRequest, pk: UUID) -> HttpResponse:
    one = version_or_404(request, pk)
    form = forms.NewVersion(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            draft = actions.create_draft(
                one.programme,
                material=form.cleaned_data["change"] == "major",
                by=request.user,
                at=clock.now(),
            )
            told = _("Version {number} is a draft now.").format(number=draft.number)
            messages.success(request, told)
            return redirect("office:programmes_section", draft.pk, Section.BASICS)
    shown = {"version": one, "form": form}
    return render(request, "office/programmes_new_version.html", shown)


@require_safe
@desk_of(*DESK_DUTIES)
def changes(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What is different between this version and another one, word by word."""
    one = version_or_404(request, pk)
    others = [each for each in whose.versions_of(one.programme) if each.pk != one.pk]
    wanted = request.GET.get("since", "")
    other = next((each for each in others if each.number == wanted), None)
    other = other or words.one_before(one, others)
    shown = {
        "version": one,
        "other": other,
        "others": others,
        "sections": comparing.compared(other, one) if other else [],
    }
    return render(request, "office/programmes_changes.html", shown)


@require_POST
@desk_of(*DESK_DUTIES)
def retire(request: PersonRequest, pk: UUID) -> HttpResponse:
    one = version_or_404(request, pk)
    try:
        actions.retire(one, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, _("No new run of this version can be made. Its page stays.")
        )
    return redirect("office:programmes_version", one.pk)


@require_safe
@desk_of(*DESK_DUTIES)
def report(request: PersonRequest) -> HttpResponse:
    """Would everything that is published still publish? As the last night found it."""
    found = register.wrong_at(request.user)
    shown = {
        "found": [words.wrong(one) for one in found],
        "day": register.last_check(),
    }
    return render(request, "office/programmes_report.html", shown)


def version_or_404(request: PersonRequest, pk: UUID) -> ProgrammeVersion:
    found = whose.version_at(request.user, pk)
    if found is None:
        raise Http404
    return found


def is_draft(one: ProgrammeVersion) -> bool:
    return one.state == VersionState.DRAFT
