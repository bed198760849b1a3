"""The programme's own questions, some of which hang on the answer to another."""

import pytest
from django.test import Client

from mikrokraad.admissions import dossier, forms, queries, questions
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.tests import factories
from mikrokraad.catalogue.models import ProgrammeVersion, Question
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.seats.tests.factories import run_with_places

YES_NO = [both("Yes"), both("No")]


def asking(version: ProgrammeVersion | None = None) -> list[Question]:
    """Do you teach? If so, what? If mathematics, where?"""
    return [
        Question(
            version=version, position=1, key="teach", text=both("T?"), choices=YES_NO
        ),
        Question(
            version=version,
            position=2,
            key="what",
            text=both("What do you teach?"),
            choices=[both("Mathematics"), both("Music")],
            only_if={"question": "teach", "answer": "0"},
        ),
        Question(
            version=version,
            position=3,
            key="where",
            text=both("Where?"),
            only_if={"question": "what", "answer": "0"},
        ),
    ]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ["teach"]),
        ({"teach": "1"}, ["teach"]),
        ({"teach": "0"}, ["teach", "what"]),
        ({"teach": "0", "what": "0"}, ["teach", "what", "where"]),
        ({"teach": "1", "what": "0"}, ["teach"]),
    ],
)
def test_a_question_is_asked_after_the_answer_it_hangs_on(
    answers: dict[str, str], expected: list[str]
) -> None:
    assert [each.key for each in questions.asked(asking(), answers)] == expected


def test_a_question_that_hangs_on_a_later_one_is_not_asked() -> None:
    first, second, _third = asking()
    first.position, second.position = 2, 1

    assert questions.asked([first, second], {"teach": "0"}) == [first]


def test_what_is_asked_has_to_be_answered_and_the_rest_is_not_kept() -> None:
    needed = forms.ProgrammeQuestions(asking(), {"teach": "0"})
    needless = forms.ProgrammeQuestions(
        asking(), {"teach": "1", "what": "0", "where": "Tartu"}
    )

    assert set(needed.errors) == {"what"}
    assert needless.is_valid()
    assert needless.cleaned() == {"teach": "1"}
    assert needed.fields["what"].help_text == "Only if you answered “Yes” to “T?”."


@pytest.fixture
def draft(client: Client) -> Application:
    run = run_with_places(5)
    Question.objects.bulk_create(asking(run.version))
    begun = factories.draft(run)
    client.force_login(begun.person)
    return begun


@pytest.mark.django_db
def test_an_application_is_complete_without_what_was_not_asked(
    client: Client, draft: Application
) -> None:
    href = f"/en/applications/{draft.pk}/questions/"
    typed = {"teach": "0"}
    client.post(href, typed, headers={"X-Autosave": "yes"})
    draft.refresh_from_db()
    half = queries.missing_sections(draft)

    client.post(href, {"teach": "0", "what": "1", "where": "Tartu"})

    draft.refresh_from_db()
    part = next(one for one in dossier.parts_of(draft) if one.key == "questions")
    assert "questions" in half
    assert part.done
    assert part.lines == [("T?", "Yes"), ("What do you teach?", "Music")]
