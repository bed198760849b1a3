"""Programmes, courses, semesters and runs of the demonstration."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mikrokraad.catalogue import actions
from mikrokraad.catalogue.models import (
    Component,
    Course,
    CourseSection,
    ElectiveGroup,
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
    Story,
    Term,
)
from mikrokraad.catalogue.rules import (
    AdmissionMode,
    PaymentRule,
    PriceKind,
    VatReason,
)
from mikrokraad.core.calendar import day_of, start_of, zone
from mikrokraad.demo.seed import texts
from mikrokraad.demo.seed.dates import Semester
from mikrokraad.demo.seed.timetable import meetings
from mikrokraad.people.models import Organisation, Person, Unit
from mikrokraad.seats import actions as seat_actions

SECTION_SIZE = 60


@dataclass
class World:
    """What is already there while the rest is being made."""

    units: dict[str, Unit]
    people: dict[str, Person]
    at: datetime
    courses: dict[str, Course]
    sections: dict[tuple[str, str], CourseSection]
    versions: dict[str, list[ProgrammeVersion]]


def make_courses(units: dict[str, Unit]) -> dict[str, Course]:
    made = Course.objects.bulk_create(
        Course(
            code=row["code"],
            title=row["title"],
            ects=row["ects"],
            unit=units[row["unit"]],
            field_id=row["field"],
            level=row["level"],
            grading=row["grading"],
            assessment=row["assessment"],
            outcomes=row["outcomes"],
        )
        for row in texts.read("courses.json")
    )
    return {course.code: course for course in made}


def make_programme(
    facts: dict[str, Any], world: World, *, slug: str = "", code: str | None = None
) -> list[ProgrammeVersion]:
    """A programme and its versions, oldest first, all of them approved."""
    programme = Programme.objects.create(
        slug=slug or facts["slug"],
        kind=Kind.objects.get(code=facts["kind"]),
        unit=world.units[facts["unit"]],
        register_code=facts["register_code"] if code is None else code or None,
        created_at=world.at,
    )
    versions = [_make_version(programme, facts, facts, 1, world)]
    versions += [
        _make_version(programme, facts, {**facts, **later}, number, world)
        for number, later in enumerate(facts.get("other_versions", []), start=2)
    ]
    return versions


def _make_version(
    programme: Programme,
    facts: dict[str, Any],
    own: dict[str, Any],
    major: int,
    world: World,
) -> ProgrammeVersion:
    version = ProgrammeVersion.objects.create(
        programme=programme,
        major=major,
        title=facts["title"],
        lead=facts["lead"],
        content=facts["content"],
        for_whom=facts["for_whom"],
        ects=own["ects"],
        field_id=facts["field"],
        eqf_level=facts["eqf_level"],
        participation=facts["participation"],
        assessment_type=facts["assessment_type"],
        quality_assurance=facts["quality_assurance"],
        supervision=facts.get("supervision", {}),
        minimum_education=facts["minimum_education"],
    )
    for position, outcome in enumerate(facts["outcomes"], start=1):
        Outcome.objects.create(version=version, position=position, **outcome)
    for position, row in enumerate(facts["requirements"], start=1):
        Requirement.objects.create(version=version, position=position, **row)
    for position, row in enumerate(facts["questions"], start=1):
        Question.objects.create(
            version=version,
            position=position,
            key=row["key"],
            text=row["text"],
            choices=row["choices"],
            required=row["required"],
        )
    groups = {
        row["key"]: ElectiveGroup.objects.create(
            version=version,
            key=row["key"],
            title=row["title"],
            min_ects=row["minimum_ects"],
        )
        for row in own["elective_groups"]
    }
    for position, row in enumerate(own["courses"], start=1):
        Component.objects.create(
            version=version,
            course=world.courses[row["code"]],
            group=groups.get(row["elective_group"]),
            position=position,
        )
    manager = contact_for(facts["unit"], world)
    actions.submit_for_review(version, by=manager, at=world.at)
    return actions.approve(version, by=officer_in(world), at=world.at)


def make_intake(semester: Semester) -> Intake:
    term = Term.objects.create(
        code=semester.code,
        name=semester.name,
        starts_on=semester.starts_on,
        ends_on=semester.ends_on,
    )
    return Intake.objects.create(
        term=term, name=semester.name, default_deadline=semester.deadline
    )


def make_summer(year: int) -> Intake:
    term = Term.objects.create(
        code=f"{year}-summer",
        name={"et": f"Suvi {year}", "en": f"Summer {year}"},
        starts_on=date.fromisocalendar(year, 28, 1),
        ends_on=date.fromisocalendar(year, 29, 5),
    )
    return Intake.objects.create(
        term=term, name=term.name, default_deadline=date(year, 4, 30)
    )


def teachers_of(unit_key: str, world: World) -> list[Person]:
    return [
        world.people[facts["key"]]
        for facts in texts.people()
        if "lecturer" in facts["roles"] and unit_key in facts["units"]
    ]


def contact_for(unit_key: str, world: World) -> Person:
    managers = [facts["key"] for facts in texts.people() if "contact" in facts["roles"]]
    own = [
        facts["key"]
        for facts in texts.people()
        if facts["key"] in managers and unit_key in facts["units"]
    ]
    return world.people[(own or managers)[0]]


def officer_in(world: World) -> Person:
    """Who approves: somebody else than the manager who asked for it."""
    return next(
        world.people[facts["key"]]
        for facts in texts.people()
        if "officer" in facts["roles"]
    )


def section_of(
    course: Course, intake: Intake, mode: str, world: World
) -> CourseSection:
    """The one teaching of a course in a term, shared by all programmes that use it."""
    term = intake.term
    key = (course.code, term.code)
    if key in world.sections:
        return world.sections[key]
    section = CourseSection.objects.create(
        course=course,
        term=term,
        code=f"{course.code}/{term.code}",
        language="et",
        mode=mode,
    )
    unit_key = next(k for k, unit in world.units.items() if unit.pk == course.unit_id)
    section.teachers.set(teachers_of(unit_key, world)[:1])
    Session.objects.bulk_create(sessions_of(section, term, mode, len(world.sections)))
    seat_actions.open_capacity(section, SECTION_SIZE, by=None, at=world.at)
    world.sections[key] = section
    return section


def sessions_of(
    section: CourseSection, term: Term, mode: str, turn: int
) -> list[Session]:
    weeks = (term.ends_on - term.starts_on).days // 7 + 1
    online = mode == "online"
    link = f"https://video.example.org/{section.course.code.lower()}" if online else ""
    found = []
    for meeting in meetings(weeks, mode, turn):
        on = term.starts_on + timedelta(days=meeting.day)
        begins, ends = meeting.hours
        found.append(
            Session(
                section=section,
                starts_at=datetime.combine(on, begins, tzinfo=zone()),
                ends_at=datetime.combine(on, ends, tzinfo=zone()),
                room="" if online else f"Näidise 18, {100 + turn % 40 * 5}",
                link=link,
                is_exam=meeting.is_exam,
            )
        )
    return found


def make_run(
    version: ProgrammeVersion,
    facts: dict[str, Any],
    intake: Intake,
    world: World,
    *,
    opens_on: date,
    deadline: date | None = None,
    places: int | None = None,
) -> Run:
    """One run in `intake`, published, with its sections, price and places."""
    term = intake.term
    commissioned = facts["situation"] == "closed-employer"
    last_day = deadline or intake.default_deadline
    starts_on = max(term.starts_on, last_day + timedelta(days=8))
    run = Run.objects.create(
        version=version,
        intake=intake,
        languages=facts["languages"],
        mode=facts["mode"],
        place=facts["place"] or {},
        opens_at=start_of(opens_on),
        own_deadline=deadline,
        starts_on=starts_on,
        ends_on=max(term.ends_on, starts_on + timedelta(days=11)),
        min_group=min(facts["min_group"], places or facts["places"]),
        decide_by=last_day + timedelta(days=3),
        admission_mode=AdmissionMode.DECIDED,
        payment_rule=PaymentRule.AT_ONCE
        if commissioned or not facts["fee_eur"]
        else PaymentRule.IN_FULL,
        fee_includes=facts["fee_includes"],
        contact=contact_for(facts["unit"], world),
        commissioned_by=Organisation.objects.order_by("pk").first()
        if commissioned
        else None,
    )
    for component in version.components.select_related("course"):
        section = section_of(component.course, intake, facts["mode"], world)
        RunSection.objects.create(
            run=run, section=section, required=component.group_id is None
        )
    _make_prices(run, facts)
    seat_actions.open_capacity(run, places or facts["places"], by=None, at=world.at)
    return actions.publish_run(run, by=run.contact, at=world.at)


def _make_prices(run: Run, facts: dict[str, Any]) -> None:
    """The fee; for a target group with public funding it is nothing."""
    free = facts["funded"] or not facts["fee_eur"]
    PriceLine.objects.create(
        run=run,
        position=1,
        kind=PriceKind.FEE,
        text={"et": "Programmi tasu", "en": "Programme fee"},
        net_cents=0 if free else facts["fee_eur"] * 100,
        vat_reason=VatReason.FUNDED if free else VatReason.DEGREE_STUDY,
    )
    fee = facts.get("application_fee_eur")
    if fee:
        PriceLine.objects.create(
            run=run,
            position=2,
            kind=PriceKind.APPLICATION_FEE,
            text={
                "et": "Avaldustasu (ei tagastata)",
                "en": "Application fee (not refunded)",
            },
            net_cents=fee * 100,
            vat_reason=VatReason.DEGREE_STUDY,
        )


def make_stories(world: World) -> None:
    for row in texts.read("stories.json"):
        versions = world.versions.get(row["programme"])
        if versions:
            Story.objects.create(
                slug=row["key"],
                programme=versions[0].programme,
                who=row["person"],
                about=row["title"],
                quote=row["quote"],
                body=row["text"],
                consent_on=day_of(world.at),
                consent_noted_by=world.people.get("jaak.solg"),
                published_at=world.at,
            )
