"""The desk of certificates: whom it opens to, and each button pressed twice."""

from datetime import date

import pytest
from django.test import Client

from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.credentials import actions
from mikrokraad.credentials.models import Credential, CredentialSeries, Revocation
from mikrokraad.credentials.rules import CredentialState
from mikrokraad.credentials.tests import factories
from mikrokraad.people.models import Duty, Person, RegisterEntry, Unit
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.studies import actions as study_actions
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db
DESK = "/en/office/credentials/"


@pytest.fixture
def run() -> Run:
    made = catalogue.run()
    factories.completion(factories.learner("Anna", "Kask"), made)
    factories.completion(factories.learner("Berta", "Mets"), made)
    factories.completion(
        factories.learner("Carl", "Saar", identity_confirmed_at=None), made
    )
    return made


@pytest.fixture
def officer(client: Client) -> Person:
    member = people.staff(Duty.OFFICER)
    sign_in(client, member, strong=True)
    return member


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "duty", [Duty.LECTURER, Duty.FINANCE, Duty.ASSESSOR, Duty.PROGRAMME_MANAGER]
)
def test_the_desk_is_closed_to_others(client: Client, run: Run, duty: Duty) -> None:
    sign_in(client, people.staff(duty), strong=True)

    for address in ("", "register/", "revocations/", f"cohorts/{run.pk}/"):
        assert client.get(DESK + address).status_code == 403
    assert client.post(f"{DESK}cohorts/{run.pk}/issue/").status_code == 403
    assert Credential.objects.count() == 0


def test_an_officer_of_another_unit_finds_nothing(client: Client, run: Run) -> None:
    elsewhere = Unit.objects.create(code="HVUS", name={"et": "Usk", "en": "Theology"})
    sign_in(client, people.staff(Duty.OFFICER, unit=elsewhere), strong=True)

    assert "Nothing to issue yet" in text(client, DESK)
    assert client.get(f"{DESK}cohorts/{run.pk}/").status_code == 404
    assert client.post(f"{DESK}cohorts/{run.pk}/issue/").status_code == 404


def test_the_preview_shows_names_grades_and_what_is_missing(
    client: Client, run: Run, officer: Person
) -> None:
    page = text(client, f"{DESK}cohorts/{run.pk}/")

    assert "2 documents to issue" in page
    assert "Anna Kask" in page
    assert "identity is not confirmed yet" in page
    assert "Issue 2 documents" in page
    assert "Data Science" in text(client, DESK)


def test_issuing_a_cohort_with_a_double_click_issues_once(
    client: Client, run: Run, officer: Person
) -> None:
    address = f"{DESK}cohorts/{run.pk}/"

    first = client.post(f"{address}issue/", follow=True).content.decode()
    second = client.post(f"{address}issue/", follow=True).content.decode()

    assert "2 documents issued." in first
    assert "Carl Saar: The learner’s identity" in first.replace("&#x27;", "’")
    assert "There was nothing more to issue." in second
    assert CredentialSeries.objects.get().last == 2


def test_one_document_with_a_double_click(
    client: Client, run: Run, officer: Person
) -> None:
    completion = run.enrolments.get(person__given_name="Anna").completion

    for _click in range(2):
        client.post(f"{DESK}completions/{completion.pk}/issue/")

    assert Credential.objects.get().person.given_name == "Anna"


def test_a_document_that_cannot_be_issued_says_why(
    client: Client, run: Run, officer: Person
) -> None:
    completion = run.enrolments.get(person__given_name="Carl").completion

    answer = client.post(f"{DESK}completions/{completion.pk}/issue/", follow=True)

    assert "identity is not confirmed yet" in answer.content.decode()
    assert Credential.objects.count() == 0


def test_nobody_is_confirmed_without_a_birth_date(
    client: Client, run: Run, officer: Person
) -> None:
    Person.objects.filter(given_name="Carl").update(birth_date=None)
    completion = run.enrolments.get(person__given_name="Carl").completion

    answer = client.post(
        f"{DESK}completions/{completion.pk}/confirm-identity/", follow=True
    )

    assert "The birth date is missing. Ask the learner" in answer.content.decode()
    assert Person.objects.get(given_name="Carl").identity_confirmed_at is None


def test_an_officer_who_saw_the_document_confirms_and_issues(
    client: Client, run: Run, officer: Person
) -> None:
    completion = run.enrolments.get(person__given_name="Carl").completion
    address = f"{DESK}completions/{completion.pk}/"

    assert "I have seen their document" in text(client, f"{DESK}cohorts/{run.pk}/")
    client.post(f"{address}confirm-identity/")
    client.post(f"{address}confirm-identity/")
    client.post(f"{address}issue/")

    assert Credential.objects.get().person.given_name == "Carl"
    confirmed = RegisterEntry.objects.filter(verb="people.identity.confirmed")
    assert [each.by for each in confirmed] == [officer]


def test_the_register_is_searched_by_number_and_name(
    client: Client, officer: Person
) -> None:
    factories.credential(factories.learner("Anna", "Kask"))
    factories.credential(factories.learner("Berta", "Mets"))

    assert "Berta Mets" not in text(client, f"{DESK}register/?q=kask")
    assert "Anna Kask" not in text(client, f"{DESK}register/?q=2026-00002")
    assert "Nothing found" in text(client, f"{DESK}register/?q=nobody")
    assert "Nothing found" in text(client, f"{DESK}register/?corrected=yes")


def test_reissue_with_a_double_click_replaces_once(
    client: Client, officer: Person
) -> None:
    old = factories.credential()
    address = f"{DESK}register/{old.number}/"

    assert "Issue it anew" in text(client, address)
    client.post(f"{address}reissue/", {"reason": "name_changed"})
    again = client.post(f"{address}reissue/", {"reason": "name_changed"}, follow=True)

    assert "no longer in force" in again.content.decode()
    assert Credential.objects.count() == 2
    assert "replaced by a newer one" in text(client, address)


def test_reissue_and_revocation_ask_for_a_reason(
    client: Client, officer: Person
) -> None:
    old = factories.credential()
    address = f"{DESK}register/{old.number}/"

    for step in ("reissue/", "ask-revocation/"):
        answer = client.post(address + step, {})
        assert "This field is required" in answer.content.decode()

    assert Credential.objects.count() == 1
    assert Revocation.objects.count() == 0


def test_revoking_takes_two_people_at_the_desk(client: Client, officer: Person) -> None:
    issued = factories.credential()
    address = f"{DESK}register/{issued.number}/"
    for _click in range(2):
        client.post(f"{address}ask-revocation/", {"reason": "fraud", "note": "forged"})
    asked = Revocation.objects.get()
    approve = f"{DESK}revocations/{asked.pk}/approve/"

    own = client.post(approve, follow=True).content.decode()
    assert "Another officer has to approve it" in own
    assert "another officer has to approve" in text(client, f"{DESK}revocations/")

    sign_in(client, people.staff(Duty.OFFICER, given_name="Juhan"), strong=True)
    assert "forged" in text(client, f"{DESK}revocations/")
    client.post(approve)
    assert client.post(approve).status_code == 404  # nothing is left to approve

    issued.refresh_from_db()
    assert issued.state == CredentialState.REVOKED
    assert "has been revoked" in text(client, address)


def test_the_desk_counts_what_waits(client: Client, run: Run, officer: Person) -> None:
    page = text(client, "/en/office/")

    assert "to issue" in page


def test_a_correction_after_issue_is_explained_on_the_certificates_page(
    client: Client, officer: Person
) -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A", "C")
    learner = enrolment.person
    learner.identity_confirmed_at, learner.birth_date = (
        people.LONG_AGO,
        date(1990, 1, 1),
    )
    learner.save()
    people.institution()
    issued = actions.issue(enrolment.completion, by=None, at=studies.EXAM_WEEK)
    address = f"{DESK}register/{issued.number}/"
    assert "A result was corrected" not in text(client, address)
    place = studies.places_of(enrolment)[1]

    study_actions.correct_result(
        place, "B", "added up", by=place.section.teachers.get(), at=studies.AFTER
    )

    assert "with a result corrected after issue" in text(client, "/en/office/")
    assert issued.number in text(client, f"{DESK}register/?corrected=yes")
    assert "A result was corrected after this was issued." in text(client, address)


def test_the_document_can_be_downloaded(client: Client, officer: Person) -> None:
    issued = factories.credential()

    answer = client.get(f"{DESK}register/{issued.number}/certificate.pdf")

    assert answer.content.startswith(b"%PDF-")
