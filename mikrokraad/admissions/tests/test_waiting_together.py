"""On the waiting list: where one stands, the odds, and coming with others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions import actions
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests import factories as made
from mikrokraad.admissions.views.waits import chance_text
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import AdmissionMode
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.seats import actions as seats
from mikrokraad.seats import invariants
from mikrokraad.seats.models import CapacityUnit, PassedOver, SeatClaim, WaitlistEntry
from mikrokraad.seats.rules import NO_APPLICATION, PoolKey, Waiting
from mikrokraad.seats.tests.factories import run_with_places
from mikrokraad.seats.waiting import History

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def run() -> Run:
    return run_with_places(1)


@pytest.fixture
def three(run: Run) -> list[Application]:
    """Three who wait for a run of one place, which somebody else has."""
    return [made.waitlisted(run) for _n in range(3)]


def together(*applications: Application) -> None:
    first, *others = applications
    group = seats.make_group(first.run, first.person, at=clock.now())
    for each in others:
        seats.join_group(group, each.person, at=clock.now())


def places(run: Run, size: int) -> None:
    seats.open_capacity(run, size, by=None, at=clock.now())


def states(applications: list[Application]) -> list[str]:
    return [made.fresh(each).state for each in applications]


def page(client: Client, application: Application) -> str:
    sign_in(client, application.person)
    return " ".join(client.get(application.get_absolute_url()).content.decode().split())


OFFERED, WAITS = State.OFFERED.value, State.WAITLISTED.value


def test_a_group_is_offered_places_in_one_moment(
    run: Run, three: list[Application]
) -> None:
    together(three[0], three[1])
    places(run, 3)

    assert actions.offer_freed_places(at=clock.now()) == 2
    assert states(three) == [OFFERED, OFFERED, WAITS]
    assert OutboxMessage.objects.filter(key__contains="place_free").count() == 2


def test_too_few_places_go_to_the_next_and_the_reason_is_kept(
    run: Run, three: list[Application]
) -> None:
    together(three[0], three[1])
    places(run, 2)

    assert actions.offer_freed_places(at=clock.now()) == 1
    assert actions.offer_freed_places(at=clock.now()) == 0
    assert states(three) == [WAITS, WAITS, OFFERED]
    assert PassedOver.objects.count() == 2
    assert list(invariants.broken(at=clock.now() + DAY)) == []
    places(run, 4)
    actions.offer_freed_places(at=clock.now())
    assert states(three) == [OFFERED, OFFERED, OFFERED]


def test_places_released_by_a_pool_are_offered_by_the_clock(
    run: Run, three: list[Application]
) -> None:
    release = clock.now() + DAY
    unit = CapacityUnit.objects.get(run=run)
    places(run, 2)
    seats.set_pool(
        unit,
        PoolKey.EMPLOYER,
        reserved=1,
        cap=None,
        released_at=release,
        by=None,
        at=clock.now(),
    )

    assert actions.offer_freed_places(at=release - timedelta(seconds=1)) == 0
    assert actions.offer_freed_places(at=release) == 1
    assert states(three) == [OFFERED, WAITS, WAITS]


def test_who_comes_first_now_does_not_overtake_those_who_wait() -> None:
    """A place is free for a moment, before the clock has offered it to the next."""
    run = run_with_places(0, admission_mode=AdmissionMode.INSTANT)
    waits = made.submitted(run)
    places(run, 1)

    newcomer = made.submitted(run)

    assert states([waits, newcomer]) == [WAITS, WAITS]
    assert SeatClaim.objects.count() == 0
    actions.offer_freed_places(at=clock.now())
    assert states([waits, newcomer]) == [OFFERED, WAITS]


def test_who_comes_now_may_have_what_is_too_few_for_a_group() -> None:
    run = run_with_places(0, admission_mode=AdmissionMode.INSTANT)
    friends = [made.submitted(run) for _n in range(2)]
    together(*friends)
    places(run, 1)

    newcomer = made.submitted(run)

    assert states([*friends, newcomer]) == [WAITS, WAITS, OFFERED]


def test_who_has_no_application_any_more_is_taken_out_with_a_reason(
    run: Run, three: list[Application]
) -> None:
    together(three[0], three[1])
    Application.objects.filter(pk=three[0].pk).update(state=State.WITHDRAWN)
    places(run, 3)

    assert actions.offer_freed_places(at=clock.now()) == 3  # one of them was taken out
    gone = WaitlistEntry.objects.get(person=three[0].person)
    assert (gone.state, gone.skip_reason) == (Waiting.SKIPPED, NO_APPLICATION)
    assert states(three)[1] == OFFERED


def test_the_page_says_the_position_the_end_and_that_there_is_no_history(
    client: Client, three: list[Application]
) -> None:
    shown = page(client, three[1])

    assert "You are number 2 in the list." in shown
    assert "We have no history yet" in shown
    assert "It ends when the studies begin, on 8 February 2027" in shown
    assert "between number" not in shown


def test_behind_a_group_the_position_is_a_range(
    client: Client, three: list[Application]
) -> None:
    together(three[0], three[1])

    shown = page(client, three[2])

    assert "You are between number 1 and number 3 in the list." in shown
    assert "People before you come together as a group." in shown
    assert "1–3" in shown


def test_a_passed_group_reads_why(
    client: Client, run: Run, three: list[Application]
) -> None:
    together(three[0], three[1])
    places(run, 2)
    actions.offer_freed_places(at=clock.now())

    shown = page(client, three[0])

    assert "Why others went before your group" in shown
    assert "free places 1, needed by the group 2." in shown


def test_the_chance_is_told_from_what_happened_and_promises_nothing() -> None:
    told = chance_text(History(cases=25, offered=3, same=True))

    assert told == (
        "In earlier runs of this programme 3 of 25 people who waited as far back as "
        "you, or further, were offered a place. It is no promise: this time may be "
        "different."
    )
    assert "of all programmes" in chance_text(History(cases=25, offered=3, same=False))


def test_a_full_course_is_named_with_where_it_has_room(client: Client) -> None:
    application = made.waitlisted(run_with_places(5))
    full = application.run.sections.order_by("code")[0]
    at = clock.now()
    seats.open_capacity(full, 0, reason="A smaller room", by=None, at=at)
    full.pk, full.code = None, "B"
    full.save(force_insert=True)
    seats.open_capacity(full, 4, by=None, at=at)

    shown = page(client, application)

    assert "is also taught as B, with 4 seats left." in shown
    assert "Ask the contact person whether you can take it there" in shown


def test_a_group_is_made_joined_by_its_link_and_left(
    client: Client, three: list[Application]
) -> None:
    first, second, _third = three
    sign_in(client, first.person)
    make = reverse("admissions:come_together", args=[first.pk])
    client.post(make)
    client.post(make)
    group = WaitlistEntry.objects.get(person=first.person).group
    assert group is not None
    link = f"{reverse('admissions:join_group')}?g={group.pk}"
    assert link in page(client, first)

    sign_in(client, second.person)
    assert "1 person waits in this group" in client.get(link).content.decode()
    moved = client.post(link)
    assert moved.headers["Location"] == second.get_absolute_url()
    assert "You come together with: Liis" in page(client, first)

    client.post(reverse("admissions:leave_group", args=[first.pk]))
    assert WaitlistEntry.objects.get(person=first.person).group is None


def test_who_does_not_wait_cannot_join_and_reads_why(
    client: Client, three: list[Application]
) -> None:
    together(three[0], three[1])
    group = WaitlistEntry.objects.get(person=three[0].person).group_id
    sign_in(client, people.person("Rita"))

    refused = client.post(f"{reverse('admissions:join_group')}?g={group}")

    assert "Only people on the same waiting list" in refused.content.decode()


@pytest.mark.parametrize("text", ["", "x", "12345678-1234-1234-1234-123456789012"])
def test_a_link_to_no_group_says_so(client: Client, text: str) -> None:
    sign_in(client, people.person("Rita"))
    address = f"{reverse('admissions:join_group')}?g={text}"

    for answer in (client.get(address), client.post(address)):
        assert "This link leads to no group" in answer.content.decode()


def test_who_does_not_wait_makes_no_group(client: Client) -> None:
    application = made.submitted()
    sign_in(client, application.person)

    client.post(reverse("admissions:come_together", args=[application.pk]))

    assert "Only people on the same waiting list" in page(client, application)
