"""The one next step of a programme's page: always something true that can be done."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrokraad.admissions import wording
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.queries import live_application, whose_move
from mikrokraad.admissions.rules import Mover, State
from mikrokraad.catalogue import queries as catalogue
from mikrokraad.catalogue.models import Programme, Run
from mikrokraad.catalogue.queries import RunPage
from mikrokraad.catalogue.rules import Applying
from mikrokraad.core.calendar import day_of, day_text, until_text
from mikrokraad.core.texts import said
from mikrokraad.pages.deadlines import countdown
from mikrokraad.people.models import Person
from mikrokraad.seats.queries import Places


@dataclass(frozen=True)
class Step:
    """The one thing to do next: words for the button, where it leads, what to know."""

    label: str = ""
    href: str = ""
    note: str = ""
    applies: bool = False  # whether it leads to a new application


def step(
    page: RunPage,
    run: Run,
    places: Places,
    person: Person | None,
    *,
    at: datetime,
    tried: list[tuple[str, str]] | None = None,
) -> Step:
    """What to do next. `tried` are answers that an application would begin with."""
    begun = live_application(run, person) if person else None
    if begun is not None:
        return _go_on(begun)
    standing = catalogue.how_it_stands(run, at=at)
    if run.commissioned_by_id:
        return Step(
            _("Ask the contact person"),
            ask_href(run),
            _("This group studies for one employer. Ask whether there is one for you."),
        )
    if standing == Applying.NOT_YET:
        return _not_yet(page.programme, run)
    if standing == Applying.OPEN:
        return _apply(run, places, tried or [], at=at)
    return _over(page, run, at=at)


def without_dates(programme: Programme) -> Step:
    """Nothing is planned: to be told, or to see what else there is."""
    note, tell = _("The next dates are not known yet."), _tell_me(programme)
    if tell:
        return Step(_("Tell me when there are dates"), tell, note)
    return Step(_("See what is open now"), _open_now(), note)


def ask_href(run: Run) -> str:
    """Where to write to the contact person."""
    return reverse("admissions:enquire", args=[run.pk])


def _go_on(begun: Application) -> Step:
    state, move = State(begun.state), whose_move(begun)
    if state == State.DRAFT:
        return Step(_("Go on with your application"), begun.get_absolute_url())
    words = str(wording.STATES[state].headline)
    if move.mover == Mover.APPLICANT:
        words = _("Your move: {what}").format(what=move.text)
    return Step(
        _("See your application"),
        begun.get_absolute_url(),
        words[:1].upper() + words[1:],
    )


def _not_yet(programme: Programme, run: Run) -> Step:
    note = _("You can apply from {day} {until}.").format(
        day=day_text(day_of(run.opens_at), year=False), until=until_text(run.deadline)
    )
    tell = _tell_me(programme)
    return Step(_("Tell me when it opens"), tell, note) if tell else Step(note=note)


def _apply(
    run: Run, places: Places, tried: list[tuple[str, str]], *, at: datetime
) -> Step:
    href = reverse("admissions:apply", args=[run.pk])
    href = f"{href}?{urlencode(tried)}" if tried else href
    if places.size and not places.left:
        return Step(
            _("Apply for the waiting list"), href, _waiting(run, places), applies=True
        )
    left = countdown(run.deadline, at=at)
    note = _("It takes about ten minutes. You can stop and go on later.")
    return Step(
        _("Apply {until}").format(until=until_text(run.deadline)),
        href,
        f"{left[:1].upper()}{left[1:]}. {note}",
        applies=True,
    )


def _waiting(run: Run, places: Places) -> str:
    before = (
        ngettext(
            "Every place is taken, and {n} person waits.",
            "Every place is taken, and {n} people wait.",
            places.waiting,
        ).format(n=places.waiting)
        if places.waiting
        else _("Every place is taken; you would be the first in line.")
    )
    return " ".join(
        [
            before,
            _(
                "Apply {until}: who is accepted joins the waiting list, and a freed "
                "place goes to the next in line."
            ).format(until=until_text(run.deadline)),
        ]
    )


def _over(page: RunPage, run: Run, *, at: datetime) -> Step:
    ended = _("Applications were open {until}.").format(until=until_text(run.deadline))
    later = page.next_run(at=at)
    if later is not None and later.pk != run.pk:
        href = f"{page.programme.get_absolute_url()}?semester={later.intake.term_id}"
        label = _("Look at {semester}").format(semester=said(later.intake.name).lower())
        return Step(label, href, ended)
    tell = _tell_me(page.programme)
    if tell:
        return Step(_("Tell me when it opens again"), tell, ended)
    return Step(_("See what is open now"), _open_now(), ended)


def _open_now() -> str:
    return reverse("pages:programmes") + "?open=yes"


def _tell_me(programme: Programme) -> str:
    """The page that writes to somebody when a programme opens, if there is one here."""
    try:
        return reverse("pages:tell_me", args=[programme.slug])
    except NoReverseMatch:
        return ""
