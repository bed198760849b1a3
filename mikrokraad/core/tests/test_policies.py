"""House rules by date: an old amount is explained by the rule of its day."""

from datetime import timedelta

import pytest

from mikrokraad.core.models import PolicyVersion
from mikrokraad.core.policies import policy, set_policy
from mikrokraad.core.tests.factories import AT

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)
OLD, NEW = {"kept": 30}, {"kept": 50}


def test_the_version_in_force_on_a_day_is_found() -> None:
    first = set_policy("refund", OLD, valid_from=AT, source="order 1")
    second = set_policy("refund", NEW, valid_from=AT + YEAR)

    assert policy("refund", at=AT) == first
    assert policy("refund", at=AT + YEAR - timedelta(seconds=1)) == first
    assert policy("refund", at=AT + YEAR) == second
    assert (first.number, second.number) == (1, 2)
    assert first.source == "order 1"


def test_saying_the_same_again_makes_no_version() -> None:
    first = set_policy("refund", OLD, valid_from=AT)

    assert set_policy("refund", OLD, valid_from=AT + YEAR) == first
    assert PolicyVersion.objects.count() == 1


def test_going_back_to_an_old_rule_is_a_new_version() -> None:
    for body in (OLD, NEW, OLD):
        set_policy("refund", body, valid_from=AT)

    assert policy("refund", at=AT).number == 3


def test_rules_are_told_apart_by_key() -> None:
    set_policy("refund", OLD, valid_from=AT)

    assert set_policy("vat", NEW, valid_from=AT).number == 1


def test_a_rule_nobody_set_yet_is_a_fault_of_ours() -> None:
    set_policy("refund", OLD, valid_from=AT)

    with pytest.raises(PolicyVersion.DoesNotExist):
        policy("refund", at=AT - timedelta(seconds=1))
