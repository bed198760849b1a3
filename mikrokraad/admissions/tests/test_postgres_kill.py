"""A process that dies at any moment leaves all or nothing, and trying again works.

The step runs in a forked process of its own, which kills itself (SIGKILL) before its
first, second, third … statement, until it comes through.
"""

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection

from mikrokraad.admissions import actions, invariants
from mikrokraad.admissions.models import Application, Decision
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests import factories as made
from mikrokraad.catalogue.rules import PaymentRule
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.fees import invariants as fees
from mikrokraad.fees.events import PaymentRuleMet
from mikrokraad.fees.models import CreditNote, Invoice, LedgerEntry, Posting
from mikrokraad.people.models import RegisterEntry
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions as seats
from mikrokraad.seats import invariants as places
from mikrokraad.seats.models import Bundle, SeatClaim, WaitlistEntry
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db(transaction=True)
MOST_STATEMENTS = 400
KEPT = (
    Application,
    Bundle,
    CreditNote,
    Decision,
    Invoice,
    LedgerEntry,
    OutboxMessage,
    Posting,
    RegisterEntry,
    SeatClaim,
    WaitlistEntry,
)


class Killer:
    """Ends its own process before statement number `at`."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        self.left -= 1
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*statement)


def was_killed(step: Callable[[], object], before_statement: int) -> bool:
    """Whether the child died by the signal; otherwise it must have come through."""
    child = os.fork()
    if child == 0:
        _run_in_child(step, before_statement)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def _run_in_child(step: Callable[[], object], before_statement: int) -> None:
    """On a connection of its own; the inherited one stays the parent's, untouched."""
    came_through = 1
    try:
        inherited = connection.connection
        connection.connection = None
        connection.connect()
        with connection.execute_wrapper(Killer(before_statement)):
            step()
        came_through = 0 if inherited is not None else 2
    finally:
        os._exit(came_through)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Everything the steps write."""
    return {
        model.__name__: sorted(model.objects.values_list(), key=repr) for model in KEPT
    }


def broken() -> list[tuple[str, str]]:
    at = clock.now()
    return [*invariants.broken(at=at), *places.broken(at=at), *fees.broken(at=at)]


def dies_everywhere(step: Callable[[], object]) -> int:
    """Kill `step` before each of its statements. At how many it died."""
    before = rows()
    for statement in range(1, MOST_STATEMENTS):
        if not was_killed(step, statement):
            assert rows() != before
            assert broken() == []
            return statement - 1
        assert rows() == before, f"half done, killed before statement {statement}"
    raise AssertionError("The step never came through.")


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
