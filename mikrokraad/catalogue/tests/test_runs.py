"""A run is published when nothing is missing, and keeps what people rely on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from mikrokraad.catalogue import actions
from mikrokraad.catalogue.completeness import Element
from mikrokraad.catalogue.models import PriceLine, ProgrammeVersion, Run
from mikrokraad.catalogue.rules import PriceKind, VatReason, VersionState
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.people.models import Person, RegisterEntry
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def unpublished() -> Run:
    people.institution()
    return factories.run(published_at=None)


def edit(
    run: Run, *, deadline: date | None = None, contact: Person | None = None
) -> Run:
    return actions.edit_run(
        run,
        place={"et": "Tallinn", "en": "Tallinn"},
        fee_includes=factories.both("materials"),
        contact=contact or run.contact,
        own_deadline=deadline,
        by=None,
        at=clock.now(),
    )


def test_a_whole_run_is_published_once_with_its_terms(unpublished: Run) -> None:
    at = clock.now()

    run = actions.publish_run(unpublished, by=None, at=at)
    actions.publish_run(run, by=None, at=at + DAY)

    run.refresh_from_db()
    assert run.published_at == at
    (said,) = RegisterEntry.objects.filter(verb=actions.PUBLISHED)
    assert said.facts == {
        "version": str(run.version_id),
        "prices": [[1, "fee", 2400_00, "0.00"]],
    }


@pytest.mark.parametrize(
    ("change", "element"),
    [
        ({"languages": []}, Element.LANGUAGES),
        ({"fee_includes": {}}, Element.FEE_INCLUDES),
    ],
)
def test_a_run_that_lacks_something_stays_unpublished(
    unpublished: Run, change: dict[str, object], element: Element
) -> None:
    Run.objects.update(**change)

    with pytest.raises(actions.SomethingIsMissing) as refused:
        actions.publish_run(unpublished, by=None, at=clock.now())

    assert [missing.element for missing in refused.value.missing] == [element]
    unpublished.refresh_from_db()
    assert unpublished.published_at is None


def test_a_run_without_a_price_or_a_contacts_name_stays_unpublished(
    unpublished: Run,
) -> None:
    PriceLine.objects.all().delete()
    Person.objects.update(given_name="", family_name="")

    with pytest.raises(actions.SomethingIsMissing) as refused:
        actions.publish_run(unpublished, by=None, at=clock.now())

    assert [missing.element for missing in refused.value.missing] == [
        Element.PRICE,
        Element.CONTACT,
    ]


@pytest.mark.parametrize(
    "state", [VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.RETIRED]
)
def test_only_an_approved_version_runs(unpublished: Run, state: VersionState) -> None:
    ProgrammeVersion.objects.update(state=state)

    with pytest.raises(actions.VersionCannotRun, match="Have it approved first"):
        actions.publish_run(unpublished, by=None, at=clock.now())

    unpublished.refresh_from_db()
    assert unpublished.published_at is None


def test_a_deadline_after_the_end_is_refused(unpublished: Run) -> None:
    Run.objects.update(own_deadline=unpublished.ends_on)

    with pytest.raises(actions.DatesDoNotFit, match="earlier deadline"):
        actions.publish_run(unpublished, by=None, at=clock.now())

    Run.objects.update(own_deadline=unpublished.ends_on - DAY)
    assert actions.publish_run(unpublished, by=None, at=clock.now()).published_at


def test_the_deadline_is_its_own_or_the_intakes() -> None:
    run = factories.run()

    assert run.deadline == date(2027, 1, 21)
    run.own_deadline = date(2027, 1, 5)
    assert run.deadline == date(2027, 1, 5)


def test_harmless_fields_of_a_live_run_change(unpublished: Run) -> None:
    run = actions.publish_run(unpublished, by=None, at=clock.now())
    somebody = people.person()

    run = edit(run, contact=somebody)

    assert (run.place["en"], run.contact) == ("Tallinn", somebody)


def test_a_published_deadline_only_moves_later() -> None:
    run = factories.run()

    with pytest.raises(actions.DatesDoNotFit, match="later, not earlier"):
        edit(run, deadline=date(2027, 1, 20))
    run.refresh_from_db()
    assert (run.own_deadline, run.place["en"]) == (None, "Tartu")

    assert edit(run, deadline=date(2027, 1, 31)).deadline == date(2027, 1, 31)
    with pytest.raises(actions.DatesDoNotFit):
        edit(run)  # back to the intake's


def test_before_it_is_published_a_deadline_moves_freely(unpublished: Run) -> None:
    assert edit(unpublished, deadline=date(2026, 12, 1)).deadline == date(2026, 12, 1)


def test_every_price_line_says_why_it_carries_its_vat(unpublished: Run) -> None:
    PriceLine.objects.create(
        run=unpublished,
        position=2,
        kind=PriceKind.EXTRA,
        text=factories.both("Field trip"),
        net_cents=100_00,
        vat_percent=Decimal(24),
        vat_reason=VatReason.STANDARD,
    )

    actions.publish_run(unpublished, by=None, at=clock.now())

    lines = unpublished.price_lines.order_by("position")
    assert [(line.vat_reason, int(line.vat_percent)) for line in lines] == [
        (VatReason.DEGREE_STUDY, 0),
        (VatReason.STANDARD, 24),
    ]
    assert all(reason.label for reason in VatReason)
