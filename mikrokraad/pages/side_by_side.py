"""What one programme says in each row of a comparison, by the functions of its own page."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrokraad.admissions.conditions import least_education
from mikrokraad.catalogue.models import ProgrammeVersion, Run
from mikrokraad.catalogue.queries import RunPage, how_it_stands
from mikrokraad.catalogue.rules import Applying
from mikrokraad.core.calendar import day_of, day_text, until_text
from mikrokraad.core.money import euros
from mikrokraad.core.squares import Week
from mikrokraad.core.texts import said
from mikrokraad.fees.wording import vat_text
from mikrokraad.pages.cost import Cost, Who
from mikrokraad.pages.deadlines import countdown
from mikrokraad.pages.degrees import Counting, degrees
from mikrokraad.pages.semester import HOURS_PER_ECTS, pace, weeks
from mikrokraad.pages.shown import colours_of
from mikrokraad.pages.wording import languages_text, mode_text, places_text
from mikrokraad.seats.queries import Places


class Side(NamedTuple):
    """One programme that is compared, with the run of one semester if it has any."""

    asked: str
    page: RunPage
    version: ProgrammeVersion
    run: Run | None
    places: Places
    cost: Cost | None

    @property
    def colour(self) -> str:
        return self.version.field.colour if self.version.field else "indigo"


@dataclass(frozen=True)
class Cell:
    """What one programme says in one row: words, a list, or a picture with its words."""

    text: str = ""
    notes: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    ects: int = 0
    colour: str = ""
    weeks: list[Week] = field(default_factory=list)
    is_sum: bool = False

    @property
    def says(self) -> tuple[object, ...]:
        """What is compared: words, and of pictures what they show, not their colours."""
        days = [
            (day.on, mark.kind)
            for week in self.weeks
            for day in week.days
            for mark in day.marks
        ]
        return self.text, self.notes, self.items, self.ects, days

    @property
    def is_anything(self) -> bool:
        return bool(self.text or self.items or self.ects or self.weeks)


NOTHING = Cell()


# Money ----------------------------------------------------------------------------------


def fee(side: Side, who: Who) -> Cell:
    """The whole fee, with its VAT and the reason; what it is for each credit."""
    if side.cost is None:
        return NOTHING
    price = side.cost.studies
    notes = [_sentence(vat_text(price))]
    if price.total_cents and side.version.ects:
        each = euros(round(price.total_cents / side.version.ects))
        notes.append(_("{amount} for each ECTS.").format(amount=each))
    notes += _of_the_group(side.cost, who)
    text = euros(price.total_cents) if price.total_cents else _("free")
    return Cell(_capital(text), [note for note in notes if note])


def _of_the_group(cost: Cost, who: Who) -> list[str]:
    """Whether somebody's being in a funded group changes anything here."""
    if cost.is_funded and who != Who.FUNDED:
        return [_("Only for its target group: see what it asks.")]
    if who == Who.FUNDED and not cost.is_funded:
        return [_("There is no funded group here: it costs what it costs.")]
    return []


def application_fee(side: Side, who: Who) -> Cell:
    """It is asked of the applicant, whoever pays for the studies."""
    if side.cost is None:
        return NOTHING
    cents = side.cost.application.total_cents
    if not cents:
        return Cell(_("None"))
    notes = [_sentence(vat_text(side.cost.application))]
    if who == Who.EMPLOYER or side.cost.employer_cents:
        notes.append(_("You pay it yourself, before the application is read."))
    return Cell(euros(cents), [note for note in notes if note])


def by_employer(side: Side) -> Cell:
    cents = side.cost.employer_cents if side.cost else 0
    return Cell(euros(cents), is_sum=True) if cents else NOTHING


def by_me(side: Side) -> Cell:
    if side.cost is None:
        return NOTHING
    cents = side.cost.mine_cents
    return Cell(euros(cents) if cents else _("Nothing"), is_sum=True)


# Time and place -------------------------------------------------------------------------


def volume(side: Side) -> Cell:
    text = _("{ects} ECTS, {hours} hours").format(
        ects=side.version.ects, hours=side.version.ects * HOURS_PER_ECTS
    )
    return Cell(text, ects=side.version.ects, colour=side.colour)


def deadline(side: Side, *, at: datetime) -> Cell:
    run = side.run
    if run is None:
        return Cell(_("The next dates are not known yet."))
    if run.commissioned_by_id:
        return Cell(_("A group of one employer's people"))
    standing = how_it_stands(run, at=at)
    if standing == Applying.OVER:
        until = until_text(run.deadline)
        return Cell(
            _("Closed"), [_("Applications were open {until}.").format(until=until)]
        )
    if standing == Applying.NOT_YET:
        opens = day_text(day_of(run.opens_at))
        return Cell(day_text(run.deadline), [_("Opens on {day}.").format(day=opens)])
    return Cell(day_text(run.deadline), [_capital(countdown(run.deadline, at=at))])


def places(side: Side) -> Cell:
    told = places_text(side.places)
    if not told:
        return NOTHING
    n = side.places.waiting
    waits = ngettext("{n} person waits.", "{n} people wait.", n).format(n=n)
    notes = [waits] if not side.places.left and n else []
    return Cell(_capital(told), notes)


def dates(side: Side) -> Cell:
    if side.run is None:
        return NOTHING
    return Cell(f"{day_text(side.run.starts_on)} – {day_text(side.run.ends_on)}")


def hours(side: Side) -> Cell:
    return Cell(pace(side.run, side.version)) if side.run else NOTHING


def form(side: Side) -> Cell:
    return Cell(_capital(mode_text(side.run))) if side.run else NOTHING


def language(side: Side) -> Cell:
    return Cell(_capital(languages_text(side.run.languages))) if side.run else NOTHING


def weekdays(side: Side) -> Cell:
    """On which days of the week its courses meet, how often, and how many exams."""
    if side.run is None:
        return NOTHING
    held = [
        session
        for link in side.run.run_sections.all()
        for session in link.section.sessions.all()
    ]
    usual = [day_of(one.starts_at).weekday() for one in held if not one.is_exam]
    exams = len(held) - len(usual)
    if not held:
        return Cell(_("The sessions are not fixed yet."))
    notes = [
        ngettext("{n} session", "{n} sessions", len(usual)).format(n=len(usual)),
        ngettext("{n} exam", "{n} exams", exams).format(n=exams) if exams else "",
    ]
    names = ", ".join(str(WEEKDAYS[day]) for day in sorted(set(usual)))
    return Cell(_capital(names), [", ".join(filter(None, notes))])


def semester(side: Side) -> Cell:
    if side.run is None:
        return NOTHING
    return Cell(weeks=weeks(side.run, colours_of(side.version)))


# Getting in and what comes of it --------------------------------------------------------


def requirements(side: Side) -> Cell:
    asked = [said(each.text) for each in side.version.requirements.all()]
    return Cell(items=[least_education(side.version), *filter(None, asked)])


def degrees_of(side: Side, counting: Counting) -> Cell:
    found = degrees(side.version.components.all(), counting)
    items = [_("{title}: {counts} of its {ects} ECTS").format(**each) for each in found]
    return Cell(items=items) if items else Cell(_("No degree has taken it up yet."))


def outcomes(side: Side) -> Cell:
    n = len(side.version.outcomes.all())
    return (
        Cell(ngettext("{n} outcome", "{n} outcomes", n).format(n=n)) if n else NOTHING
    )


def assessment(side: Side) -> Cell:
    return Cell(_capital(said(side.version.assessment_type)))


def level(side: Side) -> Cell:
    number = side.version.eqf_level
    return Cell(_("EQF {level}").format(level=number)) if number else NOTHING


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _sentence(text: str) -> str:
    return f"{_capital(text).rstrip('.')}." if text else ""
