"""An employer sees how the studies of those end who agree to show it, and of nobody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from mikrokraad.core import clock
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.tests import factories as credentials
from mikrokraad.fees.actions import agree, cancel_agreement
from mikrokraad.fees.rules import Payer, PayerKind
from mikrokraad.pages.tests.factories import text_of, words_of
from mikrokraad.people.actions import give_consent, withdraw_consent
from mikrokraad.people.models import Organisation, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db
PEOPLE = "/en/my/people/"
FIRM = "19999012"


@pytest.fixture
def rita() -> Person:
    """She speaks for the firm that pays."""
    speaker = people.person("Rita")
    firm = Organisation.objects.create(
        name="Virmaline OÜ", registry_code=FIRM, email="arved@example.org"
    )
    firm.members.add(speaker)
    return speaker


def paid_by(kind: PayerKind, certificate: Credential) -> Person:
    """The firm pays for the studies that ended with this certificate."""
    enrolment = certificate.completion.enrolment
    payer = Payer(kind, "Virmaline OÜ", FIRM, "arved@example.org")
    agree(enrolment.run, enrolment.person, payer=payer, by=None, at=clock.now())
    return enrolment.person


@pytest.fixture
def finished() -> Credential:
    return credentials.credential(credentials.learner())


def test_without_consent_nothing_is_told_of_the_studies(
    client: Client, rita: Person, finished: Credential
) -> None:
    learner = paid_by(PayerKind.EMPLOYER, finished)
    client.force_login(rita)

    page = client.get(PEOPLE)

    assert learner.name in words_of(page)
    assert "has not agreed to show it" in words_of(page)
    assert finished.number not in text_of(page)
    assert str(finished.completion.enrolment.state) not in words_of(page)


def test_with_consent_the_end_and_the_certificate_are_shown(
    client: Client, rita: Person, finished: Credential
) -> None:
    learner = paid_by(PayerKind.EMPLOYER, finished)
    give_consent(learner, "employer", at=clock.now())
    client.force_login(rita)

    shown = client.get(PEOPLE)
    withdraw_consent(learner, "employer", at=clock.now())
    hidden = client.get(PEOPLE)

    with override("en"):
        assert f"Certificate {finished.number}" in words_of(shown)
    assert f"/c/{finished.number}/" in text_of(shown)
    assert "has not agreed" not in words_of(shown)
    assert finished.number not in text_of(hidden)


def test_who_has_not_begun_is_said_to_be_on_the_way(
    client: Client, rita: Person
) -> None:
    run, learner = studies.taught_run(studies.lecturer()), people.person("Liis")
    payer = Payer(PayerKind.EMPLOYER, "Virmaline OÜ", FIRM, "a@example.org")
    people.institution()
    agree(run, learner, payer=payer, by=None, at=clock.now())
    give_consent(learner, "employer", at=clock.now())
    client.force_login(rita)

    assert "not enrolled yet" in words_of(client.get(PEOPLE))


@pytest.mark.parametrize("kind", [PayerKind.SELF, PayerKind.FUND])
def test_consent_to_an_employer_is_no_consent_to_other_payers(
    client: Client, rita: Person, finished: Credential, kind: PayerKind
) -> None:
    learner = paid_by(kind, finished)
    give_consent(learner, "employer", at=clock.now())
    client.force_login(rita)

    page = client.get(PEOPLE)

    assert learner.name not in words_of(page)
    assert "Nobody yet" in words_of(page)


def test_other_employers_and_ended_agreements_show_nothing(
    client: Client, rita: Person, finished: Credential
) -> None:
    learner = paid_by(PayerKind.EMPLOYER, finished)
    give_consent(learner, "employer", at=clock.now())
    client.force_login(people.person("Kadri"))
    elsewhere = client.get(PEOPLE)
    cancel_agreement(learner.agreements.get(), reason="x", by=None, at=clock.now())
    client.force_login(rita)

    assert learner.name not in words_of(elsewhere)
    assert learner.name not in words_of(client.get(PEOPLE))


def test_my_page_leads_an_employer_there(
    client: Client, rita: Person, finished: Credential
) -> None:
    client.force_login(rita)
    before = text_of(client.get("/en/my/"))
    paid_by(PayerKind.EMPLOYER, finished)

    assert PEOPLE not in before
    assert PEOPLE in text_of(client.get("/en/my/"))


def test_the_number_of_queries_is_the_same_for_any_number_of_people(
    client: Client, rita: Person
) -> None:
    client.force_login(rita)
    counts = []
    for n in range(2):
        learner = paid_by(
            PayerKind.EMPLOYER, credentials.credential(credentials.learner(f"L{n}"))
        )
        give_consent(learner, "employer", at=clock.now())
        client.get(PEOPLE)
        with CaptureQueriesContext(connection) as seen:
            client.get(PEOPLE)
        counts.append(len(seen))

    assert counts[0] == counts[1]
