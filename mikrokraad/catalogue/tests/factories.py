"""A small catalogue for tests: one programme of two courses, open for applications."""

from datetime import UTC, date, datetime
from itertools import count

from mikrokraad.catalogue.models import (
    Component,
    Course,
    CourseSection,
    ElectiveGroup,
    Field,
    Intake,
    Kind,
    Outcome,
    PriceLine,
    Programme,
    ProgrammeVersion,
    Run,
    RunSection,
    Session,
    Term,
)
from mikrokraad.catalogue.rules import (
    Grading,
    Mode,
    PriceKind,
    VatReason,
    VersionState,
)
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people

_numbers = count(1)
OPENED = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


def both(words: str) -> dict[str, str]:
    return {"et": f"{words} (et)", "en": words}


def kind(code: str = "micro-degree") -> Kind:
    return Kind.objects.get_or_create(
        code=code,
        defaults={
            "name": {"et": "Mikrokraad", "en": "Micro-degree"},
            "min_ects": 12,
            "max_ects": 30,
        },
    )[0]


def field(code: str = "0613") -> Field:
    return Field.objects.get_or_create(
        code=code,
        defaults={
            "name": {"et": "Tarkvara arendus", "en": "Software development"},
            "broad_name": {"et": "Infotehnoloogia", "en": "Information technology"},
            "colour": "indigo",
        },
    )[0]


def term(code: str = "2027-spring") -> Term:
    return Term.objects.get_or_create(
        code=code,
        defaults={
            "name": {"et": "Kevad 2027", "en": "Spring 2027"},
            "starts_on": date(2027, 2, 8),
            "ends_on": date(2027, 6, 20),
        },
    )[0]


def intake() -> Intake:
    return Intake.objects.get_or_create(
        term=term(),
        defaults={
            "name": {"et": "Kevad 2027", "en": "Spring 2027"},
            "default_deadline": date(2027, 1, 21),
        },
    )[0]


def course(title: str = "Introduction to Data Science", ects: int = 6) -> Course:
    return Course.objects.create(
        code=f"LTAT.02.{next(_numbers):03}",
        title=both(title),
        ects=ects,
        unit=people.unit(),
        field=field(),
        level="master",
        grading=Grading.LETTERS,
        assessment=both("exam"),
        outcomes=[both("frames a question as a data problem")],
    )


def section(of: Course | None = None) -> CourseSection:
    """A teaching of a course with two evenings and an exam."""
    taught = of or course()
    made = CourseSection.objects.create(
        course=taught,
        term=term(),
        code=f"{taught.code}-2027K-{next(_numbers)}",
        language="en",
        mode=Mode.BLOCK,
    )
    for month, day, is_exam in ((2, 11, False), (3, 11, False), (6, 10, True)):
        Session.objects.create(
            section=made,
            starts_at=datetime(2027, month, day, 14, 15, tzinfo=UTC),
            ends_at=datetime(2027, month, day, 17, 30, tzinfo=UTC),
            room="Narva mnt 18-1020",
            is_exam=is_exam,
        )
    return made


def version(
    title: str = "Data Science",
    *,
    ects: int = 12,
    slug: str = "",
    of_kind: Kind | None = None,
    in_field: Field | None = None,
) -> ProgrammeVersion:
    """An approved version with three outcomes and two required courses."""
    programme = Programme.objects.create(
        slug=slug or f"programme-{next(_numbers)}",
        kind=of_kind or kind(),
        unit=people.unit(),
        register_code=str(259_000 + next(_numbers)),
        created_at=OPENED,
    )
    made = ProgrammeVersion.objects.create(
        programme=programme,
        state=VersionState.APPROVED,
        title=both(title),
        lead=both("Learn to turn a question at work into data and an answer."),
        content=both("Four courses beside a job."),
        for_whom=both("For people who work with numbers."),
        ects=ects,
        field=in_field or field(),
        eqf_level=7,
        participation=both("block mode in Tartu"),
        assessment_type=both("exam and project"),
        quality_assurance=both("institutional evaluation"),
        approved_at=OPENED,
    )
    for position in (1, 2, 3):
        Outcome.objects.create(
            version=made,
            position=position,
            text=both(f"does thing {position}"),
            assessment=both("project"),
            criterion=both("works"),
        )
    for position in (1, 2):
        Component.objects.create(
            version=made, course=course(f"Course {position}"), position=position
        )
    return made


def run(
    of: ProgrammeVersion | None = None, *, fee_cents: int = 2400_00, **facts: object
) -> Run:
    """An open run with a section for every course. Its capacity is not set here."""
    taught = of or version()
    defaults: dict[str, object] = {
        "intake": intake(),
        "languages": ["en"],
        "mode": Mode.BLOCK,
        "place": {"et": "Tartu", "en": "Tartu"},
        "opens_at": OPENED,
        "starts_on": date(2027, 2, 8),
        "ends_on": date(2027, 6, 18),
        "fee_includes": both("teaching and materials"),
        "published_at": OPENED,
    }
    if "contact" not in facts:
        facts["contact"] = people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit())
    made = Run.objects.create(version=taught, **{**defaults, **facts})
    for component in taught.components.order_by("position"):
        RunSection.objects.create(
            run=made,
            section=section(component.course),
            required=component.group_id is None,
        )
    PriceLine.objects.create(
        run=made,
        kind=PriceKind.FEE,
        text=both("Programme fee"),
        net_cents=fee_cents,
        vat_percent=0,
        vat_reason=VatReason.DEGREE_STUDY,
    )
    return made


def elective_group(
    of: ProgrammeVersion, *, courses: int = 2, min_ects: int = 6
) -> ElectiveGroup:
    """Courses of 6 ECTS to choose among; make it before the version's run."""
    group = ElectiveGroup.objects.create(
        version=of, key="A", title=both("Choose one"), min_ects=min_ects
    )
    for position in range(courses):
        Component.objects.create(
            version=of,
            course=course(f"Elective {position + 1}"),
            group=group,
            position=10 + position,
        )
    return group
