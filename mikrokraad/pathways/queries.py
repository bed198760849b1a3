"""Reads of pathways: where courses count, and how much of a degree somebody has."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from mikrokraad.catalogue.models import Component, Course, ProgrammeVersion
from mikrokraad.catalogue.queries import SHOWN_STATES
from mikrokraad.core import clock
from mikrokraad.core.squares import ClothRow
from mikrokraad.core.texts import Text, said
from mikrokraad.pathways import rules
from mikrokraad.pathways.models import DegreeCurriculum, Equivalence, Module, Slot
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.roles import units_of
from mikrokraad.studies.queries import courses_taken_by, passed_courses_of

DUTIES = (Duty.ASSESSOR,)
COLOURS = ("indigo", "moss", "madder", "walnut", "lichen", "weld")


@dataclass(frozen=True, slots=True)
class Towards:
    """One place in a degree that a course fills. Units: ECTS."""

    curriculum: DegreeCurriculum
    module: Module
    slot: Slot
    compulsory: bool
    ects: int


@dataclass(frozen=True, slots=True)
class Filling:
    """A course of the learner in its place; `now` or once it is passed."""

    course: Course
    slot: Slot
    ects: int
    now: bool


@dataclass(frozen=True, slots=True)
class Degree:
    """How much of one degree somebody's credits fill. Units: ECTS."""

    curriculum: DegreeCurriculum
    rows: list[ClothRow]
    fillings: list[Filling]

    @property
    def filled(self) -> int:
        return sum(row.filled for row in self.rows)

    @property
    def fillable(self) -> int:
        return sum(row.fillable for row in self.rows)


def holding(*, on: date | None = None) -> QuerySet[Equivalence]:
    """Equivalences that somebody has decided and that hold on this day (today)."""
    day = on or clock.today()
    return Equivalence.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        decided_by__isnull=False,
        valid_from__lte=day,
        slot__is_thesis=False,
    )


def counts_towards(
    of: ProgrammeVersion | Iterable[int], *, on: date | None = None
) -> dict[int, list[Towards]]:
    """Where each course counts: of a version, or of these courses. One query or two."""
    courses = (
        list(of.components.values_list("course", flat=True))
        if isinstance(of, ProgrammeVersion)
        else list(of)
    )
    found: defaultdict[int, list[Towards]] = defaultdict(list)
    for each in (
        holding(on=on)
        .filter(course__in=courses)
        .select_related("slot__module__curriculum")
        .order_by(
            "slot__module__curriculum__code", "slot__module__position", "slot__position"
        )
    ):
        slot = each.slot
        found[each.course_id].append(
            Towards(
                slot.module.curriculum, slot.module, slot, slot.compulsory, each.ects
            )
        )
    return dict(found)


def curricula_fed(*, on: date | None = None) -> QuerySet[DegreeCurriculum]:
    """Curricula into which some course counts, by their code."""
    return DegreeCurriculum.objects.filter(
        pk__in=holding(on=on).values("slot__module__curriculum")
    ).order_by("code")


def programmes_into(
    curriculum: DegreeCurriculum, *, on: date | None = None
) -> dict[UUID, int]:
    """How many ECTS each programme brings into a degree at the most. Three queries.

    A course counts once, and nobody brings more than the programme's volume.
    """
    ects = dict(
        holding(on=on)
        .filter(slot__module__curriculum=curriculum)
        .values("course")
        .annotate(most=Max("ects"))
        .values_list("course", "most")
    )
    parts = Component.objects.filter(
        course__in=ects, version__state__in=SHOWN_STATES
    ).values_list("version", "version__programme", "version__ects", "course")
    brought: Counter[tuple[UUID, UUID, int]] = Counter()
    for version, programme, volume, course in parts:
        brought[version, programme, volume] += ects[course]
    best: dict[UUID, int] = {}
    for (_version, programme, volume), total in brought.items():
        best[programme] = max(best.get(programme, 0), min(total, volume))
    return best


def curricula_of(courses: Iterable[int]) -> list[Text]:
    """The titles of the degree curricula in which these courses count, for documents."""
    once = {
        each.curriculum.pk: each.curriculum
        for places in counts_towards(courses).values()
        for each in places
    }
    return [each.title for each in sorted(once.values(), key=lambda one: one.code)]


def degrees_for(person: Person, *, on: date | None = None) -> list[Degree]:
    """Each degree in which something of this person counts, the fullest first."""
    passed, taking = passed_courses_of(person), courses_taken_by(person)
    equivalences = list(
        holding(on=on)
        .filter(course__in={*passed, *taking})
        .select_related("course", "slot__module")
    )
    of: defaultdict[int, list[Equivalence]] = defaultdict(list)
    for each in equivalences:
        of[each.slot.module.curriculum_id].append(each)
    degrees = [
        _degree(curriculum, of[curriculum.pk], passed, taking)
        for curriculum in with_places(DegreeCurriculum.objects.filter(pk__in=of))
    ]
    return sorted(degrees, key=lambda each: (-each.filled, each.curriculum.code))


def learners() -> QuerySet[Person]:
    """Everybody who studies or has studied here."""
    return Person.objects.filter(enrolments__isnull=False).distinct().order_by("pk")


def with_places(
    curricula: QuerySet[DegreeCurriculum],
) -> QuerySet[DegreeCurriculum]:
    """Curricula with their modules and slots, in order."""
    return curricula.select_related("unit").prefetch_related(
        Prefetch("modules", Module.objects.order_by("position")),
        Prefetch("modules__slots", Slot.objects.order_by("position")),
    )


def _degree(
    curriculum: DegreeCurriculum,
    equivalences: list[Equivalence],
    passed: Mapping[int, int],
    taking: Iterable[int],
) -> Degree:
    modules = list(curriculum.modules.all())
    slots = {slot.pk: slot for module in modules for slot in module.slots.all()}
    found = rules.plan(
        [rules.Place(s.pk, s.compulsory, s.is_thesis) for s in slots.values()],
        {(each.course_id, each.slot_id) for each in equivalences},
        passed=set(passed),
        taking=set(taking),
    )
    by_pair = {(each.course_id, each.slot_id): each for each in equivalences}
    fillings = [
        _filling(by_pair[(course, slot)], slots[slot], now=now)
        for those, now in ((found.filled, True), (found.fillable, False))
        for slot, course in those.items()
    ]
    order = list(slots)
    fillings.sort(key=lambda each: order.index(each.slot.pk))
    rows = [
        _row(module, fillings, COLOURS[n % len(COLOURS)])
        for n, module in enumerate(modules)
    ]
    return Degree(curriculum, rows, fillings)


def _filling(equivalence: Equivalence, slot: Slot, *, now: bool) -> Filling:
    ects = min(equivalence.ects, slot.ects)
    return Filling(equivalence.course, slot, ects, now)


def _row(module: Module, fillings: Iterable[Filling], colour: str) -> ClothRow:
    own = [each for each in fillings if each.slot.module_id == module.pk]
    filled = min(module.ects, sum(each.ects for each in own if each.now))
    fillable = min(module.ects - filled, sum(each.ects for each in own if not each.now))
    return ClothRow(
        said(module.title),
        filled,
        fillable,
        module.ects - filled - fillable,
        colour,
    )


# The assessor's desk ----------------------------------------------------------------


def curricula_at(person: Person) -> QuerySet[DegreeCurriculum]:
    """Curricula of this assessor's units; `decided` and `waiting` equivalences."""
    counted = "modules__slots__equivalences"
    return (
        DegreeCurriculum.objects.filter(unit__in=units_of(person, *DUTIES))
        .select_related("unit")
        .annotate(
            decided=Count(
                counted, Q(**{f"{counted}__decided_by__isnull": False}), distinct=True
            ),
            waiting=Count(
                counted, Q(**{f"{counted}__decided_by__isnull": True}), distinct=True
            ),
        )
        .order_by("code", "version")
    )


def equivalences_at(person: Person) -> QuerySet[Equivalence]:
    """Equivalences in curricula of this assessor's units, in the curriculum's order."""
    return (
        Equivalence.objects.filter(
            slot__module__curriculum__unit__in=units_of(person, *DUTIES)
        )
        .select_related("course", "slot__module", "decided_by")
        .order_by("slot__module__position", "slot__position", "course__code")
    )


def slots_in(curriculum: DegreeCurriculum) -> QuerySet[Slot]:
    """Places that a course may fill, in order; the thesis is none of them."""
    return (
        Slot.objects.filter(module__curriculum=curriculum, is_thesis=False)
        .select_related("module")
        .order_by("module__position", "position")
    )


def courses() -> QuerySet[Course]:
    return Course.objects.order_by("code")
