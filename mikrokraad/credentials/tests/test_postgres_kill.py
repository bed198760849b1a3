"""A process that dies while it issues leaves all or nothing, and trying again completes.

A real process kills itself (SIGKILL) before its first, second, third … statement, until it
comes through: see `dying`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.credentials import actions
from mikrokraad.credentials.tests import factories
from mikrokraad.credentials.tests.factories import ISSUED

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
START = "import sys, django; django.setup(); from mikrokraad.credentials.tests import dying; dying.main(*sys.argv[1:])"
FIRST, SECOND = "2026-00001", "2026-00002"
NOTHING = {
    **{"numbers": [], "states": [], "last": 0, "renderings": 0, "letters": 0},
    **{"said": 0, "broken": []},
}

Told = dict[str, Any]


def dying(step: str, pk: UUID | int, *, moment: str = "each") -> list[Told]:
    """What the database held after each death, and in the end."""
    arguments = [connection.settings_dict["NAME"], step, str(pk), ISSUED.isoformat()]
    done = subprocess.run(
        [sys.executable, "-c", START, *arguments, moment],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "mikrokraad.config.settings_test",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each.pop("killed") for each in lines] == [True] * (len(lines) - 1) + [False]
    return lines


def test_issuing_is_all_or_nothing() -> None:
    completion = factories.completion()

    *dead, done = dying("issue", completion.pk)

    assert len(dead) > 20
    assert [each for each in dead if each != NOTHING] == []
    assert done.pop("said") == 2  # a key was made, and a certificate issued
    assert done == {
        **{"numbers": [FIRST], "states": ["issued"], "last": 1},
        **{"renderings": 3, "letters": 1, "broken": []},
    }


def test_reissuing_is_all_or_nothing() -> None:
    old = factories.credential()

    *dead, done = dying("reissue", old.pk)

    assert len(dead) > 20
    assert {(*each["numbers"], *each["states"]) for each in dead} == {(FIRST, "issued")}
    assert {(each["last"], each["renderings"], each["letters"]) for each in dead} == {
        (1, 3, 1)
    }
    assert [each["broken"] for each in (*dead, done) if each["broken"]] == []
    assert done["numbers"] == [FIRST, SECOND]
    assert done["states"] == ["superseded", "issued"]
    assert (done["last"], done["renderings"], done["letters"]) == (2, 6, 2)


def test_a_cohort_goes_on_where_it_died() -> None:
    run = catalogue.run()
    for name in ("Anna", "Berta"):
        factories.completion(factories.learner(name), run)

    *dead, done = dying("cohort", run.pk)

    assert [each["broken"] for each in (*dead, done) if each["broken"]] == []
    held = [each["numbers"] for each in dead]
    assert held == sorted(held)
    assert {tuple(each) for each in held} == {(), (FIRST,)}
    assert done["numbers"] == [FIRST, SECOND]
    assert (done["last"], done["renderings"], done["letters"]) == (2, 6, 2)


def test_dying_after_the_commit_makes_no_second_one() -> None:
    completion = factories.completion()

    dead, done = dying("issue", completion.pk, moment="after")

    assert dead["numbers"] == [FIRST]
    assert done == dead
    assert actions.issue(completion, by=None, at=ISSUED).number == FIRST
