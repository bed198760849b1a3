"""What somebody asks to be told of, and what has become of that, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from mikrokraad.catalogue import filters
from mikrokraad.catalogue.alerts import queries
from mikrokraad.catalogue.alerts.rules import AlertKind, kept_query
from mikrokraad.catalogue.models import Alert, ProgrammeVersion
from mikrokraad.catalogue.queries import RunPage, how_it_stands, newest_versions
from mikrokraad.catalogue.rules import Applying
from mikrokraad.catalogue.search.current import current
from mikrokraad.catalogue.search.finding import Found
from mikrokraad.catalogue.search.index import Index
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.core import clock
from mikrokraad.core.calendar import day_text, until_text
from mikrokraad.core.texts import said
from mikrokraad.pages import narrowing
from mikrokraad.people.models import Person

Context = dict[str, Any]


@dataclass(frozen=True)
class Wish:
    """What to write about: the facts for the action, and the words for the page.

    `instead` is said where there is nothing to wait for.
    """

    kind: AlertKind
    facts: dict[str, Any]
    title: str
    lead: str
    back: str
    seed: str = ""
    colour: str = "indigo"
    wishes: tuple[str, ...] = ()
    instead: str = ""


def of_opening(page: RunPage, *, at: datetime) -> Wish:
    """To be told when the programme opens: the next time, if it is open now.

    While it is open and nothing later is known there is nothing to wait for.
    """
    run = page.next_run(at=at)
    is_open = run is not None and how_it_stands(run, at=at) == Applying.OPEN
    later = any(how_it_stands(one, at=at) == Applying.NOT_YET for one in page.runs)
    return Wish(
        AlertKind.OPENING,
        {"programme": page.programme},
        _("Tell me when it opens"),
        _("We write once, on the working day when “{title}” opens.").format(
            title=said(page.current.title)
        ),
        page.programme.get_absolute_url(),
        *_looks(page),
        instead=_("It is open already: you can apply now.")
        if is_open and not later
        else "",
    )


def of_deadline(page: RunPage, asked: Mapping[str, str], *, at: datetime) -> Wish:
    """To be reminded of the deadline of one semester's run, or of the next."""
    run = page.run_in(asked.get("semester", "")) or page.next_run(at=at)
    is_over = run is None or run.commissioned_by_id is not None
    if run is None or how_it_stands(run, at=at) == Applying.OVER:
        is_over, day = True, ""
    else:
        day = day_text(run.deadline)
    return Wish(
        AlertKind.DEADLINE,
        {"run": run},
        _("Remind me of the deadline"),
        _(
            "The last day to apply for “{title}” is {day}. We write a week and a day "
            "before it."
        ).format(title=said(page.current.title), day=day)
        if day
        else "",
        page.programme.get_absolute_url(),
        *_looks(page),
        instead=_("There is no deadline to wait for now.") if is_over else "",
    )


def _looks(page: RunPage) -> tuple[str, str]:
    field = page.current.field
    return page.programme.slug, field.colour if field else "indigo"


def of_search(asked: Mapping[str, str], *, at: datetime) -> Wish:
    """To be told of new programmes that fit a search."""
    index = current()
    query = kept_query(asked)
    want = filters.wanted(asked, index.shelf.knows)
    found = Found(index, want, Moment(at), language="et")
    wishes = _in_words(found, query)
    return Wish(
        AlertKind.SEARCH,
        {"query": query},
        _("Tell me about new programmes like these"),
        _(
            "When a programme that fits is published or opens, we write: "
            "at most one letter a day, on working days. It goes on until {day}; then we "
            "ask once whether to go on."
        ).format(day=day_text(queries.saved_until(at=at))),
        reverse("pages:programmes") + (f"?{query}" if query else ""),
        wishes=tuple(wishes),
    )


def _in_words(found: Found, query: str) -> list[str]:
    """What a search looks for: its words, and what was chosen and is kept."""
    want = found.want
    words = [f"“{want.q}”"] if want.q else []
    return words + [
        narrowing.label(found, name, value)
        for name, value in want.chosen.items()
        if f"{name}=" in query
    ]


def shown(wish: Wish) -> Context:
    """The wish for a page; without words of its own it is about all programmes."""
    return {"wish": wish}


# What has become of it ----------------------------------------------------------------


def mine(person: Person) -> list[Context]:
    """What somebody who has signed in is written to about."""
    alerts = list(queries.confirmed_alerts_of(person))
    newest = newest_versions({one.programme_id for one in alerts if one.programme_id})
    searches = any(one.kind == AlertKind.SEARCH for one in alerts)
    index = current() if searches else None
    return [told(one, newest=newest, index=index) for one in alerts]


def told(
    alert: Alert,
    *,
    newest: Mapping[UUID, ProgrammeVersion] | None = None,
    index: Index | None = None,
) -> Context:
    """One alert in words: what it is about, and where that can be looked at.

    Of many, the newest versions and the index are looked up once, by who asks.
    """
    if alert.run is not None:
        programme = alert.run.version.programme
        title, text = (
            said(alert.run.version.title),
            _("A reminder a week and a day before the deadline: apply {until}.").format(
                until=until_text(alert.run.deadline)
            ),
        )
        return _told(alert, title, text, programme.get_absolute_url())
    if alert.programme is not None:
        known = newest_versions([alert.programme.pk]) if newest is None else newest
        version = known.get(alert.programme.pk)
        text = _("One letter when the programme opens for applications.")
        title = said(version.title) if version else ""
        return _told(alert, title, text, alert.programme.get_absolute_url())
    text = _("Letters about new programmes that fit your search.")
    href = reverse("pages:programmes") + f"?{alert.query}"
    return _told(alert, _search_title(index or current(), alert.query), text, href)


def _search_title(index: Index, query: str) -> str:
    want = filters.wanted(dict(parse_qsl(query)), index.shelf.knows)
    words = _in_words(Found(index, want, Moment(clock.now()), language="et"), query)
    if not words:
        return _("Every new programme")
    return _("Your search: {words}").format(words=", ".join(words))


def _told(alert: Alert, title: str, text: str, href: str) -> Context:
    day = queries.last_day(alert)
    return {
        "alert": alert,
        "about": title,
        "text": text,
        "href": href,
        "is_on": alert.confirmed_at is not None and alert.ended_at is None,
        "has_ended": alert.ended_at is not None,
        "asks_again": alert.asked_again_at is not None and alert.ended_at is None,
        "until": _("It goes on until {day}.").format(day=day_text(day)) if day else "",
    }
