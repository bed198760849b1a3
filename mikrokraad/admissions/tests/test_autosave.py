"""Answers are kept as one types, and an older window writes over nothing silently."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from mikrokraad.admissions import queries
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.tests import factories
from mikrokraad.catalogue.models import Question, Requirement
from mikrokraad.catalogue.rules import RequirementKind
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.people.models import RegisterEntry
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
TYPING = {"X-Autosave": "yes"}


@pytest.fixture
def draft(client: Client) -> Application:
    run = run_with_places(5)
    Requirement.objects.create(
        version=run.version,
        position=1,
        key="work",
        kind=RequirementKind.EXPERIENCE,
        text=both("You have worked for two years."),
        params={"years": 2},
    )
    Question.objects.create(
        version=run.version, position=1, key="goal", text=both("What for?")
    )
    begun = factories.draft(run)
    client.force_login(begun.person)
    return begun


def page(draft: Application, name: str) -> str:
    return f"/en/applications/{draft.pk}/{name}/"


def seen(client: Client, href: str) -> str:
    found = re.search(r'name="seen" id="seen" value="(\w+)"', text(client.get(href)))
    assert found
    return found[1]


def text(answer: Any) -> str:  # noqa: ANN401 -- the test client's answer
    return answer.content.decode()  # type: ignore[no-any-return]


def typed(client: Client, href: str, **answers: str) -> HttpResponse:
    return client.post(href, answers, headers=TYPING)  # type: ignore[return-value]


def kept(draft: Application) -> dict[str, Any]:
    draft.refresh_from_db()
    return dict(draft.answers)


def test_what_is_typed_is_saved_and_the_page_says_when(
    client: Client, draft: Application
) -> None:
    href = page(draft, "education")

    answer = typed(client, href, education="higher", seen=seen(client, href))

    draft.refresh_from_db()
    assert "Saved at 12:00." in text(answer)
    assert (draft.education, draft.education_about) == ("higher", "")
    assert "education" in queries.missing_sections(draft)
    assert not RegisterEntry.objects.filter(verb="application: save").exists()


def test_half_an_answer_is_kept_and_counts_as_missing(
    client: Client, draft: Application
) -> None:
    href = page(draft, "requirements/work")

    typed(client, href, about="In a bank", years="two")

    assert kept(draft)["requirements"] == {"work": {"about": "In a bank"}}
    assert "requirements:work" in queries.missing_sections(draft)
    assert ">In a bank</textarea>" in text(client.get(href)).replace("\n", "")


def test_a_payer_without_a_name_counts_as_missing(
    client: Client, draft: Application
) -> None:
    typed(client, page(draft, "payer"), payer_kind="employer", name="Põhjala OÜ")

    draft.refresh_from_db()
    assert draft.payer["name"] == "Põhjala OÜ"
    assert "payer" in queries.missing_sections(draft)


def test_half_a_name_changes_no_person(client: Client, draft: Application) -> None:
    before = draft.person.family_name

    answer = typed(client, page(draft, "about"), given_name="Liis", family_name="")

    draft.person.refresh_from_db()
    assert draft.person.family_name == before
    assert "Saved at" not in text(answer)


def test_each_save_of_one_window_follows_the_one_before(
    client: Client, draft: Application
) -> None:
    href = page(draft, "questions")
    first = typed(client, href, goal="To", seen=seen(client, href))
    mark = re.search(r'id="seen" value="(\w+)"', text(first))
    assert mark

    second = typed(client, href, goal="To learn", seen=mark[1])

    assert "Saved at" in text(second)
    assert kept(draft)["questions"] == {"goal": "To learn"}


def test_an_older_window_does_not_write_over_newer_answers(
    client: Client, draft: Application
) -> None:
    href = page(draft, "questions")
    older = seen(client, href)
    client.post(href, {"goal": "The newer one"})

    by_itself = typed(client, href, goal="The older one", seen=older)
    pressed = client.post(href, {"goal": "The older one", "seen": older})

    assert "changed in another window" in text(by_itself)
    assert kept(draft)["questions"] == {"goal": "The newer one"}
    assert "What is saved" in text(pressed)
    assert "The newer one" in text(pressed)
    assert "The older one</textarea>" in text(pressed)


def test_who_has_seen_both_decides(client: Client, draft: Application) -> None:
    href = page(draft, "questions")
    older = seen(client, href)
    client.post(href, {"goal": "The newer one"})
    shown = text(client.post(href, {"goal": "The older one", "seen": older}))
    mark = re.search(r'id="seen" value="(\w+)"', shown)
    assert mark

    answer = client.post(href, {"goal": "Both of them", "seen": mark[1]})

    assert answer.status_code == 302
    assert kept(draft)["questions"] == {"goal": "Both of them"}


def test_the_same_words_in_two_windows_are_no_clash(
    client: Client, draft: Application
) -> None:
    href = page(draft, "questions")
    older = seen(client, href)
    client.post(href, {"goal": "To learn"})

    assert client.post(href, {"goal": "To learn", "seen": older}).status_code == 302


def test_another_part_saved_meanwhile_is_no_clash(
    client: Client, draft: Application
) -> None:
    href = page(draft, "questions")
    older = seen(client, href)
    client.post(page(draft, "payer"), {"payer_kind": "self"})

    assert client.post(href, {"goal": "To learn", "seen": older}).status_code == 302


def test_what_was_typed_is_there_after_the_session_ended(
    client: Client, draft: Application
) -> None:
    href = page(draft, "questions")
    typed(client, href, goal="To learn to count")
    client.logout()

    lost = typed(client, href, goal="To learn to count well")
    back = text(client.get("/en/"))
    client.force_login(draft.person)

    assert lost.status_code == 302
    assert "was not saved" not in back
    assert "To learn to count</textarea>" in text(client.get(href))


def test_what_was_sent_stays(client: Client) -> None:
    sent = factories.submitted()
    client.force_login(sent.person)

    answer = typed(client, page(sent, "education"), education="basic")

    sent.refresh_from_db()
    assert answer.status_code == 302
    assert sent.education == "higher"
