"""The institution, its units, its staff and the personas."""

from datetime import date, datetime
from typing import Any

from mikrokraad.demo.seed import texts
from mikrokraad.people import actions
from mikrokraad.people.models import Duty, Institution, Organisation, Person, Role, Unit

DUTIES = {
    "programme_manager": Duty.PROGRAMME_MANAGER,
    "officer": Duty.OFFICER,
    "lecturer": Duty.LECTURER,
    "finance": Duty.FINANCE,
    "assessor": Duty.ASSESSOR,
}
EVERYWHERE = {"officer", "finance", "assessor"}


def make_institution() -> None:
    facts = texts.read("units.json")["institution"]
    Institution.objects.create(
        pk=1,
        name=facts["name"],
        registry_code=facts["registry_code"],
        vat_number=facts.get("vat_number") or "",
        country=facts["country"],
        place=facts["place"],
        address=facts["address"],
        iban=facts.get("iban") or "EE471000001020145685",
        email=facts["email"],
        quality_assurance=facts.get("quality_assurance")
        or {
            "et": "asutuse akrediteerimine ja sisehindamine",
            "en": "institutional accreditation and internal evaluation",
        },
    )


def make_units() -> dict[str, Unit]:
    data = texts.read("units.json")
    faculties = {
        faculty["key"]: Unit.objects.create(
            code=f"VK-{faculty['key']}".upper(), name=faculty["name"]
        )
        for faculty in data["faculties"]
    }
    return {
        unit["key"]: Unit.objects.create(
            code=f"{unit['short_code']}",
            name=unit["name"],
            parent=faculties.get(unit.get("faculty")),
        )
        for unit in data["units"]
    }


def make_people(units: dict[str, Unit], *, at: datetime) -> dict[str, Person]:
    """Staff and personas, by key, with their duties and employers."""
    organisations = {
        facts["key"]: Organisation.objects.create(
            name=facts["name"],
            registry_code=facts["registry_code"],
            vat_number=facts["vat_number"] or "",
            email=facts["email"],
            address=facts["address"],
        )
        for facts in texts.read("people.json")["organisations"]
    }
    made: dict[str, Person] = {}
    for facts in texts.people():
        if not facts["email"] or "verifier" in facts["roles"]:
            continue
        made[facts["key"]] = person = _person(facts, at=at)
        _give_duties(person, facts, units)
        if facts["organisation"]:
            organisations[facts["organisation"]].members.add(person)
    return made


def _person(facts: dict[str, Any], *, at: datetime) -> Person:
    born = facts.get("birth_date")
    person = Person.objects.create_user(
        facts["email"],
        given_name=facts["first_name"],
        family_name=facts["last_name"],
        language=facts["language"],
        birth_date=date.fromisoformat(born) if born else None,
        created_at=at,
    )
    if facts.get("personal_code"):
        actions.set_personal_code(person, facts["personal_code"], by=person, at=at)
    person.identity_confirmed_at = at  # of name, birth date and code together
    person.save(update_fields=["identity_confirmed_at"])
    return person


def _give_duties(person: Person, facts: dict[str, Any], units: dict[str, Unit]) -> None:
    for role in facts["roles"]:
        if role not in DUTIES:
            continue
        places: list[Unit | None] = (
            [None] if role in EVERYWHERE else [units[key] for key in facts["units"]]
        )
        for unit in places:
            Role.objects.create(person=person, duty=DUTIES[role], unit=unit)
