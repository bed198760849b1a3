"""Letters reworded at the desk: tried on real cases, saved, put back."""

from pathlib import Path

import pytest
from django.test import Client

from mikrokraad.admissions.tests import factories as admissions
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.office import letter_cases, letter_names
from mikrokraad.people import letter_pieces, letter_texts
from mikrokraad.people.models import Duty, LetterVersion, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db
LIST = "/en/office/letters/"
RECEIVED = f"{LIST}admissions/received/"
TEMPLATE = "admissions/letters/received.md"
ROOT = Path(letter_names.__file__).parent.parent
LETTERS = [
    letter_names.template_of(room, letter)
    for room, (_title, letters) in letter_names.ROOMS.items()
    for letter in letters
]


@pytest.fixture
def mari(client: Client) -> Person:
    officer = people.staff(Duty.OFFICER)
    sign_in(client, officer, strong=True)
    return officer


@pytest.fixture
def received() -> OutboxMessage:
    """The receipt of an application that was sent."""
    admissions.submitted()
    return OutboxMessage.objects.get(payload__template=TEMPLATE)


def written(subject: str, *, case: str = "", seen: int = 0) -> dict[str, str]:
    words = letter_texts.standing(TEMPLATE)
    return {
        "et_subject": words["et"]["subject"],
        "et_body": words["et"]["body"],
        "en_subject": subject,
        "en_body": words["en"]["body"],
        "case": case,
        "seen": str(seen),
    }


def test_every_letter_of_these_rooms_is_on_the_list() -> None:
    files = {
        f"{room}/letters/{path.name}"
        for room in letter_names.ROOMS
        for path in (ROOT / room / "templates" / room / "letters").glob("*.md")
    }

    assert set(LETTERS) == files


@pytest.mark.parametrize("template", LETTERS)
def test_a_letter_on_the_list_is_words_facts_and_blocks(template: str) -> None:
    assert letter_pieces.can_be_reworded(template)


@pytest.mark.parametrize("template", LETTERS)
def test_a_standing_text_keeps_its_own_rules_in_both_languages(template: str) -> None:
    assert letter_texts.problems_in(template, letter_texts.standing(template)) == []


@pytest.mark.parametrize("template", LETTERS)
def test_it_is_said_what_stands_for_each_name(template: str) -> None:
    assert set(letter_texts.names_of(template)) <= set(letter_names.MEANINGS)


def test_the_list_says_which_letters_were_reworded(
    client: Client, mari: Person
) -> None:
    client.post(RECEIVED, {**written("We have it: {title}"), "save": "yes"})

    page = client.get(LIST).content.decode()

    assert page.count("reworded by Mari Tamm") == 1
    assert page.count("standing text</span>") == len(LETTERS) - 1


def test_trying_shows_a_real_case_in_both_languages_and_saves_nothing(
    client: Client, mari: Person, received: OutboxMessage
) -> None:
    form = written("We have it, {name}", case=str(received.pk))

    page = client.post(RECEIVED, {**form, "try": "yes"}).content.decode()

    name = received.payload["facts"]["en"]["name"]
    assert f"We have it, {name}</h3>" in page
    assert 'lang="et"' in page
    assert f"Tere, {name}!" in page
    assert LetterVersion.objects.count() == 0


def test_the_newest_case_is_chosen_to_begin_with(
    client: Client, mari: Person, received: OutboxMessage
) -> None:
    page = client.get(RECEIVED).content.decode()

    assert f'<option value="{received.pk}" selected>' in page


def test_a_letter_about_another_units_case_is_not_offered(
    client: Client, received: OutboxMessage
) -> None:
    stranger = people.staff(Duty.OFFICER, unit=people.unit("SVUH"))
    officer = people.staff(Duty.OFFICER, given_name="Tiit")

    assert letter_cases.recent(TEMPLATE, stranger) == []
    assert letter_cases.recent(TEMPLATE, officer) == [received]


def test_what_is_saved_is_what_the_next_letter_says(
    client: Client, mari: Person
) -> None:
    client.post(RECEIVED, {**written("We have it: {title}"), "save": "yes"})

    admissions.submitted()

    letter = OutboxMessage.objects.get(payload__template=TEMPLATE)
    assert letter.payload["subject"].startswith("We have it: ")
    assert letter.payload["version"] == 1


def test_a_refusal_names_what_is_unknown(client: Client, mari: Person) -> None:
    form = written("We have it: {titel}")

    page = client.post(RECEIVED, {**form, "save": "yes"}).content.decode()

    assert "English: this letter does not know {titel}." in page
    assert "We have it: {titel}" in page  # what was typed stays
    assert LetterVersion.objects.count() == 0


def test_one_press_brings_the_standing_text_back(client: Client, mari: Person) -> None:
    client.post(RECEIVED, {**written("We have it: {title}"), "save": "yes"})

    client.post(f"{RECEIVED}standing/", {"seen": "1"})

    page = client.get(RECEIVED).content.decode()
    assert "In use: the standing text." in page
    assert "We have your application: {title}" in page
    assert "We have it: {title}" in page  # among the versions


def test_a_case_shows_its_letters_with_or_without_their_text(
    client: Client, mari: Person, received: OutboxMessage
) -> None:
    case = f"/en/office/admissions/{received.about.partition(':')[2]}/"
    before = client.get(case).content.decode()
    received.state, received.sent_at = "sent", clock.now()
    received.forgotten_at = clock.now()
    received.payload = {
        name: received.payload[name] for name in ("person", "template", "language")
    }
    received.save()

    after = client.get(case).content.decode()

    assert "on its way" in before
    assert "This is not a place yet." in before
    assert "An application has come" in after
    assert "The text is not kept any more." in after
    assert "This is not a place yet." not in after
