"""The assessor's desk: what counts in the curricula of their unit."""

import pytest
from django.test import Client

from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.pathways.models import DegreeCurriculum, Equivalence
from mikrokraad.pathways.tests import factories
from mikrokraad.people.models import Duty, Person, RegisterEntry
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db
DESK = "/en/office/pathways/"


@pytest.fixture
def aino(client: Client) -> Person:
    member = factories.assessor()
    sign_in(client, member, strong=True)
    return member


@pytest.fixture
def curriculum() -> DegreeCurriculum:
    return factories.curriculum()


def page_of(curriculum: DegreeCurriculum) -> str:
    return f"{DESK}curricula/{curriculum.pk}/"


def filled_in(curriculum: DegreeCurriculum, **changes: str) -> dict[str, str]:
    return {
        "course": str(catalogue.course("Statistics").pk),
        "slot": str(factories.slots_of(curriculum)[0].pk),
        "rule": "outcomes compared",
        "valid_from": "2026-09-01",
        **changes,
    }


def test_the_desk_without_curricula_says_so(client: Client, aino: Person) -> None:
    assert "No curricula yet" in client.get(DESK).content.decode()


def test_the_desk_counts_proposals(
    client: Client, aino: Person, curriculum: DegreeCurriculum
) -> None:
    slot = factories.slots_of(curriculum)[0]
    factories.counts(catalogue.course(), slot, decided_by=None)

    assert "proposed equivalences to confirm" in (
        client.get("/en/office/").content.decode()
    )
    assert page_of(curriculum) in client.get(DESK).content.decode()


def test_adding_twice_counts_once(
    client: Client, aino: Person, curriculum: DegreeCurriculum
) -> None:
    given = filled_in(curriculum)

    done = client.post(page_of(curriculum), given, follow=True).content.decode()
    again = client.post(page_of(curriculum), given).content.decode()

    assert "The course counts there now." in done
    assert "This course stands in that place already." in again
    assert Equivalence.objects.get().decided_by == aino


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"course": ""}, "Choose a course."),
        ({"slot": ""}, "Choose a place."),
        ({"rule": ""}, "Say what the decision rests on."),
        ({"valid_from": ""}, "Say from which day it counts."),
    ],
)
def test_what_is_missing_is_said_and_nothing_counts(
    client: Client,
    aino: Person,
    curriculum: DegreeCurriculum,
    changes: dict[str, str],
    words: str,
) -> None:
    page = client.post(page_of(curriculum), filled_in(curriculum, **changes))

    assert words in page.content.decode()
    assert not Equivalence.objects.exists()


def test_the_thesis_is_no_choice(
    client: Client, aino: Person, curriculum: DegreeCurriculum
) -> None:
    thesis = factories.slots_of(curriculum)[-1]

    client.post(page_of(curriculum), filled_in(curriculum, slot=str(thesis.pk)))

    assert not Equivalence.objects.exists()


def test_confirming_twice_is_once(
    client: Client, aino: Person, curriculum: DegreeCurriculum
) -> None:
    slot = factories.slots_of(curriculum)[0]
    proposed = factories.counts(catalogue.course(), slot, decided_by=None)

    for _click in range(2):
        client.post(f"{DESK}equivalences/{proposed.pk}/confirm/")

    proposed.refresh_from_db()
    assert proposed.decided_by == aino
    assert RegisterEntry.objects.count() == 1


def test_a_proposal_without_grounds_is_explained(
    client: Client, aino: Person, curriculum: DegreeCurriculum
) -> None:
    slot = factories.slots_of(curriculum)[0]
    proposed = factories.counts(catalogue.course(), slot, decided_by=None, rule="")

    page = client.post(f"{DESK}equivalences/{proposed.pk}/confirm/", follow=True)

    proposed.refresh_from_db()
    assert "Say what the decision rests on." in page.content.decode()
    assert proposed.decided_by is None


def test_an_assessor_of_another_unit_finds_nothing(
    client: Client, curriculum: DegreeCurriculum
) -> None:
    slot = factories.slots_of(curriculum)[0]
    proposed = factories.counts(catalogue.course(), slot, decided_by=None)
    sign_in(client, factories.assessor(people.unit("OTHER")), strong=True)

    confirm = f"{DESK}equivalences/{proposed.pk}/confirm/"
    answers = [client.get(page_of(curriculum)), client.post(confirm)]

    assert {each.status_code for each in answers} == {404}
    assert "No curricula yet" in client.get(DESK).content.decode()


@pytest.mark.parametrize("duty", sorted(set(Duty) - {Duty.ASSESSOR}))
def test_the_desk_is_closed_to_others(
    client: Client, curriculum: DegreeCurriculum, duty: Duty
) -> None:
    sign_in(client, people.staff(duty), strong=True)

    assert client.get(DESK).status_code == 403
    assert client.post(page_of(curriculum), filled_in(curriculum)).status_code == 403
    assert not Equivalence.objects.exists()
