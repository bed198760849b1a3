"""What the catalogue knows about one person, for the copy of their data."""

from typing import Any

from mikrokraad.catalogue.alerts.queries import alerts_of
from mikrokraad.catalogue.models import Alert
from mikrokraad.people.models import Person


def about(person: Person) -> dict[str, Any]:
    """What is sent to this person's address, also what nobody has confirmed yet."""
    return {"alerts": [_alert(each) for each in alerts_of(person)]}


def _alert(alert: Alert) -> dict[str, Any]:
    run = alert.run
    programme = run.version.programme if run else alert.programme
    return {
        "kind": alert.kind,
        "email": alert.email,
        "language": alert.language,
        "query": alert.query,
        "programme": programme.slug if programme else "",
        "semester": run.intake.term_id if run else "",
        "asked_at": alert.asked_at,
        "confirmed_at": alert.confirmed_at,
        "renewed_at": alert.renewed_at,
    }
