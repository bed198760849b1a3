"""The edition grows with whatever a visitor sees, and with nothing else."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from mikrokraad.catalogue import actions
from mikrokraad.catalogue.models import (
    Course,
    CourseSection,
    Edition,
    Field,
    Intake,
    Kind,
    Outcome,
    PriceLine,
    Programme,
    Run,
    RunSection,
    Session,
    Story,
    Term,
)
from mikrokraad.catalogue.queries import edition
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
WATCHED = [
    Programme,
    Kind,
    Field,
    Course,
    Term,
    Intake,
    Run,
    RunSection,
    PriceLine,
    CourseSection,
    Session,
    Story,
]


@pytest.fixture
def offered() -> Run:
    run = factories.run()
    Story.objects.create(
        slug="one", programme=run.version.programme, who="Mari", published_at=None
    )
    return run


def grown(change: Callable[[], object]) -> bool:
    before = edition()
    change()
    return edition() > before


@pytest.mark.parametrize("model", WATCHED)
@pytest.mark.usefixtures("offered")
def test_it_grows_with_each_table_that_is_shown(model: type) -> None:
    first = model.objects.first()  # type: ignore[attr-defined]
    assert grown(first.save)


def test_it_grows_with_a_teacher(offered: Run) -> None:
    section = offered.sections.get(code=offered.sections.first().code)  # type: ignore[union-attr]
    assert grown(lambda: section.teachers.add(people.person()))


@pytest.mark.usefixtures("offered")
def test_it_grows_when_a_row_goes() -> None:
    assert grown(lambda: Session.objects.all().delete())


def test_it_grows_when_a_version_is_approved_but_not_while_it_is_written(
    offered: Run,
) -> None:
    people.institution()
    programme = offered.version.programme
    now, manager, officer = clock.now(), people.person(), people.person()
    draft = actions.create_draft(programme, material=True, by=manager, at=now)
    assert not grown(
        lambda: actions.edit_texts(
            draft, {"lead": factories.both("Other words")}, by=manager, at=now
        )
    )
    assert not grown(lambda: draft.outcomes.filter(position=1).delete())
    Outcome.objects.create(
        version=draft,
        position=1,
        text=factories.both("does a thing"),
        assessment=factories.both("project"),
        criterion=factories.both("works"),
    )
    assert not grown(lambda: actions.submit_for_review(draft, by=manager, at=now))
    assert grown(lambda: actions.approve(draft, by=officer, at=now))
    assert grown(lambda: actions.retire(draft, by=officer, at=now))


def test_a_change_that_is_taken_back_leaves_it(offered: Run) -> None:
    before = edition()
    with transaction.atomic():
        offered.save()
        assert edition() > before
        transaction.set_rollback(True)
    assert edition() == before


def test_emptied_and_filled_again_it_never_comes_back(offered: Run) -> None:
    before = edition()
    Edition.objects.all().delete()
    assert edition() == 0
    offered.save()
    assert edition() >= before - 1_000  # an hour in milliseconds, then one by one


@pytest.mark.usefixtures("offered")
def test_many_rows_at_once_are_one_edition_on_postgresql() -> None:
    before = edition()
    Session.objects.update(room="Delta 1021")
    steps = edition() - before
    rows = Session.objects.count()
    assert steps == (1 if connection.vendor == "postgresql" else rows)
