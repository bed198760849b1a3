"""What anybody may see, in a number of queries that does not grow."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mikrokraad.catalogue import facts, queries
from mikrokraad.catalogue.filters import Wanted
from mikrokraad.catalogue.models import (
    Intake,
    ProgrammeVersion,
    Requirement,
    Run,
    Story,
    Term,
)
from mikrokraad.catalogue.rules import Applying, VersionState
from mikrokraad.catalogue.search.finding import Found
from mikrokraad.catalogue.search.index import built
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2027, 1, 21, 22, 0, tzinfo=UTC)  # in Tallinn
SECOND = timedelta(seconds=1)


def autumn() -> Intake:
    term = Term.objects.create(
        code="2027-autumn",
        name=factories.both("Autumn 2027"),
        starts_on=date(2027, 9, 1),
        ends_on=date(2027, 12, 20),
    )
    return Intake.objects.create(
        term=term, name=term.name, default_deadline=date(2027, 8, 23)
    )


def counted(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        read()
    return len(asked)


def whole_list() -> None:
    runs = list(queries.published_runs().prefetch_related("price_lines"))
    for run in runs:
        assert run.version.programme.unit.name
        assert run.version.field
        assert run.contact.given_name
        assert run.deadline > run.opens_at.date()
        assert run.intake.term.name


def listed(*, at: datetime) -> Found:
    return Found(built(1)[0], Wanted(), Moment(at), language="en")


def test_the_list_takes_as_many_queries_for_many_as_for_one() -> None:
    factories.run()
    whole = counted(whole_list)
    for _n in range(6):
        factories.run()

    assert counted(whole_list) == whole == 2


def test_a_programmes_page_takes_as_many_queries_whatever_it_has() -> None:
    def read(slug: str) -> None:
        page = queries.run_page(slug)
        assert page is not None
        for run in page.runs:
            for taught in run.run_sections.all():
                assert list(taught.section.sessions.all())
        assert [part.course.field for part in page.current.components.all()]

    first = factories.run()
    few = counted(lambda: read(first.version.programme.slug))
    for _n in range(4):
        factories.run()
    later = factories.run(first.version, intake=autumn())

    assert counted(lambda: read(later.version.programme.slug)) == few


def test_only_published_runs_that_take_place_are_listed() -> None:
    shown = factories.run()
    factories.run(published_at=None)
    factories.run(cancelled_at=clock.now())

    assert list(queries.published_runs()) == [shown]
    assert [hit.run for hit in listed(at=clock.now()).hits(0, 9)] == [shown.pk]


@pytest.mark.parametrize(
    ("at", "standing"),
    [
        (factories.OPENED - SECOND, Applying.NOT_YET),
        (factories.OPENED, Applying.OPEN),
        (MIDNIGHT - SECOND, Applying.OPEN),
        (MIDNIGHT, Applying.OVER),
    ],
)
def test_list_and_page_agree_to_the_second(at: datetime, standing: Applying) -> None:
    run = factories.run()

    assert queries.how_it_stands(run, at=at) == standing
    assert listed(at=at).fit.standings() == [
        [standing == one for one in (Applying.OPEN, Applying.NOT_YET, Applying.OVER)]
    ]
    assert queries.may_apply(run, at) == (standing == Applying.OPEN)


def test_a_runs_own_deadline_counts_in_the_list_too() -> None:
    run = factories.run(own_deadline=date(2027, 1, 31))
    at = MIDNIGHT + timedelta(days=9)

    assert listed(at=at).fit.standings() == [[1, 0, 0]]
    assert queries.how_it_stands(run, at=at) == Applying.OPEN


def test_the_page_shows_the_run_one_can_still_apply_to() -> None:
    in_autumn: dict[str, Any] = {
        "starts_on": date(2027, 9, 1),
        "ends_on": date(2027, 12, 20),
    }
    spring = factories.run()
    fall = factories.run(spring.version, intake=autumn(), **in_autumn)
    page = queries.run_page(spring.version.programme.slug)
    assert page is not None

    assert page.next_run(at=MIDNIGHT - SECOND) == spring
    assert page.next_run(at=MIDNIGHT) == fall
    assert page.next_run(at=MIDNIGHT + timedelta(days=900)) == fall
    assert page.run_in("2027-spring") == spring
    assert page.run_in("1999-spring") is None
    assert page.current == spring.version


def test_a_draft_has_no_page() -> None:
    version = factories.version()
    assert queries.run_page("nothing-like-that") is None
    ProgrammeVersion.objects.update(state=VersionState.DRAFT)

    assert queries.run_page(version.programme.slug) is None
    assert list(queries.programmes_with_pages()) == []


def test_programmes_with_pages_stand_once_each() -> None:
    version = factories.version()
    ProgrammeVersion.objects.create(
        programme=version.programme,
        major=2,
        state=VersionState.RETIRED,
        approved_at=clock.now(),
    )

    assert list(queries.programmes_with_pages()) == [version.programme]


def test_programmes_to_be_completed_before_are_found_by_their_code() -> None:
    before, version = factories.version("Before"), factories.version()
    assert queries.prior_programmes(version) == {}
    Requirement.objects.create(
        version=version,
        position=1,
        key="before",
        kind="prior_programme",
        text={},
        params={"register_code": before.programme.register_code},
    )

    assert queries.prior_programmes(version) == {before.programme.register_code: before}


def test_stories_are_shown_with_consent_newest_first() -> None:
    programme = factories.version().programme
    for slug, days in (("old", 9), ("new", 1)):
        Story.objects.create(
            slug=slug,
            programme=programme,
            who="Liis",
            consent_on=clock.today(),
            published_at=clock.now() - timedelta(days=days),
        )
    Story.objects.create(slug="private", programme=programme, who="Karl")

    assert [story.slug for story in queries.stories()] == ["new", "old"]


def test_a_desk_shows_what_belongs_to_its_unit() -> None:
    run = factories.run(published_at=None)
    manager = people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit())
    elsewhere = people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit("OTHER"))
    lecturer = people.staff(Duty.LECTURER, unit=people.unit())

    assert list(queries.runs_at(manager)) == [run]
    assert list(queries.versions_at(manager)) == [run.version]
    for stranger in (elsewhere, lecturer, people.person()):
        assert not Run.objects.filter(pk__in=queries.runs_at(stranger)).exists()
        assert not queries.versions_at(stranger).exists()


def test_a_fingerprint_is_of_words_and_parts_but_not_of_the_state() -> None:
    version = factories.version()
    before = facts.fingerprint(version)
    ProgrammeVersion.objects.update(state=VersionState.RETIRED)
    version.refresh_from_db()
    assert facts.fingerprint(version) == before

    Requirement.objects.create(
        version=version, position=1, key="a", kind="free_text", text={}
    )

    assert facts.fingerprint(version) != before
