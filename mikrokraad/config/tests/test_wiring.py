"""Every reaction on the page `wiring.py`: something happens, and what follows is done."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from mikrokraad.admissions import events as of_admissions
from mikrokraad.admissions.invariants import broken as broken_applications
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.tests import factories as admissions
from mikrokraad.core import clock, events
from mikrokraad.core.models import OutboxMessage
from mikrokraad.credentials import actions as credential_actions
from mikrokraad.credentials import gathering
from mikrokraad.credentials import queries as credential_queries
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.rules import ReissueReason
from mikrokraad.fees import events as of_fees
from mikrokraad.fees.models import Agreement, CreditNote
from mikrokraad.pathways.queries import curricula_of
from mikrokraad.people.models import Duty, Person, RegisterEntry
from mikrokraad.people.tests import factories as people
from mikrokraad.seats import events as of_seats
from mikrokraad.seats import queries as seat_queries
from mikrokraad.seats.models import SeatClaim
from mikrokraad.seats.rules import STUDIES_ENDED, ClaimState
from mikrokraad.seats.tests.factories import run_with_places
from mikrokraad.studies import actions, rules
from mikrokraad.studies import events as of_studies
from mikrokraad.studies.events import EnrolmentEnded
from mikrokraad.studies.models import Ending, Enrolment
from mikrokraad.studies.rules import EnrolmentState, Money
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db
AFTER_ISSUE = studies.EXAM_WEEK + timedelta(days=3)


@pytest.fixture
def enrolled() -> Enrolment:
    """Somebody who came through every door: applied, admitted, paid."""
    application = admissions.enrolled()
    return Enrolment.objects.get(application_id=application.pk)


@pytest.fixture
def passed(enrolled: Enrolment) -> Enrolment:
    """The same, with every result confirmed."""
    teacher = studies.lecturer()
    for section in studies.sections_of(enrolled.run):
        section.teachers.add(teacher)
    return studies.confirmed(enrolled, "A", "C")


def letters(name: str) -> list[str]:
    """Subjects of the letters whose key begins with this."""
    found = OutboxMessage.objects.filter(key__startswith=f"letter:{name}:")
    return [each.payload["subject"] for each in found]


def issued(enrolment: Enrolment) -> Credential:
    person = enrolment.person
    person.identity_confirmed_at = people.LONG_AGO
    person.birth_date = date(1990, 2, 10)
    person.save()
    return credential_actions.issue(
        enrolment.completion, by=None, at=studies.EXAM_WEEK + timedelta(days=1)
    )


def correct(enrolment: Enrolment, which: int, grade: str) -> None:
    place = studies.places_of(enrolment)[which]
    teacher = place.section.teachers.get()
    actions.correct_result(place, grade, "retake", by=teacher, at=AFTER_ISSUE)


def test_no_event_of_the_thread_is_unheard() -> None:
    told = {
        each
        for room in (of_admissions, of_fees, of_seats, of_studies)
        for each in vars(room).values()
        if isinstance(each, type) and each.__module__ == room.__name__
    }

    heard = {kind for kind, reactions in events._reactions.items() if reactions}  # noqa: SLF001 -- nothing else tells
    assert {each.__name__ for each in told - heard} == {"InvoiceSettled"}


def test_paid_and_admitted_opens_studies_with_places(enrolled: Enrolment) -> None:
    places = studies.places_of(enrolled)

    assert enrolled.state == EnrolmentState.REGISTERED
    assert [each.claim.state for each in places if each.claim] == ["confirmed"] * 2


def test_the_last_confirmed_result_decides_and_tells_the_learner(
    passed: Enrolment,
) -> None:
    assert passed.state == EnrolmentState.COMPLETED
    assert passed.completion.earned == "certificate"
    assert letters("earned") == [
        "Show who you are to get your certificate: Data Science"
    ]


def test_results_that_are_not_the_last_decide_nothing(enrolled: Enrolment) -> None:
    teacher = studies.lecturer()
    studies.sections_of(enrolled.run)[0].teachers.add(teacher)

    studies.confirmed(enrolled, "A")

    assert not hasattr(Enrolment.objects.get(pk=enrolled.pk), "completion")
    assert letters("earned") == []


def test_what_is_earned_waits_for_an_officer_who_issues_it(passed: Enrolment) -> None:
    officer = people.staff(Duty.OFFICER)
    run = credential_queries.runs_at(officer).get()
    before = run.ready  # type: ignore[attr-defined]  # an annotation

    issued(passed)

    assert before == 1
    after = credential_queries.runs_at(officer).get()
    assert after.ready is None  # type: ignore[attr-defined]  # an annotation


def test_nothing_passed_earns_no_letter(enrolled: Enrolment) -> None:
    teacher = studies.lecturer()
    for section in studies.sections_of(enrolled.run):
        section.teachers.add(teacher)

    studies.confirmed(enrolled, "F", "F")

    assert letters("earned") == []


@pytest.mark.parametrize(
    ("known", "words"),
    [(True, "We will issue it now."), (False, "we have to see who you are")],
)
def test_the_letter_says_what_comes_next(
    enrolled: Enrolment,
    known: bool,  # noqa: FBT001 -- a parameter of the table above
    words: str,
) -> None:
    enrolled.person.identity_confirmed_at = people.LONG_AGO if known else None
    enrolled.person.save()
    teacher = studies.lecturer()
    for section in studies.sections_of(enrolled.run):
        section.teachers.add(teacher)

    studies.confirmed(enrolled, "A", "B")

    letter = OutboxMessage.objects.get(key__startswith="letter:earned:")
    assert words in letter.payload["body"]
    assert f"/ask/{enrolled.run_id}/" in letter.payload["body"]
    address = enrolled.run.contact.email  # where to show a document
    assert (address in letter.payload["body"]) == (not known)


# A correction after issue (R2) ---------------------------------------------------


def test_a_correction_after_issue_is_on_the_officers_desk(passed: Enrolment) -> None:
    credential, officer = issued(passed), people.staff(Duty.OFFICER)
    elsewhere = people.staff(Duty.OFFICER, unit=people.unit("OTHER"))

    correct(passed, 1, "A")

    assert list(credential_queries.corrected_at(officer)) == [credential]
    assert list(credential_queries.corrected_at(elsewhere)) == []
    assert letters("credential-review") == [
        "A result was corrected, and we look at your certificate again: Data Science"
    ]
    assert RegisterEntry.objects.filter(verb="credentials.review.opened").count() == 1
    credential.refresh_from_db()
    assert credential.state == "issued"


def test_issuing_it_anew_closes_the_review(passed: Enrolment) -> None:
    credential, officer = issued(passed), people.staff(Duty.OFFICER)
    correct(passed, 1, "A")

    made = credential_actions.reissue(
        credential,
        ReissueReason.CORRECTION,
        by=officer,
        at=AFTER_ISSUE + timedelta(hours=1),
    )

    assert list(credential_queries.corrected_at(officer)) == []
    grades = [each["grade"] for each in credential_queries.facts_of(made)["courses"]]
    assert grades == ["A", "A"]


def test_one_failing_grade_for_another_touches_no_document(
    enrolled: Enrolment,
) -> None:
    teacher = studies.lecturer()
    for section in studies.sections_of(enrolled.run):
        section.teachers.add(teacher)
    studies.confirmed(enrolled, "A", "F")
    issued(enrolled)

    correct(enrolled, 1, "not_present")

    assert list(credential_queries.corrected_at(people.staff(Duty.OFFICER))) == []
    assert letters("credential-review") == []


def test_a_correction_before_issue_opens_no_review(passed: Enrolment) -> None:
    correct(passed, 1, "A")

    assert letters("credential-review") == []
    assert letters("earned") == [
        "Show who you are to get your certificate: Data Science"
    ]


# Studies that end early (M7) -----------------------------------------------------


@pytest.mark.parametrize("end", [actions.cancel, actions.interrupt])
def test_ending_frees_the_places_and_asks_finance(
    enrolled: Enrolment, end: Callable[..., Enrolment]
) -> None:
    run, at = enrolled.run, clock.now()
    before = seat_queries.places_left([run], at=at)[run.pk].left

    end(enrolled, reason="moved away", by=None, at=at)

    ending = Ending.objects.get()
    assert seat_queries.places_left([run], at=at)[run.pk].left == before + 1
    claims = SeatClaim.objects.filter(person=enrolled.person)
    assert {(c.state, c.release_reason) for c in claims} == {
        (ClaimState.RELEASED, STUDIES_ENDED)
    }
    assert (ending.money, ending.reason) == ("", "moved away")
    assert letters("studies-ended") == ["Your studies have ended: Data Science"]
    assert ending.agreement is not None
    assert ending.agreement.ended_at is None
    assert list(broken_applications(at=at)) == []


def test_a_place_that_was_freed_is_offered_to_who_waits(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    run = run_with_places(1)
    first = admissions.enrolled(run)
    waiting = admissions.waitlisted(run, people.person("Jaan", "Kuusk"))
    enrolment = Enrolment.objects.get(application_id=first.pk)

    with django_capture_on_commit_callbacks(execute=True):
        actions.cancel(enrolment, reason="moved away", by=None, at=clock.now())

    assert Application.objects.get(pk=waiting.pk).state == "offered"


def test_ended_studies_without_an_invoice_need_no_decision() -> None:
    free = _free_enrolment()

    actions.cancel(free, reason="moved away", by=None, at=clock.now())

    ending = Ending.objects.get(enrolment=free)
    assert (ending.money, ending.agreement) == (Money.NOTHING_OWED, None)
    agreement = Agreement.objects.get(person=free.person)
    assert agreement.ended_at is not None
    letter = OutboxMessage.objects.get(key__startswith="letter:studies-ended:")
    assert "There is nothing to pay." in letter.payload["body"]


def _free_enrolment() -> Enrolment:
    run = run_with_places(5)
    run.price_lines.all().delete()
    application = admissions.admitted(run, people.person("Jaan", "Kuusk"))
    return Enrolment.objects.get(application_id=application.pk)


@pytest.mark.parametrize("money", [Money.CREDITED, Money.KEPT])
def test_finance_decides_once(enrolled: Enrolment, money: Money) -> None:
    finance = people.staff(Duty.FINANCE)
    actions.cancel(enrolled, reason="moved away", by=None, at=clock.now())
    ending, at = Ending.objects.get(), clock.now()
    other = Money.KEPT if money == Money.CREDITED else Money.CREDITED

    actions.settle_ending(ending, money, note="as agreed", by=finance, at=at)
    actions.settle_ending(ending, other, note="again", by=finance, at=at)

    ending.refresh_from_db()
    agreement = Agreement.objects.get()
    assert (ending.money, ending.note, ending.decided_by) == (
        money,
        "as agreed",
        finance,
    )
    credited = money == Money.CREDITED
    assert CreditNote.objects.count() == int(credited)
    assert (agreement.ended_at is not None) == credited
    assert letters("fee-kept") == (
        [] if credited else ["The fee is not paid back: Data Science"]
    )


def test_finance_says_why(enrolled: Enrolment) -> None:
    actions.cancel(enrolled, reason="moved away", by=None, at=clock.now())

    with pytest.raises(rules.ReasonMissing):
        actions.settle_ending(
            Ending.objects.get(), Money.KEPT, note=" ", by=_someone(), at=clock.now()
        )

    assert Ending.objects.get().money == ""
    assert letters("fee-kept") == []


def _someone() -> Person:
    return people.staff(Duty.FINANCE)


def test_a_reaction_that_fails_undoes_the_step(
    enrolled: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_event: object) -> None:
        raise ValueError

    known = events._reactions  # noqa: SLF001 -- to break it for one test
    monkeypatch.setitem(known, EnrolmentEnded, [*known[EnrolmentEnded], fail])

    with pytest.raises(ValueError), transaction.atomic():  # noqa: PT011 -- our own
        actions.cancel(enrolled, reason="moved away", by=None, at=clock.now())

    enrolled.refresh_from_db()
    assert enrolled.state == EnrolmentState.REGISTERED
    assert not Ending.objects.exists()


def test_documents_name_the_degrees_in_which_their_courses_count() -> None:
    assert gathering._curricula is curricula_of  # noqa: SLF001 -- nothing else tells
