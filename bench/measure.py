"""How a cost is measured: CPU seconds of this process, the best of several rounds."""

import time
from collections.abc import Callable
from typing import TypedDict

ROUNDS = 5


class Row(TypedDict):
    """One line of the table. `times` says how many times `beside` it costs."""

    name: str
    seconds: float
    beside: str
    times: float


def cpu_seconds(once: Callable[[], object], *, count: int) -> float:
    """CPU seconds of one call: the best mean of five rounds of `count` calls."""
    once()  # warm
    best = float("inf")
    for _n in range(ROUNDS):
        started = time.process_time()
        for _m in range(count):
            once()
        best = min(best, (time.process_time() - started) / count)
    return best


def wall_seconds(once: Callable[[], object], *, count: int) -> float:
    """Wall-clock seconds of one call, for work that a database server does."""
    once()
    best = float("inf")
    for _n in range(ROUNDS):
        started = time.perf_counter()
        for _m in range(count):
            once()
        best = min(best, (time.perf_counter() - started) / count)
    return best


def row(name: str, seconds: float, beside: str, other: float) -> Row:
    return {
        "name": name,
        "seconds": seconds,
        "beside": beside,
        "times": round(seconds / other, 2),
    }
