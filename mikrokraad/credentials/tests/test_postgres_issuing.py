"""What only PostgreSQL can show: two clerks at once, and a process that dies in between."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, connections

from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.credentials import actions, invariants
from mikrokraad.credentials.models import Credential, CredentialSeries
from mikrokraad.credentials.tests import factories
from mikrokraad.credentials.tests.factories import ISSUED

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
CLERKS = 6

# Dies by SIGKILL at the moment when {step} is about to return.
VICTIM = """
import os, signal, sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from datetime import datetime
from mikrokraad.credentials import actions
from mikrokraad.credentials.actions import issuing, status
from mikrokraad.studies.models import CompletionDecision

module, _, name = sys.argv[2].partition(".")
module = {"issuing": issuing, "status": status}[module]
step = getattr(module, name)

def die(*args, **kwargs):
    step(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(module, name, die)
actions.issue(
    CompletionDecision.objects.get(pk=sys.argv[3]),
    by=None,
    at=datetime.fromisoformat(sys.argv[4]),
)
"""
STEPS = [
    "issuing._next_number",
    "issuing._checked",
    "status.give_place",
    "issuing._render",
    "issuing.record",
    "issuing.write_letter",
]


def at_once(work: Callable[[int], object], times: int) -> list[object]:
    """Run `work` in as many threads, started together."""
    results: list[object] = [None] * times
    gate = threading.Barrier(times)

    def one(place: int) -> None:
        gate.wait()
        try:
            results[place] = work(place)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_clerks_at_once_make_one_certificate() -> None:
    completion = factories.completion()

    made = at_once(
        lambda _place: actions.issue(completion, by=None, at=ISSUED).number, CLERKS
    )

    assert made == ["2026-00001"] * CLERKS
    assert Credential.objects.count() == 1
    assert CredentialSeries.objects.get().last == 1


def test_many_learners_at_once_get_numbers_without_gaps() -> None:
    run = catalogue.run()
    completions = [
        factories.completion(factories.learner(f"Anna{n}"), run) for n in range(CLERKS)
    ]

    at_once(lambda place: actions.issue(completions[place], by=None, at=ISSUED), CLERKS)

    sequences = Credential.objects.order_by("sequence").values_list(
        "sequence", flat=True
    )
    assert list(sequences) == list(range(1, CLERKS + 1))
    assert list(invariants.broken(at=ISSUED)) == []


@pytest.mark.parametrize("step", STEPS)
def test_killed_in_between_leaves_nothing_and_can_be_repeated(
    step: str, tmp_path: Path
) -> None:
    completion = factories.completion()
    script = tmp_path / "victim.py"
    script.write_text(VICTIM)

    done = subprocess.run(
        [
            sys.executable,
            str(script),
            connection.settings_dict["NAME"],
            step,
            str(completion.pk),
            ISSUED.isoformat(),
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "mikrokraad.config.settings_test",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == -signal.SIGKILL, done.stderr
    assert Credential.objects.count() == 0
    issued = actions.issue(completion, by=None, at=ISSUED)
    assert issued.number == "2026-00001"
    assert list(invariants.broken(at=ISSUED)) == []
