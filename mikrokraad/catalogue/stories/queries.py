"""Stories: shown ones for everybody, all of them at the desk of their unit."""

from django.db.models import Q, QuerySet

from mikrokraad.catalogue.models import Programme, Story
from mikrokraad.catalogue.queries import DESK_DUTIES, newest_versions, stories
from mikrokraad.core.texts import said
from mikrokraad.people.models import Person
from mikrokraad.people.roles import units_of


def shown_about(programme: Programme) -> QuerySet[Story]:
    """Of people who did this programme; also where another one stands first."""
    also = Story.also.through.objects.filter(programme=programme).values("story")
    return stories().filter(Q(programme=programme) | Q(pk__in=also))


def shown_story(slug: str) -> Story | None:
    """With the other programmes it is told of."""
    return stories().filter(slug=slug).prefetch_related("also").first()


def stories_at(person: Person) -> QuerySet[Story]:
    """Those of this person's units, the newest first."""
    return (
        Story.objects.filter(programme__unit__in=units_of(person, *DESK_DUTIES))
        .select_related("programme", "consent_noted_by")
        .prefetch_related("also")
        .order_by("-pk")
    )


def programmes_at(person: Person) -> list[tuple[str, str]]:
    """Programmes of this person's units that have a page: id and title."""
    found = Programme.objects.filter(unit__in=units_of(person, *DESK_DUTIES))
    versions = newest_versions(found.values_list("pk", flat=True))
    titled = [(str(pk), said(one.title)) for pk, one in versions.items()]
    return sorted(titled, key=lambda one: one[1])
