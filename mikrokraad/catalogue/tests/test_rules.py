"""When somebody may apply, what a price line costs, where a version may go."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from mikrokraad.catalogue.rules import (
    VERSIONS,
    Applying,
    VersionState,
    VersionStep,
    applying,
    gross_cents,
)
from mikrokraad.core.ladders import StepNotAllowed

OPENS = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
DEADLINE = date(2027, 1, 21)
MIDNIGHT = datetime(2027, 1, 21, 22, 0, tzinfo=UTC)  # in Tallinn
SECOND = timedelta(seconds=1)


def stands(
    at: datetime,
    *,
    published: bool = True,
    cancelled: bool = False,
    deadline: date = DEADLINE,
) -> Applying:
    return applying(
        published=published,
        cancelled=cancelled,
        opens_at=OPENS,
        deadline=deadline,
        at=at,
    )


@pytest.mark.parametrize(
    ("at", "standing"),
    [
        (OPENS - SECOND, Applying.NOT_YET),
        (OPENS, Applying.OPEN),
        (MIDNIGHT - SECOND, Applying.OPEN),
        (MIDNIGHT, Applying.OVER),
        (MIDNIGHT + SECOND, Applying.OVER),
    ],
)
def test_both_ends_of_the_time_to_apply(at: datetime, standing: Applying) -> None:
    assert stands(at) == standing


def test_a_deadline_in_summer_ends_at_midnight_in_summer_time() -> None:
    midnight = datetime(2027, 6, 15, 21, 0, tzinfo=UTC)

    assert stands(midnight - SECOND, deadline=date(2027, 6, 15)) == Applying.OPEN
    assert stands(midnight, deadline=date(2027, 6, 15)) == Applying.OVER


@pytest.mark.parametrize(
    ("published", "cancelled"), [(False, False), (False, True), (True, True)]
)
def test_what_is_not_offered_takes_nobody(*, published: bool, cancelled: bool) -> None:
    at = OPENS + timedelta(days=1)

    assert stands(at, published=published, cancelled=cancelled) == Applying.NOT_OFFERED


@pytest.mark.parametrize(
    ("net", "percent", "gross"),
    [
        (2400_00, "0", 2400_00),
        (100_00, "24", 124_00),
        (650_00, "24.00", 806_00),
        (1_01, "22.5", 1_24),  # 22.725 cents of tax
    ],
)
def test_what_a_person_pays_for_a_line(net: int, percent: str, gross: int) -> None:
    assert gross_cents(net, Decimal(percent)) == gross


@pytest.mark.parametrize("state", list(VersionState))
@pytest.mark.parametrize("step", list(VersionStep))
def test_a_version_moves_only_along_its_ladder(
    state: VersionState, step: VersionStep
) -> None:
    if not VERSIONS.allows(state, step):
        with pytest.raises(StepNotAllowed):
            VERSIONS.after(state, step)
    else:
        assert VERSIONS.after(state, step) in VERSIONS.flags


def test_no_step_leads_back_from_approved_to_what_can_be_edited() -> None:
    editable = set(VERSIONS.where("editable"))
    reached, before = {VersionState.APPROVED}, set[VersionState]()
    while reached != before:
        before = set(reached)
        reached |= {
            end for (start, _s), end in VERSIONS.steps.items() if start in reached
        }

    assert reached & editable == set()
    assert set(VERSIONS.flags) == set(VersionState)
