"""An officer confirms an identity only where there is something to compare."""

import pytest

from conftest import NOON
from mikrokraad.credentials import actions, queries, rules
from mikrokraad.credentials.tests import factories
from mikrokraad.people.models import Duty, Person, RegisterEntry
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
VERB = "people.identity.confirmed"
LACKING = [
    ({"given_name": ""}, "first or the last name is missing. Ask the learner"),
    ({"family_name": ""}, "first or the last name is missing. Ask the learner"),
    ({"birth_date": None}, "birth date is missing. Ask the learner"),
]


def unconfirmed(**lacking: object) -> Person:
    return factories.learner(**{"identity_confirmed_at": None, **lacking})  # type: ignore[arg-type]


def test_confirming_twice_is_confirming_once() -> None:
    learner, officer = unconfirmed(), people.staff(Duty.OFFICER)

    for _click in range(2):
        actions.confirm_identity(learner, by=officer, at=NOON)

    learner.refresh_from_db()
    assert learner.identity_confirmed_at == NOON
    assert RegisterEntry.objects.filter(verb=VERB).count() == 1


@pytest.mark.parametrize(("lacking", "words"), LACKING)
def test_nobody_is_confirmed_without_a_name_or_a_birth_date(
    lacking: dict[str, object], words: str
) -> None:
    learner, officer = unconfirmed(**lacking), people.staff(Duty.OFFICER)

    with pytest.raises(rules.DetailsMissing, match=words):
        actions.confirm_identity(learner, by=officer, at=NOON)

    learner.refresh_from_db()
    assert learner.identity_confirmed_at is None
    assert not RegisterEntry.objects.filter(verb=VERB).exists()


@pytest.mark.parametrize(("lacking", "words"), LACKING)
def test_a_preview_says_what_is_missing_before_anybody_compares_it(
    lacking: dict[str, object], words: str
) -> None:
    completion = factories.completion(unconfirmed(**lacking))

    (candidate,) = queries.cohort(completion.enrolment.run, at=NOON)

    assert candidate.problem
    assert not candidate.is_unknown


def test_a_preview_says_that_somebody_has_to_be_seen() -> None:
    completion = factories.completion(unconfirmed())

    (candidate,) = queries.cohort(completion.enrolment.run, at=NOON)

    assert "identity is not confirmed" in candidate.problem
    assert candidate.is_unknown
