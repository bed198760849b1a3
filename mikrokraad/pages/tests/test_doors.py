"""“Is it for you?”: every door leads somewhere, and shows what the list shows."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.catalogue import careers
from mikrokraad.pages import doors
from mikrokraad.pages.tests.factories import (
    OVER,
    offered,
    shelf,
    text_of,
    titles,
    words_of,
)
from mikrokraad.pathways.tests import factories as pathways

pytestmark = pytest.mark.django_db
DOORS = "/en/is-it-for-you/"
KEYS = ["refresh", "skill", "work", "courses", "people"]


def test_there_are_seven_reasons_and_each_leads_somewhere(client: Client) -> None:
    shelf()
    page = words_of(client.get(DOORS))
    reasons = doors.reasons()
    assert len(reasons) == 7
    for reason in reasons:
        assert reason["title"] in page
        assert client.get(reason["href"]).status_code == 200


@pytest.mark.parametrize("key", KEYS)
def test_a_door_shows_what_the_list_shows(client: Client, key: str) -> None:
    shelf()
    answer = client.get(f"{DOORS}{key}/", {"ects": "12..17", "mode": "online"})
    shown = titles(answer)
    leads = text_of(answer).partition('href="/en/programmes/?')[2].partition('"')[0]
    listed = client.get(f"/en/programmes/?{leads.replace('&amp;', '&')}")
    assert shown == titles(listed)[:6]
    assert "mode=online" not in leads  # nothing is asked that the door does not ask


def test_answers_have_consequences(client: Client) -> None:
    shelf()
    free = titles(client.get(f"{DOORS}courses/", {"fee": "500"}))
    every = titles(client.get(f"{DOORS}courses/"))
    assert free == ["Singing Together"]
    assert set(free) < set(every)


def test_who_wants_to_be_up_to_date_sees_only_what_is_open(client: Client) -> None:
    shelf()
    assert "Law at Work" not in titles(client.get(f"{DOORS}refresh/"))


def test_a_skill_is_looked_for_in_words(client: Client) -> None:
    shelf()
    page = client.get(f"{DOORS}skill/", {"q": "singing"})
    assert titles(page) == ["Singing Together"]
    assert 'value="singing"' in text_of(page)


def test_behind_a_door_with_nothing_is_a_way_on(client: Client) -> None:
    offered("Law at Work", slug="law-at-work", own_deadline=OVER)
    page = words_of(client.get(f"{DOORS}refresh/"))
    assert "No programme is like that today" in page
    assert "See all programmes" in page


@pytest.mark.parametrize("odd", ["nothing", "Refresh"])
def test_a_door_that_is_not_there_is_not_found(client: Client, odd: str) -> None:
    assert client.get(f"{DOORS}{odd}/").status_code == 404


# Another career -------------------------------------------------------------------


def test_a_change_of_career_shows_what_is_in_between(client: Client) -> None:
    run = offered("Data Analysis", slug="data-analysis")
    page = client.get(f"{DOORS}career/", {"from": "developer", "to": "analyst"})
    words = words_of(page)
    assert "You bring along Write programs and mend them" in words
    assert "Analyse data and say what may be concluded Data Analysis" in words
    assert "Teaches: 1 of the 2 skills in between" in words
    assert run.version.programme.get_absolute_url() in text_of(page)


def test_a_skill_that_nobody_teaches_is_said_so(client: Client) -> None:
    offered("Singing Together", slug="singing")
    words = words_of(client.get(f"{DOORS}career/", {"to": "pharmacist"}))
    assert words.count("No programme teaches this at the moment.") == 2


def test_who_can_do_it_all_is_told_so(client: Client) -> None:
    words = words_of(client.get(f"{DOORS}career/", {"from": "nurse", "to": "nurse"}))
    assert "You can do all of this already." in words


@pytest.mark.parametrize("asked", [{}, {"to": "nobody"}, {"from": "x", "to": ""}])
def test_without_a_known_aim_only_the_questions_are_shown(
    client: Client, asked: dict[str, str]
) -> None:
    words = words_of(client.get(f"{DOORS}career/", asked))
    assert "Show the way" in words
    assert "In between" not in words


OCCUPATIONS = st.sampled_from(sorted(careers.occupations()))


@given(before=OCCUPATIONS, after=OCCUPATIONS)
def test_what_is_brought_and_what_is_between_are_the_aim(
    before: str, after: str
) -> None:
    way = careers.change(before, after)
    assert way is not None
    own = set(careers.occupations()[before].skills)
    assert {*way.brought, *way.between} == set(way.after.skills)
    assert set(way.brought) <= own
    assert not set(way.between) & own


def test_every_occupation_has_its_words_in_every_language() -> None:
    for occupation in careers.occupations().values():
        assert occupation.skills
        for said in (occupation.name, *(skill.name for skill in occupation.skills)):
            assert said["et"]
            assert said["en"]


# Towards a degree -----------------------------------------------------------------


def test_programmes_come_by_how_much_they_bring_into_a_degree(client: Client) -> None:
    much = offered("Data Science", slug="data-science")
    little = offered("Singing Together", slug="singing")
    other = offered("Law at Work", slug="law-at-work")
    courses = [part.course for part in much.version.components.order_by("position")]
    one = little.version.components.order_by("position")[0].course
    degree = pathways.curriculum()
    slots = pathways.slots_of(degree)
    for course, slot in zip([*courses, one], slots, strict=False):
        pathways.counts(course, slot)
    page = client.get(f"{DOORS}degree/", {"degree": degree.pk})
    words = words_of(page)
    assert titles(page) == ["Data Science", "Singing Together"]
    assert f"Counts: up to 12 of {degree.ects} ECTS" in words
    assert other.version.title["en"] not in words


def test_a_degree_that_is_not_there_asks_again(client: Client) -> None:
    assert client.get(f"{DOORS}degree/", {"degree": "999"}).status_code == 200
    assert "No degree takes in credits yet" in words_of(client.get(f"{DOORS}degree/"))


def test_the_list_of_the_door_keeps_the_answers(client: Client) -> None:
    shelf()
    text = text_of(client.get(f"{DOORS}courses/", {"fee": "500", "ects": "12..17"}))
    leads = text.partition('href="/en/programmes/?')[2].partition('"')[0]
    asked = parse_qs(urlsplit("?" + leads.replace("&amp;", "&")).query)
    assert asked == {"fee": ["500"], "ects": ["12..17"]}


def test_the_first_page_leads_to_the_doors_before_its_cards(client: Client) -> None:
    shelf()

    page = client.get("/en/").content.decode()

    assert page.index('href="/en/is-it-for-you/"') < page.index('class="cards"')
