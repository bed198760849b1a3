"""Who may do what: duties, everywhere or in one unit and the units below it."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mikrokraad.people.models import Duty, Person, Role, Unit

DESK_DUTIES = frozenset(Duty) - {Duty.LECTURER}


def has_duty(person: Person, *duties: Duty) -> bool:
    """Whether `person` has one of `duties` anywhere at all."""
    return (
        bool(person.pk) and Role.objects.filter(person=person, duty__in=duties).exists()
    )


def units_of(person: Person, *duties: Duty) -> QuerySet[Unit]:
    """Units in which `person` has one of `duties`; all of them if given everywhere."""
    roles = Role.objects.filter(person=person, duty__in=duties)
    if roles.filter(unit=None).exists():
        return Unit.objects.all()
    own = roles.values("unit")
    return Unit.objects.filter(
        Q(pk__in=own) | Q(parent__in=own) | Q(parent__parent__in=own)
    )


def duties_of(person: Person) -> set[Duty]:
    return {
        Duty(duty)
        for duty in Role.objects.filter(person=person).values_list("duty", flat=True)
    }


def duty_in_words(duty: Duty) -> str:
    return {
        Duty.PROGRAMME_MANAGER: _("Programme manager"),
        Duty.OFFICER: _("Officer"),
        Duty.LECTURER: _("Lecturer"),
        Duty.FINANCE: _("Finance"),
        Duty.ASSESSOR: _("Assessor"),
        Duty.ADMINISTRATOR: _("Administrator"),
    }[duty]
