"""Conditions of admission in the editor: each with its own fields."""

import pytest
from django.test import Client

from mikrokraad.catalogue import actions
from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.rules import RequirementKind
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.office.tests.test_programmes_desk import fields_of, page_of
from mikrokraad.office.views.programmes_asking import KINDS
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client: Client) -> ProgrammeVersion:
    people.institution()
    kadri = people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit())
    sign_in(client, kadri, strong=True)
    programme = factories.version().programme
    made = actions.create_draft(programme, material=True, by=kadri, at=clock.now())
    made.requirements.all().delete()
    return made


def added(client: Client, draft: ProgrammeVersion, kind: str) -> str:
    """The name of a new condition's fields."""
    page = page_of(draft, "admission")
    do = {"do": f"add:requirement:{kind}"}
    client.post(page, {**fields_of(client, page), **do})
    return f"requirement-{draft.requirements.get(kind=kind).pk}-"


def test_every_kind_of_condition_can_be_added(
    client: Client, draft: ProgrammeVersion
) -> None:
    for kind, _label in KINDS:
        added(client, draft, kind)

    page = client.get(page_of(draft, "admission")).content.decode()

    assert {kind for kind, _label in KINDS} == set(RequirementKind)
    assert draft.requirements.count() == len(KINDS)
    assert page.count("Source: the law, regulation or decision that asks it") == len(
        KINDS
    )


def test_a_list_is_chosen_in_boxes_and_shown_again(
    client: Client, draft: ProgrammeVersion
) -> None:
    name = added(client, draft, "education")
    page = page_of(draft, "admission")
    given = {
        **fields_of(client, page),
        f"{name}least": "higher",
        f"{name}fields": ["01", "06"],
        f"{name}source_en": "Senate decision 14",
        f"{name}source_href": "https://example.org/14",
    }

    client.post(page, given)

    asked = draft.requirements.get()
    shown = client.get(page).content.decode()
    assert asked.params == {
        "least": "higher",
        "fields": "01 06",
        "source_href": "https://example.org/14",
    }
    assert asked.source == {"et": "", "en": "Senate decision 14"}
    assert shown.count(f'name="{name}fields"') == 10
    assert shown.count("checked") == 2


def test_countries_are_known_ones(client: Client, draft: ProgrammeVersion) -> None:
    name = added(client, draft, "citizenship")
    page = page_of(draft, "admission")
    before = {**fields_of(client, page), f"{name}gate": "deny"}

    wrong = client.post(page, {**before, f"{name}countries": "EE XQ"})
    client.post(page, {**before, f"{name}countries": "ru, by"})

    assert "There is no country XQ." in wrong.content.decode()
    assert draft.requirements.get().params == {"gate": "deny", "countries": "RU BY"}


def test_a_source_has_a_whole_address(client: Client, draft: ProgrammeVersion) -> None:
    name = added(client, draft, "course")
    page = page_of(draft, "admission")

    answer = client.post(
        page, {**fields_of(client, page), f"{name}source_href": "javascript:alert(1)"}
    )

    assert "Write a whole address that begins with https://." in answer.content.decode()
    assert draft.requirements.get().params == {}


def test_a_question_can_hang_on_an_answer_to_another(
    client: Client, draft: ProgrammeVersion
) -> None:
    draft.questions.all().delete()
    choices = [factories.both("Yes"), factories.both("No")]
    draft.questions.create(
        position=1, key="teach", text=factories.both("Do you teach?"), choices=choices
    )
    what = draft.questions.create(
        position=2, key="what", text=factories.both("What do you teach?")
    )
    page = page_of(draft, "admission")
    name = f"question-{what.pk}-only_if"

    client.post(page, {**fields_of(client, page), name: "teach=0"})

    what.refresh_from_db()
    assert what.only_if == {"question": "teach", "answer": "0"}
    shown = client.get(page).content.decode()
    assert '<option value="teach=0" selected>Do you teach? – Yes</option>' in shown
