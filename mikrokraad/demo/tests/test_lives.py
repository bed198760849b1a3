"""The seeded university is lived in: every situation is there, and nothing is untrue."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from mikrokraad.admissions.models import Application
from mikrokraad.admissions.queries import staged_decisions
from mikrokraad.admissions.rules import State
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import VersionState
from mikrokraad.core import clock
from mikrokraad.core.models import Delivery, OutboxMessage
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.queries import (
    certificates_of,
    corrected_at,
    revocations_at,
    runs_at,
)
from mikrokraad.credentials.rules import CredentialState
from mikrokraad.demo import clockwork, examples
from mikrokraad.demo.models import Mail
from mikrokraad.demo.seed import lives, report, university
from mikrokraad.demo.seed.university import University
from mikrokraad.fees.models import BankLine, Payment
from mikrokraad.fees.queries import (
    invoices_of,
    overdue_invoices,
    owed_on,
    trial_balance,
    unmatched_lines,
)
from mikrokraad.fees.rules import LineState, Method
from mikrokraad.pages.employing import our_people
from mikrokraad.pathways.queries import equivalences_at
from mikrokraad.people.models import Person
from mikrokraad.seats.queries import places_left
from mikrokraad.seats.waiting import waitlist_position
from mikrokraad.studies.models import CompletionDecision, Ending, SectionPlace
from mikrokraad.studies.queries import sections_of_teacher

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # the noon of every test
PROGRAMMES, LEARNERS = 7, 12
MAILBOX = "mikrokraad.demo.mailbox.MailboxBackend"


def seeded(programmes: int, learners: int) -> University:
    """Build and live, and write the file of addresses."""
    with time_machine.travel(NOW, tick=False), override_settings(EMAIL_BACKEND=MAILBOX):
        made = university.build(at=NOW, today=NOW.date(), programmes=programmes)
        report.write(made, lives.live(made, learners=learners))
    return made


@pytest.fixture(scope="module")
def made(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[University]:
    """One small university for all these tests, gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seeded(PROGRAMMES, LEARNERS)
        transaction.set_rollback(True)


@pytest.fixture
def undone(made: University) -> Iterator[University]:
    """The same, for a test that changes something."""
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)


def somebody(key: str) -> Person:
    return Person.objects.get(email=f"{key}@example.org")


def broken_invariants() -> list[str]:
    """What `mikrokraad check_invariants` finds broken, in its own words."""
    told = io.StringIO()
    with suppress(SystemExit):
        call_command("check_invariants", stdout=told)
    lines = told.getvalue().splitlines()
    assert lines
    return [line for line in lines if not line.startswith("holds")]


def states_in(run: Run) -> Counter[str]:
    return Counter(run.applications.values_list("state", flat=True))


@pytest.mark.usefixtures("made")
def test_nothing_that_must_never_be_false_is_false() -> None:
    assert broken_invariants() == []


def test_an_open_run_has_applications_in_every_state(made: University) -> None:
    shown = states_in(made.open_runs[report.OPEN])

    assert set(shown) >= {
        State.DRAFT,
        State.SUBMITTED,
        State.UNDER_REVIEW,
        State.INFO_REQUESTED,
        State.OFFERED,
        State.LAPSED,
        State.DECLINED,
        State.WITHDRAWN,
        State.REJECTED,
        State.ADMITTED,
        State.ENROLLED,
    }


def test_a_full_run_has_no_place_left(made: University) -> None:
    run = made.open_runs[university.FULL]

    places = places_left([run], at=made.at)[run.pk]

    assert places.is_full
    assert places.taken == places.size
    assert places.waiting == 0


def test_a_freed_place_is_offered_for_three_days_while_others_wait(
    made: University,
) -> None:
    run = made.open_runs[university.WAITING]

    offered = run.applications.get(state=State.OFFERED)

    assert offered.seat_from_waitlist
    assert offered.move_by is not None
    assert made.at < offered.move_by <= made.at + timedelta(days=3)
    assert places_left([run], at=made.at)[run.pk].waiting == 4
    assert waitlist_position(run, somebody("sofia.parn")) == 2


def test_after_the_deadline_a_queue_waits_and_decisions_are_not_told(
    made: University,
) -> None:
    run = made.open_runs[university.CLOSED]

    shown = states_in(run)

    assert run.deadline < made.today
    assert set(shown) == {
        State.SUBMITTED,
        State.UNDER_REVIEW,
        State.INFO_REQUESTED,
        State.OFFER_STAGED,
        State.REJECTION_STAGED,
    }
    assert staged_decisions([run]).count() == 5


def test_the_summer_school_reads_those_who_paid_the_application_fee(
    made: University,
) -> None:
    run = made.open_runs[university.SUMMER]

    waiting = run.applications.get(state=State.FEE_DUE)

    assert waiting.fee_agreement is not None
    assert owed_on(waiting.fee_agreement) == 25_00
    assert states_in(run)[State.SUBMITTED] == 1


def test_a_run_under_its_minimum_has_to_be_decided_soon(made: University) -> None:
    run = made.open_runs[university.UNDER_MINIMUM]

    assert states_in(run)[State.ENROLLED] < run.min_group
    assert run.decide_by is not None
    assert made.today < run.decide_by <= made.today + timedelta(days=14)


def test_finance_has_something_of_every_kind(made: University) -> None:
    assert Payment.objects.filter(method=Method.CARD).exists()
    assert BankLine.objects.filter(state=LineState.MATCHED).exists()
    assert unmatched_lines().count() == 2
    assert overdue_invoices(made.today).exists()
    assert Ending.objects.filter(money="").exists()
    assert sum(trial_balance().values()) == 0


def test_studies_are_decided_confirmed_and_entered(made: University) -> None:
    earned = set(CompletionDecision.objects.values_list("earned", flat=True))
    entered = SectionPlace.objects.exclude(entered_grade="").filter(results=None)

    assert earned == {"certificate", "statement", "nothing"}
    assert entered.exists()
    assert {run.intake.term.code for run in made.running.values()} == {"2026-autumn"}


def test_certificates_are_in_every_state(made: University) -> None:
    found = set(Credential.objects.values_list("state", flat=True))
    officer = somebody("merike.hobehelm")

    assert found == {
        CredentialState.ISSUED,
        CredentialState.SUPERSEDED,
        CredentialState.REVOKED,
    }
    assert revocations_at(officer).exclude(asked_by=officer).count() == 1
    assert corrected_at(officer).count() == 1
    assert sum(run.ready for run in runs_at(officer)) > 0  # type: ignore[attr-defined]  # an annotation
    assert len(examples.certificates()) == 3
    assert examples.link() is not None
    assert made.finished


@pytest.mark.usefixtures("made")
def test_learners_find_what_their_description_says() -> None:
    visitor = Application.objects.get(person=somebody("beatriz.linho"))
    engineer = certificates_of(somebody("andres.pihlakas"))
    teacher = Application.objects.get(person=somebody("sofia.parn"))

    assert visitor.state == State.ADMITTED
    assert visitor.agreement is not None
    assert visitor.agreement.invoices.count() == 1
    assert [each.state for each in engineer] == [CredentialState.ISSUED]
    assert teacher.state == State.WAITLISTED
    assert not Application.objects.filter(
        person=somebody("liis.maasikas"), run__version__programme__slug=report.OPEN
    ).exists()


@pytest.mark.usefixtures("made")
def test_staff_and_the_employer_find_something_on_their_desk() -> None:
    lecturer = list(sections_of_teacher(somebody("toomas.kudum")))
    assessor = equivalences_at(somebody("hillar.mootevakk"))
    draft = VersionState.DRAFT

    assert any(section.entered for section in lecturer)  # type: ignore[attr-defined]  # an annotation
    assert any(section.confirmed for section in lecturer)  # type: ignore[attr-defined]  # an annotation
    assert assessor.filter(decided_by=None).exists()
    assert invoices_of(somebody("rita.varav")).exists()
    assert our_people(somebody("rita.varav"))
    assert Run.objects.filter(
        version__programme__versions__state=draft,
        contact=somebody("kadri.kirivoo"),
    ).exists()


def test_the_mailbox_holds_the_letters_of_the_last_weeks(made: University) -> None:
    dates = list(Mail.objects.values_list("at", flat=True))
    waiting = OutboxMessage.objects.exclude(state=Delivery.SENT)

    assert len(set(dates)) > 50
    assert made.at - timedelta(days=28) <= min(dates)
    assert max(dates) <= made.at
    assert all(message.due_at > made.at for message in waiting)


def test_everything_happened_in_the_order_of_time(made: University) -> None:
    issued = Credential.objects.order_by("year", "sequence")
    moments = list(issued.values_list("issued_at", flat=True))

    assert moments == sorted(moments)
    assert moments[-1] <= made.at


def test_the_file_of_addresses_is_complete_and_true(
    made: University, client: Client
) -> None:
    told = json.loads(report.FILE.read_text())

    assert set(told["programmes"]) == set(report.SITUATIONS)
    assert set(told["certificates"]) == {"issued", "superseded", "revoked"}
    for address in _addresses(told):
        assert client.get(address).status_code == 200, address
    assert made.at == NOW


def _addresses(told: dict[str, Any]) -> list[str]:
    signs = [one["sign_in"] for one in told["personas"] if one["sign_in"]]
    pages = [one["page"] for one in told["programmes"].values()]
    certificates = told["certificates"].values()
    return [
        *signs,
        *pages,
        *(one["page"] for one in certificates),
        *(one["share"] for one in certificates),
    ]


def test_moving_the_clock_lets_the_clocks_act(
    undone: University, client: Client
) -> None:
    clockwork.read_anew()
    clock.move_with(clockwork.offset)
    run = undone.open_runs[report.OPEN]
    before = states_in(run)

    told = client.post("/en/demo/clock/move/8/", follow=True).content.decode()

    assert "letters were written" in told
    assert states_in(run)[State.LAPSED] > before[State.LAPSED]
    assert broken_invariants() == []


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_lives() -> None:
    assert _told_once() == _told_once()


def _told_once() -> list[Any]:
    """What can be told apart about the lives of those who apply for one programme."""
    with transaction.atomic():
        made = university.build(at=NOW, today=NOW.date(), programmes=1)
        made.finished.clear()
        made.running.clear()
        lives.live(made, learners=1)
        told = [
            *Application.objects.order_by("started_at", "person__email").values_list(
                "person__email", "state", "started_at", "changed_at"
            ),
            *Payment.objects.order_by("created_at", "invoice__number").values_list(
                "invoice__number", "method", "amount_cents", "created_at"
            ),
        ]
        transaction.set_rollback(True)
    return told
