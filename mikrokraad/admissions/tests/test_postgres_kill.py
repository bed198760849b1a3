"""A process that dies at any moment leaves all or nothing, and trying again works.

The step runs in a forked process of its own, which kills itself (SIGKILL) before its
first, second, third … statement, until it comes through: see `killing`.
"""

from datetime import timedelta
from functools import partial

import pytest

from mikrokraad.admissions import actions
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests import factories as made
from mikrokraad.admissions.tests.killing import (
    broken,
    dies_everywhere,
    rows,
    was_killed,
)
from mikrokraad.catalogue.rules import PaymentRule
from mikrokraad.core import clock
from mikrokraad.fees.events import PaymentRuleMet
from mikrokraad.fees.models import CreditNote, Invoice
from mikrokraad.fees.tests.factories import with_application_fee
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions as seats
from mikrokraad.seats.models import Bundle
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db(transaction=True)


def test_take_bundle_is_all_or_nothing() -> None:
    run, liis, at = run_with_places(1), person(), clock.now()
    take = partial(
        seats.take_bundle, run, liis, hold_until=at + timedelta(days=7), at=at
    )

    assert dies_everywhere(take) > 3

    assert Bundle.objects.get().claims.count() == 3


def test_accept_offer_is_all_or_nothing() -> None:
    application = made.released()
    accept = partial(
        actions.accept_offer, application, by=application.person, at=clock.now()
    )

    assert dies_everywhere(accept) > 20

    assert made.fresh(application).state == State.ADMITTED
    assert list(Invoice.objects.values_list("sequence", flat=True)) == [1]


def test_accepting_what_is_not_paid_first_is_all_or_nothing() -> None:
    run = run_with_places(1, payment_rule=PaymentRule.AT_ONCE)
    application = made.released(run)
    accept = partial(
        actions.accept_offer, application, by=application.person, at=clock.now()
    )

    assert dies_everywhere(accept) > 30

    assert made.fresh(application).state == State.ENROLLED


def test_release_is_all_or_nothing() -> None:
    offers = made.staged()
    made.staged(offers.run, offer=False)
    release = partial(actions.release, offers.run, by=made.officer(), at=clock.now())

    assert dies_everywhere(release) > 10

    states = set(Application.objects.values_list("state", flat=True))
    assert states == {State.OFFERED, State.REJECTED}


def test_enrolling_is_all_or_nothing() -> None:
    application = made.admitted()
    assert application.agreement_id is not None
    met = PaymentRuleMet(application.agreement_id, clock.now())

    assert dies_everywhere(partial(actions.enrol_paid_applicant, met)) > 10

    assert made.fresh(application).state == State.ENROLLED


def test_withdrawing_frees_and_credits_or_does_neither() -> None:
    """After the commit a place is offered on; what dies there, the clock does."""
    run = run_with_places(1)
    holder, waiting = made.released(run), made.released(run)
    for each in (holder, waiting):
        actions.accept_offer(each, by=each.person, at=clock.now())
    withdraw = partial(actions.withdraw, holder, by=holder.person, at=clock.now())
    before, statement = rows(), 1

    while rows() == before:
        assert was_killed(withdraw, statement)
        assert broken() == []
        statement += 1

    assert made.fresh(holder).state == State.WITHDRAWN
    assert made.fresh(waiting).state == State.WAITLISTED
    assert CreditNote.objects.count() == 1
    assert actions.offer_freed_places(at=clock.now()) == 1
    assert made.fresh(waiting).state == State.OFFERED
    assert broken() == []


def test_sending_with_an_application_fee_is_all_or_nothing() -> None:
    application = made.answered(with_application_fee(run_with_places(1)))
    send = partial(actions.submit, application, by=application.person, at=clock.now())

    assert dies_everywhere(send) > 15

    assert made.fresh(application).state == State.FEE_DUE
    assert list(Invoice.objects.values_list("sequence", flat=True)) == [1]
