"""State machines as tables."""

from dataclasses import dataclass
from enum import Enum

import pytest

from mikrokraad.core.ladders import Ladder, StepNotAllowed, as_mermaid


class Lamp(Enum):
    OFF = "off"
    ON = "on"
    BROKEN = "broken"


class Move(Enum):
    SWITCH = "switch"
    DROP = "drop"


@dataclass(frozen=True)
class Means:
    bright: bool = False


LADDER: Ladder[Lamp, Move, Means] = Ladder(
    steps={
        (Lamp.OFF, Move.SWITCH): Lamp.ON,
        (Lamp.ON, Move.SWITCH): Lamp.OFF,
        (Lamp.ON, Move.DROP): Lamp.BROKEN,
    },
    flags={Lamp.OFF: Means(), Lamp.ON: Means(bright=True), Lamp.BROKEN: Means()},
)


@pytest.mark.parametrize("state", list(Lamp))
@pytest.mark.parametrize("step", list(Move))
def test_a_step_leads_where_the_table_says_or_is_refused(
    state: Lamp, step: Move
) -> None:
    leads_to = LADDER.steps.get((state, step))

    assert LADDER.allows(state, step) == (leads_to is not None)
    if leads_to:
        assert LADDER.after(state, step) == leads_to
    else:
        with pytest.raises(StepNotAllowed, match="Open the page again") as refused:
            LADDER.after(state, step)
        assert refused.value.code == "step-not-allowed"


def test_sets_of_states_are_asked_for_by_flag() -> None:
    assert LADDER.where("bright") == [Lamp.ON]
    assert LADDER.where("bright", value=False) == [Lamp.OFF, Lamp.BROKEN]


def test_a_ladder_draws_itself() -> None:
    assert as_mermaid(LADDER.steps) == (
        "stateDiagram-v2\n"
        "    off --> on : switch\n"
        "    on --> off : switch\n"
        "    on --> broken : drop"
    )
