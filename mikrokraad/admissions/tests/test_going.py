"""Does a run take place: the counts, and calling it off by two people, once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mikrokraad.admissions import actions, groups, invariants
from mikrokraad.admissions.actions import going
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import (
    ReasonsNeeded,
    RunIsDecided,
    State,
)
from mikrokraad.admissions.tests import factories as made
from mikrokraad.catalogue.models import Run
from mikrokraad.core import clock
from mikrokraad.core.errors import NeedsAnotherPerson
from mikrokraad.core.models import OutboxMessage
from mikrokraad.fees.queries import open_cents, to_pay_back
from mikrokraad.fees.tests.factories import pay
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.seats.models import SeatClaim
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
WHY = "Only two people came."


def run_to_decide(places: int = 20) -> Run:
    run = run_with_places(places)
    run.min_group, run.decide_by = 5, clock.today()
    run.save(update_fields=["min_group", "decide_by"])
    return run


def called_off(run: Run, *others: Run) -> int:
    one, other = made.officer(), made.officer()
    actions.ask_to_call_off(
        run, reason=WHY, alternatives=others, by=one, at=clock.now()
    )
    return actions.call_off(run, by=other, at=clock.now())


def enrolled(run: Run, name: str) -> Application:
    """Paid in full, so enrolled."""
    case = made.admitted(run, people.person(name))
    if case.state == State.ADMITTED:
        assert case.agreement is not None
        pay(case.agreement.invoices.get())
    return made.fresh(case)


def letters_to(case: Application, kind: str) -> list[OutboxMessage]:
    return list(
        OutboxMessage.objects.filter(key__startswith=f"letter:{kind}:{case.pk}")
    )


def test_the_group_counts_who_is_sure_who_is_likely_and_who_may_come() -> None:
    run = run_to_decide()
    enrolled(run, "Bea")
    made.conditional(run, people.person("Wim"))
    made.submitted(run, people.person("Mia"))
    made.application_in(State.REJECTED)
    made.draft(run, people.person("Ott"))

    group = groups.groups_of([run])[run.pk]

    assert (group.confirmed, group.likely, group.pending) == (1, 1, 1)
    assert group.missing == 3
    assert group.needed_cents == 5 * group.fee_cents
    assert group.likely_cents == 2 * group.fee_cents


def test_calling_off_ends_everybody_and_gives_everything_back() -> None:
    run = run_to_decide()
    paid, waits = enrolled(run, "Bea"), made.admitted(run, people.person("Wim"))
    new, draft = made.submitted(run, people.person("Mia")), made.draft(run)

    told = called_off(run)

    for case in (paid, waits, new, draft):
        after = made.fresh(case)
        (letter,) = letters_to(case, "called_off")
        assert (after.state, after.bundle) == (State.CALLED_OFF, None)
        assert WHY in letter.payload["body"]
    assert told == 4
    assert not SeatClaim.objects.filter(unit__run=run).exclude(state="released")
    assert paid.agreement is not None
    (back,) = to_pay_back().filter(agreement=paid.agreement)
    assert open_cents(back) == -back.total_cents
    assert "is paid back in full" in letters_to(paid, "called_off")[0].payload["body"]
    assert list(invariants.broken(at=clock.now())) == []


def test_a_second_press_does_nothing() -> None:
    run = run_to_decide()
    enrolled(run, "Bea")
    called_off(run)
    before = OutboxMessage.objects.count()

    again = actions.call_off(run, by=made.officer(), at=clock.now())

    assert again == 0
    assert OutboxMessage.objects.count() == before


def test_calling_off_takes_two_people() -> None:
    run, one = run_to_decide(), made.officer()
    case = made.submitted(run)
    with pytest.raises(RunIsDecided, match="Nobody has asked"):
        actions.call_off(run, by=one, at=clock.now())
    actions.ask_to_call_off(run, reason=WHY, by=one, at=clock.now())

    with pytest.raises(NeedsAnotherPerson):
        actions.call_off(run, by=one, at=clock.now())

    run.refresh_from_db()
    assert run.cancelled_at is None
    assert made.fresh(case).state == State.SUBMITTED


def test_calling_off_needs_a_reason_and_a_run_that_is_not_called_off() -> None:
    run, one = run_to_decide(), made.officer()
    with pytest.raises(ReasonsNeeded):
        actions.ask_to_call_off(run, reason=" ", by=one, at=clock.now())
    called_off(run)

    with pytest.raises(RunIsDecided):
        actions.decide_go(run, by=one, at=clock.now())
    with pytest.raises(RunIsDecided):
        actions.ask_to_call_off(run, reason=WHY, by=one, at=clock.now())


def test_go_is_written_down_and_takes_back_that_somebody_asked() -> None:
    run, one, other = run_to_decide(), made.officer(), made.officer()
    actions.ask_to_call_off(run, reason=WHY, by=one, at=clock.now())

    for _press in range(2):
        actions.decide_go(run, by=other, at=clock.now())

    decision = groups.decision_on(run)
    assert decision is not None
    assert (decision.outcome, decision.by) == ("go", other)
    with pytest.raises(RunIsDecided):
        actions.call_off(run, by=made.officer(), at=clock.now())


def test_places_in_another_run_are_held_while_there_are_any() -> None:
    run, other = run_to_decide(), run_with_places(1)
    sure = enrolled(run, "Bea")
    later = made.submitted(run, people.person("Mia"))

    called_off(run, other)

    offered = Application.objects.get(instead_of=sure)
    assert (offered.run, offered.state) == (other, State.OFFERED)
    assert offered.bundle is not None
    assert not Application.objects.filter(instead_of=later).exists()
    assert str(offered.pk) in letters_to(sure, "called_off")[0].payload["body"]
    assert str(other.pk) in letters_to(later, "called_off")[0].payload["body"]
    assert list(invariants.broken(at=clock.now())) == []
    accepted = actions.accept_offer(offered, by=offered.person, at=clock.now())
    assert made.fresh(accepted).state in (State.ADMITTED, State.ENROLLED)


def test_what_was_begun_and_not_finished_is_finished_by_the_clock() -> None:
    run, other = run_to_decide(), run_with_places(5)
    cases = [made.submitted(run, people.person(name)) for name in ("Bea", "Wim")]
    actions.ask_to_call_off(
        run, reason=WHY, alternatives=[other], by=made.officer(), at=clock.now()
    )
    decision = going.approve(run, by=made.officer(), at=clock.now())
    going.hold_instead(cases[0], other, by=decision.approved_by, at=clock.now())

    first = actions.finish_all(at=clock.now() + timedelta(minutes=5))
    again = actions.finish_all(at=clock.now() + timedelta(minutes=9))

    assert (first, again) == (2, 0)
    assert Application.objects.filter(run=other).count() == 2
    assert {made.fresh(case).state for case in cases} == {State.CALLED_OFF}


def test_the_desk_asks_the_same_number_of_questions(client: Client) -> None:
    sign_in(client, made.officer(), strong=True)
    page = reverse("office:admissions_groups")
    made.submitted(run_to_decide())
    counts = []
    for _n in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))
        for _m in range(3):
            made.submitted(run_to_decide())

    assert counts[0] == counts[1]


def test_the_desk_leads_from_asking_to_calling_off(client: Client) -> None:
    run, other = run_to_decide(), run_with_places(2)
    case = made.submitted(run)

    def at(name: str) -> str:
        return reverse(f"office:admissions_{name}", args=[run.pk])

    sign_in(client, made.officer(), strong=True)
    client.post(at("ask_call_off"), {"reason": WHY, "alternatives": [str(other.pk)]})
    own = client.get(at("group")).content.decode()
    refused = client.post(at("call_off")).content.decode()
    sign_in(client, made.officer(), strong=True)
    theirs = client.get(at("group")).content.decode()
    client.post(at("call_off"))

    assert "Another person has to agree." in own
    assert "You asked for this yourself." in refused
    assert at("call_off") in theirs
    assert made.fresh(case).state == State.CALLED_OFF
