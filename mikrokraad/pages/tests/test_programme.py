"""A programme's page: every fact somebody needs, and what to do in each situation."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from time_machine import travel

from mikrokraad.admissions.tests import factories as admissions
from mikrokraad.catalogue.models import PriceLine, ProgrammeVersion, Requirement, Run
from mikrokraad.catalogue.rules import (
    PriceKind,
    RequirementKind,
    VatReason,
    VersionState,
)
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.pages.tests.factories import (
    OVER,
    full,
    offered,
    summer,
    text_of,
    words_of,
)
from mikrokraad.pathways.tests import factories as pathways
from mikrokraad.people.tests import factories as people
from mikrokraad.seats.models import CapacityUnit

pytestmark = pytest.mark.django_db
TALLINN = ZoneInfo("Europe/Tallinn")
PAGE = "/en/programmes/data-science/"
SOON = datetime(2026, 12, 1, 8, tzinfo=UTC)


def data_science(**facts: object) -> Run:
    return offered("Data Science", slug="data-science", **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fact",
    [
        "Spring 2027 · Information technology · Micro-degree",
        "Learn to turn a question at work into data and an answer.",
        "does thing 1 Assessed by: project; works",
        "Four courses beside a job.",
        "For people who work with numbers.",
        "Courses, 12 ECTS",
        "Course 1 6 ECTS",
        "2 sessions (Thursday), exam 10 June",
        "€2,400 No VAT: these are degree-study courses. Your employer can pay.",
        "Places 20 of 20 left",
        "Apply until 21 January 2027",
        "Starts 8 February 2027",
        "Ends 18 June 2027",
        "Volume 12 ECTS, 312 hours",
        "Study block mode, Tartu",
        "Language in English",
        "What the fee includes teaching and materials",
        "Questions? Mari Tamm",
        "About 17 hours a week over 19 weeks",
        "Level EQF 7",
        "Quality assurance institutional evaluation",
        "Code in the national register 2",
        "How to apply, and what then 21 January 2027 You apply",
    ],
)
def test_the_page_says(client: Client, fact: str) -> None:
    data_science()

    assert fact in words_of(client.get(PAGE))


def test_sessions_are_drawn_and_said_in_words(client: Client) -> None:
    data_science()

    page = client.get(PAGE)

    assert text_of(page).count("strip__day--session") == 2 + 1  # and the legend
    assert "Thu 11 February Course 1" in words_of(page)
    assert "Wed 10 June" not in words_of(page)  # a Thursday
    assert "Thu 10 June Course 1, exam" in words_of(page)


def test_the_page_says_how_much_of_a_degree_it_is(client: Client) -> None:
    run = data_science()
    slots = pathways.slots_of(pathways.curriculum("Statistics"))
    for component, slot in zip(run.version.components.all(), slots, strict=False):
        pathways.counts(component.course, slot)

    words = words_of(client.get(PAGE))

    assert "Statistics master's degree 12 of 120 ECTS" in words
    assert words.count("Counts in the degree: Statistics") == 2


def test_of_courses_to_choose_only_what_must_be_chosen_counts(client: Client) -> None:
    version = catalogue.version("Data Science", slug="data-science")
    group = catalogue.elective_group(version, courses=2, min_ects=6)
    catalogue.run(version)
    slots = pathways.slots_of(pathways.curriculum("Statistics"))
    for component, slot in zip(group.components.all(), slots, strict=False):
        pathways.counts(component.course, slot)

    words = words_of(client.get(PAGE))

    assert "Choose at least 6 ECTS: Choose one" in words
    assert "Statistics master's degree 6 of 120 ECTS" in words


# What the button says ---------------------------------------------------------------


def test_open_leads_to_applying(client: Client) -> None:
    run = data_science()

    page = client.get(PAGE)

    assert f'href="/en/apply/{run.pk}/">Apply until 21 January</a>' in text_of(page)


def test_a_run_with_its_own_deadline_says_that_one(client: Client) -> None:
    data_science(own_deadline=date(2026, 12, 4))

    words = words_of(client.get(PAGE))

    assert "Apply until 4 December" in words
    assert "21 January" not in words


def test_full_leads_to_the_waiting_list(client: Client) -> None:
    run = full(data_science(places=2))

    page = client.get(PAGE)

    assert f'href="/en/apply/{run.pk}/">Apply for the waiting list</a>' in text_of(page)
    assert "all 2 taken" in words_of(page)


def test_it_says_how_many_wait(client: Client) -> None:
    run = data_science()
    admissions.waitlisted(run)

    assert "all 20 taken, 1 person waits" in words_of(client.get(PAGE))


def test_closed_offers_to_tell_when_it_opens_again(client: Client) -> None:
    data_science(own_deadline=OVER)

    page = client.get(PAGE)

    assert f'{PAGE}tell-me/">Tell me when it opens again</a>' in text_of(page)
    assert "Applications were open until 20 November." in words_of(page)
    assert "How to apply" not in words_of(page)
    assert "/en/apply/" not in text_of(page)


def test_closed_leads_to_the_semester_that_is_open(client: Client) -> None:
    run = data_science(own_deadline=OVER)
    catalogue.run(run.version, intake=summer())

    page = client.get(f"{PAGE}?semester=2027-spring")

    assert f'{PAGE}?semester=2027-summer">Look at summer 2027</a>' in text_of(page)


def test_not_open_yet_says_from_when(client: Client) -> None:
    data_science(opens_at=SOON)

    page = client.get(PAGE)

    assert "You can apply from 1 December until 21 January." in words_of(page)
    assert "/en/apply/" not in text_of(page)


def test_an_employers_group_leads_to_the_contact_person(client: Client) -> None:
    run = data_science(commissioned_by=people.organisation())

    page = client.get(PAGE)

    assert f'href="/en/ask/{run.pk}/">Ask the contact person' in text_of(page)
    assert "Your employer pays" in words_of(page)
    assert "€2,400" not in words_of(page)
    assert "/en/apply/" not in text_of(page)


def test_free_says_free(client: Client) -> None:
    data_science(fee_cents=0)

    words = words_of(client.get(PAGE))

    assert "Free" in words
    assert "You or your employer pays" not in words


def test_an_application_fee_stands_beside_the_fee(client: Client) -> None:
    PriceLine.objects.create(
        run=data_science(),
        kind=PriceKind.APPLICATION_FEE,
        text=catalogue.both("Application fee"),
        position=2,
        net_cents=25_00,
        vat_percent=0,
        vat_reason=VatReason.DEGREE_STUDY,
    )

    words = words_of(client.get(PAGE))

    assert "€2,400" in words
    assert "An application fee of €25 is added." in words


def test_vat_is_part_of_the_price_and_said(client: Client) -> None:
    run = data_science()
    PriceLine.objects.filter(run=run).update(
        vat_percent=24, vat_reason=VatReason.STANDARD
    )

    words = words_of(client.get(PAGE))

    assert "€2,976 VAT €576 is in it." in words


def test_an_applicant_goes_on_where_they_stopped(client: Client) -> None:
    application = admissions.draft(data_science())
    client.force_login(application.person)

    page = client.get(PAGE)

    assert (
        f'href="{application.get_absolute_url()}">Go on with your application</a>'
        in text_of(page)
    )


def test_without_dates_the_page_still_stands(client: Client) -> None:
    catalogue.version("Data Science", slug="data-science")

    words = words_of(client.get(PAGE))

    assert "The next dates are not known yet." in words
    assert "Apply until" not in words


# Conditions and versions -------------------------------------------------------------


def test_what_must_be_completed_before_is_a_link(client: Client) -> None:
    first = catalogue.version("First Steps", slug="first-steps")
    version = catalogue.version("Data Science", slug="data-science")
    Requirement.objects.create(
        version=version,
        position=1,
        key="before",
        kind=RequirementKind.PRIOR_PROGRAMME,
        text=catalogue.both("You have completed First Steps."),
        params={"register_code": first.programme.register_code},
    )
    catalogue.run(version)

    page = client.get(PAGE)

    assert "You have completed First Steps." in words_of(page)
    assert '<a href="/en/programmes/first-steps/">First Steps</a>' in text_of(page)


def two_versions() -> Run:
    """A run of the first version, and a second one with a larger volume."""
    run = data_science()
    ProgrammeVersion.objects.create(
        programme=run.version.programme,
        major=2,
        state=VersionState.APPROVED,
        title=catalogue.both("Data Science Anew"),
        lead=catalogue.both("With more data."),
        content=catalogue.both("Five courses."),
        ects=18,
        field=catalogue.field(),
        eqf_level=7,
        approved_at=catalogue.OPENED,
    )
    return run


def test_the_page_shows_the_version_of_its_run(client: Client) -> None:
    two_versions()

    page = client.get(PAGE)

    assert "<h1>Data Science</h1>" in text_of(page)
    assert f'<a href="{PAGE}versions/2.0/">2.0</a> (18 ECTS)' in text_of(page)


def test_an_older_version_says_that_there_is_a_newer_one(client: Client) -> None:
    two_versions()

    page = client.get(f"{PAGE}versions/1.0/")

    assert "There is a newer version of this programme." in words_of(page)
    assert "does thing 3 Assessed by: project; works" in words_of(page)


def test_the_newest_version_says_that_it_is_taught_now(client: Client) -> None:
    two_versions()

    page = client.get(f"{PAGE}versions/2.0/")

    assert "This is the version that is taught now." in words_of(page)


@pytest.mark.parametrize(
    "path",
    [
        "/en/programmes/nothing/",
        f"{PAGE}versions/9.9/",
        f"{PAGE}versions/x/",
        "/en/programmes/hidden/",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    data_science()
    hidden = catalogue.version("Hidden", slug="other")
    hidden.programme.versions.model.objects.create(
        programme=type(hidden.programme).objects.create(
            slug="hidden",
            kind=catalogue.kind(),
            unit=people.unit(),
            created_at=catalogue.OPENED,
        ),
        state=VersionState.DRAFT,
        title=catalogue.both("Hidden"),
        ects=12,
        eqf_level=7,
    )

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("semester", ["zzz", "", "%00", "1999-spring"])
def test_a_strange_semester_shows_the_next_run(client: Client, semester: str) -> None:
    data_science()

    page = client.get(f"{PAGE}?semester={semester}")

    assert "Apply until 21 January" in words_of(page)


def test_the_page_speaks_estonian(client: Client) -> None:
    data_science()

    words = words_of(client.get("/et/programmes/data-science/"))

    assert "Data Science (et)" in words
    assert "Kandideeri 21. jaanuarini" in words
    assert "2400 €" in words
    assert "2 kohtumist (neljapäev), eksam 10. juuni" in words


# Places ------------------------------------------------------------------------------


def test_the_course_that_is_nearly_full_is_named(client: Client) -> None:
    data_science()
    CapacityUnit.objects.filter(section__course__title__en="Course 2").update(size=3)

    words = words_of(client.get(PAGE))

    assert "3 of 20 left, because the course Course 2 is nearly full" in words


def test_the_course_that_is_full_is_named(client: Client) -> None:
    data_science()
    CapacityUnit.objects.filter(section__course__title__en="Course 2").update(size=0)

    words = words_of(client.get(PAGE))

    assert "none left, because the course Course 2 is full" in words
    assert "Every place is taken; you would be the first in line." in words


# How long there is time ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("2026-11-24T12:00", "58 days left."),
        ("2027-01-20T12:00", "1 day left."),
        ("2027-01-20T23:59", "1 day left."),
        ("2027-01-21T00:00", "The last day is today."),
        ("2027-01-21T18:00", "Closes tonight at midnight."),
        ("2027-01-21T23:59", "Closes tonight at midnight."),
        ("2027-01-22T00:00", "Applications were open until 21 January."),
    ],
)
def test_the_time_that_is_left_is_said_by_the_clock_in_tallinn(
    client: Client, at: str, says: str
) -> None:
    data_science()

    with travel(datetime.fromisoformat(at).replace(tzinfo=TALLINN), tick=False):
        words = words_of(client.get(PAGE))

    assert says in words


def test_the_time_that_is_left_is_said_in_estonian(client: Client) -> None:
    data_science()

    assert "58 päeva jäänud" in words_of(client.get(PAGE.replace("/en/", "/et/")))
