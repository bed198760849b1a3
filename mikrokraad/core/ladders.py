"""State machines as tables: where each step leads, and what each state means."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from mikrokraad.core.errors import Refusal

S = TypeVar("S", bound=Enum)
T = TypeVar("T", bound=Enum)
F = TypeVar("F")


class StepNotAllowed(Refusal):
    code = "step-not-allowed"


@dataclass(frozen=True)
class Ladder(Generic[S, T, F]):
    """`steps` says where a step leads; `flags` says what each state means.

    Sets of states are asked for by flag, never listed by hand elsewhere.
    """

    steps: Mapping[tuple[S, T], S]
    flags: Mapping[S, F]

    def after(self, state: S, step: T) -> S:
        """The state `step` leads to. Refuses with `StepNotAllowed`."""
        try:
            return self.steps[(state, step)]
        except KeyError:
            raise StepNotAllowed(
                _(
                    "This has already moved on, so that step is no longer possible. "
                    "Open the page again to see where it stands."
                )
            ) from None

    def allows(self, state: S, step: T) -> bool:
        return (state, step) in self.steps

    def where(self, flag: str, value: object = True) -> list[S]:  # noqa: FBT002 -- a value to compare with
        """The states whose flag has this value, in the order of the table."""
        return [s for s, flags in self.flags.items() if getattr(flags, flag) == value]


def as_mermaid(ladder: Mapping[tuple[S, T], S]) -> str:
    """The ladder as a Mermaid state diagram, for the room's README."""
    arrows = [
        f"    {start.value} --> {end.value} : {step.value}"
        for (start, step), end in ladder.items()
    ]
    return "\n".join(["stateDiagram-v2", *arrows])
