"""What search writes: words it has looked up, and what staff say means the same."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from mikrokraad.catalogue.models import Edition, SearchWord, Synonyms
from mikrokraad.catalogue.search import dictionary
from mikrokraad.core.texts import Text
from mikrokraad.people.models import Person
from mikrokraad.people.register import record

AT_ONCE = 2000


def learn(words: Mapping[str, set[str]]) -> int:
    """Look words of the catalogue up, with all their forms. How many rows there are.

    In small transactions, the words themselves last: if it stops half way, they are
    looked up again. Only a worker may: it loads the dictionary.
    """
    rows = [
        SearchWord(**meaning._asdict())
        for language, found in words.items()
        for meaning in dictionary.meanings(sorted(found), language)
    ]
    rows.sort(key=lambda row: row.seen)
    for start in range(0, len(rows), AT_ONCE):
        SearchWord.objects.bulk_create(
            rows[start : start + AT_ONCE],
            update_conflicts=True,
            unique_fields=["form", "language", "token"],
            update_fields=["seen", "parts"],
        )
    _new_edition()
    return len(rows)


def _new_edition() -> None:
    """What is found differs from now on, though nothing shown has changed."""
    Edition.objects.filter(pk=1).update(number=F("number") + 1)


@transaction.atomic
def add_synonyms(words: Text, *, by: Person, at: datetime) -> Synonyms:
    group = Synonyms.objects.create(words=words)
    record("catalogue.synonyms.added", group, by=by, at=at)
    _new_edition()
    return group


@transaction.atomic
def change_synonyms(
    group: Synonyms, words: Text, *, by: Person, at: datetime
) -> Synonyms:
    group.words = words
    group.save(update_fields=["words"])
    record("catalogue.synonyms.changed", group, by=by, at=at)
    _new_edition()
    return group


@transaction.atomic
def remove_synonyms(group: Synonyms, *, by: Person, at: datetime) -> None:
    record("catalogue.synonyms.removed", group, by=by, at=at)
    group.delete()
    _new_edition()
