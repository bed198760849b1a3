"""Places by points, by lots, or to everybody: nobody before the deadline, all in one press."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mikrokraad.admissions import actions, invariants, lots, ordered
from mikrokraad.admissions.models import Application, Decision, Lottery, Outcome
from mikrokraad.admissions.rules import (
    DecidedAfterTheDeadline,
    LotsNotReady,
    PointsDoNotFit,
    ScoresAreIn,
    State,
)
from mikrokraad.admissions.tests import factories as made
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import AdmissionMode
from mikrokraad.core import clock
from mikrokraad.core.calendar import end_of
from mikrokraad.core.models import OutboxMessage
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.seats.tests.factories import run_with_places
from mikrokraad.seats.waiting import waiting_people

pytestmark = pytest.mark.django_db
CRITERIA = [
    {"text": {"en": "Motivation", "et": "Motivatsioon"}, "weight": 3, "most": 10},
    {"text": {"en": "Experience", "et": "Kogemus"}, "weight": 1, "most": 10},
]


def run_that_is(mode: AdmissionMode, places: int = 1) -> Run:
    return run_with_places(places, admission_mode=mode)


def after(run: Run) -> datetime:
    return end_of(run.deadline) + timedelta(hours=9)


def letters() -> int:
    return OutboxMessage.objects.filter(kind="letter").count()


@pytest.fixture
def ranked() -> Run:
    run = run_that_is(AdmissionMode.RANKED)
    actions.set_criteria(run, CRITERIA, by=made.officer(), at=clock.now())
    return run


def scored(run: Run, name: str, first: int, second: int) -> Application:
    case = made.submitted(run, people.person(name))
    points = dict(
        zip([c.pk for c in ordered.criteria_of(run)], (first, second), strict=True)
    )
    actions.score(case, points, by=made.officer(), at=clock.now())
    return case


REASON = {
    actions.stage_offer: ["requirements_met"],
    actions.stage_rejection: ["no_answer"],
}


def states(*cases: Application) -> list[str]:
    return [made.fresh(each).state for each in cases]


# Points ---------------------------------------------------------------------------


def test_nobody_is_decided_on_before_the_deadline(ranked: Run) -> None:
    case = made.under_review(ranked)
    staff, last = made.officer(), end_of(ranked.deadline) - timedelta(seconds=1)

    for stage in (actions.stage_offer, actions.stage_rejection):
        with pytest.raises(DecidedAfterTheDeadline, match="decides on everybody"):
            stage(case, reasons=REASON[stage], by=staff, at=last)
    with pytest.raises(DecidedAfterTheDeadline):
        actions.prepare_in_order(
            ranked, offers=1, rest=Outcome.WAITING, by=staff, at=last
        )

    assert states(case) == [State.UNDER_REVIEW]
    assert Decision.objects.count() == 0


def test_one_press_offers_to_the_best_and_lines_up_the_rest(ranked: Run) -> None:
    worst, best = scored(ranked, "Wim", 1, 9), scored(ranked, "Bea", 9, 1)
    middle, unread = scored(ranked, "Mia", 5, 5), made.submitted(ranked)
    at, staff, before = after(ranked), made.officer(), letters()

    report = actions.prepare_in_order(
        ranked, offers=1, rest=Outcome.WAITING, by=staff, at=at
    )
    told_early = letters() - before
    released = actions.release(ranked, by=staff, at=at)

    assert (report.offers, report.waiting, report.skipped) == (1, 2, [])
    assert told_early == 0
    assert (released.offers, released.waiting) == (1, 2)
    assert states(best, middle, worst, unread) == [
        State.OFFERED,
        State.WAITLISTED,
        State.WAITLISTED,
        State.SUBMITTED,
    ]
    assert [each.person for each in waiting_people(ranked)] == [
        middle.person,
        worst.person,
    ]
    assert list(invariants.broken(at=at)) == []


def test_a_second_press_prepares_and_sends_nothing_more(ranked: Run) -> None:
    scored(ranked, "Bea", 9, 1)
    scored(ranked, "Wim", 1, 9)
    at, staff = after(ranked), made.officer()
    for _press in range(2):
        again = actions.prepare_in_order(
            ranked, offers=1, rest=Outcome.REJECTION, by=staff, at=at
        )
    actions.release(ranked, by=staff, at=at)
    before = letters()

    actions.release(ranked, by=staff, at=at)

    assert (again.offers, again.rejections) == (0, 0)
    assert Decision.objects.count() == 2
    assert letters() == before


def test_who_was_asked_something_is_left_out_and_said_why(ranked: Run) -> None:
    case = scored(ranked, "Bea", 9, 1)
    staff, at = made.officer(), after(ranked)
    actions.open_review(case, by=staff, at=at)
    actions.ask(case, "Which year?", by=staff, at=at)

    report = actions.prepare_in_order(
        ranked, offers=1, rest=Outcome.WAITING, by=staff, at=at
    )

    assert [why for _case, why in report.skipped] == [
        "We wait for the applicant's answer."
    ]
    assert states(case) == [State.INFO_REQUESTED]


def test_points_beyond_the_most_or_for_some_criteria_only_are_refused(
    ranked: Run,
) -> None:
    case = made.submitted(ranked)
    one, two = ordered.criteria_of(ranked)

    for points in ({one.pk: 11, two.pk: 1}, {one.pk: 3}, {}):
        with pytest.raises(PointsDoNotFit):
            actions.score(case, points, by=made.officer(), at=clock.now())

    assert case.scores.count() == 0


def test_criteria_stay_once_somebody_has_scored(ranked: Run) -> None:
    scored(ranked, "Bea", 9, 1)

    with pytest.raises(ScoresAreIn):
        actions.set_criteria(ranked, [], by=made.officer(), at=clock.now())

    assert len(ordered.criteria_of(ranked)) == 2


def test_ones_own_points_are_replaced(ranked: Run) -> None:
    case, reviewer = made.submitted(ranked), made.officer()
    one, two = ordered.criteria_of(ranked)
    for points in (1, 10):
        actions.score(
            case, {one.pk: points, two.pk: points}, by=reviewer, at=clock.now()
        )

    (place,) = ordered.ranking_of(ranked)
    assert place.score == 1
    assert place.reviewers == 1


def test_the_ranking_asks_the_same_number_of_questions(
    client: Client, ranked: Run
) -> None:
    sign_in(client, made.officer(), strong=True)
    page = reverse("office:admissions_order", args=[ranked.pk])
    scored(ranked, "Bea", 9, 1)
    one = _questions(client, page)
    for name in ("Wim", "Mia", "Ott"):
        scored(ranked, name, 5, 5)

    assert _questions(client, page) == one


def _questions(client: Client, page: str) -> int:

    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_the_desk_scores_and_prepares(client: Client) -> None:
    run = run_that_is(AdmissionMode.RANKED)
    case = made.submitted(run)
    sign_in(client, made.officer(), strong=True)
    words = {"text_0_en": "Motivation", "text_0_et": "Motivatsioon"}

    def at(name: str, thing: object) -> str:
        return reverse(f"office:admissions_{name}", args=[thing.pk])  # type: ignore[attr-defined]

    client.post(at("criteria", run), {**words, "weight_0": 2, "most_0": 10})
    (criterion,) = ordered.criteria_of(run)
    client.post(at("score", case), {f"points_{criterion.pk}": 7})
    page = client.get(at("order", run)).content.decode()
    refused = client.post(at("order", run), {"offers": 1, "rest": "waiting"})

    assert "70.0" in page
    assert "Decisions are prepared after the deadline" in page
    assert "This run decides on everybody together" in refused.content.decode()


# Lots -----------------------------------------------------------------------------


def test_lots_are_drawn_with_the_seed_that_was_fixed_before_the_deadline() -> None:
    run, staff = run_that_is(AdmissionMode.LOTTERY), made.officer()
    fixed = actions.announce_lottery(run, by=staff, at=clock.now())
    cases = [made.submitted(run, people.person(n)) for n in ("Bea", "Wim", "Mia")]
    at = after(run)

    with pytest.raises(DecidedAfterTheDeadline):
        actions.draw_lots(run, by=staff, at=clock.now())
    drawn = actions.draw_lots(run, by=staff, at=at)
    again = actions.draw_lots(run, by=staff, at=at + timedelta(days=1))
    actions.prepare_in_order(run, offers=1, rest=Outcome.WAITING, by=staff, at=at)
    actions.release(run, by=staff, at=at)

    expected = [
        key for _lot, key in lots.in_order(fixed.seed, [str(c.pk) for c in cases])
    ]
    by_key = {str(each.pk): each for each in cases}
    assert lots.commitment(drawn.seed) == fixed.commitment
    assert again.drawn_at == at
    assert states(*(by_key[key] for key in expected)) == [
        State.OFFERED,
        State.WAITLISTED,
        State.WAITLISTED,
    ]
    assert [str(e.person_id) for e in waiting_people(run)] == [
        str(by_key[key].person_id) for key in expected[1:]
    ]


def test_no_seed_is_fixed_after_the_deadline() -> None:
    run = run_that_is(AdmissionMode.LOTTERY)

    with pytest.raises(LotsNotReady):
        actions.announce_lottery(run, by=made.officer(), at=end_of(run.deadline))
    with pytest.raises(LotsNotReady):
        actions.draw_lots(run, by=made.officer(), at=after(run))

    assert Lottery.objects.count() == 0


def test_a_named_source_gives_the_seed_later() -> None:
    run, staff = run_that_is(AdmissionMode.LOTTERY), made.officer()
    made.submitted(run)
    actions.announce_lottery(
        run, source="The state lottery of 30 January", by=staff, at=clock.now()
    )

    with pytest.raises(LotsNotReady, match="what the source has published"):
        actions.draw_lots(run, by=staff, at=after(run))
    drawn = actions.draw_lots(run, seed=" 4 8 15 ", by=staff, at=after(run))

    assert (drawn.seed, len(drawn.drawn)) == ("4 8 15", 1)


def test_anybody_can_check_the_lots_and_the_seed_is_secret_before(
    client: Client,
) -> None:
    run, staff = run_that_is(AdmissionMode.LOTTERY), made.officer()
    fixed = actions.announce_lottery(run, by=staff, at=clock.now())
    case = made.submitted(run)
    page = reverse("admissions:lottery", args=[run.pk])
    before = client.get(page).content.decode()
    actions.draw_lots(run, by=staff, at=after(run))

    shown = client.get(page, {"seed": fixed.seed, "id": str(case.pk)})

    assert fixed.commitment in before
    assert fixed.seed not in before
    assert lots.lot_of(fixed.seed, str(case.pk)) in shown.content.decode()
    assert case.person.family_name not in shown.content.decode()


# Everybody ------------------------------------------------------------------------


def test_everybody_eligible_is_offered_a_place_in_one_press() -> None:
    run, staff = run_that_is(AdmissionMode.EVERYONE, places=5), made.officer()
    bea, wim = made.submitted(run, people.person("Bea")), made.under_review(run)
    judged = made.submitted(run, people.person("Mia"))
    judged.verdict = {**judged.verdict, "overall": "judge"}
    judged.save(update_fields=["verdict"])
    prepared = made.staged(run, offer=False, by=people.person("Ott"))

    first = actions.offer_to_everyone(run, by=staff, at=clock.now())
    again = actions.offer_to_everyone(run, by=staff, at=clock.now())

    assert (first.offers, again.offers) == (2, 0)
    assert states(bea, wim, judged, prepared) == [
        State.OFFERED,
        State.OFFERED,
        State.SUBMITTED,
        State.REJECTION_STAGED,
    ]
