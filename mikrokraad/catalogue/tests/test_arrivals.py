"""Arrivals from campaigns are counted, and nothing else is known of anybody."""

from datetime import date, timedelta

import pytest

from mikrokraad.catalogue.arrivals import actions, queries, rules
from mikrokraad.catalogue.arrivals.rules import Campaign
from mikrokraad.catalogue.models import Arrivals
from mikrokraad.catalogue.tests import factories
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people

DAY = date(2026, 11, 24)
LETTER = Campaign("newsletter", "e-mail", "spring 2027")


@pytest.mark.parametrize(
    ("asked", "campaign"),
    [
        ({"utm_source": "Facebook"}, Campaign("facebook")),
        (
            {
                "utm_source": "kiri",
                "utm_medium": " E-Mail ",
                "utm_campaign": "õpi_2027",
            },
            Campaign("kiri", "e-mail", "õpi_2027"),
        ),
        ({"utm_source": "x" * 40}, Campaign("x" * 40)),
        ({"utm_source": "x" * 41}, Campaign("other")),
        ({"utm_source": "<script>"}, Campaign("other")),
        ({"utm_source": "a\0b", "utm_medium": "=1+1"}, Campaign("other", "other")),
        ({"utm_source": "  "}, None),
        ({"utm_medium": "e-mail"}, None),
        ({}, None),
    ],
)
def test_a_links_words_are_short_and_of_known_letters(
    asked: dict[str, str], campaign: Campaign | None
) -> None:
    assert rules.campaign_of(asked) == campaign


@pytest.mark.parametrize(
    ("user_agent", "machine"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            False,
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605.1", False),
        ("Mozilla/5.0 (compatible; Googlebot/2.1)", True),
        ("facebookexternalhit/1.1", True),
        ("curl/8.5.0", True),
        ("", True),
    ],
)
def test_programs_are_told_from_people(user_agent: str, *, machine: bool) -> None:
    assert rules.is_machine(user_agent) is machine


@pytest.mark.django_db
def test_each_arrival_adds_one_to_its_day() -> None:
    slug = factories.version(slug="data-science").programme.slug

    for day in (DAY, DAY, DAY + timedelta(days=1)):
        actions.count_arrival(LETTER, page="programme", slug=slug, day=day)
    actions.count_arrival(LETTER, page="home", slug="", day=DAY)

    found = Arrivals.objects.order_by("day", "page").values_list(
        "day", "page", "programme__slug", "visits"
    )
    assert list(found) == [
        (DAY, "home", None, 1),
        (DAY, "programme", "data-science", 2),
        (DAY + timedelta(days=1), "programme", "data-science", 1),
    ]


@pytest.mark.django_db
def test_made_up_campaigns_do_not_fill_the_table() -> None:
    actions.count_arrival(LETTER, page="home", slug="", day=DAY)

    for number in range(rules.MOST_ROWS_A_DAY + 20):
        made_up = Campaign(f"made-up-{number}")
        actions.count_arrival(made_up, page="home", slug="", day=DAY)
    actions.count_arrival(LETTER, page="home", slug="", day=DAY)

    assert Arrivals.objects.count() == rules.MOST_ROWS_A_DAY + 1
    assert Arrivals.objects.get(source=rules.OTHER).visits == 21
    assert Arrivals.objects.get(source="newsletter").visits == 2


@pytest.mark.django_db
def test_a_desk_sees_its_own_programmes_and_pages_of_everybody() -> None:
    own, other = (
        factories.version(slug="own").programme,
        factories.version(slug="other"),
    )
    other.programme.unit = people.unit("ELSEWHERE")
    other.programme.save()
    for slug in ("own", "own", "other", ""):
        page = "programme" if slug else "home"
        actions.count_arrival(LETTER, page=page, slug=slug, day=DAY)
    manager = people.staff(Duty.PROGRAMME_MANAGER, unit=own.unit)

    counts = queries.arrivals_at(manager, since=DAY - timedelta(days=8))

    told = [
        (row["programme"], row["total"]) for row in queries.by_campaign(counts, most=9)
    ]
    assert told == [(own.pk, 2), (None, 1)]
    weeks = queries.by_week(counts, since=DAY - timedelta(days=8), today=DAY)
    assert list(weeks) == [
        (date(2026, 11, 16), 0),
        (date(2026, 11, 23), 3),
    ]
    assert list(queries.arrivals_at(manager, since=DAY + timedelta(days=1))) == []
