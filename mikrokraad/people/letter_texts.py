"""Letters in the words of staff: dated versions, checked before they are kept."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mikrokraad.core.errors import Refusal
from mikrokraad.core.placeholders import names_in
from mikrokraad.people import letter_pieces
from mikrokraad.people.models import LetterVersion, Person
from mikrokraad.people.register import record

Words = dict[str, dict[str, str]]  # language: subject and body

# What a letter may do without: courtesies, and what other facts say already.
MAY_BE_LEFT_OUT = frozenset({"name", "title", "contact", "start", "moment"})


class PlaceholdersAreWrong(Refusal):
    code = "placeholders-are-wrong"


class ChangedMeanwhile(Refusal):
    code = "letter-changed-meanwhile"


def versions_of(template: str) -> QuerySet[LetterVersion]:
    """Newest first."""
    found = LetterVersion.objects.filter(template=template).select_related("by")
    return found.order_by("-number")


def version_in_use(template: str) -> LetterVersion | None:
    return LetterVersion.objects.filter(template=template).order_by("-number").first()


def words_in_use(version: LetterVersion | None, language: str) -> dict[str, str] | None:
    """Its words in this language; None where the standing text is to be used.

    So it is too when the letter's file has got other facts since they were written.
    """
    own: dict[str, str] | None = version.words.get(language) if version else None
    if version and own and not problems_in(version.template, {language: own}):
        return own
    return None


def versions_in_use() -> dict[str, LetterVersion]:
    """The newest of each letter that was ever reworded."""
    rows = LetterVersion.objects.select_related("by").order_by("template", "number")
    return {version.template: version for version in rows}


def standing(template: str) -> Words:
    """The letter's file as staff may reword it, in each language."""
    words = {}
    for language, _name in settings.LANGUAGES:
        subject, body = letter_pieces.outline(template, language)
        words[language] = {"subject": subject, "body": body}
    return words


def names_of(template: str) -> dict[str, bool]:
    """Every name this letter knows, and whether it must stand somewhere in it."""
    names = letter_pieces.names_in_order(template)
    return {name: name not in MAY_BE_LEFT_OUT for name in names}


def problems_in(template: str, words: Words) -> list[str]:
    """What is wrong with these words, in whole sentences."""
    found, known = [], names_of(template)
    for language, said in words.items():
        used = names_in(said["subject"]) | names_in(said["body"])
        where = dict(settings.LANGUAGES)[language]
        unknown = sorted(used - set(known))
        lacking = [name for name, must in known.items() if must and name not in used]
        if unknown:
            told = _("{language}: this letter does not know {names}. Take it out.")
            found.append(told.format(language=where, names=_in_braces(unknown)))
        if lacking:
            told = _("{language}: {names} is missing. Put it where it should stand.")
            found.append(told.format(language=where, names=_in_braces(lacking)))
    return found


def reword(
    template: str, words: Words, *, seen: int, by: Person, at: datetime
) -> LetterVersion | None:
    """Keep these words as the letter from now on. What says the same changes nothing.

    `seen` is the number of the version that was changed, 0 for the standing text.
    Refuses with PlaceholdersAreWrong or ChangedMeanwhile.
    """
    told = standing(template)
    own = {language: said for language, said in words.items() if said != told[language]}
    problems = problems_in(template, own)
    if problems:
        raise PlaceholdersAreWrong(" ".join(problems))
    return _keep(template, own, seen=seen, by=by, at=at)


def restore(
    template: str, *, seen: int, by: Person, at: datetime
) -> LetterVersion | None:
    """Go back to the standing text, in every language; None if it never was another."""
    return _keep(template, {}, seen=seen, by=by, at=at)


def _keep(
    template: str, words: Words, *, seen: int, by: Person, at: datetime
) -> LetterVersion | None:
    newest = version_in_use(template)
    if words == (newest.words if newest else {}):
        return newest
    if seen != (newest.number if newest else 0):
        raise _changed_meanwhile()
    facts: dict[str, Any] = {"words": words, "by": by, "at": at}
    try:
        with transaction.atomic():
            kept = LetterVersion.objects.create(
                template=template, number=seen + 1, **facts
            )
            record("letter reworded", kept, by=by, at=at, template=template)
    except IntegrityError:
        raise _changed_meanwhile() from None
    return kept


def _changed_meanwhile() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        _(
            "Somebody has changed this letter meanwhile. Copy your words, open the page "
            "anew and put them in again."
        )
    )


def _in_braces(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
