"""Who is looking at a page."""

from django.http import HttpRequest

from mikrokraad.people.models import Person


def visitor(request: HttpRequest) -> Person | None:
    """The signed-in person, or nobody."""
    user = request.user
    return user if isinstance(user, Person) else None
