"""Many people at once: places go to as many as there are, nobody is lost or stuck."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import connection

from mikrokraad.admissions import actions, invariants
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests import factories as made
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal
from mikrokraad.fees import invariants as fees
from mikrokraad.fees.events import PaymentRuleMet
from mikrokraad.fees.models import Invoice
from mikrokraad.people.tests.factories import institution, person
from mikrokraad.seats import actions as seats
from mikrokraad.seats import invariants as places
from mikrokraad.seats.models import WaitlistEntry
from mikrokraad.seats.tests.factories import open_places, run_with_places

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, PLACES = 200, 30


def offered(run: Run, many: int) -> list[Application]:
    """Many people with the same offer."""
    institution()
    pattern = made.released(run)
    facts = {
        "run": run,
        "state": State.OFFERED,
        "version": pattern.version,
        "verdict": pattern.verdict,
        "education": pattern.education,
        "payer_kind": pattern.payer_kind,
        "started_at": pattern.started_at,
        "changed_at": pattern.changed_at,
        "submitted_at": pattern.submitted_at,
        "move_by": pattern.move_by,
    }
    return [Application.objects.create(person=person(), **facts) for _n in range(many)]


def all_at_once(works: list[Callable[[], object]]) -> list[object]:
    """Run everything at the same time; a refusal is an answer, anything else fails."""

    def one(work: Callable[[], object]) -> object:
        try:
            return work()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def accept(application: Application) -> str:
    done = actions.accept_offer(application, by=application.person, at=clock.now())
    return str(done.state)


def broken() -> list[tuple[str, str]]:
    at = clock.now()
    return [
        *invariants.broken(at=at),
        *places.broken(at=at),
        *fees.broken(at=at),
    ]


def test_two_hundred_accept_and_thirty_get_a_place() -> None:
    run = run_with_places(PLACES, in_sections=CLIENTS)
    crowd = offered(run, CLIENTS)

    told = all_at_once([partial(accept, each) for each in crowd])

    assert Counter(told) == {"admitted": PLACES, "waitlisted": CLIENTS - PLACES}
    sequences = sorted(Invoice.objects.values_list("sequence", flat=True))
    assert sequences == list(range(1, PLACES + 1))
    waiting = Application.objects.filter(state=State.WAITLISTED)
    assert set(waiting.values_list("person", flat=True)) == set(
        WaitlistEntry.objects.filter(state="waiting").values_list("person", flat=True)
    )
    assert broken() == []


def test_everything_at_once_on_runs_that_share_a_course() -> None:
    """Accepting, paying, withdrawing, expiring, offering: no deadlock, nothing broken."""
    first = run_with_places(6, in_sections=CLIENTS)
    second = catalogue.run()
    shared = first.sections.order_by("code")[0]
    second.run_sections.create(section=shared)
    open_places(second, 6, in_sections=CLIENTS)
    seats.open_capacity(shared, 9, by=None, at=clock.now())
    crowd = offered(first, 16) + offered(second, 16)
    all_at_once([partial(accept, each) for each in crowd])
    weeks = clock.now() + timedelta(days=30)

    all_at_once(_mixed(crowd, weeks))
    all_at_once(_mixed(crowd, clock.now()))

    assert broken() == []


def _mixed(crowd: list[Application], later: datetime) -> list[Callable[[], object]]:
    works: list[Callable[[], object]] = []
    for n, each in enumerate(Application.objects.filter(pk__in=[a.pk for a in crowd])):
        works.append(partial(accept, each))
        if each.agreement_id and n % 2:
            met = PaymentRuleMet(each.agreement_id, clock.now())
            works.append(partial(actions.enrol_paid_applicant, met))
        if n % 3 == 0:
            works.append(
                partial(actions.withdraw, each, by=each.person, at=clock.now())
            )
        if n % 8 == 0:
            works.append(partial(actions.offer_freed_places, at=clock.now()))
            works.append(partial(seats.expire_holds, at=later))
            works.append(partial(actions.lapse_offers, at=later))
    random.Random(7).shuffle(works)
    return works
