"""Each invariant, broken on purpose past the door, is seen and named."""

import pytest

from mikrokraad.catalogue import actions, invariants
from mikrokraad.catalogue.models import (
    Outcome,
    PriceLine,
    ProgrammeVersion,
    Requirement,
    Run,
)
from mikrokraad.catalogue.rules import VersionState
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> Run:
    people.institution()
    run = factories.run(published_at=None)
    ProgrammeVersion.objects.update(state=VersionState.DRAFT)
    actions.publish_version(run.version, by=None, at=clock.now())
    return actions.publish_run(run, by=None, at=clock.now())


def broken() -> set[str]:
    found = list(invariants.broken(at=clock.now()))
    assert all(sentence for _code, sentence in found)
    return {code for code, _sentence in found}


def test_nothing_is_broken_in_a_sound_house(published: Run) -> None:
    assert broken() == set()
    assert set(invariants.CHECKED) == {"C1", "C2", "C3", "C4"}


def test_c1_words_of_an_approved_version_changed(published: Run) -> None:
    versions = ProgrammeVersion.objects.all()
    versions.update(state=VersionState.DRAFT)  # past the door
    versions.update(lead=factories.both("Other words."))
    versions.update(state=VersionState.APPROVED)

    assert broken() == {"C1"}


def test_c1_something_was_added_to_an_approved_version(published: Run) -> None:
    Requirement.objects.create(
        version=published.version, position=1, key="late", kind="free_text", text={}
    )

    assert broken() == {"C1"}


def test_c2_a_published_run_lacks_something(published: Run) -> None:
    Run.objects.update(fee_includes={})

    assert [sentence for _code, sentence in invariants.broken(at=clock.now())] == [
        f"run {published.pk} lacks: fee_includes"
    ]


def test_c2_a_run_of_a_version_nobody_approved(published: Run) -> None:
    ProgrammeVersion.objects.update(state=VersionState.DRAFT)

    assert broken() == {"C2"}


def test_c2_an_approved_version_without_outcomes(published: Run) -> None:
    ProgrammeVersion.objects.update(state=VersionState.DRAFT)
    Outcome.objects.all().delete()
    ProgrammeVersion.objects.update(state=VersionState.APPROVED)

    assert broken() == {"C1", "C2"}


def test_c3_a_run_with_another_version(published: Run) -> None:
    Run.objects.update(version=factories.version())

    assert broken() == {"C3"}


def test_c4_a_run_with_another_price(published: Run) -> None:
    PriceLine.objects.update(net_cents=1)

    assert broken() == {"C4"}


def test_a_run_that_is_not_published_may_lack_anything(published: Run) -> None:
    Run.objects.update(published_at=None, fee_includes={})

    assert broken() == set()
