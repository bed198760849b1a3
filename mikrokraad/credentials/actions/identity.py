"""An officer has seen who the learner is: only then is a name printed."""

from datetime import datetime

from django.db import transaction

from mikrokraad.credentials import rules
from mikrokraad.people.models import Person
from mikrokraad.people.register import record


@transaction.atomic
def confirm_identity(person: Person, *, by: Person, at: datetime) -> Person:
    """Keep that `by` compared the name and birth date with an identity document.

    Confirming twice is confirming once. Refuses with `DetailsMissing` while there is
    nothing to compare.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    rules.require_details(locked)
    if locked.identity_confirmed_at is None:
        locked.identity_confirmed_at = at
        locked.save(update_fields=["identity_confirmed_at"])
        record("people.identity.confirmed", locked, by=by, at=at, how="document seen")
    return locked
