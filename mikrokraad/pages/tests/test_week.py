"""“Does it fit my week?” on a programme's page, and the semester with its times."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from mikrokraad.catalogue.models import Run, Session
from mikrokraad.pages.tests.factories import offered, text_of, words_of

pytestmark = pytest.mark.django_db
PAGE = "/en/programmes/data-science/"


@pytest.fixture
def run() -> Run:
    """Two courses: Thursdays from 16:15, an exam in summer time from 17:15."""
    return offered("Data Science", slug="data-science")


def first_session(run: Run) -> Session:
    sessions = Session.objects.filter(section__run_sections__run=run)
    return sessions.order_by("starts_at", "pk")[0]


def test_nothing_is_said_of_a_week_that_nobody_told(client: Client, run: Run) -> None:
    page = client.get(PAGE)

    assert text_of(page).count('name="week"') == 12
    assert "fit your week" not in words_of(page)
    assert "strip__day--clash" not in text_of(page)


def test_every_clash_is_marked_and_said_in_words(client: Client, run: Run) -> None:
    page = client.get(f"{PAGE}?week=thu-eve")

    words = words_of(page)
    assert "4 of 6 sessions do not fit your week." in words
    assert (
        "Thu 11 February 16:15–19:30 Course 1: "
        "you said that Thursday daytime is not free" in words
    )
    assert "10 June 17:15" not in words.partition("Does it fit")[2]  # summer time
    assert text_of(page).count("strip__day--clash") == 2 + 1  # and the legend
    assert 'value="thu-eve" checked' in text_of(page)


def test_two_times_of_a_day_are_not_free(client: Client, run: Run) -> None:
    page = client.get(f"{PAGE}?week=mon-eve")

    assert "you said that Thursday daytime and Thursday evening are not free" in (
        words_of(page)
    )


def test_an_exam_that_clashes_is_called_one(client: Client, run: Run) -> None:
    page = client.get(f"{PAGE}?week=mon-eve")

    told = words_of(page).partition("do not fit your week")[2]
    assert "Thu 10 June 17:15–20:30 Course 1, exam: you said" in told


def test_months_are_small_in_estonian(client: Client, run: Run) -> None:
    page = text_of(client.get(PAGE.replace("/en/", "/et/")))

    assert '<span class="strip__month">veebr</span>' in page


def test_what_fits_is_said_so(client: Client, run: Run) -> None:
    page = client.get(f"{PAGE}?week=thu-eve&week=thu-day")

    assert "Every session fits your week." in words_of(page)
    assert "strip__day--clash" not in text_of(page)


def test_times_are_those_of_the_clock_in_summer_and_in_winter(
    client: Client, run: Run
) -> None:
    one = first_session(run)
    for month, hour in ((3, 14), (4, 13)):  # 28 March lies between them
        day = datetime(2027, month, 25 if month == 3 else 1, hour, 15, tzinfo=UTC)
        Session.objects.create(
            section=one.section, starts_at=day, ends_at=day.replace(hour=hour + 3)
        )

    words = words_of(client.get(PAGE))

    assert "Thu 25 March Course 1 16:15–19:15" in words
    assert "Thu 1 April Course 1 16:15–19:15" in words


def test_a_public_holiday_on_which_a_session_falls_is_said(
    client: Client, run: Run
) -> None:
    day = datetime(2027, 2, 24, 14, tzinfo=UTC)
    Session.objects.filter(pk=first_session(run).pk).update(
        starts_at=day, ends_at=day.replace(hour=16)
    )

    words = words_of(client.get(PAGE))

    assert "Wed 24 February is a public holiday: Independence Day." in words
    assert "K 24. veebruar on riigipüha: iseseisvuspäev." in words_of(
        client.get(PAGE.replace("/en/", "/et/"))
    )


def test_free_times_and_answers_keep_each_other(client: Client, run: Run) -> None:
    page = text_of(client.get(f"{PAGE}?week=sat&education=higher"))

    assert '<input type="hidden" name="week" value="sat">' in page
    assert '<input type="hidden" name="education" value="higher">' in page


def test_what_no_week_has_does_no_harm(client: Client, run: Run) -> None:
    page = client.get(f"{PAGE}?week=never&week=%00")

    assert "fit your week" not in words_of(page)
