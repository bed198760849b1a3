"""From a draft to a place: what each step does, and what it refuses."""

from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from mikrokraad.admissions import actions, queries
from mikrokraad.admissions.models import Application, Decision, Evidence
from mikrokraad.admissions.rules import (
    LADDER,
    ApplicationsClosed,
    FileNotAccepted,
    Mover,
    OfferHasEnded,
    ReasonsNeeded,
    SomethingIsMissing,
    State,
)
from mikrokraad.admissions.tests import factories as made
from mikrokraad.catalogue.rules import AdmissionMode, PaymentRule
from mikrokraad.core import clock
from mikrokraad.core.calendar import day_of, end_of
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.core.models import OutboxMessage
from mikrokraad.fees.events import PaymentRuleMet
from mikrokraad.fees.models import CreditNote, Invoice
from mikrokraad.people.tests.factories import person
from mikrokraad.seats.actions import expire_holds, take_bundle
from mikrokraad.seats.models import SeatClaim
from mikrokraad.seats.queries import places_left
from mikrokraad.seats.tests.factories import run_with_places
from mikrokraad.seats.waiting import waitlist_position

pytestmark = pytest.mark.django_db


def letters(application: Application) -> list[str]:
    keys = OutboxMessage.objects.filter(about__endswith=str(application.pk)).order_by(
        "pk"
    )
    return [key.split(":")[1] for key in keys.values_list("key", flat=True)]


def left(application: Application) -> int:
    return places_left([application.run], at=clock.now())[application.run_id].left


# Applying -----------------------------------------------------------------------


def test_start_application_twice_is_one() -> None:
    run, liis = run_with_places(1), person()

    first = actions.start_application(run, by=liis, at=clock.now())
    second = actions.start_application(run, by=liis, at=clock.now())

    assert first == second


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=3)])
def test_applications_close_at_the_end_of_the_last_day(late: timedelta) -> None:
    run = run_with_places(1)
    ends = end_of(run.deadline)

    with pytest.raises(ApplicationsClosed, match="21 January 2027"):
        actions.start_application(run, by=person(), at=ends + late)

    assert not Application.objects.exists()
    in_time = ends - timedelta(seconds=1)
    begun = actions.start_application(run, by=person(), at=in_time)
    assert begun.state == State.DRAFT


def test_applications_do_not_open_early_or_for_what_is_not_published() -> None:
    run = run_with_places(1)
    hidden = run_with_places(1, published_at=None)

    with pytest.raises(ApplicationsClosed, match="open on 1 November 2026"):
        actions.start_application(
            run, by=person(), at=run.opens_at - timedelta(seconds=1)
        )
    with pytest.raises(ApplicationsClosed, match="takes no applications"):
        actions.start_application(hidden, by=person(), at=clock.now())


def test_submit_names_what_is_missing_and_sends_nothing() -> None:
    application = made.draft()

    with pytest.raises(SomethingIsMissing) as refused:
        actions.submit(application, by=application.person, at=clock.now())

    assert refused.value.missing == ("about", "education", "payer")
    assert made.fresh(application).state == State.DRAFT
    assert letters(application) == []


def test_submit_freezes_version_and_verdict_once() -> None:
    application = made.submitted()
    again = actions.submit(
        application, by=application.person, at=clock.now() + timedelta(days=1)
    )

    assert again.submitted_at == clock.now()
    assert again.version == again.run.version
    assert again.verdict["overall"] == "met"
    assert letters(application) == ["received"]


def test_answers_cannot_change_once_sent() -> None:
    application = made.submitted()

    with pytest.raises(StepNotAllowed, match="has been sent"):
        actions.save_section(
            application,
            "education",
            {"education": "basic", "education_about": ""},
            by=application.person,
            at=clock.now(),
        )

    assert made.fresh(application).education == "higher"


PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"0" * 30


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (made.PDF, "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
    ],
)
def test_evidence_is_kept_by_what_it_contains(content: bytes, kind: str) -> None:
    application = made.draft()

    kept = actions.attach_evidence(
        application,
        "education",
        made.pdf("my diploma.exe", content),
        by=application.person,
        at=clock.now(),
    )

    assert (kept.content_type, kept.name) == (kind, "my diploma.exe")
    assert "diploma" not in kept.file.name
    with kept.file.open() as stored:
        assert stored.read() == content


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00 no document", b"", b"hello", b"<html><script>"]
)
def test_other_files_are_refused(content: bytes) -> None:
    application = made.draft()

    with pytest.raises(FileNotAccepted, match="not a PDF, JPEG or PNG"):
        actions.attach_evidence(
            application,
            "education",
            made.pdf("diploma.pdf", content),
            by=application.person,
            at=clock.now(),
        )

    assert not Evidence.objects.exists()


def test_evidence_has_a_size_and_a_number_that_are_enough(
    settings: Settings,
) -> None:
    settings.EVIDENCE_MAX_BYTES = 1_048_576
    settings.EVIDENCE_MAX_FILES = 1
    application = made.draft()

    def attach(content: bytes) -> Evidence:
        return actions.attach_evidence(
            application,
            "education",
            made.pdf("diploma.pdf", content),
            by=application.person,
            at=clock.now(),
        )

    with pytest.raises(FileNotAccepted, match="larger than 1 MB"):
        attach(made.PDF + b" " * 1_048_576)
    kept = attach(made.PDF)
    with pytest.raises(FileNotAccepted, match="1 files already"):
        attach(made.PDF)
    actions.remove_evidence(kept, by=application.person, at=clock.now())
    assert attach(made.PDF).removed_at is None


def test_evidence_of_a_sent_application_stays() -> None:
    application = made.submitted()
    file = made.evidence(application)

    with pytest.raises(StepNotAllowed, match="files stay"):
        actions.remove_evidence(file, by=application.person, at=clock.now())
    with pytest.raises(StepNotAllowed, match="before you send"):
        actions.attach_evidence(
            application,
            "education",
            made.pdf(),
            by=application.person,
            at=clock.now(),
        )


# Deciding -----------------------------------------------------------------------


def test_nothing_is_told_about_a_staged_decision() -> None:
    application = made.staged()

    assert letters(application) == ["received"]


def test_release_tells_offers_and_rejections_once_and_together() -> None:
    offered = made.staged()
    rejected = made.staged(offered.run, offer=False)
    elsewhere = made.staged()

    first = actions.release(offered.run, by=made.officer(), at=clock.now())
    second = actions.release(offered.run, by=made.officer(), at=clock.now())

    assert (first.offers, first.rejections) == (1, 1)
    assert (second.offers, second.rejections) == (0, 0)
    assert letters(offered) == ["received", "offer"]
    assert letters(rejected) == ["received", "rejection"]
    assert made.fresh(elsewhere).state == State.OFFER_STAGED


def test_an_unstaged_decision_is_never_released() -> None:
    application = made.staged()

    actions.unstage(application, by=made.officer(), at=clock.now())
    actions.release(application.run, by=made.officer(), at=clock.now())

    assert made.fresh(application).state == State.UNDER_REVIEW
    assert Decision.objects.get().dropped_at is not None


@pytest.mark.parametrize("reasons", [[], ["because"], ["requirements_met"]])
def test_a_decision_needs_reasons_that_are_known(reasons: list[str]) -> None:
    application = made.under_review()

    with pytest.raises(ReasonsNeeded):
        actions.stage_rejection(
            application, reasons=reasons, by=made.officer(), at=clock.now()
        )

    assert made.fresh(application).state == State.UNDER_REVIEW


def test_a_rejection_says_why_in_both_languages() -> None:
    liis = person(language="et")
    told = made.released(offer=False, by=liis)
    also = made.released(offer=False)

    texts = {
        message.about.split(":")[1]: message.payload["body"]
        for message in OutboxMessage.objects.filter(key__contains="rejection")
    }
    assert "A requirement of the programme is not met." in texts[str(also.pk)]
    assert "Mõni programmi tingimus ei ole täidetud." in texts[str(told.pk)]


def test_a_question_and_its_answer_are_kept() -> None:
    application = made.application_in(State.INFO_REQUESTED)

    actions.answer(application, "In 2019.", by=application.person, at=clock.now())

    said = [message.text for message in application.messages.order_by("pk")]
    assert said == ["Which year was it?", "In 2019."]
    assert made.fresh(application).state == State.UNDER_REVIEW


# Taking a place --------------------------------------------------------------------


def test_accept_offer_takes_the_bundle_and_asks_for_the_fee() -> None:
    application = made.admitted()

    assert application.state == State.ADMITTED
    assert application.bundle is not None
    assert application.bundle.claims.count() == 3
    invoice = Invoice.objects.get()
    assert invoice.agreement == application.agreement
    assert application.move_by == end_of(invoice.due_on)
    assert left(application) == made.PLACES - 1


def test_accept_offer_twice_is_once() -> None:
    application = made.admitted()

    actions.accept_offer(application, by=application.person, at=clock.now())

    assert Invoice.objects.count() == 1
    assert left(application) == made.PLACES - 1


def test_accept_offer_at_its_end_changes_nothing() -> None:
    application = made.released()
    ends = application.move_by
    assert ends is not None

    with pytest.raises(OfferHasEnded, match="ended on 1 December 2026"):
        actions.accept_offer(application, by=application.person, at=ends)

    assert made.fresh(application).state == State.OFFERED
    assert not Invoice.objects.exists()
    assert not SeatClaim.objects.exists()
    in_time = ends - timedelta(seconds=1)
    accepted = actions.accept_offer(application, by=application.person, at=in_time)
    assert accepted.state == State.ADMITTED


def test_who_accepts_when_all_is_taken_waits_in_order() -> None:
    run = run_with_places(1)
    first, second, third = (made.released(run) for _n in range(3))

    for each in (first, second, third):
        actions.accept_offer(each, by=each.person, at=clock.now())

    states = [made.fresh(each).state for each in (first, second, third)]
    assert states == [State.ADMITTED, State.WAITLISTED, State.WAITLISTED]
    assert waitlist_position(run, second.person) == 1
    assert waitlist_position(run, third.person) == 2
    assert letters(second)[-1] == "waiting"
    assert Invoice.objects.count() == 1


def test_a_freed_place_is_offered_to_the_first_who_waits(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    run = run_with_places(1)
    holder, waiting, later = (made.released(run) for _n in range(3))
    for each in (holder, waiting, later):
        actions.accept_offer(each, by=each.person, at=clock.now())

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(holder, by=holder.person, at=clock.now())

    offered = made.fresh(waiting)
    assert offered.state == State.OFFERED
    assert offered.seat_from_waitlist
    assert offered.move_by == end_of(day_of(clock.now()) + timedelta(days=2))
    assert made.fresh(later).state == State.WAITLISTED
    assert letters(waiting)[-1] == "place_free"
    assert CreditNote.objects.count() == 1
    accepted = actions.accept_offer(offered, by=offered.person, at=clock.now())
    assert accepted.state == State.ADMITTED
    assert left(accepted) == 0


def test_a_freed_place_that_is_not_taken_goes_on() -> None:
    run = run_with_places(1)
    holder, waiting, later = (made.released(run) for _n in range(3))
    for each in (holder, waiting, later):
        actions.accept_offer(each, by=each.person, at=clock.now())
    actions.withdraw(holder, by=holder.person, at=clock.now())
    assert actions.offer_freed_places(at=clock.now()) == 1
    assert actions.offer_freed_places(at=clock.now()) == 0
    ends = made.fresh(waiting).move_by
    assert ends is not None

    assert actions.lapse_offers(at=ends) == 1
    assert actions.offer_freed_places(at=ends) == 1

    assert made.fresh(waiting).state == State.LAPSED
    assert made.fresh(later).state == State.OFFERED
    assert letters(waiting)[-1] == "offer_lapsed"


def test_paying_makes_the_place_sure() -> None:
    application = made.enrolled()

    assert application.state == State.ENROLLED
    assert application.bundle is not None
    states = set(application.bundle.claims.values_list("state", flat=True))
    assert states == {"confirmed"}
    assert letters(application)[-1] == "enrolled"


def test_when_nothing_is_owed_first_accepting_enrols() -> None:
    run = run_with_places(1, payment_rule=PaymentRule.AT_ONCE)

    application = made.admitted(run)

    assert application.state == State.ENROLLED
    assert application.agreement is not None


def test_an_unpaid_place_is_given_up_and_credited() -> None:
    application = made.admitted()
    weeks = clock.now() + timedelta(days=30)

    assert expire_holds(at=weeks) == 1
    assert expire_holds(at=weeks) == 0

    ended = made.fresh(application)
    assert ended.state == State.LAPSED
    assert ended.bundle is None
    assert CreditNote.objects.count() == 1
    assert letters(application)[-1] == "not_paid"
    assert left(application) == made.PLACES


def test_a_late_payment_gets_a_place_only_if_there_is_one() -> None:
    run = run_with_places(1)
    application = made.admitted(run)
    weeks = clock.now() + timedelta(days=30)
    expire_holds(at=weeks)
    rival = take_bundle(run, person(), hold_until=weeks + timedelta(days=9), at=weeks)
    assert application.agreement_id is not None
    paid = PaymentRuleMet(application.agreement_id, weeks)

    actions.enrol_paid_applicant(paid)
    actions.enrol_paid_applicant(paid)

    assert made.fresh(application).state == State.LAPSED
    assert letters(application)[-1] == "paid_too_late"
    assert rival.claims.count() == 3


def test_a_late_payment_takes_the_place_anew_while_there_is_one() -> None:
    application = made.admitted(run_with_places(1))
    weeks = clock.now() + timedelta(days=30)
    assert application.agreement_id is not None

    actions.enrol_paid_applicant(PaymentRuleMet(application.agreement_id, weeks))

    assert made.fresh(application).state == State.ENROLLED


def test_a_payment_for_what_has_ended_enrols_nobody() -> None:
    application = made.admitted()
    agreement = application.agreement_id
    assert agreement is not None
    actions.withdraw(application, by=application.person, at=clock.now())

    actions.enrol_paid_applicant(PaymentRuleMet(agreement, clock.now()))

    assert made.fresh(application).state == State.WITHDRAWN
    assert not SeatClaim.objects.exclude(state="released").exists()


def test_withdraw_gives_everything_back_once() -> None:
    application = made.admitted()

    for _n in range(2):
        actions.withdraw(application, by=application.person, at=clock.now())

    assert left(application) == made.PLACES
    assert CreditNote.objects.count() == 1
    assert letters(application)[-1] == "withdrawn"


def test_first_come_first_served_holds_a_place_at_once() -> None:
    run = run_with_places(1, admission_mode=AdmissionMode.INSTANT)

    first, second = made.submitted(run), made.submitted(run)

    assert made.fresh(first).state == State.OFFERED
    assert first.bundle is not None
    assert made.fresh(second).state == State.WAITLISTED


# Whose move -----------------------------------------------------------------------


@pytest.mark.parametrize("state", list(State))
def test_every_state_says_whose_move_it_is_and_by_when(state: State) -> None:
    application = made.application_in(state)

    move = queries.whose_move(application)

    assert move.mover == LADDER.flags[state].mover
    assert (move.by is None) == LADDER.flags[state].terminal
    assert move.text


def test_every_open_state_has_a_mover() -> None:
    idle = [
        s
        for s in LADDER.where("mover", Mover.NOBODY)
        if s not in LADDER.where("terminal")
    ]

    assert idle == []


def test_reminders_go_out_once_before_the_day() -> None:
    application = made.released()
    ends = application.move_by
    assert ends is not None
    before = ends - timedelta(days=1, hours=12)

    assert actions.remind(at=clock.now()) == 0
    assert actions.remind(at=before) == 1
    assert actions.remind(at=before + timedelta(hours=1)) == 0

    assert letters(application)[-1] == "reminder"
