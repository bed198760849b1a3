"""Certificates from before codes were sealed: sealed where they stand, and still whole."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from conftest import NOON
from mikrokraad.credentials import invariants, queries
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.tests import factories
from mikrokraad.people import actions as people_actions

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "49002010965"
BEFORE = [("credentials", "0003_sealed_code")]


@pytest.fixture(autouse=True)
def at_the_newest_in_the_end() -> Iterator[None]:
    yield
    forward()


def back() -> None:
    MigrationExecutor(connection).migrate(BEFORE)


def forward() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def fresh(credential: Credential) -> Credential:
    return Credential.objects.get(pk=credential.pk)


def with_a_code() -> Credential:
    learner = factories.learner(birth_date=date(1990, 2, 1))
    people_actions.set_personal_code(learner, CODE, by=learner, at=NOON)
    learner.identity_confirmed_at = NOON
    learner.save()
    return factories.credential(learner)


def test_codes_in_clear_are_sealed_and_everything_else_stays() -> None:
    coded, plain = with_a_code(), factories.credential()
    back()
    clear = fresh(coded)
    assert json.loads(clear.facts)["learner"]["personal_code"] == CODE
    assert clear.facts_sha256 == sha256(clear.facts.encode()).hexdigest()
    assert clear.sealed_code is None
    assert json.loads(fresh(plain).facts)["learner"]["personal_code"] is None

    forward()

    sealed = fresh(coded)
    assert CODE not in sealed.facts
    assert queries.personal_code_on(sealed) == CODE
    assert sealed.belt == coded.belt
    assert fresh(plain).facts == plain.facts
    assert list(invariants.broken(at=factories.ISSUED)) == []


@pytest.mark.parametrize("change", [{"facts": "{}"}, {"sealed_code": b"other"}])
def test_the_database_guards_facts_and_seal_again_afterwards(
    change: dict[str, object],
) -> None:
    coded = with_a_code()
    back()
    forward()

    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        Credential.objects.filter(pk=coded.pk).update(**change)


def test_facts_are_guarded_on_the_way_back_too() -> None:
    coded = with_a_code()
    back()

    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        Credential.objects.filter(pk=coded.pk).update(facts="{}")
