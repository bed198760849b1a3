"""Everything that changes what is offered. The only place in the room that saves."""

from mikrokraad.catalogue.actions.drafts import Saved, edit_section, edit_texts
from mikrokraad.catalogue.actions.planning import (
    drop_plan,
    edit_plan,
    plan_run,
    publish_plan,
)
from mikrokraad.catalogue.actions.refusals import (
    AlreadyApproved,
    CommentsAreOpen,
    DatesDoNotFit,
    DraftIsOpen,
    PlanIsGone,
    RunIsPlanned,
    SomethingIsMissing,
    VersionCannotRun,
)
from mikrokraad.catalogue.actions.reviews import comment, resolve_comment
from mikrokraad.catalogue.actions.runs import (
    PUBLISHED,
    cancel_run,
    edit_run,
    publish_run,
)
from mikrokraad.catalogue.actions.versions import (
    APPROVED,
    SUBMITTED,
    approve,
    create_draft,
    create_programme,
    publish_version,
    retire,
    send_back,
    submit_for_review,
)

__all__ = [
    "APPROVED",
    "PUBLISHED",
    "SUBMITTED",
    "AlreadyApproved",
    "CommentsAreOpen",
    "DatesDoNotFit",
    "DraftIsOpen",
    "PlanIsGone",
    "RunIsPlanned",
    "Saved",
    "SomethingIsMissing",
    "VersionCannotRun",
    "approve",
    "cancel_run",
    "comment",
    "create_draft",
    "create_programme",
    "drop_plan",
    "edit_plan",
    "edit_run",
    "edit_section",
    "edit_texts",
    "plan_run",
    "publish_plan",
    "publish_run",
    "publish_version",
    "resolve_comment",
    "retire",
    "send_back",
    "submit_for_review",
]
