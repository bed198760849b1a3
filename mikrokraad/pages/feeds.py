"""What one can subscribe to: programmes newly open (Atom), and dates (iCalendar).

Both take the list's filters, so that somebody follows just what they look for.
Source: RFC 4287 (Atom), RFC 5545 (iCalendar).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import icalendar
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lxml import etree

from mikrokraad.catalogue import filters
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.published import open_runs, runs_to_come
from mikrokraad.catalogue.search.current import current
from mikrokraad.catalogue.search.finding import Found
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.core.calendar import day_of, until_text, zone
from mikrokraad.core.texts import said
from mikrokraad.fees.queries import prices_of
from mikrokraad.fees.rules import Price
from mikrokraad.pages.wording import figure, languages_text, mode_text
from mikrokraad.people.models import Institution
from mikrokraad.people.register import last_changes, named

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES, EVENTS = 50, 500
MOST_FOUND = 5000
FILTERS = ("q", *(name for name in filters.NAMES if name != "places"))
DAY = timedelta(days=1)


def wishes(asked: Mapping[str, str]) -> dict[str, str]:
    """Of an address, what the list's filters understand."""
    return {name: asked[name] for name in FILTERS if asked.get(name)}


def asked_for(
    wish: Mapping[str, str], runs: QuerySet[Run], *, at: datetime
) -> QuerySet[Run]:
    """Those of `runs` that the list would show; all, when nothing is asked."""
    if not wish:
        return runs
    index = current()
    want = filters.wanted(wish, index.shelf.knows)
    if not want.is_anything:
        return runs
    found = Found(index, want, Moment(at), language=get_language() or "et")
    return runs.filter(pk__in=[hit.run for hit in found.hits(0, MOST_FOUND)])


def links(asked: Mapping[str, str]) -> list[dict[str, str]]:
    """For the head of a page: where one can subscribe to what it shows."""
    wish = wishes(asked)
    end = f"?{urlencode(wish)}" if wish else ""
    return [
        {
            "href": reverse("pages:feed") + end,
            "type": "application/atom+xml",
            "title": _("Programmes open for applications"),
        },
        {
            "href": reverse("pages:dates") + end,
            "type": "text/calendar",
            "title": _("Application deadlines"),
        },
    ]


def changed(runs: Iterable[Run]) -> dict[UUID, datetime]:
    """When each run was opened, published, or changed after that."""
    known = list(runs)
    changes = last_changes(known)
    return {
        run.pk: max(
            run.published_at or run.opens_at,
            changes.get(named(run), run.published_at or run.opens_at),
        )
        for run in known
    }


def about(run: Run) -> str:
    """Where the run's page is."""
    path = run.version.programme.get_absolute_url()
    return f"{settings.PUBLIC_URL}{path}?semester={run.intake.term_id}"


# Newly open ---------------------------------------------------------------------------


def newly_open(wish: Mapping[str, str], *, at: datetime) -> bytes:
    """An Atom feed of what takes applications now, the newest first."""
    runs = list(asked_for(wish, open_runs(at=at), at=at)[:ENTRIES])
    prices, changes = prices_of(runs), changed(runs)
    moments = {run.pk: max(run.opens_at, changes[run.pk]) for run in runs}
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", get_language() or "et")
    _head(feed, urlencode(wish), max(moments.values(), default=_nothing_yet()))
    for run in runs:
        _entry(feed, run, prices[run.pk], moments[run.pk])
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8")


def _nothing_yet() -> datetime:
    return datetime(2020, 1, 1, tzinfo=zone())


def _head(feed: etree._Element, query: str, moment: datetime) -> None:
    end = f"?{query}" if query else ""
    itself = f"{settings.PUBLIC_URL}{reverse('pages:feed')}{end}"
    found = Institution.objects.first()
    _say(feed, "id", itself)
    _say(feed, "title", _("Programmes open for applications"))
    _say(feed, "updated", moment.isoformat())
    _link(feed, itself, rel="self", type="application/atom+xml")
    page = f"{settings.PUBLIC_URL}{reverse('pages:programmes')}{end}"
    _link(feed, page, rel="alternate", type="text/html")
    author = etree.SubElement(feed, f"{{{ATOM}}}author")
    _say(author, "name", said(found.name) if found else "Mikrokraad")


def _entry(feed: etree._Element, run: Run, price: Price, moment: datetime) -> None:
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
    version = run.version
    _say(entry, "id", f"urn:uuid:{run.pk}")
    _say(entry, "title", f"{said(version.title)}, {said(run.intake.name)}")
    _say(entry, "published", run.opens_at.isoformat())
    _say(entry, "updated", moment.isoformat())
    _link(entry, about(run), rel="alternate", type="text/html")
    if version.field:
        category = etree.SubElement(entry, f"{{{ATOM}}}category")
        category.set("term", version.field.code)
        category.set("label", said(version.field.broad_name))
    _say(entry, "summary", _summary(run, price))


def _summary(run: Run, price: Price) -> str:
    facts = [
        _("{ects} ECTS").format(ects=run.version.ects),
        mode_text(run),
        languages_text(run.languages),
        figure(run, price),
        _("Apply {until}").format(until=until_text(run.deadline)),
    ]
    return f"{said(run.version.lead)} {' · '.join(one for one in facts if one)}"


def _say(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _link(parent: etree._Element, href: str, **facts: str) -> None:
    link = etree.SubElement(parent, f"{{{ATOM}}}link")
    for name, value in {**facts, "href": href}.items():
        link.set(name, value)


# Dates --------------------------------------------------------------------------------


def dates(wish: Mapping[str, str], *, at: datetime) -> bytes:
    """A calendar of openings and deadlines to come, one entry a run and date.

    An entry keeps its UID for as long as the run exists, so that a moved deadline
    moves in people's calendars too.
    """
    runs = list(asked_for(wish, runs_to_come(at=at), at=at)[:EVENTS])
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Mikrokraad//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Application deadlines"))
    changes = changed(runs)
    for run in runs:
        title, moment = said(run.version.title), changes[run.pk]
        last = _("Last day to apply: {title}").format(title=title)
        uid = f"deadline-{run.pk}@{host}"
        calendar.add_component(_event(uid, last, run.deadline, run, moment))
        if run.opens_at > at:
            first = _("Applications open: {title}").format(title=title)
            uid = f"opening-{run.pk}@{host}"
            day = day_of(run.opens_at)
            calendar.add_component(_event(uid, first, day, run, moment))
    return bytes(calendar.to_ical())


def _event(
    uid: str, summary: str, day: date, run: Run, moment: datetime
) -> icalendar.Event:
    """A whole day that takes nobody's time."""
    event = icalendar.Event()
    event.add("uid", uid)
    event.add("dtstamp", moment)
    event.add("last-modified", moment)
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("transp", "TRANSPARENT")
    event.add("summary", summary)
    event.add("url", about(run))
    event.add("description", said(run.version.lead))
    return event
