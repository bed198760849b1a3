"""Many more programmes than there are, to see how a large catalogue behaves.

Each is one of the real ones turned to a special subject and a group of people, with
courses of its own subject; a number always makes the same programme. They are written
in bulk, so nothing of them stands in the register, as after taking over a database.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models

from mikrokraad.catalogue.models import (
    Component,
    Course,
    CourseSection,
    Intake,
    Kind,
    Outcome,
    PriceLine,
    Programme,
    ProgrammeVersion,
    Question,
    Requirement,
    Run,
    RunSection,
    Session,
)
from mikrokraad.catalogue.rules import (
    PaymentRule,
    PriceKind,
    VatReason,
    VersionState,
)
from mikrokraad.core.calendar import start_of
from mikrokraad.core.texts import Text
from mikrokraad.demo.seed import texts
from mikrokraad.demo.seed.catalogue import SECTION_SIZE, World, contact_for, sessions_of
from mikrokraad.demo.seed.subjects import GROUPS, PLACES, SUBJECTS
from mikrokraad.seats.models import CapacityUnit

BATCH = 1000
ORDINARY = (None, "funded")
MODES = ("block", "block", "online", "blended")
LANGUAGES = (["et"], ["et"], ["en"], ["et", "en"])
FEES = (0.75, 0.9, 1, 1.15, 1.4)
OPEN, NOT_YET, OVER, DRAFT = "open", "not yet", "over", "draft"
STATES = [OPEN] * 12 + [OVER] * 5 + [NOT_YET] * 2 + [DRAFT]
Row = dict[str, Any]


@dataclass(frozen=True)
class Times:
    """The intakes that runs go into, and the day on which they are made."""

    coming: Intake
    after: Intake
    today: date


class Pile:
    """Rows that wait to be written together, in the order of their tables."""

    ORDER: tuple[Any, ...] = (  # models
        CourseSection,
        Session,
        Programme,
        ProgrammeVersion,
        Outcome,
        Requirement,
        Question,
        Component,
        Run,
        RunSection,
        PriceLine,
        CapacityUnit,
    )

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[models.Model]] = {}

    def add(self, *rows: models.Model) -> None:
        for row in rows:
            self.rows.setdefault(type(row), []).append(row)

    def write(self) -> None:
        for model in self.ORDER:
            model.objects.bulk_create(self.rows.pop(model, []), BATCH)


class Maker:
    """Makes programmes by number; courses and sections of a subject only once."""

    def __init__(self, world: World, times: Times) -> None:
        self.world, self.times, self.pile = world, times, Pile()
        self.bases = [one for one in texts.programmes() if _is_ordinary(one)]
        self.kinds = {kind.code: kind for kind in Kind.objects.all()}
        self.contacts = {unit: contact_for(unit, world) for unit in world.units}
        self.courses: dict[str, Course] = {}
        self.sections: dict[tuple[str, str], CourseSection] = {}

    def make(self, number: int) -> None:
        """One programme with its version, and a run of it."""
        chance = Random(number)  # noqa: S311 -- repeatable, not secret
        base = self.bases[number % len(self.bases)]
        turn = number // len(self.bases)
        about = turn % len(SUBJECTS)
        subject = SUBJECTS[about]
        group = GROUPS[turn // len(SUBJECTS) % len(GROUPS)]
        programme = Programme(
            id=_key(chance),
            slug=f"{base['slug'][:60]}-{number}",
            kind=self.kinds[base["kind"]],
            unit=self.world.units[base["unit"]],
            created_at=self.world.at,
        )
        version = _version(programme, base, (subject, group), _key(chance), self.world)
        codes = [_code(part["code"], about) for part in base["courses"]]
        courses = [self.courses[code] for code in codes]
        self.pile.add(programme, version, *_parts(version, base, subject))
        self.pile.add(
            *(
                Component(version=version, course=course, position=position)
                for position, course in enumerate(courses, start=1)
            )
        )
        self.run(version, base, courses, chance)

    def make_courses(self, count: int) -> None:
        """The courses of the subjects that so many programmes have."""
        turns = min(len(SUBJECTS), -(-count // len(self.bases)))
        codes = sorted({part["code"] for one in self.bases for part in one["courses"]})
        made = Course.objects.bulk_create(
            (
                _course(self.world.courses[code], number)
                for number in range(turns)
                for code in codes
            ),
            BATCH,
        )
        self.courses = {course.code: course for course in made}

    def section(self, course: Course, intake: Intake, mode: str) -> CourseSection:
        key = (course.code, intake.term_id)
        if key not in self.sections:
            section = CourseSection(
                id=_key(Random(f"{key}")),  # noqa: S311 -- repeatable, not secret
                course=course,
                term_id=intake.term_id,
                code=f"{course.code}/{intake.term_id}",
                language="et",
                mode=mode,
            )
            turn = len(self.sections)
            self.pile.add(section, *sessions_of(section, intake.term, mode, turn))
            self.pile.add(CapacityUnit(section=section, size=SECTION_SIZE))
            self.sections[key] = section
        return self.sections[key]

    def run(
        self,
        version: ProgrammeVersion,
        base: Row,
        courses: Iterable[Course],
        chance: Random,
    ) -> None:
        """One run: open mostly, over, not open yet, or not published."""
        state, mode = chance.choice(STATES), chance.choice(MODES)
        intake = self.times.after if state == NOT_YET else self.times.coming
        run = Run(
            id=_key(chance),
            version=version,
            intake=intake,
            languages=chance.choice(LANGUAGES),
            mode=mode,
            place=chance.choice(PLACES),
            fee_includes=base["fee_includes"],
            payment_rule=PaymentRule.IN_FULL,
            contact=self.contacts[base["unit"]],
            published_at=None if state == DRAFT else self.world.at,
            **_dates(state, intake, self.times.today, chance),
        )
        self.pile.add(run, _price(run, base, chance))
        self.pile.add(CapacityUnit(run=run, size=chance.choice((12, 20, 24, 30))))
        for course in courses:
            self.pile.add(
                RunSection(run=run, section=self.section(course, intake, mode))
            )


def make_many(count: int, world: World, times: Times) -> None:
    """`count` programmes more. Once, in a world without such."""
    maker, numbers = Maker(world, times), iter(range(count))
    maker.make_courses(count)
    while batch := list(islice(numbers, BATCH)):
        for number in batch:
            maker.make(number)
        maker.pile.write()
    _tell_the_planner()


def _tell_the_planner() -> None:
    """A database that was filled at once takes its tables for empty, and plans so."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _is_ordinary(facts: Row) -> bool:
    return (
        facts["situation"] in ORDINARY
        and not facts["elective_groups"]
        and facts["kind"] != "summer-school"
    )


def _code(code: str, subject: int) -> str:
    return f"{code}.{subject:02}"


def _course(like: Course, subject: int) -> Course:
    """The same course, turned to a subject."""
    values = {
        field.attname: getattr(like, field.attname)
        for field in Course._meta.concrete_fields
        if not field.primary_key
    }
    title = _turned(like.title, SUBJECTS[subject])
    return Course(**{**values, "code": _code(like.code, subject), "title": title})


def _key(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _turned(text: Text, subject: Text, *more: Text) -> Text:
    """“Data Science: health care, for teachers”."""
    said = (subject, *more)
    return {
        code: f"{words}: {', '.join(one[code] for one in said)}"
        for code, words in text.items()
    }


def _version(
    programme: Programme, base: Row, turned: tuple[Text, Text], key: UUID, world: World
) -> ProgrammeVersion:
    same = (
        *("lead", "content", "for_whom", "ects", "eqf_level", "participation"),
        *("assessment_type", "quality_assurance", "minimum_education"),
    )
    return ProgrammeVersion(
        id=key,
        programme=programme,
        state=VersionState.APPROVED,
        approved_at=world.at,
        title=_turned(base["title"], *turned),
        field_id=base["field"],
        supervision=base.get("supervision", {}),
        **{name: base[name] for name in same},
    )


def _parts(
    version: ProgrammeVersion, base: Row, subject: Text
) -> Iterator[models.Model]:
    for position, row in enumerate(base["outcomes"], start=1):
        first = position == 1
        said = {**row, "text": _turned(row["text"], subject)} if first else row
        yield Outcome(version=version, position=position, **said)
    for position, row in enumerate(base["requirements"], start=1):
        yield Requirement(version=version, position=position, **row)
    for position, row in enumerate(base["questions"], start=1):
        asked = {name: row[name] for name in ("key", "text", "choices", "required")}
        yield Question(version=version, position=position, **asked)


def _dates(state: str, intake: Intake, today: date, chance: Random) -> Row:
    """When it opens, until when one may apply, when it is held."""
    term = intake.term
    own = None
    if state == OVER:
        own = today - timedelta(days=chance.randint(1, 30))
    elif state == OPEN and chance.random() < 1 / 4:
        own = today + timedelta(days=chance.randint(1, 60))
    last = own or intake.default_deadline
    starts_on = max(term.starts_on, last + timedelta(days=8))
    opens: datetime = start_of(last - timedelta(days=75))
    if state == OPEN:
        opens = min(opens, start_of(today - timedelta(days=20)))
    if state == NOT_YET:
        opens = start_of(today + timedelta(days=chance.randint(1, 90)))
    return {
        "own_deadline": own,
        "starts_on": starts_on,
        "ends_on": max(term.ends_on, starts_on + timedelta(days=11)),
        "opens_at": opens,
    }


def _price(run: Run, base: Row, chance: Random) -> PriceLine:
    fee = 0 if base["funded"] else (base["fee_eur"] or 0)
    cents = round(fee * chance.choice(FEES) / 10) * 1000
    return PriceLine(
        run=run,
        kind=PriceKind.FEE,
        text={"et": "Programmi tasu", "en": "Programme fee"},
        net_cents=cents,
        vat_reason=VatReason.DEGREE_STUDY if cents else VatReason.FUNDED,
    )
