"""One version at the desk: what was said about it, and what can be chosen."""

from django.db.models import Q, QuerySet

from mikrokraad.catalogue.models import (
    Course,
    Field,
    Kind,
    ProgrammeVersion,
    Review,
    ReviewComment,
    Writing,
)
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.people.models import Person
from mikrokraad.people.roles import units_of

MOST_COURSES = 12


def comments_on(version: ProgrammeVersion) -> list[ReviewComment]:
    """What was said about a version: unresolved first, each in its order."""
    said = version.comments.select_related("by", "resolved_by").order_by("at", "pk")
    return sorted(said, key=lambda one: one.resolved_at is not None)


def comments_at(person: Person) -> QuerySet[ReviewComment]:
    return ReviewComment.objects.filter(
        version__programme__unit__in=units_of(person, *DESK_DUTIES)
    ).select_related("version__programme")


def open_review(version: ProgrammeVersion) -> Review | None:
    """The review that is going on."""
    return (
        version.reviews.filter(ended_at=None)
        .select_related("asked_by", "reviewer")
        .first()
    )


def last_sent_back(version: ProgrammeVersion) -> Review | None:
    """Why the version came back, when it did."""
    return (
        version.reviews.exclude(reason="")
        .select_related("ended_by")
        .order_by("-ended_at")
        .first()
    )


def reviewers_for(version: ProgrammeVersion, *, besides: Person) -> list[Person]:
    """Who may approve it: people with the duty over its unit, but not `besides`."""
    unit = version.programme.unit
    above = [unit.pk, unit.parent_id]
    if unit.parent_id and unit.parent:
        above.append(unit.parent.parent_id)
    found = Person.objects.filter(is_active=True, roles__duty__in=DESK_DUTIES).filter(
        Q(roles__unit=None) | Q(roles__unit__in=[pk for pk in above if pk])
    )
    return list(
        found.exclude(pk=besides.pk).distinct().order_by("family_name", "given_name")
    )


def reviews_waiting_for(person: Person) -> QuerySet[Review]:
    """Open reviews of this person's units that were not asked for by themselves."""
    return (
        Review.objects.filter(
            ended_at=None,
            version__programme__unit__in=units_of(person, *DESK_DUTIES),
        )
        .filter(Q(reviewer=None) | Q(reviewer=person))
        .exclude(asked_by=person)
    )


def kinds() -> QuerySet[Kind]:
    return Kind.objects.order_by("pk")


def fields() -> QuerySet[Field]:
    return Field.objects.order_by("code")


def courses_like(q: str, *, besides: ProgrammeVersion) -> list[Course]:
    """Courses whose code or title has these letters, but for those that are in."""
    taken = besides.components.values("course")
    return list(
        Course.objects.filter(
            Q(code__icontains=q) | Q(title__et__icontains=q) | Q(title__en__icontains=q)
        )
        .exclude(pk__in=taken)
        .select_related("unit", "field")
        .order_by("code")[:MOST_COURSES]
    )


def written(version: ProgrammeVersion) -> Writing | None:
    """How often the draft was saved, when last, and by whom."""
    return Writing.objects.filter(pk=version.pk).select_related("saved_by").first()
