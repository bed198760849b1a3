"""My account: what I say about myself, my consents, and the copy of my data."""

import json
from datetime import date
from uuid import UUID

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.test import Client

from conftest import NOON
from mikrokraad.core import clock
from mikrokraad.people import actions, consents, export, queries, rules
from mikrokraad.people.models import Consent, Duty, Person, RegisterEntry
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db
ACCOUNT = "/en/my/account/"
CODE = "/en/my/account/code/"
GOOD = "49002010965"
BORN = date(1990, 2, 1)
SAID = {
    "given_name": "Liis",
    "family_name": "Tamm",
    "birth_date": "1990-02-01",
    "phone": "+372 5555 5555",
    "language": "et",
}


@pytest.fixture
def liis(client: Client) -> Person:
    person = people.person(birth_date=BORN)
    sign_in(client, person)
    return person


def verbs() -> list[str]:
    return list(RegisterEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_details_are_kept(client: Client, liis: Person) -> None:
    answer = client.post(ACCOUNT, SAID)

    liis.refresh_from_db()
    entry = RegisterEntry.objects.get()
    assert answer["Location"] == ACCOUNT
    assert (liis.name, liis.phone, liis.language) == (
        "Liis Tamm",
        "+372 5555 5555",
        "et",
    )
    assert (entry.verb, entry.by) == ("people.details.changed", liis)
    assert entry.facts == {
        "what": ["family_name", "language", "phone"],
        "family_name_was": "Maasikas",
    }


def test_saving_the_same_again_is_nothing(client: Client, liis: Person) -> None:
    client.post(ACCOUNT, SAID)
    client.post(ACCOUNT, SAID)

    assert verbs() == ["people.details.changed"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"given_name": ""}, "A name cannot be taken away"),
        ({"birth_date": "2026-11-25"}, "has not come yet"),
        ({"birth_date": "31.31.1990"}, "Write the date as day, month and year"),
        ({"language": "fr"}, "field__error"),
        ({"given_name": "L" * 101}, "field__error"),
    ],
)
def test_what_cannot_be_is_refused(
    client: Client, liis: Person, changes: dict[str, str], sentence: str
) -> None:
    page = client.post(ACCOUNT, {**SAID, **changes})

    liis.refresh_from_db()
    assert sentence in page.content.decode()
    assert (liis.family_name, liis.birth_date) == ("Maasikas", BORN)
    assert verbs() == []


def test_a_birth_date_today_can_be_today(client: Client, liis: Person) -> None:
    client.post(ACCOUNT, {**SAID, "birth_date": "2026-11-24"})

    liis.refresh_from_db()
    assert liis.birth_date == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("changes", "confirmed"),
    [
        ({"phone": "123", "language": "et"}, True),
        ({"family_name": "Tamm"}, False),
        ({"given_name": "Liisa"}, False),
        ({"birth_date": date(1990, 2, 2)}, False),
    ],
)
def test_another_name_must_be_confirmed_again(
    changes: dict[str, object],
    confirmed: bool,  # noqa: FBT001 -- a parameter of the table above
) -> None:
    liis = people.person(identity_confirmed_at=people.LONG_AGO, birth_date=BORN)

    actions.change_details(liis, by=liis, at=NOON, **changes)  # type: ignore[arg-type]

    assert (liis.identity_confirmed_at is not None) == confirmed
    assert ("people.identity.opened_again" in verbs()) != confirmed


def test_a_personal_code_is_kept_once_and_shown_masked(
    client: Client, liis: Person
) -> None:
    answer = client.post(CODE, {"code": GOOD})
    page = client.get(ACCOUNT).content.decode()
    again = client.get(CODE)

    assert answer["Location"] == again["Location"] == ACCOUNT
    assert "•••••••0965" in page
    assert GOOD not in page
    assert 'name="birth_date"' not in page
    assert queries.personal_code_of(liis) == GOOD
    assert verbs() == ["people.personal_code.set"]
    assert GOOD not in json.dumps(list(RegisterEntry.objects.values("facts")))


def test_the_form_keeps_the_birth_date_of_the_code(
    client: Client, liis: Person
) -> None:
    client.post(CODE, {"code": GOOD})

    client.post(ACCOUNT, {**SAID, "birth_date": "1991-01-01"})

    liis.refresh_from_db()
    assert (liis.family_name, liis.birth_date) == ("Tamm", BORN)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("49002010966", "not an Estonian personal code"),
        ("4900201", "not an Estonian personal code"),
        ("38001085718", "do not fit together"),
        ("", "Write your personal code here"),
    ],
)
def test_a_wrong_personal_code_is_refused(
    client: Client, liis: Person, typed: str, sentence: str
) -> None:
    page = client.post(CODE, {"code": typed})

    assert sentence in page.content.decode()
    assert queries.personal_code_of(liis) is None
    assert verbs() == []


def test_one_code_belongs_to_one_person(client: Client, liis: Person) -> None:
    other = people.person("Kadri")
    actions.set_personal_code(other, GOOD, by=other, at=NOON)

    page = client.post(CODE, {"code": GOOD})

    assert "Another account has this personal code" in page.content.decode()
    assert queries.personal_code_of(liis) is None


def test_a_kept_code_stays(client: Client, liis: Person) -> None:
    actions.set_personal_code(liis, GOOD, by=liis, at=NOON)

    same = client.post(CODE, {"code": GOOD})
    other = client.post(CODE, {"code": "38001085718"})

    assert same["Location"] == ACCOUNT
    assert "has a personal code already" in other.content.decode()
    assert queries.personal_code_of(liis) == GOOD
    assert verbs() == ["people.personal_code.set"]


def test_a_code_added_later_must_be_confirmed() -> None:
    liis = people.person(identity_confirmed_at=people.LONG_AGO, birth_date=BORN)

    actions.set_personal_code(liis, GOOD, by=liis, at=NOON)

    assert liis.identity_confirmed_at is None
    assert verbs() == ["people.personal_code.set", "people.identity.opened_again"]


def test_the_birth_date_of_a_code_cannot_be_changed_past_the_form() -> None:
    liis = people.person()
    actions.set_personal_code(liis, GOOD, by=liis, at=NOON)

    for born in (date(1990, 2, 2), None):
        with pytest.raises(rules.BirthDateDiffers):
            actions.change_details(liis, birth_date=born, by=liis, at=NOON)

    liis.refresh_from_db()
    assert liis.birth_date == BORN


def test_a_consent_is_given_and_taken_back(client: Client, liis: Person) -> None:
    path = f"{ACCOUNT}consents/employer/"
    client.post(f"{path}give/")
    client.post(f"{path}give/")
    given = queries.has_consented(liis, "employer")

    client.post(f"{path}withdraw/")
    client.post(f"{path}withdraw/")

    kept = Consent.objects.get()
    assert given
    assert not queries.has_consented(liis, "employer")
    assert kept.given_at == kept.withdrawn_at == clock.now()
    assert verbs() == ["people.consent.given", "people.consent.withdrawn"]


def test_words_that_changed_are_asked_anew(liis: Person) -> None:
    earlier = Consent.objects.create(
        person=liis, purpose="employer", text_version="2020-01", given_at=NOON
    )
    holds = queries.has_consented(liis, "employer")

    actions.give_consent(liis, "employer", at=NOON)

    earlier.refresh_from_db()
    assert not holds
    assert earlier.withdrawn_at == NOON
    assert queries.has_consented(liis, "employer")
    assert Consent.objects.count() == 2


def test_nobody_consents_to_what_is_not_asked(client: Client, liis: Person) -> None:
    answer = client.post(f"{ACCOUNT}consents/everything/give/")

    assert answer.status_code == 404
    assert not Consent.objects.exists()
    assert set(consents.PURPOSES) == {"employer"}


def test_my_data_is_a_file_with_everything_and_nobody_elses(
    client: Client, liis: Person
) -> None:
    actions.set_personal_code(liis, GOOD, by=liis, at=NOON)
    actions.give_consent(liis, "employer", at=NOON)
    rival = people.person("Kadri", "Kask")
    actions.give_consent(rival, "employer", at=NOON)

    answer = client.get(f"{ACCOUNT}data/")

    told = json.loads(answer.content)
    assert answer["Content-Disposition"] == (
        'attachment; filename="mikrokraad-2026-11-24.json"'
    )
    assert "no-store" in answer["Cache-Control"]
    assert told["person"]["personal_code"] == GOOD
    assert [each["purpose"] for each in told["person"]["consents"]] == ["employer"]
    assert [each["verb"] for each in told["person"]["what_I_did"]] == [
        "people.personal_code.set",
        "people.consent.given",
    ]
    assert UUID(told["person"]["id"]) == liis.pk
    assert rival.email not in answer.content.decode()
    assert set(told) >= {"seats", "fees", "admissions", "studies", "credentials"}


def test_a_room_tells_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    liis = people.person()
    monkeypatch.setattr(export, "_sources", {})
    export.tell("library", lambda person: {"reader": person.given_name})

    told = export.everything_about(liis, at=NOON)

    assert told["library"] == {"reader": "Liis"}
    assert json.dumps(told, cls=DjangoJSONEncoder)


@pytest.mark.parametrize("path", ["", "code/", "data/"])
def test_a_stranger_is_asked_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(f"{ACCOUNT}{path}")

    assert answer["Location"] == f"/en/sign-in/?next={ACCOUNT}{path}"


@pytest.mark.parametrize("language", ["et", "en"])
@pytest.mark.parametrize("path", ["", "code/"])
def test_account_pages_in_both_languages(
    client: Client, liis: Person, language: str, path: str
) -> None:
    page = client.get(f"/{language}/my/account/{path}")

    title = {
        "en": ["My account", "Your personal code"],
        "et": ["Minu konto", "Sinu isikukood"],
    }
    assert f"<h1>{title[language][bool(path)]}</h1>" in page.content.decode()


def test_a_duty_is_given_once_everywhere_and_once_in_a_unit() -> None:
    mari = people.staff(Duty.OFFICER)
    unit = people.unit()
    mari.roles.create(duty=Duty.OFFICER, unit=unit)

    for again in (None, unit):
        with pytest.raises(IntegrityError), transaction.atomic():
            mari.roles.create(duty=Duty.OFFICER, unit=again)

    assert mari.roles.count() == 2
