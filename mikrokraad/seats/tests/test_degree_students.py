"""Degree students' places: the study system's list of a section, taken over."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.core import clock
from mikrokraad.core.events import _reactions
from mikrokraad.people.models import RegisterEntry
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions, invariants, queries
from mikrokraad.seats.events import SeatsFreed
from mikrokraad.seats.lists import (
    MOST_STUDENTS,
    Done,
    Line,
    NotAList,
    lists_of,
    read_csv,
)
from mikrokraad.seats.models import LIVE, CapacityUnit, SeatClaim
from mikrokraad.seats.rules import DEGREE_STUDENTS, NoSeatLeft
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
TERM, DAY = "2027-spring", "2026-11-20"
WEEK = timedelta(days=7)


@pytest.fixture
def run() -> Run:
    return run_with_places(5, in_sections=3)


@pytest.fixture
def section(run: Run) -> CourseSection:
    return run.sections.order_by("code")[0]


def given(section: CourseSection, *students: str, **facts: str) -> list[Line]:
    """What happens when the study system gives these students of a section."""
    records = [
        {"section": section.code, "term": TERM, "student": each, "since": DAY, **facts}
        for each in students or ("",)
    ]
    if not students:
        records[0]["since"] = ""
    at = clock.now()
    return actions.import_places(lists_of(records, at=at), by=None, at=at)


def done(lines: list[Line]) -> dict[str, str]:
    return {line.student: line.done.value for line in lines}


def there(section: CourseSection) -> set[str]:
    claims = SeatClaim.objects.filter(LIVE, unit__section=section)
    return set(claims.exclude(outside_id="").values_list("outside_id", flat=True))


def test_students_take_places_and_count_at_once(
    run: Run, section: CourseSection
) -> None:
    lines = given(section, "B1", "B2")

    assert done(lines) == {"B1": "taken", "B2": "taken"}
    assert queries.places_left([run], at=clock.now())[run.pk].left == 1
    pool = SeatClaim.objects.filter(outside_id="B1").values_list("pool__key", "state")
    assert list(pool) == [("degree", "confirmed")]


def test_the_whole_list_replaces_what_was_there(section: CourseSection) -> None:
    given(section, "B1", "B2")

    lines = given(section, "B2", "B3")

    assert done(lines) == {"B3": "taken", "B2": "kept", "B1": "released"}
    assert there(section) == {"B2", "B3"}
    gone = SeatClaim.objects.get(outside_id="B1")
    assert gone.release_reason == "not in the list"


def test_the_same_list_again_changes_nothing(section: CourseSection) -> None:
    given(section, "B1", "B2")
    before = list(SeatClaim.objects.order_by("pk").values())
    written = RegisterEntry.objects.count()

    assert set(done(given(section, "B1", "B2")).values()) == {"kept"}
    assert list(SeatClaim.objects.order_by("pk").values()) == before
    assert RegisterEntry.objects.count() == written


def test_an_empty_list_frees_every_place_and_says_so(
    section: CourseSection, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[SeatsFreed] = []
    monkeypatch.setitem(_reactions, SeatsFreed, [told.append])
    given(section, "B1")

    given(section)

    assert there(section) == set()
    assert [event.run_ids for event in told] == [(run.pk,)]


def test_degree_students_overbook_and_nobody_of_ours_loses_a_place(
    run: Run, section: CourseSection
) -> None:
    at = clock.now()
    bundle = actions.take_bundle(run, person(), hold_until=at + WEEK, at=at)

    given(section, "B1", "B2", "B3")

    unit = CapacityUnit.objects.get(section=section)
    assert unit.overbooking_reason == DEGREE_STUDENTS
    assert bundle.claims.filter(LIVE).count() == 1 + run.sections.count()
    assert list(invariants.broken(at=at)) == []
    with pytest.raises(NoSeatLeft):
        actions.take_bundle(run, person(), hold_until=at + WEEK, at=at)


def test_a_section_that_fits_again_needs_no_reason(section: CourseSection) -> None:
    given(section, "B1", "B2", "B3", "B4")

    given(section, "B1")

    assert CapacityUnit.objects.get(section=section).overbooking_reason == ""


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"section": "NO.SUCH"}, "there is no such section"),
        ({"section": "N\0"}, "there is no such section"),
        ({"term": "2026-autumn"}, "this section is taught in 2027-spring"),
        ({"student": ""}, "it does not say which student"),
        ({"student": "B" * 61}, "it does not say which student"),
        ({"student": "B\0"}, "it does not say which student"),
        ({"since": "yesterday"}, "“since” is not a day that has come"),
        ({"since": "2026-11-26"}, "“since” is not a day that has come"),
        ({"since": "0001-01-01"}, "“since” is not a day that has come"),
        ({"since": "9999-12-31T23:59+00:00"}, "“since” is not a day that has come"),
        ({"since": "2026-11-20T10:00"}, "“since” is not a day that has come"),
        ({"since": ""}, "“since” is not a day that has come"),
    ],
)
def test_a_wrong_record_is_refused_with_its_reason_and_frees_nothing(
    section: CourseSection, record: dict[str, str], why: str
) -> None:
    given(section, "B1")
    whole = {"section": section.code, "term": TERM, "student": "B1", "since": DAY}
    at = clock.now()

    lines = actions.import_places(
        lists_of([{**whole, **record}], at=at), by=None, at=at
    )

    assert [(line.done, line.why) for line in lines] == [(Done.REFUSED, why)]
    assert there(section) == {"B1"}


def test_a_wrong_record_does_not_spoil_the_others(section: CourseSection) -> None:
    given(section, "B1")
    at = clock.now()
    of = {"section": section.code, "term": TERM}
    records = [
        {**of, "student": "B2", "since": DAY},
        {**of, "student": "B2", "since": DAY},
        {**of, "student": "B3", "since": "soon"},
        {**of, "student": "B4", "since": DAY, "term": "2026-autumn"},
    ]

    lines = actions.import_places(lists_of(records, at=at), by=None, at=at)

    assert Counter(line.done.value for line in lines) == {
        "refused": 3,
        "taken": 1,
        "released": 1,
    }
    assert there(section) == {"B2"}


def test_while_somebody_is_unclear_nobody_is_released(section: CourseSection) -> None:
    given(section, "B1")

    given(section, "B2", "\t")

    assert there(section) == {"B1", "B2"}


def test_a_section_takes_only_so_many_students(section: CourseSection) -> None:
    lines = given(section, *(f"B{n}" for n in range(MOST_STUDENTS + 1)))

    assert done(lines)[f"B{MOST_STUDENTS}"] == "refused"
    assert len(there(section)) == MOST_STUDENTS


def test_a_section_without_places_is_refused(section: CourseSection) -> None:
    CapacityUnit.objects.filter(section=section).delete()

    (line,) = given(section, "B1")

    assert line.why == "no places were opened for this section"


@pytest.mark.parametrize(
    "data",
    [
        b"code,name\n",
        b"",
        b"\xff\xfe",
        b'section,term,student,since\n"a',
        b"x" * 5_000_001,
        b"section,term,student,since\n" + b"a,b,c,d\n" * 50_001,
    ],
    ids=["columns", "empty", "not UTF-8", "torn", "large", "long"],
)
def test_a_file_that_is_no_list_is_refused_whole(data: bytes) -> None:
    with pytest.raises(NotAList):
        read_csv(data, at=clock.now())


def test_the_command_takes_a_file_over_and_says_what_it_did(
    section: CourseSection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "places.csv"
    file.write_text(
        f"section,term,student,since\n{section.code},{TERM},B1,{DAY}\n"
        f"{section.code},{TERM},B2,never\n"
    )

    with pytest.raises(CommandError, match="1 records were refused"):
        call_command("import_places", file, "--dry-run")
    assert there(section) == set()
    assert (
        "Would be: 1 taken, 0 kept, 0 released, 1 refused." in capsys.readouterr().out
    )

    with pytest.raises(CommandError, match="the others are in"):
        call_command("import_places", file)
    assert there(section) == {"B1"}
    assert f"{section.code}  B1  taken" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["missing.csv", "."])
def test_the_command_says_what_it_cannot_read(tmp_path: Path, what: str) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_places", tmp_path / what)
