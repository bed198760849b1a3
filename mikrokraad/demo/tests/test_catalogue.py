"""What the demonstration offers was approved and published as anywhere, by people."""

from datetime import datetime

import pytest

from mikrokraad.catalogue import invariants
from mikrokraad.catalogue.actions import APPROVED, PUBLISHED, SUBMITTED
from mikrokraad.catalogue.models import PriceLine, ProgrammeVersion, Run
from mikrokraad.core import clock
from mikrokraad.demo.seed import university
from mikrokraad.people.models import RegisterEntry
from mikrokraad.people.register import named

pytestmark = pytest.mark.django_db


@pytest.fixture
def _built(noon: datetime) -> None:
    university.build(at=noon, today=clock.today(), programmes=2)


def said(verb: str) -> dict[str, object]:
    """Who did it, by thing."""
    entries = RegisterEntry.objects.filter(verb=verb)
    return dict(entries.values_list("thing", "by__email"))


@pytest.mark.usefixtures("_built")
def test_the_register_knows_who_approved_each_version_and_published_each_run() -> None:
    versions = {named(version) for version in ProgrammeVersion.objects.all()}
    runs = {named(run) for run in Run.objects.all()}

    asked, approved = said(SUBMITTED), said(APPROVED)

    assert set(asked) == set(approved) == versions
    assert set(said(PUBLISHED)) == runs
    assert None not in {*asked.values(), *approved.values(), *said(PUBLISHED).values()}
    assert all(asked[thing] != approved[thing] for thing in versions)


@pytest.mark.usefixtures("_built")
def test_a_price_changed_behind_the_catalogues_back_shows(noon: datetime) -> None:
    assert list(invariants.broken(at=noon)) == []

    PriceLine.objects.update(net_cents=1)

    broken = {code for code, _sentence in invariants.broken(at=noon)}
    assert broken == {"C4"}
