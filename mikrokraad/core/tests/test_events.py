"""What a lower room says is heard above, in the written order, all or nothing."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from mikrokraad.core import outbox
from mikrokraad.core.events import publish, when
from mikrokraad.core.models import OutboxMessage
from mikrokraad.core.tests.factories import AT


@dataclass(frozen=True)
class Rang:
    bell: str


@dataclass(frozen=True)
class NobodyListens:
    pass


def test_reactions_run_in_the_written_order() -> None:
    heard: list[str] = []
    when(Rang, lambda event: heard.append(f"first {event.bell}"))
    when(Rang, lambda event: heard.append(f"second {event.bell}"))

    publish(Rang("noon"))

    assert heard == ["first noon", "second noon"]


def test_an_event_nobody_waits_for_is_no_trouble() -> None:
    publish(NobodyListens())


@dataclass(frozen=True)
class Broke:
    pass


def fail(_event: Broke) -> None:
    raise ZeroDivisionError


@pytest.mark.django_db
def test_a_reaction_that_fails_undoes_the_step_that_published() -> None:
    when(Broke, fail)

    def step() -> None:
        with transaction.atomic():
            outbox.put("kind", key="of-the-step", payload={}, at=AT)
            publish(Broke())

    with pytest.raises(ZeroDivisionError):
        step()

    assert not OutboxMessage.objects.exists()
