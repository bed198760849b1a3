"""What must never be false about degrees, checked over the whole database."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import F, Q

from mikrokraad.core.calendar import day_of
from mikrokraad.pathways import queries
from mikrokraad.pathways.models import Equivalence
from mikrokraad.pathways.queries import Degree

CHECKED = {
    "P1": "a result fills at most one place of a degree, and a place has one course",
    "P2": "what counts cites its rule and who decided, and is never the final thesis",
}


def broken(*, at: datetime) -> Iterator[tuple[str, str]]:
    """One pair of code and sentence for each breach."""
    for learner in queries.learners():
        degrees = queries.degrees_for(learner, on=day_of(at))
        for sentence in filled_twice(degrees):
            yield "P1", f"person {learner.pk}: {sentence}"
    yield from _without_grounds()
    yield from _too_much()


def filled_twice(degrees: Iterable[Degree]) -> Iterator[str]:
    """Courses that fill two places of one degree, and places that two courses fill."""
    for degree in degrees:
        courses = Counter(each.course.pk for each in degree.fillings)
        slots = Counter(each.slot.pk for each in degree.fillings)
        for pk, times in courses.items():
            if times > 1:
                yield f"course {pk} fills {times} places of {degree.curriculum}"
        for pk, times in slots.items():
            if times > 1:
                yield f"{times} courses fill place {pk} of {degree.curriculum}"


def _without_grounds() -> Iterator[tuple[str, str]]:
    """A proposal may wait for its grounds; what counts has them."""
    counting = Equivalence.objects.filter(decided_by__isnull=False)
    for pk in counting.filter(rule__regex=r"^\s*$").values_list("pk", flat=True):
        yield "P2", f"equivalence {pk} cites no rule"
    theses = Equivalence.objects.filter(slot__is_thesis=True)
    for pk in theses.values_list("pk", flat=True):
        yield "P2", f"equivalence {pk} fills a final thesis"


def _too_much() -> Iterator[tuple[str, str]]:
    more = Q(ects__gt=F("course__ects")) | Q(ects__gt=F("slot__ects"))
    for pk in Equivalence.objects.filter(more).values_list("pk", flat=True):
        yield "P2", f"equivalence {pk} counts for more than its course or place"
