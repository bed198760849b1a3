"""A step in a forked process that is killed before each of its statements in turn."""

import os
import signal
from collections.abc import Callable
from typing import Any

from django.db import connection

from mikrokraad.admissions import invariants
from mikrokraad.admissions.models import Application, Decision
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.fees import invariants as fees
from mikrokraad.fees.models import (
    Agreement,
    BankLine,
    BankStatement,
    CreditNote,
    Invoice,
    LedgerEntry,
    Payment,
    Posting,
    Series,
)
from mikrokraad.people.models import RegisterEntry
from mikrokraad.seats import invariants as places
from mikrokraad.seats.models import Bundle, SeatClaim, WaitlistEntry

MOST_STATEMENTS = 400
KEPT = (
    Agreement,
    Application,
    BankLine,
    BankStatement,
    Bundle,
    CreditNote,
    Decision,
    Invoice,
    LedgerEntry,
    OutboxMessage,
    Payment,
    Posting,
    RegisterEntry,
    SeatClaim,
    Series,
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
