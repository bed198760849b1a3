"""The application fee comes first: an application is read once it is paid."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions import actions, invariants, queries
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import Mover, State
from mikrokraad.admissions.tests import factories as made
from mikrokraad.catalogue.rules import AdmissionMode
from mikrokraad.core import clock
from mikrokraad.core.calendar import end_of
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.core.models import OutboxMessage
from mikrokraad.fees import invariants as money
from mikrokraad.fees.events import ApplicationFeePaid
from mikrokraad.fees.models import CreditNote, Invoice
from mikrokraad.fees.queries import open_cents
from mikrokraad.fees.rules import PayerKind
from mikrokraad.fees.tests.factories import pay, with_application_fee
from mikrokraad.people.register import named
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.people.tests.factories import person
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
FEE = 25_00


def fee_of(application: Application) -> Invoice:
    assert application.fee_agreement is not None
    return application.fee_agreement.invoices.get()


def letters(application: Application) -> list[str]:
    """Which letters were written about the application and its invoices."""
    keys = OutboxMessage.objects.order_by("pk").values_list("key", flat=True)
    return [key.split(":")[1] for key in keys]


def broken() -> list[tuple[str, str]]:
    at = clock.now()
    return [*invariants.broken(at=at), *money.broken(at=at)]


def test_sending_asks_the_fee_of_the_applicant_and_nobody_reads_yet() -> None:
    application = made.fee_due()
    invoice, move = fee_of(application), queries.whose_move(application)

    assert application.state == State.FEE_DUE
    assert application.submitted_at == clock.now()
    assert (invoice.total_cents, invoice.payer_person) == (FEE, application.person)
    assert [line["kind"] for line in invoice.lines] == ["application_fee"]
    assert (move.mover, move.text) == (Mover.APPLICANT, "pay the application fee")
    assert application.move_by == end_of(invoice.due_on)
    assert letters(application) == ["invoice"]
    assert broken() == []
    with pytest.raises(StepNotAllowed):
        actions.open_review(application, by=made.officer(), at=clock.now())


def test_the_fee_is_the_applicants_even_if_an_employer_pays_the_studies() -> None:
    run = with_application_fee(run_with_places(1))
    application = made.answered(run)
    answers = {
        "payer_kind": "employer",
        "name": "Virmaline OÜ",
        "registry_code": "19999012",
        "email": "arved@example.org",
        "purchase_order": "",
    }
    actions.save_section(
        application, "payer", answers, by=application.person, at=clock.now()
    )

    sent = actions.submit(application, by=application.person, at=clock.now())

    assert fee_of(sent).payer_kind == PayerKind.SELF


def test_a_transfer_brings_the_application_to_its_readers() -> None:
    application = made.fee_due()

    pay(fee_of(application))

    application = made.fresh(application)
    assert application.state == State.SUBMITTED
    assert queries.whose_move(application).mover == Mover.STAFF
    assert letters(application) == ["invoice", "received"]
    assert broken() == []
    actions.open_review(application, by=made.officer(), at=clock.now())


def test_the_same_fee_paid_twice_moves_nothing_twice() -> None:
    application = made.fee_due()
    pay(fee_of(application))
    actions.open_review(application, by=made.officer(), at=clock.now())
    assert application.fee_agreement_id is not None

    actions.read_after_the_fee(
        ApplicationFeePaid(application.fee_agreement_id, clock.now())
    )

    assert made.fresh(application).state == State.UNDER_REVIEW
    assert letters(application).count("received") == 1


def test_the_invoice_after_acceptance_is_for_the_studies_alone() -> None:
    run = with_application_fee(run_with_places(2))
    application = made.fee_due_and_paid(run)
    by, at = made.officer(), clock.now()
    actions.open_review(application, by=by, at=at)
    actions.stage_offer(application, reasons=["requirements_met"], by=by, at=at)
    actions.release(run, by=by, at=at)

    accepted = actions.accept_offer(application, by=application.person, at=at)

    assert accepted.agreement is not None
    studies = accepted.agreement.invoices.get()
    assert [line["kind"] for line in studies.lines] == ["fee"]
    assert studies.total_cents == 2_400_00
    pay(studies)
    assert made.fresh(application).state == State.ENROLLED
    assert broken() == []


def test_taken_back_unpaid_the_invoice_is_credited() -> None:
    application = made.fee_due()

    actions.withdraw(application, by=application.person, at=clock.now())

    assert CreditNote.objects.get().invoice == fee_of(application)
    assert open_cents(fee_of(application)) == 0
    assert broken() == []


def test_taken_back_paid_the_fee_is_kept_and_counts_when_applying_again() -> None:
    run = with_application_fee(run_with_places(2))
    application = made.fee_due_and_paid(run)
    actions.withdraw(application, by=application.person, at=clock.now())
    assert not CreditNote.objects.exists()

    again = made.submitted(run, by=application.person)

    assert again.state == State.SUBMITTED
    assert Invoice.objects.count() == 1
    assert broken() == []


def test_first_come_first_served_counts_from_the_payment() -> None:
    run = with_application_fee(run_with_places(1, admission_mode=AdmissionMode.INSTANT))
    slow, quick = made.submitted(run), made.submitted(run)

    pay(fee_of(quick))
    pay(fee_of(slow))

    assert made.fresh(quick).state == State.OFFERED
    assert made.fresh(slow).state == State.WAITLISTED
    assert broken() == []


def test_who_has_not_paid_is_reminded_before_the_day() -> None:
    application = made.fee_due()
    assert application.move_by is not None

    written = actions.remind(at=application.move_by - timedelta(days=1))

    assert written == 1
    reminder = OutboxMessage.objects.get(
        about=named(application), key__contains="reminder"
    )
    assert "pay the application fee" in reminder.payload["body"]


def test_a_run_without_the_fee_asks_nothing() -> None:
    application = made.submitted()

    assert application.state == State.SUBMITTED
    assert application.fee_agreement is None
    assert not Invoice.objects.exists()


# The applicant's pages ------------------------------------------------------------


def test_the_page_says_what_is_waited_for_and_where_to_pay(client: Client) -> None:
    application = made.answered(with_application_fee(run_with_places(2)))
    sign_in(client, application.person)
    submit = reverse("admissions:submit", args=[application.pk])

    before = client.get(submit).content.decode()
    sent = client.post(submit, follow=True)
    page = sent.content.decode()

    assert "The invoice for the application fee, €25, comes at once." in before
    assert sent.redirect_chain[-1][0] == application.get_absolute_url()
    assert "We are waiting for your application fee" in page
    assert "Your move: pay the application fee." in page
    assert reverse("fees:invoice", args=[fee_of(made.fresh(application)).pk]) in page
    assert "€25, not paid" in page


def test_sending_twice_asks_the_fee_once(client: Client) -> None:
    application = made.answered(with_application_fee(run_with_places(2)))
    sign_in(client, application.person)
    for _press in range(2):
        client.post(reverse("admissions:submit", args=[application.pk]))

    assert Invoice.objects.count() == 1


def test_before_applying_one_reads_what_it_costs(client: Client) -> None:
    run = with_application_fee(run_with_places(2))
    sign_in(client, person())

    page = client.get(reverse("admissions:apply", args=[run.pk])).content.decode()

    assert "€25, not returned" in page
    assert "You pay the application fee, €25" in page


def test_payer_page_says_who_pays_the_application_fee(client: Client) -> None:
    application = made.draft(with_application_fee(run_with_places(2)))
    sign_in(client, application.person)

    page = client.get(
        reverse("admissions:payer", args=[application.pk])
    ).content.decode()

    assert "You pay the application fee of €25 yourself" in page
    assert "Nothing is paid now" not in page


def test_officers_see_whether_it_is_paid(client: Client) -> None:
    application = made.fee_due()
    sign_in(client, made.officer(), strong=True)
    queue = reverse("office:admissions_queue")
    case = reverse("office:admissions_application", args=[application.pk])

    waiting = client.get(queue).content.decode()
    ours = client.get(queue, {"mover": "staff"}).content.decode()
    unpaid = client.get(case).content.decode()
    pay(fee_of(application))
    paid = client.get(case).content.decode()
    now_ours = client.get(queue, {"mover": "staff"}).content.decode()

    assert "waiting for the application fee" in waiting
    assert application.person.name not in ours
    assert "€25, not paid" in unpaid
    assert "Start reading" not in unpaid
    assert "€25, paid" in paid
    assert "Start reading" in paid
    assert application.person.name in now_ours
