"""“Can I get in?” on a programme's page: asked, answered, and carried to the application."""

from typing import Any

import pytest
from django.test import Client

from mikrokraad.admissions.queries import verdict_of
from mikrokraad.catalogue.models import Requirement, Run
from mikrokraad.catalogue.rules import RequirementKind
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.core import clock
from mikrokraad.pages.tests.factories import offered, text_of, words_of
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
PAGE = "/en/programmes/data-science/"
WORK = ("work", RequirementKind.EXPERIENCE, {"years": 2})
ENGLISH = ("english", RequirementKind.LANGUAGE, {"level": "B2"})
NOTHING: dict[str, Any] = {}
LETTER = ("letter", RequirementKind.FREE_TEXT, NOTHING)
PAPER = ("paper", RequirementKind.DOCUMENT, NOTHING)


def asking(*asked: tuple[str, RequirementKind, dict[str, Any]]) -> Run:
    run = offered("Data Science", slug="data-science")
    for position, (key, kind, params) in enumerate(asked, start=1):
        Requirement.objects.create(
            version=run.version,
            position=position,
            key=key,
            kind=kind,
            text=both(f"You have the {key}."),
            params=params,
        )
    return run


def test_each_condition_is_a_question_that_can_be_tried_without_signing_in(
    client: Client,
) -> None:
    asking(WORK, ENGLISH, LETTER)

    page = client.get(PAGE)

    assert 'method="get" action="#can-i-get-in"' in text_of(page)
    for name in ("education", "work-met", "work-years", "english-level"):
        assert f'name="{name}"' in text_of(page)
    assert "letter-" not in text_of(page)
    assert "You write about it when you apply" in words_of(page)
    assert "Not met" not in words_of(page)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("education=higher", "So far so good. Answer 2 more to know."),
        (
            "education=higher&work-met=yes&work-years=2&english-level=C1",
            "You meet every condition.",
        ),
        (
            "education=higher&work-met=yes&english-level=C1",
            "You can apply. What is left open, a person will judge.",
        ),
        ("work-met=no", "As you answered, 1 condition is not met."),
        (
            "education=basic&work-met=yes&work-years=1&english-level=A1",
            "As you answered, 3 conditions are not met.",
        ),
    ],
)
def test_the_answers_together_say_what_they_lead_to(
    client: Client, told: str, says: str
) -> None:
    asking(WORK, ENGLISH)

    assert says in words_of(client.get(f"{PAGE}?{told}"))


def test_a_condition_that_is_not_met_says_why_and_what_would_help(
    client: Client,
) -> None:
    asking(ENGLISH)

    words = words_of(client.get(f"{PAGE}?english-level=B1"))

    assert (
        "Not met. The programme asks for a higher level of the language. "
        "A language course before you apply could bring you there." in words
    )
    assert "write to the contact person" in words


def test_other_programmes_that_do_not_ask_it_are_named(client: Client) -> None:
    asking(ENGLISH)
    offered("Plain Thinking", slug="plain-thinking")
    offered("Over Already", slug="over", own_deadline=clock.today().replace(day=1))

    page = client.get(f"{PAGE}?english-level=B1")

    assert '<a href="/en/programmes/plain-thinking/">Plain Thinking</a>' in text_of(
        page
    )
    assert "Over Already" not in words_of(page)


def test_a_paper_that_somebody_does_not_have_is_said_so(client: Client) -> None:
    asking(PAPER)

    words = words_of(client.get(f"{PAGE}?education=higher&paper-file=no"))

    assert "Not met. The programme wants to see it before it decides." in words


def test_the_link_to_apply_carries_the_answers(client: Client) -> None:
    run = asking(WORK)

    page = client.get(f"{PAGE}?education=higher&work-met=yes&work-years=2,5&x=1")

    told = "education=higher&amp;work-met=yes&amp;work-years=2.5"
    assert f'href="/en/apply/{run.pk}/?{told}">Apply until' in text_of(page)


def test_the_application_says_what_the_page_said(client: Client) -> None:
    run, liis = asking(WORK, ENGLISH), people.person()
    client.force_login(liis)
    told = "education=higher&work-met=yes&work-years=1&english-level=C1"

    words = words_of(client.get(f"{PAGE}?{told}"))
    client.post(f"/en/apply/{run.pk}/?{told}")

    verdict = verdict_of(liis.applications.get())
    assert [each["met"] for each in verdict["findings"]] == ["met", "not_met", "met"]
    assert "1 condition is not met" in words


def test_answers_keep_the_semester_and_can_be_taken_back(client: Client) -> None:
    asking(WORK)

    page = text_of(client.get(f"{PAGE}?semester=2027-spring&work-met=no"))

    assert '<input type="hidden" name="semester" value="2027-spring">' in page
    assert 'href="?semester=2027-spring&amp;#can-i-get-in">Start anew</a>' in page


@pytest.mark.parametrize(
    "told", ["work-years=x&work-met=yes", "education=%00", "work-met="]
)
def test_strange_answers_do_no_harm(client: Client, told: str) -> None:
    asking(WORK)

    assert client.get(f"{PAGE}?{told}").status_code == 200


def test_what_is_tried_is_not_kept_for_others(client: Client) -> None:
    asking(WORK)
    client.get(f"{PAGE}?work-met=no")

    assert "is not met" not in words_of(client.get(PAGE))
