"""Programmes that a visitor keeps for later: their addresses in a cookie, and no more.

The cookie is the visitor's own: it is set when they press “Keep for later”, names
programmes and nothing else, and is written down nowhere here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import Programme, ProgrammeVersion, Run
from mikrokraad.catalogue.queries import (
    RunPage,
    how_it_stands,
    newest_versions,
    programmes_with_pages,
    published_runs,
)
from mikrokraad.catalogue.rules import Applying
from mikrokraad.core.calendar import day_of, day_text, until_text
from mikrokraad.core.texts import said
from mikrokraad.fees.queries import prices_of
from mikrokraad.fees.rules import Price
from mikrokraad.pages.deadlines import countdown
from mikrokraad.pages.wording import figure, languages_text, mode_text, places_text
from mikrokraad.seats.queries import NO_PLACES, Places, places_left

Context = dict[str, Any]
COOKIE = "shortlist"
BETWEEN = "."
MOST = 12
KEPT_FOR = timedelta(days=180)
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,120}")
LAST = date.max


# The cookie -----------------------------------------------------------------------------


def kept_in(cookies: Mapping[str, str]) -> list[str]:
    """The addresses in the cookie, each once; whatever else it says is left out."""
    said_there = cookies.get(COOKIE, "").split(BETWEEN)
    sound = [slug for slug in said_there if _SLUG.fullmatch(slug)]
    return list(dict.fromkeys(sound))[:MOST]


def changed(kept: list[str], asked: Mapping[str, str]) -> list[str]:
    """With what is added, the newest first, and without what is removed."""
    added, removed = asked.get("add", ""), asked.get("remove", "")
    if _SLUG.fullmatch(added) and added not in kept and len(kept) < MOST:
        kept = [added, *kept]
    return [slug for slug in kept if slug != removed]


def is_full(kept: list[str], asked: Mapping[str, str]) -> bool:
    """Whether something is to be added that no longer fits."""
    added = asked.get("add", "")
    return bool(added) and added not in kept and len(kept) >= MOST


def keep(answer: HttpResponse, slugs: list[str]) -> HttpResponse:
    """Let the visitor's browser keep these; of an empty list nothing stays."""
    if not slugs:
        answer.delete_cookie(COOKIE, samesite="Lax")
        return answer
    answer.set_cookie(
        COOKIE,
        BETWEEN.join(slugs),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def asks_for_change(request: HttpRequest) -> bool:
    return bool({"add", "remove"} & set(request.GET))


# The page -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """A programme that is kept, with its newest wording and the run to look at."""

    programme: Programme
    version: ProgrammeVersion
    run: Run | None
    standing: Applying


def shortlist_page(slugs: list[str], *, at: datetime) -> Context:
    """What is kept, the nearest deadline first. The number of queries does not grow."""
    kept = sorted(_kept(slugs, at=at), key=_by_deadline)
    runs = [one.run for one in kept if one.run]
    places, prices = places_left(runs, at=at), prices_of(runs)
    return {
        "rows": [_row(one, places, prices, at=at) for one in kept],
        "most": MOST,
    }


def _kept(slugs: list[str], *, at: datetime) -> Iterable[Kept]:
    """Only programmes that have a page; others have gone, or never were."""
    programmes = list(
        programmes_with_pages().filter(slug__in=slugs).select_related("kind")
    )
    versions = newest_versions(one.pk for one in programmes)
    runs: dict[object, list[Run]] = {one.pk: [] for one in programmes}
    for run in (
        published_runs()
        .filter(version__programme__in=list(runs))
        .select_related("commissioned_by")
        .order_by("starts_on")
    ):
        runs[run.version.programme_id].append(run)
    for one in programmes:
        page = RunPage(one, [versions[one.pk]], runs[one.pk])
        next_run = page.next_run(at=at)
        standing = how_it_stands(next_run, at=at) if next_run else Applying.NOT_OFFERED
        yield Kept(one, versions[one.pk], next_run, standing)


ORDER = (Applying.OPEN, Applying.NOT_YET, Applying.OVER, Applying.NOT_OFFERED)


def _by_deadline(one: Kept) -> tuple[int, date, str]:
    deadline = one.run.deadline if one.run else LAST
    return ORDER.index(one.standing), deadline, one.programme.slug


def _row(
    one: Kept,
    places: Mapping[Any, Places],
    prices: Mapping[Any, Price],
    *,
    at: datetime,
) -> Context:
    run, version = one.run, one.version
    slug = one.programme.slug
    told = _standing(one, places.get(run.pk, NO_PLACES) if run else NO_PLACES, at=at)
    facts = [mode_text(run), languages_text(run.languages)] if run else []
    if run:
        facts.append(_("starts {day}").format(day=day_text(run.starts_on)))
    return {
        "slug": slug,
        "href": one.programme.get_absolute_url(),
        "title": said(version.title),
        "colour": version.field.colour if version.field else "indigo",
        "ects": version.ects,
        "kind": said(one.programme.kind.name),
        "facts": " · ".join(facts),
        "figure": figure(run, prices[run.pk]) if run else "",
        "alert": _alert(one),
        **told,
    }


def _standing(one: Kept, places: Places, *, at: datetime) -> Context:
    """Whether one can still apply, in words, with what presses."""
    run = one.run
    if run is None:
        return {"tag": _("no dates yet"), "tag_kind": "plain", "note": ""}
    if one.standing == Applying.OVER:
        until = until_text(run.deadline)
        note = _("Applications were open {until}.").format(until=until)
        return {"tag": _("closed"), "tag_kind": "plain", "note": note}
    if one.standing == Applying.NOT_YET:
        note = _("Opens on {day}.").format(day=day_text(day_of(run.opens_at)))
        return {"tag": _("not open yet"), "tag_kind": "info", "note": note}
    left = countdown(run.deadline, at=at)
    note = f"{until_text(run.deadline)} · {left}"
    if run.commissioned_by_id:
        tag, kind = _("one employer's people"), "plain"
    elif places.size and not places.left:
        tag, kind = _("waiting list"), "wait"
    else:
        tag, kind = places_text(places) or _("open"), "good"
    return {"tag": tag, "tag_kind": kind, "note": f"{note[:1].upper()}{note[1:]}"}


def _alert(one: Kept) -> tuple[str, str]:
    """What one may be told of: the deadline while it is ahead, else the opening."""
    slug = one.programme.slug
    if one.standing == Applying.OPEN and one.run and not one.run.commissioned_by_id:
        return _("Remind me of the deadline"), reverse("pages:remind_me", args=[slug])
    if one.standing == Applying.OPEN:
        return "", ""
    return _("Tell me when it opens"), reverse("pages:tell_me", args=[slug])
