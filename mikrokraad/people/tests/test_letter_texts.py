"""Letters in the words of staff: what is refused, what is kept, what is sent."""

from uuid import UUID

import pytest

from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.core.placeholders import fill, names_in
from mikrokraad.people import letter_texts, letters
from mikrokraad.people.letter_texts import ChangedMeanwhile, PlaceholdersAreWrong, Words
from mikrokraad.people.models import Duty, LetterVersion, Person, RegisterEntry
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
RECEIPT = "fees/letters/credit_note.md"


class Note:
    """What the letter about a cancelled invoice tells of."""

    pk, number, total_cents = UUID(int=7), "K-7", 24_000


@pytest.fixture
def mari() -> Person:
    return people.staff(Duty.OFFICER)


@pytest.fixture
def liis() -> Person:
    return people.person()


def own(**english: str) -> Words:
    words = letter_texts.standing(RECEIPT)
    words["en"] = {**words["en"], **english}
    return words


def write(to: Person, *, key: str) -> OutboxMessage:
    return letters.write_letter(
        RECEIPT, to, about=to, key=key, at=clock.now(), invoice=Note(), note=Note()
    )


def test_a_gap_is_filled_once_and_what_fills_it_is_not_read_again() -> None:
    filled = fill("{a} and { b }, {c}", {"a": "{b}", "b": "{% now 'Y' %}"})

    assert filled == "{b} and {% now 'Y' %}, {c}"
    assert names_in("{a} {{ b }} {% c %}") == {"a", "b", "% c %"}


def test_the_standing_text_shows_names_where_facts_stand() -> None:
    words = letter_texts.standing(RECEIPT)

    assert words["en"]["subject"] == "Invoice {number} is cancelled"
    assert "{amount}" in words["et"]["body"]
    assert "{page}" in words["et"]["body"]


def test_a_reworded_letter_says_what_staff_wrote_and_keeps_its_version(
    mari: Person, liis: Person
) -> None:
    before = write(liis, key="1")
    words = own(subject="{number} is void", body="{name}: {note}, {amount}, {page}")

    letter_texts.reword(RECEIPT, words, seen=0, by=mari, at=clock.now())

    after = write(liis, key="2")
    assert (before.payload["version"], after.payload["version"]) == (0, 1)
    assert after.payload["subject"] == "K-7 is void"
    assert after.payload["body"].startswith("Liis: K-7, €240, http")
    assert before.payload["subject"] == "Invoice K-7 is cancelled"
    assert RegisterEntry.objects.get(verb="letter reworded").by == mari


def test_only_the_language_that_was_reworded_changes(
    mari: Person, liis: Person
) -> None:
    words = own(subject="{number} is void")

    letter_texts.reword(RECEIPT, words, seen=0, by=mari, at=clock.now())

    liis.language = "et"
    assert list(LetterVersion.objects.get().words) == ["en"]
    assert write(liis, key="1").payload["version"] == 0


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{note} {amount} {page} {iban}", "does not know {iban}"),
        ("{note} {amount}", "{page} is missing"),
        ("{note} {amount} {page} {{ person.email }}", "does not know {person.email}"),
        ("{note} {amount} {page} {% load i18n %}", "does not know {% load i18n %}"),
    ],
)
def test_names_it_does_not_know_or_lacks_are_refused_by_name(
    mari: Person, body: str, said: str
) -> None:
    words = own(subject="{number}", body=body)

    with pytest.raises(PlaceholdersAreWrong) as refused:
        letter_texts.reword(RECEIPT, words, seen=0, by=mari, at=clock.now())

    assert said in refused.value.message
    assert refused.value.message.startswith("English: ")
    assert LetterVersion.objects.count() == 0


def test_what_somebody_else_saved_meanwhile_is_not_written_over(mari: Person) -> None:
    first, second = own(subject="{number}: one"), own(subject="{number}: two")
    letter_texts.reword(RECEIPT, first, seen=0, by=mari, at=clock.now())

    with pytest.raises(ChangedMeanwhile):
        letter_texts.reword(RECEIPT, second, seen=0, by=mari, at=clock.now())

    assert LetterVersion.objects.get().words["en"]["subject"] == "{number}: one"


def test_the_standing_text_comes_back_and_twice_is_once(
    mari: Person, liis: Person
) -> None:
    words = own(subject="{number} is void")
    letter_texts.reword(RECEIPT, words, seen=0, by=mari, at=clock.now())

    for _press in range(2):
        letter_texts.restore(RECEIPT, seen=1, by=mari, at=clock.now())

    letter = write(liis, key="1")
    assert letter.payload["subject"] == "Invoice K-7 is cancelled"
    assert letter.payload["version"] == 0
    assert LetterVersion.objects.count() == 2


def test_putting_back_a_letter_that_nobody_reworded_keeps_nothing(
    mari: Person,
) -> None:
    assert letter_texts.restore(RECEIPT, seen=0, by=mari, at=clock.now()) is None
    assert LetterVersion.objects.count() == 0


def test_words_that_no_longer_fit_the_letter_are_not_used(
    mari: Person, liis: Person
) -> None:
    LetterVersion.objects.create(
        template=RECEIPT,
        number=1,
        words={"en": {"subject": "{gone}", "body": "{gone}"}},
        by=mari,
        at=clock.now(),
    )

    letter = write(liis, key="1")

    assert letter.payload["subject"] == "Invoice K-7 is cancelled"
    assert letter.payload["version"] == 0
