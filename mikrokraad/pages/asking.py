"""What somebody asks to be told of, and what has become of that, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mikrokraad.catalogue import filters
from mikrokraad.catalogue.alerts.rules import AlertKind, kept_query
from mikrokraad.catalogue.models import Alert
from mikrokraad.catalogue.queries import RunPage, how_it_stands, newest_versions
from mikrokraad.catalogue.rules import Applying
from mikrokraad.catalogue.search.current import current
from mikrokraad.catalogue.search.finding import Found
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.core.calendar import day_text, until_text
from mikrokraad.core.texts import said
from mikrokraad.pages import narrowing

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
    """To be told when the programme opens; while it is open there is nothing to wait for."""
    run = page.next_run(at=at)
    is_open = run is not None and how_it_stands(run, at=at) == Applying.OPEN
    return Wish(
        AlertKind.OPENING,
        {"programme": page.programme},
        _("Tell me when it opens"),
        _("We write once, on the working day when “{title}” opens.").format(
            title=said(page.current.title)
        ),
        page.programme.get_absolute_url(),
        *_looks(page),
        instead=_("It is open already: you can apply now.") if is_open else "",
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
    wishes = [f"“{want.q}”"] if want.q else []
    wishes += [
        narrowing.label(found, name, value)
        for name, value in want.chosen.items()
        if f"{name}=" in query
    ]
    return Wish(
        AlertKind.SEARCH,
        {"query": query},
        _("Tell me about new programmes like these"),
        _(
            "When a programme that fits is published or opens, we write: "
            "at most one letter a day, on working days."
        ),
        reverse("pages:programmes") + (f"?{query}" if query else ""),
        wishes=tuple(wishes),
    )


def shown(wish: Wish) -> Context:
    """The wish for a page; without words of its own it is about all programmes."""
    return {"wish": wish}


# What has become of it ----------------------------------------------------------------


def told(alert: Alert) -> Context:
    """One alert in words: what it is about, and where that can be looked at."""
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
        version = newest_versions([alert.programme.pk]).get(alert.programme.pk)
        text = _("One letter when the programme opens for applications.")
        title = said(version.title) if version else ""
        return _told(alert, title, text, alert.programme.get_absolute_url())
    text = _("Letters about new programmes that fit your search.")
    href = reverse("pages:programmes") + f"?{alert.query}"
    return _told(alert, _("Your search"), text, href)


def _told(alert: Alert, title: str, text: str, href: str) -> Context:
    return {
        "alert": alert,
        "about": title,
        "text": text,
        "href": href,
        "is_on": alert.confirmed_at is not None and alert.ended_at is None,
        "has_ended": alert.ended_at is not None,
    }
