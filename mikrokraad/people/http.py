from django.http import HttpRequest

from mikrokraad.people.models import Person


class PersonRequest(HttpRequest):
    """A request whose sender has signed in."""

    user: Person
