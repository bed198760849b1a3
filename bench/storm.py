"""Many requests at once over real connections: what each was told, and how long it took."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.crowd import Press

PATIENCE_SECONDS = 600
PAUSE_SECONDS = 0.2
NO_ANSWER = 0


@dataclass(frozen=True, slots=True)
class Told:
    """The status of an answer, seconds since the start, and how often it was asked."""

    status: int
    seconds: float
    tries: int


@dataclass(frozen=True, slots=True)
class Storm:
    told: list[Told]
    seconds: float  # until the last answer

    def answered(self, *statuses: int) -> int:
        return sum(each.status in statuses for each in self.told)

    def p95(self) -> float:
        return sorted(each.seconds for each in self.told)[
            int(len(self.told) * 0.95) - 1
        ]


async def _once(port: int, press: Press) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(press.request)
        await writer.drain()
        answer = await reader.read()
    finally:
        writer.close()
    return int(answer.split(b" ", 2)[1]) if answer else NO_ANSWER


async def _until_answered(port: int, press: Press, *, started: float) -> Told:
    """Press, and press again when the connection broke, as people do."""
    tries, status = 0, NO_ANSWER
    while status == NO_ANSWER and time.monotonic() - started < PATIENCE_SECONDS:
        tries += 1
        try:
            status = await _once(port, press)
        except OSError:
            await asyncio.sleep(PAUSE_SECONDS)
    return Told(status, time.monotonic() - started, tries)


async def _all(port: int, presses: Sequence[Press]) -> Storm:
    started = time.monotonic()
    told = await asyncio.gather(
        *(_until_answered(port, each, started=started) for each in presses)
    )
    return Storm(told, time.monotonic() - started)


def storm(port: int, presses: Sequence[Press]) -> Storm:
    """Everybody in the same moment; ends when everybody has an answer."""
    return asyncio.run(_all(port, presses))
