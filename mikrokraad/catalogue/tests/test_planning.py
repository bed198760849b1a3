"""Runs that are prepared: rolled over without dates, published with every check."""

from datetime import date

import pytest

from mikrokraad.catalogue import actions
from mikrokraad.catalogue.completeness import Element
from mikrokraad.catalogue.desk import running, whose
from mikrokraad.catalogue.models import Intake, PlannedRun, ProgrammeVersion, Run, Term
from mikrokraad.catalogue.rules import VersionState
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.core.calendar import start_of
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
DATES = ("opens_on", "own_deadline", "starts_on", "ends_on", "decide_by")


@pytest.fixture
def kadri() -> Person:
    people.institution()
    return people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit())


@pytest.fixture
def run() -> Run:
    return factories.run()


@pytest.fixture
def autumn() -> Intake:
    term = Term.objects.create(
        code="2027-autumn",
        name={"et": "Sügis 2027", "en": "Autumn 2027"},
        starts_on=date(2027, 8, 30),
        ends_on=date(2028, 1, 30),
    )
    return Intake.objects.create(
        term=term, name=term.name, default_deadline=date(2027, 8, 23)
    )


@pytest.fixture
def plan(run: Run, autumn: Intake, kadri: Person) -> PlannedRun:
    return actions.plan_run(
        run.version, autumn, like=run, places=30, by=kadri, at=clock.now()
    )


def with_dates(plan: PlannedRun, by: Person) -> PlannedRun:
    dates = {"starts_on": date(2027, 9, 3), "ends_on": date(2027, 12, 17)}
    return actions.edit_plan(plan, dates, by=by, at=clock.now())


def test_no_date_is_invented(plan: PlannedRun, run: Run) -> None:
    assert [getattr(plan, name) for name in DATES] == [None] * 5
    assert (plan.places, plan.contact, plan.languages) == (30, run.contact, ["en"])
    assert [line["net_cents"] for line in plan.prices] == [2400_00]
    assert [one.element for one in whose.missing_in(plan.version, plan)] == [
        Element.DATES
    ]


def test_it_is_published_with_price_places_and_teachings(
    plan: PlannedRun, kadri: Person
) -> None:
    plan = with_dates(plan, kadri)
    course = plan.version.components.get(position=1).course
    section = factories.section(course)
    type(section).objects.filter(pk=section.pk).update(term=plan.intake.term)

    run = actions.publish_plan(plan, by=kadri, at=clock.now())

    assert run.published_at == run.opens_at == clock.now()
    assert run.deadline == date(2027, 8, 23)
    assert [line.net_cents for line in run.price_lines.all()] == [2400_00]
    assert [joined.section for joined in run.run_sections.all()] == [section]
    assert run.capacity.size == 30
    assert not PlannedRun.objects.exists()


def test_an_opening_day_is_kept(plan: PlannedRun, kadri: Person) -> None:
    plan = with_dates(plan, kadri)
    day = {"opens_on": date(2027, 5, 1)}

    plan = actions.edit_plan(plan, day, by=kadri, at=clock.now())
    run = actions.publish_plan(plan, by=kadri, at=clock.now())

    assert run.opens_at == start_of(date(2027, 5, 1))


@pytest.mark.parametrize(
    ("values", "element"),
    [
        ({"starts_on": None}, Element.DATES),
        ({"ends_on": None}, Element.DATES),
        ({"places": None}, Element.PLACES),
        ({"prices": []}, Element.PRICE),
        ({"languages": []}, Element.LANGUAGES),
        ({"fee_includes": {}}, Element.FEE_INCLUDES),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_published(
    plan: PlannedRun, kadri: Person, values: dict[str, object], element: Element
) -> None:
    plan = actions.edit_plan(with_dates(plan, kadri), values, by=kadri, at=clock.now())

    with pytest.raises(actions.SomethingIsMissing) as refused:
        actions.publish_plan(plan, by=kadri, at=clock.now())

    assert [one.element for one in refused.value.missing] == [element]
    assert Run.objects.count() == 1
    assert PlannedRun.objects.count() == 1


def test_studies_do_not_end_before_they_start(plan: PlannedRun, kadri: Person) -> None:
    dates = {"starts_on": date(2027, 9, 3), "ends_on": date(2027, 9, 2)}

    with pytest.raises(actions.DatesDoNotFit, match="end before they start"):
        actions.edit_plan(plan, dates, by=kadri, at=clock.now())

    plan.refresh_from_db()
    assert plan.starts_on is None


def test_one_run_in_a_semester_is_enough(
    plan: PlannedRun, run: Run, autumn: Intake, kadri: Person
) -> None:
    for intake in (autumn, run.intake):
        with pytest.raises(actions.RunIsPlanned, match="has a run in that semester"):
            actions.plan_run(run.version, intake, by=kadri, at=clock.now())

    assert PlannedRun.objects.get() == plan


def test_a_newer_version_does_not_run_beside_the_older_one(
    run: Run, kadri: Person
) -> None:
    at = clock.now()
    newer = actions.create_draft(run.version.programme, material=True, by=None, at=at)
    ProgrammeVersion.objects.filter(pk=newer.pk).update(
        state="approved", approved_at=at
    )

    with pytest.raises(actions.RunIsPlanned):
        actions.plan_run(newer, run.intake, by=kadri, at=at)

    Run.objects.update(cancelled_at=at)
    assert running.intakes_for(newer, on=clock.today()) == [run.intake]
    assert actions.plan_run(newer, run.intake, by=kadri, at=at).version == newer


@pytest.mark.parametrize(
    "state", [VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.RETIRED]
)
def test_only_an_approved_version_is_planned(
    autumn: Intake, kadri: Person, state: VersionState
) -> None:
    version = factories.version()
    ProgrammeVersion.objects.filter(pk=version.pk).update(state=state)

    with pytest.raises(actions.VersionCannotRun):
        actions.plan_run(version, autumn, by=kadri, at=clock.now())

    assert not PlannedRun.objects.exists()


def test_a_plan_can_be_dropped(plan: PlannedRun, kadri: Person) -> None:
    actions.drop_plan(plan, by=kadri, at=clock.now())

    assert not PlannedRun.objects.exists()


def test_semesters_to_choose_from_are_those_without_a_run(
    run: Run, autumn: Intake
) -> None:
    assert running.intakes_for(run.version, on=clock.today()) == [autumn]


def test_sessions_that_are_not_known_are_said_to_be_unknown(plan: PlannedRun) -> None:
    told = running.teachings_for(plan)

    assert [(section, count) for _course, section, count in told] == [(None, 0)] * 2
