"""A process of its own in which issuing is killed before each of its statements in turn.

`main` prints a line of JSON after every death: what the database holds then. The last line
is of the one that came through. With `after`, the only one to die does so after its commit.

Its own process, since the typesetter's threads do not survive a fork of the tests' one.
"""

import json
import os
import signal
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection

from mikrokraad.catalogue.models import Run
from mikrokraad.core.models import OutboxMessage
from mikrokraad.credentials import actions, invariants
from mikrokraad.credentials.models import Credential, CredentialSeries, Rendering
from mikrokraad.credentials.rules import ReissueReason
from mikrokraad.people.models import RegisterEntry
from mikrokraad.studies.models import CompletionDecision

MOST_STATEMENTS = 400
AFTER_THE_COMMIT = 0


class Killer:
    """Ends its own process (SIGKILL) before statement number `at`."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*statement)


def was_killed(step: Callable[[], object], statement: int) -> bool:
    """Whether a child that takes `step` died by the signal; else it came through."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            with connection.execute_wrapper(Killer(statement)):
                step()
            if statement == AFTER_THE_COMMIT:
                os.kill(os.getpid(), signal.SIGKILL)
            os._exit(0)
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def told(at: datetime) -> dict[str, object]:
    """What the database holds: the numbers given, their state, the last one, what is broken."""
    issued = Credential.objects.order_by("sequence")
    return {
        "numbers": list(issued.values_list("number", flat=True)),
        "states": list(issued.values_list("state", flat=True)),
        "last": sum(CredentialSeries.objects.values_list("last", flat=True)),
        "renderings": Rendering.objects.count(),
        "letters": OutboxMessage.objects.filter(key__startswith="letter:").count(),
        "said": RegisterEntry.objects.count(),
        "broken": list(invariants.broken(at=at)),
    }


def deaths(
    step: Callable[[], object], moment: str, at: datetime
) -> Iterator[dict[str, object]]:
    before_each = range(1, MOST_STATEMENTS)
    after_all = [AFTER_THE_COMMIT, MOST_STATEMENTS]
    for statement in after_all if moment == "after" else before_each:
        killed = was_killed(step, statement)
        yield {"killed": killed, **told(at)}
        if not killed:
            return


def step_of(name: str, pk: str, at: datetime) -> Callable[[], object]:
    if name == "issue":
        completion = CompletionDecision.objects.get(pk=pk)
        return partial(actions.issue, completion, by=None, at=at)
    if name == "reissue":
        old, why = Credential.objects.get(pk=pk), ReissueReason.CORRECTION
        return partial(actions.reissue, old, why, by=None, at=at)
    return partial(actions.issue_cohort, Run.objects.get(pk=pk), by=None, at=at)


def main(database: str, name: str, pk: str, when: str, moment: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    at = datetime.fromisoformat(when)
    step = step_of(name, pk, at)
    for each in deaths(step, moment, at):
        print(json.dumps(each), flush=True)  # noqa: T201 -- read by the test
    connection.close()
