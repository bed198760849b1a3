"""What seats knows about one person, for the copy of their data."""

from typing import Any

from mikrokraad.people.models import Person
from mikrokraad.seats.models import SeatClaim, WaitlistEntry


def about(person: Person) -> dict[str, Any]:
    """Places ever held, and waiting lists ever joined."""
    return {
        "places": list(
            SeatClaim.objects.filter(person=person)
            .order_by("at")
            .values(
                "unit", "state", "at", "held_until", "released_at", "release_reason"
            )
        ),
        "waiting_lists": list(
            WaitlistEntry.objects.filter(person=person)
            .order_by("joined_at")
            .values("run", "state", "joined_at", "offered_until")
        ),
    }
