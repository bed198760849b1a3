"""Every ladder of the system: each state means something, and whose move it is can be told."""

from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from mikrokraad.core.ladders import Ladder

ROOT = Path(__file__).parent.parent / "mikrokraad"
AnyLadder = Ladder[Any, Any, Any]


def ladders() -> dict[str, AnyLadder]:
    """By room and name, from each room's rules."""
    rooms = [path.parent.name for path in ROOT.glob("*/rules.py")]
    return {
        f"{room}.{name}": thing
        for room in sorted(rooms)
        for name, thing in vars(import_module(f"mikrokraad.{room}.rules")).items()
        if isinstance(thing, Ladder)
    }


LADDERS = ladders()
each_ladder = pytest.mark.parametrize(
    "ladder", [pytest.param(one, id=name) for name, one in LADDERS.items()]
)
with_movers = pytest.mark.parametrize(
    "ladder",
    [
        pytest.param(one, id=name)
        for name, one in LADDERS.items()
        if hasattr(next(iter(one.flags.values())), "mover")
    ],
)


def states_of(ladder: AnyLadder) -> set[Any]:
    return set(type(next(iter(ladder.flags))))


def test_the_ladders_are_found() -> None:
    assert {"admissions.LADDER", "catalogue.VERSIONS", "studies.LADDER"} <= set(LADDERS)


@each_ladder
def test_every_state_has_every_flag(ladder: AnyLadder) -> None:
    assert set(ladder.flags) == states_of(ladder)
    names = {tuple(field.name for field in fields(f)) for f in ladder.flags.values()}
    assert len(names) == 1


@each_ladder
def test_every_state_can_be_reached(ladder: AnyLadder) -> None:
    first = next(iter(ladder.flags))

    assert set(ladder.steps.values()) | {first} == states_of(ladder)


@each_ladder
def test_every_step_is_taken_somewhere(ladder: AnyLadder) -> None:
    steps = {step for _state, step in ladder.steps}

    assert steps == set(type(next(iter(steps))))


@with_movers
def test_whoever_is_not_done_has_a_mover_and_a_time(ladder: AnyLadder) -> None:
    unclear = [
        state
        for state, means in ladder.flags.items()
        if not means.terminal
        and (means.mover.value == "nobody" or means.by.value == "none")
    ]

    assert unclear == []


@with_movers
def test_whoever_is_done_waits_for_nobody(ladder: AnyLadder) -> None:
    movers = {means.mover for means in ladder.flags.values() if means.terminal}

    assert {str(mover.value) for mover in movers} == {"nobody"}
