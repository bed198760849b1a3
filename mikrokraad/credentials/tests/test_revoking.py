"""Revoking takes two people; the status list says so from that moment."""

import json
from datetime import timedelta

import pytest

from mikrokraad.core.models import OutboxMessage
from mikrokraad.credentials import actions, queries, rules
from mikrokraad.credentials.crypto import statuslist
from mikrokraad.credentials.models import Credential, Revocation
from mikrokraad.credentials.rules import CredentialState, RevocationReason
from mikrokraad.credentials.tests import factories
from mikrokraad.credentials.tests.factories import ISSUED
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
LATER = ISSUED + timedelta(hours=1)


@pytest.fixture
def issued() -> Credential:
    return factories.credential()


@pytest.fixture
def officer() -> Person:
    return people.staff(Duty.OFFICER, given_name="Mari")


@pytest.fixture
def colleague() -> Person:
    return people.staff(Duty.OFFICER, given_name="Juhan")


def test_two_people_revoke(
    issued: Credential, officer: Person, colleague: Person
) -> None:
    asked = actions.ask_revocation(
        issued, RevocationReason.FRAUD, note="forged", by=officer, at=ISSUED
    )
    issued.refresh_from_db()
    assert issued.state == CredentialState.ISSUED

    revoked = actions.approve_revocation(asked, by=colleague, at=LATER)

    assert revoked.state == CredentialState.REVOKED
    assert revoked.ended_at == LATER
    entry = revoked.status_entry
    published = json.loads(actions.published_list(entry.list, at=LATER))
    encoded = published["credentialSubject"]["encodedList"]
    assert statuslist.is_set(encoded, entry.index)
    assert OutboxMessage.objects.filter(key__contains="credential-revoked").count() == 1


def test_who_asked_cannot_approve(issued: Credential, officer: Person) -> None:
    asked = actions.ask_revocation(
        issued, RevocationReason.ERROR, by=officer, at=ISSUED
    )

    with pytest.raises(rules.TwoPeopleNeeded, match="Another officer"):
        actions.approve_revocation(asked, by=officer, at=LATER)

    issued.refresh_from_db()
    assert issued.state == CredentialState.ISSUED
    assert Revocation.objects.get().approved_by is None


def test_asking_twice_is_refused(
    issued: Credential, officer: Person, colleague: Person
) -> None:
    actions.ask_revocation(issued, RevocationReason.ERROR, by=officer, at=ISSUED)

    with pytest.raises(rules.AlreadyAsked, match="already"):
        actions.ask_revocation(issued, RevocationReason.OTHER, by=colleague, at=LATER)

    assert Revocation.objects.get().reason == RevocationReason.ERROR


def test_a_revoked_one_is_not_revoked_shared_or_issued_again(
    issued: Credential, officer: Person, colleague: Person
) -> None:
    asked = actions.ask_revocation(
        issued, RevocationReason.ERROR, by=officer, at=ISSUED
    )
    actions.approve_revocation(asked, by=colleague, at=LATER)

    with pytest.raises(rules.NotInForce):
        actions.approve_revocation(asked, by=colleague, at=LATER)
    with pytest.raises(rules.NotInForce):
        actions.share(issued, fields=[], by=issued.person, at=LATER)
    with pytest.raises(rules.NotInForce, match=issued.number):
        actions.issue(issued.completion, by=officer, at=LATER)
    assert Credential.objects.count() == 1


def test_the_list_is_signed_once_a_day_and_at_once_after_a_change(
    issued: Credential, officer: Person, colleague: Person
) -> None:
    which = issued.status_entry.list
    first = actions.published_list(which, at=ISSUED)
    which.refresh_from_db()

    same = actions.published_list(which, at=ISSUED + timedelta(hours=23))
    next_day = actions.published_list(which, at=ISSUED + timedelta(hours=25))

    assert same == first
    assert next_day != first
    asked = actions.ask_revocation(
        issued, RevocationReason.ERROR, by=officer, at=ISSUED
    )
    actions.approve_revocation(asked, by=colleague, at=ISSUED + timedelta(hours=26))
    which.refresh_from_db()
    assert bytes(which.published) != next_day
    assert queries.status_list(which.pk) == which
