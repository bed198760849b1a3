"""Reads of studies; who may see what is part of each lookup."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When

from mikrokraad.catalogue.models import CourseSection, Run, Session
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.roles import units_of
from mikrokraad.studies.models import (
    CompletionDecision,
    Ending,
    Enrolment,
    Result,
    SectionPlace,
)
from mikrokraad.studies.rules import LIVE, CourseResult, Earned, EnrolmentState

RUN_DUTIES = (Duty.PROGRAMME_MANAGER, Duty.OFFICER)


def _results() -> "Prefetch[str, QuerySet[Result], str]":
    return Prefetch("results", Result.objects.order_by("confirmed_at", "pk"))


def _places() -> "Prefetch[str, QuerySet[SectionPlace], str]":
    """Each place with its course and every result it ever had, the last one last."""
    return Prefetch(
        "section_places",
        SectionPlace.objects.select_related("section__course__field")
        .prefetch_related("section__teachers", _results())
        .order_by("section__course__code"),
    )


def enrolments_of(person: Person) -> QuerySet[Enrolment]:
    """A person's own studies with their courses and confirmed results, newest first."""
    return (
        Enrolment.objects.filter(person=person)
        .select_related(
            "run__version__programme",
            "run__version__field",
            "run__intake__term",
            "run__contact",
            "completion",
        )
        .prefetch_related(_places())
        .order_by("-run__starts_on", "-enrolled_at")
    )


def enrolments_in(runs: Iterable[UUID], people: Iterable[UUID]) -> QuerySet[Enrolment]:
    """Studies of any of these people in any of these runs."""
    return Enrolment.objects.filter(run__in=runs, person__in=people)


def by_calendar_token(token: str) -> Enrolment | None:
    """The enrolment whose calendar this is; a cancelled one has none."""
    return (
        Enrolment.objects.filter(calendar_token=token)
        .exclude(state=EnrolmentState.CANCELLED)
        .select_related("person", "run__version")
        .first()
    )


def timetable(*enrolments: Enrolment) -> list[Session]:
    """Every session of the courses these enrolments take, each once, in order."""
    sections = SectionPlace.objects.filter(enrolment__in=enrolments).values("section")
    return list(
        Session.objects.filter(section__in=sections)
        .select_related("section__course__field")
        .order_by("starts_at", "section__code")
    )


def result_of(place: SectionPlace) -> Result | None:
    """The result that counts: the last of its corrections. None before confirmation."""
    results = list(place.results.all())
    corrected = {each.corrects_id for each in results}
    return next((each for each in results if each.pk not in corrected), None)


def courses_of(enrolment: Enrolment) -> list[CourseResult]:
    """Every required course and every elective taken, with the grade that counts."""
    places = {
        place.section.course_id: place for place in places_with_results(enrolment)
    }
    told = []
    for component in enrolment.run.version.components.select_related(
        "course", "group"
    ).order_by("position"):
        place = places.get(component.course_id)
        if component.group is not None and place is None:
            continue
        result = result_of(place) if place else None
        told.append(
            CourseResult(
                component.course_id,
                component.course.ects,
                result.grade if result else "",
                component.group.key if component.group else "",
            )
        )
    return told


def places_with_results(enrolment: Enrolment) -> QuerySet[SectionPlace]:
    """The places of an enrolment by course code, with teachers and results."""
    return (
        enrolment.section_places.select_related("section__course__field")
        .prefetch_related("section__teachers", _results())
        .order_by("section__course__code")
    )


def electives_of(enrolment: Enrolment) -> dict[str, int]:
    """The least ECTS to pass in each elective group of the programme."""
    return dict(enrolment.run.version.elective_groups.values_list("key", "min_ects"))


# The lecturer's desk ----------------------------------------------------------------


def sections_of_teacher(person: Person) -> QuerySet[CourseSection]:
    """Sections this person teaches: `learners` in class, `entered` and not yet
    confirmed, `confirmed`; those with somebody in class first, then the latest term."""
    return (
        CourseSection.objects.filter(teachers=person)
        .select_related("course__field", "term")
        .annotate(
            learners=Count(
                "section_places__enrolment__person",
                _in_class("section_places__"),
                distinct=True,
            ),
            entered=Count(
                "section_places__enrolment__person",
                _in_class("section_places__")
                & ~Q(section_places__entered_grade="")
                & Q(section_places__results=None),
                distinct=True,
            ),
            confirmed=Count(
                "section_places__enrolment__person",
                Q(section_places__results__isnull=False),
                distinct=True,
            ),
        )
        .order_by(
            Case(When(learners=0, then=1), default=0),
            "-term__starts_on",
            "course__code",
            "code",
        )
    )


def _in_class(at: str = "") -> Q:
    """Places of live enrolments, and of ended ones that have a result."""
    return Q(**{f"{at}enrolment__state__in": LIVE}) | Q(
        **{f"{at}results__isnull": False}
    )


def section_list(section: CourseSection) -> list[SectionPlace]:
    """The micro learners of a section by name, each once, whatever they study it for."""
    places = (
        SectionPlace.objects.filter(_in_class(), section=section)
        .select_related(
            "enrolment__person", "enrolment__run__version", "section__course"
        )
        .prefetch_related(_results())
        .order_by(
            "enrolment__person__family_name", "enrolment__person__given_name", "pk"
        )
        .distinct()
    )
    once: dict[UUID, SectionPlace] = {}
    for place in places:
        once.setdefault(place.enrolment.person_id, place)
    return list(once.values())


def places_of_teacher(person: Person) -> QuerySet[SectionPlace]:
    return SectionPlace.objects.filter(section__teachers=person).select_related(
        "enrolment__person", "section__course"
    )


# The programme manager's desk -------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """One line of a run's overview. Units: ECTS; `confirmed` of `courses` have a result."""

    enrolment: Enrolment
    courses: int
    confirmed: int
    passed_ects: int
    completion: CompletionDecision | None

    @property
    def is_waiting(self) -> bool:
        return self.completion is None and self.enrolment.state in LIVE


def runs_at(person: Person) -> QuerySet[Run]:
    """Runs of this person's units with learners: `learners`, `decided`, `earned`."""
    decided = Q(enrolments__completion__isnull=False)
    return (
        Run.objects.filter(
            Exists(Enrolment.objects.filter(run=OuterRef("pk"))),
            version__programme__unit__in=units_of(person, *RUN_DUTIES),
        )
        .select_related("version__programme", "version__field", "intake")
        .annotate(
            learners=Count(
                "enrolments", ~Q(enrolments__state=EnrolmentState.CANCELLED)
            ),
            decided=Count("enrolments", decided),
            earned=Count(
                "enrolments",
                decided & ~Q(enrolments__completion__earned=Earned.NOTHING),
            ),
        )
        .order_by("-starts_on", "pk")
    )


def runs_late_at(person: Person, *, at_day: date) -> QuerySet[Run]:
    """Of these runs, those that are over while somebody is still undecided."""
    undecided = Enrolment.objects.filter(
        run=OuterRef("pk"), state__in=LIVE, completion__isnull=True
    )
    return runs_at(person).filter(Exists(undecided), ends_on__lt=at_day)


def enrolments_at(person: Person) -> QuerySet[Enrolment]:
    """Enrolments in runs of this person's units."""
    return Enrolment.objects.filter(
        run__version__programme__unit__in=units_of(person, *RUN_DUTIES)
    ).select_related("person", "run__version")


def progress_in(run: Run) -> list[Progress]:
    """Everybody in the run, by name, and how far they are."""
    enrolments = (
        Enrolment.objects.filter(run=run)
        .select_related("person", "completion")
        .prefetch_related(_places())
        .order_by("person__family_name", "person__given_name", "pk")
    )
    return [progress_of(each) for each in enrolments]


def progress_of(enrolment: Enrolment) -> Progress:
    """How far one enrolment is. Needs what `enrolments_of` fetches."""
    results = [
        (place.section.course.ects, result_of(place))
        for place in enrolment.section_places.all()
    ]
    passed = sum(
        ects
        for ects, result in results
        if result and CourseResult(0, ects, result.grade).passed
    )
    return Progress(
        enrolment,
        courses=len(results),
        confirmed=sum(result is not None for _ects, result in results),
        passed_ects=passed,
        completion=getattr(enrolment, "completion", None),
    )


def results_missing_in(run: Run) -> list[tuple[CourseSection, int]]:
    """Sections of the run whose learners still wait for results, and how many wait."""
    waiting: Counter[UUID] = Counter()
    sections: dict[UUID, CourseSection] = {}
    for place in (
        SectionPlace.objects.filter(
            enrolment__run=run, enrolment__state__in=LIVE, results=None
        )
        .select_related("section__course")
        .prefetch_related("section__teachers")
        .order_by("section__course__code")
    ):
        waiting[place.section_id] += 1
        sections[place.section_id] = place.section
    return [(section, waiting[pk]) for pk, section in sections.items()]


def endings() -> QuerySet[Ending]:
    """Studies that ended early after something was invoiced, the oldest first."""
    return (
        Ending.objects.filter(agreement__isnull=False)
        .select_related(
            "enrolment__person", "enrolment__run__version", "agreement", "decided_by"
        )
        .order_by("opened_at", "pk")
    )


def endings_to_settle() -> QuerySet[Ending]:
    """Those of them whose money is not decided yet (M7)."""
    return endings().filter(money="")


def to_start(*, at_day: date) -> QuerySet[Enrolment]:
    """Enrolments whose studies begin on or before this day and have not been started."""
    return Enrolment.objects.filter(
        state=EnrolmentState.REGISTERED, run__starts_on__lte=at_day
    ).order_by("pk")


def to_decide() -> QuerySet[Enrolment]:
    """Live enrolments in which every place has a confirmed result."""
    without = SectionPlace.objects.filter(enrolment=OuterRef("pk"), results=None)
    return (
        Enrolment.objects.filter(
            ~Exists(without), state__in=LIVE, section_places__isnull=False
        )
        .distinct()
        .order_by("pk")
    )


def passed_courses_of(person: Person) -> dict[int, int]:
    """Courses this person has passed here, by a confirmed result: course -> its ECTS."""
    passed: defaultdict[int, int] = defaultdict(int)
    for place in _all_places_of([person]):
        result = result_of(place)
        if result and CourseResult(0, 0, result.grade).passed:
            passed[place.section.course_id] = place.section.course.ects
    return dict(passed)


def courses_taken_by(person: Person) -> set[int]:
    """Courses this person is taking now, without a result yet."""
    return {
        place.section.course_id
        for place in _all_places_of([person])
        if place.enrolment.state in LIVE and result_of(place) is None
    }


def _all_places_of(people: Iterable[Person]) -> QuerySet[SectionPlace]:
    return (
        SectionPlace.objects.filter(enrolment__person__in=people)
        .select_related("section__course", "enrolment")
        .prefetch_related("results")
        .order_by("pk")
    )


def next_of(sessions: Iterable[Session], *, at: datetime) -> Session | None:
    """The session that is on, or the next one."""
    return next((each for each in sessions if each.ends_at > at), None)
