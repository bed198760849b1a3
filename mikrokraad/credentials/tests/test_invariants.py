"""Each invariant is seen to hold, and to be named when somebody breaks it behind our back."""

from collections.abc import Callable

import pytest
from django.db import connection

from mikrokraad.core.models import OutboxMessage
from mikrokraad.credentials import actions, invariants
from mikrokraad.credentials.models import (
    Credential,
    CredentialSeries,
    Rendering,
    StatusEntry,
)
from mikrokraad.credentials.rules import Format, ReissueReason, RevocationReason
from mikrokraad.credentials.tests import factories
from mikrokraad.credentials.tests.factories import ISSUED
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people
from mikrokraad.studies import actions as study_actions
from mikrokraad.studies.models import Enrolment, Result
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db


def codes() -> set[str]:
    return {code for code, _sentence in invariants.broken(at=ISSUED)}


def without_guards() -> None:
    """Take the triggers away, as somebody with the database password could."""
    statements = {
        "sqlite": [
            "DROP TRIGGER credentials_credential_frozen",
            "DROP TRIGGER credentials_credential_kept",
            "DROP TRIGGER credentials_rendering_no_UPDATE",
            "DROP TRIGGER credentials_rendering_no_DELETE",
        ],
        "postgresql": [
            "DROP TRIGGER credentials_credential_frozen ON credentials_credential",
            "DROP TRIGGER credentials_rendering_append_only ON credentials_rendering",
        ],
    }
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


@pytest.fixture
def issued() -> Credential:
    return factories.credential()


def test_all_hold_after_everything_that_can_happen(issued: Credential) -> None:
    officers = [people.staff(Duty.OFFICER) for _ in range(2)]
    newer = actions.reissue(issued, ReissueReason.CORRECTION, by=None, at=ISSUED)
    asked = actions.ask_revocation(
        newer, RevocationReason.ERROR, by=officers[0], at=ISSUED
    )
    actions.approve_revocation(asked, by=officers[1], at=ISSUED)
    factories.credential()

    assert list(invariants.broken(at=ISSUED)) == []


def _change_facts(issued: Credential) -> None:
    facts = issued.facts.replace("Liis", "Anna")
    Credential.objects.filter(pk=issued.pk).update(facts=facts)


def _issue_a_second(issued: Credential) -> None:
    other = factories.credential()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_live_credential_per_completion")
    Credential.objects.filter(pk=other.pk).update(completion=issued.completion_id)


def _leave_a_gap(_issued: Credential) -> None:
    CredentialSeries.objects.update(last=7)


def _misnumber(issued: Credential) -> None:
    Credential.objects.filter(pk=issued.pk).update(number="2026-70000")


def _change_the_badge(issued: Credential) -> None:
    badge = issued.renderings.get(format=Format.OPEN_BADGE)
    content = bytes(badge.content).replace(b"Maasikas", b"Maasikad")
    Rendering.objects.filter(pk=badge.pk).update(content=content)


def _lose_the_pdf(issued: Credential) -> None:
    issued.renderings.filter(format=Format.PDF).delete()


def _redate(issued: Credential) -> None:
    issued.renderings.update(made_at="2027-01-01T00:00:00Z")


def _change_the_picture(issued: Credential) -> None:
    issued.renderings.filter(format=Format.PICTURE).update(content=b"other")


def _forget_the_letter(_issued: Credential) -> None:
    OutboxMessage.objects.all().delete()


def _revoke_alone(issued: Credential) -> None:
    Credential.objects.filter(pk=issued.pk).update(state="revoked", ended_at=ISSUED)
    StatusEntry.objects.update(set_at=ISSUED)


def _clear_a_bit(issued: Credential) -> None:
    actions.reissue(issued, ReissueReason.CORRECTION, by=None, at=ISSUED)
    StatusEntry.objects.update(set_at=None)


def _lose_the_place(_issued: Credential) -> None:
    StatusEntry.objects.all().delete()


@pytest.mark.parametrize(
    ("break_it", "named"),
    [
        (_change_facts, "K1"),
        (_issue_a_second, "K2"),
        (_leave_a_gap, "K3"),
        (_misnumber, "K3"),
        (_change_the_badge, "K4"),
        (_lose_the_pdf, "K4"),
        (_redate, "K5"),
        (_change_the_picture, "K5"),
        (_forget_the_letter, "K5"),
        (_revoke_alone, "K6"),
        (_clear_a_bit, "K6"),
        (_lose_the_place, "K6"),
    ],
)
def test_each_is_named_when_it_is_broken(
    issued: Credential, break_it: Callable[[Credential], None], named: str
) -> None:
    without_guards()

    break_it(issued)

    assert named in codes()


def test_every_code_has_a_title_and_a_test() -> None:
    assert sorted(invariants.CHECKED) == [
        *("K1", "K2", "K3", "K4", "K5", "K6"),
        "R2",
    ]


def test_r2_a_correction_that_asked_nobody() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A", "C")
    _issued_to(enrolment)
    first, second = studies.places_of(enrolment)
    teacher = first.section.teachers.get()
    known = second.results.get()
    found = {code for code, _sentence in invariants.broken(at=studies.AFTER)}
    assert found == set()

    Result.objects.create(  # past the door, so that nothing reacts
        place=second,
        grade="B",
        scale=known.scale,
        assessor=teacher,
        confirmed_at=studies.AFTER,
        corrects=known,
        reason="added up",
    )

    found = {code for code, _sentence in invariants.broken(at=studies.AFTER)}
    assert found == {"R2"}


def test_r2_a_correction_through_the_door_asks() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A", "C")
    _issued_to(enrolment)
    place = studies.places_of(enrolment)[1]

    study_actions.correct_result(
        place, "B", "added up", by=place.section.teachers.get(), at=studies.AFTER
    )

    assert list(invariants.broken(at=studies.AFTER)) == []


def _issued_to(enrolment: Enrolment) -> None:
    learner = enrolment.person
    learner.identity_confirmed_at = people.LONG_AGO
    learner.birth_date = people.LONG_AGO.date()
    learner.save()
    people.institution()
    actions.issue(enrolment.completion, by=None, at=studies.EXAM_WEEK)
