"""What every catalogue begins with: kinds, fields of study, words that mean the same."""

import json
from pathlib import Path

from django.db import transaction

from mikrokraad.catalogue.models import Field, Kind, Synonyms
from mikrokraad.people.events import InstitutionFounded

DATA = Path(__file__).parent / "data"
FIELDS, SYNONYMS = DATA / "isced.json", DATA / "synonyms.json"
KINDS = [  # the limits are ECTS; each university may change its own rows
    ("micro-degree", "Mikrokraad", "Micro-degree", 12, 30),
    ("micro-credential", "Mikrokvalifikatsioon", "Micro-credential", 5, 30),
    ("summer-school", "Suvekool", "Summer school", 2, 6),
]
WITH_A_LETTER = {"summer-school"}  # whoever is accepted gets a letter for the visa


def open_catalogue(event: InstitutionFounded) -> None:  # noqa: ARG001 -- a reaction's shape
    make_kinds_and_fields()
    make_synonyms()


@transaction.atomic
def make_kinds_and_fields() -> None:
    """Make what is not there yet; what is there stays as it is."""
    Kind.objects.bulk_create(
        (
            Kind(
                code=code,
                name={"et": et, "en": en},
                min_ects=low,
                max_ects=high,
                acceptance_letter=code in WITH_A_LETTER,
            )
            for code, et, en, low, high in KINDS
        ),
        ignore_conflicts=True,
    )
    table = json.loads(FIELDS.read_text(encoding="utf-8"))
    broad = {row["code"]: row for row in table["broad"]}
    Field.objects.bulk_create(
        (
            Field(
                code=row["code"],
                name=row["name"],
                broad_name=broad[row["code"][:2]]["name"],
                colour=broad[row["code"][:2]]["colour"],
            )
            for row in table["detailed"]
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def make_synonyms() -> None:
    """For a catalogue that has none yet; a university keeps its own at the desk."""
    if not Synonyms.objects.exists():
        groups = json.loads(SYNONYMS.read_text(encoding="utf-8"))
        Synonyms.objects.bulk_create(Synonyms(words=words) for words in groups)
