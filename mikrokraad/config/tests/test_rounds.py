"""What the worker does, round by round; and whether everything still holds."""

import threading
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command

from mikrokraad.config import rounds
from mikrokraad.core import clock, outbox
from mikrokraad.core.models import Delivery, OutboxMessage
from mikrokraad.people.models import RegisterEntry, RegisterSeal
from mikrokraad.people.register import record
from mikrokraad.people.tests.factories import institution, person
from mikrokraad.seats import actions as seats
from mikrokraad.seats.models import CapacityUnit, SeatClaim
from mikrokraad.seats.rules import ClaimState
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
LETTER = {"to": "a@example.org", "language": "en", "subject": "S", "body": "B"}


def held_place() -> None:
    at = clock.now()
    institution()
    seats.take_bundle(run_with_places(1), person(), hold_until=at + WEEK, at=at)


def test_a_tick_lets_every_rooms_clocks_run(noon: datetime) -> None:
    held_place()

    assert rounds.tick(at=noon) == []
    assert "1 holds on places ran out." in rounds.tick(at=noon + WEEK)
    assert rounds.tick(at=noon + WEEK) == []


def test_a_round_delivers_seals_and_ticks(noon: datetime) -> None:
    outbox.put("letter", key="letter:1", payload=LETTER, at=noon)
    record("greeted", person(), by=None, at=noon)
    rows = RegisterEntry.objects.count()

    assert rounds.one_round() == [
        f"1 messages sent, {rows} register rows sealed.",
    ]
    assert rounds.one_round() == ["0 messages sent, 0 register rows sealed."]
    assert RegisterSeal.objects.count() == rows


def test_the_worker_can_do_one_round(
    noon: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    outbox.put("letter", key="letter:1", payload=LETTER, at=noon)

    call_command("worker", "--once")

    assert capsys.readouterr().out.startswith("1 messages sent, ")
    assert OutboxMessage.objects.get().state == Delivery.SENT


def test_tick_says_what_was_done(
    noon: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    held_place()
    SeatClaim.objects.update(held_until=noon)

    call_command("tick")
    call_command("tick")

    assert capsys.readouterr().out == ("1 holds on places ran out.\nNothing was due.\n")


class Rounds(threading.Event):
    """Stops after some pauses, without sleeping."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.left = most

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        if self.left == 0:
            self.set()
        return self.is_set()


@pytest.mark.django_db(transaction=True)
def test_the_worker_goes_on_after_a_round_that_failed(
    noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.put("letter", key="letter:1", payload=LETTER, at=noon)
    ticks: list[datetime] = []

    def fail_once(*, at: datetime) -> list[str]:
        ticks.append(at)
        if len(ticks) == 1:
            raise ZeroDivisionError
        return []

    monkeypatch.setattr(rounds, "tick", fail_once)
    rounds.until(Rounds(most=rounds.ROUNDS_PER_TICK))

    assert len(ticks) == 2
    assert OutboxMessage.objects.get().state == Delivery.SENT


@pytest.mark.django_db(transaction=True)
def test_letters_go_while_the_search_index_is_being_built(
    noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.put("letter", key="letter:1", payload=LETTER, at=noon)
    begun, finish = threading.Event(), threading.Event()

    def build() -> None:
        begun.set()
        finish.wait()

    monkeypatch.setattr(rounds, "keep_up", build)
    stop = Rounds(most=2)
    building = rounds.beside(stop)
    begun.wait()

    rounds.until(stop)

    assert OutboxMessage.objects.get().state == Delivery.SENT
    assert building.is_alive()
    finish.set()
    building.join()


def test_the_search_index_is_kept_up_after_a_time_that_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    times: list[int] = []

    def fail_once() -> int:
        times.append(1)
        if len(times) == 1:
            raise ZeroDivisionError
        return 0

    monkeypatch.setattr(rounds, "keep_up", fail_once)

    rounds.search_until(Rounds(most=2))

    assert len(times) == 2


def test_every_invariant_has_a_code_of_its_own_and_a_title(noon: datetime) -> None:
    checked = [(code, title) for code, title, _broken in rounds.invariants(at=noon)]

    assert len({code for code, _title in checked}) == len(checked)
    assert {"C1", "S1", "M1", "A1", "K1"} <= {code for code, _title in checked}
    assert all(title for _code, title in checked)


def test_a_sound_house_holds(capsys: pytest.CaptureFixture[str]) -> None:
    institution()
    held_place()

    call_command("check_invariants")

    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.startswith("holds ")] == []


def test_what_is_broken_is_named_and_the_command_fails(
    capsys: pytest.CaptureFixture[str],
) -> None:
    held_place()
    CapacityUnit.objects.update(size=0)

    with pytest.raises(SystemExit) as stopped:
        call_command("check_invariants")

    assert stopped.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    at = lines.index(
        "BROKEN S1 confirmed places and live holds are never more than there are"
    )
    assert lines[at + 1].endswith("has 0 places and 1 claims")
    assert SeatClaim.objects.filter(state=ClaimState.HELD).count() == 3
