"""The one door to places (S4): hold, confirm, release, keep, wait, take over."""

from mikrokraad.seats.actions.bundles import (
    choose_sections,
    confirm_bundle,
    expire_holds,
    extend_hold,
    release_bundle,
    require_place,
    take_bundle,
)
from mikrokraad.seats.actions.degree import import_places
from mikrokraad.seats.actions.sizes import (
    open_capacity,
    open_places_of_run,
    set_pool,
)
from mikrokraad.seats.actions.waiting import (
    join_group,
    join_waitlist,
    leave_group,
    leave_waitlist,
    make_group,
    mark_left,
    mark_offered,
    mark_passed_over,
    mark_placed,
    mark_skipped,
)

__all__ = [
    "choose_sections",
    "confirm_bundle",
    "expire_holds",
    "extend_hold",
    "import_places",
    "join_group",
    "join_waitlist",
    "leave_group",
    "leave_waitlist",
    "make_group",
    "mark_left",
    "mark_offered",
    "mark_passed_over",
    "mark_placed",
    "mark_skipped",
    "open_capacity",
    "open_places_of_run",
    "release_bundle",
    "require_place",
    "set_pool",
    "take_bundle",
]
