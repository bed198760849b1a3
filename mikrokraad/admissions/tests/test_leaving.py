"""Taking an application back with a reason, and moving a place to a later run."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions import actions, deferring
from mikrokraad.admissions.invariants import broken
from mikrokraad.admissions.models import Application, Deferral, Withdrawal
from mikrokraad.admissions.rules import (
    AlreadyAnswered,
    NothingLater,
    ReasonsNeeded,
    State,
)
from mikrokraad.admissions.tests import factories
from mikrokraad.catalogue.models import Intake, PlannedRun, Run, Term
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.core.models import OutboxMessage
from mikrokraad.fees.models import Invoice
from mikrokraad.fees.queries import open_cents
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.seats import queries as seats
from mikrokraad.seats.tests.factories import open_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def placed() -> Application:
    """Liis has a place and an invoice; her diploma is with the application."""
    return factories.admitted()


def autumn() -> Intake:
    term, _new = Term.objects.get_or_create(
        code="2027-autumn",
        defaults={
            "name": {"en": "Autumn 2027", "et": "Sügis 2027"},
            "starts_on": date(2027, 8, 30),
            "ends_on": date(2028, 1, 30),
        },
    )
    return Intake.objects.get_or_create(
        term=term,
        defaults={
            "name": {"en": "Autumn 2027", "et": "Sügis 2027"},
            "default_deadline": date(2027, 8, 1),
        },
    )[0]


def later_run(of: Application) -> Run:
    run = catalogue.run(
        of.run.version,
        intake=autumn(),
        starts_on=of.run.starts_on + timedelta(days=200),
        ends_on=of.run.ends_on + timedelta(days=200),
        own_deadline=date(2027, 8, 1),
    )
    open_places(run, 5)
    return run


def planned(of: Application) -> PlannedRun:
    return PlannedRun.objects.create(
        version=of.run.version,
        intake=autumn(),
        contact=of.run.contact,
        created_at=clock.now(),
    )


def letters(application: Application, kind: str) -> list[str]:
    sent = OutboxMessage.objects.filter(key__contains=f":{kind}:{application.pk}")
    return [each.payload["body"] for each in sent]


def test_a_reason_is_kept_and_staff_read_it(client: Client) -> None:
    sent = factories.submitted()
    client.force_login(sent.person)
    href = f"/en/applications/{sent.pk}/withdraw/"

    without = client.post(href, {})
    client.post(href, {"reason": "dates", "words": "I work on Fridays."})

    sent.refresh_from_db()
    kept = Withdrawal.objects.get()
    assert "Choose one." in without.content.decode()
    assert sent.state == State.WITHDRAWN
    assert (kept.reason, kept.words) == ("dates", "I work on Fridays.")
    sign_in(client, people.staff(Duty.OFFICER, unit=people.unit()), strong=True)
    page = client.get(reverse("office:admissions_application", args=[sent.pk]))
    assert "The dates do not suit me" in page.content.decode()
    assert "I work on Fridays." in page.content.decode()


def test_a_place_moves_with_its_answers_files_and_money(placed: Application) -> None:
    run, officer = later_run(placed), factories.officer()
    factories.evidence(placed)
    invoice = Invoice.objects.get()
    owed = open_cents(invoice)
    actions.ask_to_defer(placed, "A baby.", by=placed.person, at=clock.now())

    made = actions.defer(placed, run, by=officer, at=clock.now())

    assert made is not None
    placed.refresh_from_db()
    assert placed.state == State.DEFERRED
    assert placed.bundle is None
    assert seats.places_left([placed.run], at=clock.now())[placed.run_id].left == (
        factories.PLACES
    )
    assert (owed, open_cents(invoice)) == (2400_00, 0)
    assert (made.state, made.run, made.education) == (
        State.DRAFT,
        run,
        placed.education,
    )
    assert made.answers == placed.answers
    assert made.evidence.count() == placed.evidence.count() == 1
    (letter,) = letters(placed, "deferred")
    assert "This is not a place yet." in letter
    assert str(made.pk) in letter
    assert list(broken(at=clock.now())) == []


def test_twice_is_once(placed: Application) -> None:
    run, at = later_run(placed), clock.now()
    actions.ask_to_defer(placed, by=placed.person, at=at)
    actions.ask_to_defer(placed, "Again", by=placed.person, at=at)

    first = actions.defer(placed, run, by=factories.officer(), at=at)
    second = actions.defer(placed, run, by=factories.officer(), at=at)

    assert first == second
    assert Deferral.objects.count() == 1
    assert Application.objects.count() == 2
    assert len(letters(placed, "deferred")) == 1


def test_a_planned_run_keeps_the_answers_until_somebody_applies(
    placed: Application,
) -> None:
    planned(placed)
    actions.ask_to_defer(placed, by=placed.person, at=clock.now())
    assert actions.defer(placed, None, by=factories.officer(), at=clock.now()) is None
    run = later_run(placed)

    begun = actions.start_application(run, by=placed.person, at=clock.now())

    assert begun.education == placed.education
    assert begun.payer_kind == placed.payer_kind
    assert Deferral.objects.get().made == begun


def test_without_a_later_run_nobody_asks(client: Client, placed: Application) -> None:
    client.force_login(placed.person)

    page = client.get(placed.get_absolute_url()).content.decode()

    assert "Ask to study in a later run" not in page
    with pytest.raises(NothingLater, match="No later run"):
        actions.ask_to_defer(placed, by=placed.person, at=clock.now())
    assert not Deferral.objects.exists()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.OFFERED, State.ENROLLED])
def test_only_a_place_that_is_held_can_be_moved(state: State) -> None:
    application = factories.application_in(state)
    run = later_run(application)

    with pytest.raises(StepNotAllowed):
        actions.defer(application, run, by=factories.officer(), at=clock.now())

    application.refresh_from_db()
    assert application.state == state


def test_a_run_of_another_programme_is_not_a_later_run(placed: Application) -> None:
    later = timedelta(days=200)
    other = catalogue.run(
        starts_on=placed.run.starts_on + later, ends_on=placed.run.ends_on + later
    )

    with pytest.raises(NothingLater):
        actions.defer(placed, other, by=factories.officer(), at=clock.now())

    placed.refresh_from_db()
    assert placed.state == State.ADMITTED


def test_a_no_has_its_reason_and_the_place_stays(placed: Application) -> None:
    later_run(placed)
    actions.ask_to_defer(placed, by=placed.person, at=clock.now())
    officer, at = factories.officer(), clock.now()

    with pytest.raises(ReasonsNeeded):
        actions.keep_in_this_run(placed, answer=" ", by=officer, at=at)
    actions.keep_in_this_run(placed, answer="It will be full.", by=officer, at=at)
    with pytest.raises(AlreadyAnswered):
        actions.keep_in_this_run(placed, answer="Again.", by=officer, at=at)

    placed.refresh_from_db()
    (letter,) = letters(placed, "not_deferred")
    assert placed.state == State.ADMITTED
    assert "It will be full." in letter


def test_both_pages_say_whose_move_it_is(client: Client, placed: Application) -> None:
    run = later_run(placed)
    client.force_login(placed.person)
    client.post(f"/en/applications/{placed.pk}/later/", {"words": "I am abroad."})
    asked = client.get(placed.get_absolute_url()).content.decode()
    sign_in(client, people.staff(Duty.OFFICER, unit=people.unit()), strong=True)
    desk = client.get(reverse("office:admissions_deferrals")).content.decode()
    client.post(
        reverse("office:admissions_defer", args=[placed.pk]), {"run": str(run.pk)}
    )
    client.force_login(placed.person)

    after = client.get(placed.get_absolute_url()).content.decode()

    assert "It is our move" in asked
    assert "I am abroad." in desk
    assert "Your answers are there already." in after
    assert not deferring.open_wishes(Application.objects.all()).exists()
