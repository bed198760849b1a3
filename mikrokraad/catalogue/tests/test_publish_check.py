"""Every night: would what is published still publish? A letter when something is new."""

from datetime import datetime, timedelta

import pytest

from mikrokraad.catalogue import clocks
from mikrokraad.catalogue.actions.checks import check_what_is_published
from mikrokraad.catalogue.completeness import Element
from mikrokraad.catalogue.models import Kind, Run, WouldNotPublish
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def run() -> Run:
    people.institution()
    return factories.run()


@pytest.fixture
def at() -> datetime:
    return clock.now()


def wrong() -> list[tuple[str, bool]]:
    rows = WouldNotPublish.objects.order_by("element")
    return [(row.element, row.run_id is not None) for row in rows]


@pytest.mark.usefixtures("run")
def test_what_is_whole_is_not_told_of(at: datetime) -> None:
    assert check_what_is_published(at=at) == 0
    assert wrong() == []


def test_a_limit_that_changed_is_found_and_told_once(run: Run, at: datetime) -> None:
    Kind.objects.update(min_ects=20)

    first = check_what_is_published(at=at)
    again = check_what_is_published(at=at + timedelta(hours=1))
    next_day = check_what_is_published(at=at + DAY)

    assert (first, again, next_day) == (1, 0, 0)
    assert wrong() == [(Element.WORKLOAD, False)]
    letter = OutboxMessage.objects.get()
    assert letter.payload["to"] == run.contact.email
    assert (
        "Data Science: a volume within the limits of its kind"
        in (letter.payload["body"])
    )


def test_what_a_run_lacks_is_said_of_the_run(run: Run, at: datetime) -> None:
    Person.objects.filter(pk=run.contact_id).update(given_name="", family_name="")
    run.price_lines.all().delete()

    assert check_what_is_published(at=at) == 2
    assert wrong() == [(Element.CONTACT, True), (Element.PRICE, True)]


def test_what_was_mended_is_forgotten_and_told_anew_if_it_comes_back(
    run: Run, at: datetime
) -> None:
    Run.objects.update(fee_includes={})
    check_what_is_published(at=at)
    Run.objects.update(fee_includes=run.fee_includes)
    check_what_is_published(at=at + DAY)
    mended = wrong()
    Run.objects.update(fee_includes={})

    assert check_what_is_published(at=at + 2 * DAY) == 1
    assert mended == []
    assert OutboxMessage.objects.count() == 2


def test_runs_that_are_over_or_cancelled_are_left_alone(run: Run, at: datetime) -> None:
    Run.objects.update(fee_includes={}, cancelled_at=at)

    assert check_what_is_published(at=at) == 0
    Run.objects.update(cancelled_at=None)
    assert check_what_is_published(at=at + 400 * DAY) == 0


def test_managers_of_other_units_hear_nothing(run: Run, at: datetime) -> None:
    people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit("ELSEWHERE"))
    Run.objects.update(fee_includes={})

    check_what_is_published(at=at)

    assert [row.payload["to"] for row in OutboxMessage.objects.all()] == [
        run.contact.email
    ]


@pytest.mark.usefixtures("run")
def test_before_two_at_night_nothing_is_looked_at(at: datetime) -> None:
    Kind.objects.update(min_ects=20)
    midnight = at.replace(hour=22)  # in UTC: midnight in Tallinn

    assert check_what_is_published(at=midnight) == 0
    assert clocks.tick(at=midnight + timedelta(hours=3)) == [
        "1 things would not publish that did before."
    ]
