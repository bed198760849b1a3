"""What these actions may answer instead: no, and why."""

from django.utils.translation import gettext as _

from mikrokraad.catalogue.completeness import Missing
from mikrokraad.core.errors import Refusal


class SomethingIsMissing(Refusal):
    """Not everything is there that must be; `missing` says what is not."""

    code = "something-is-missing"

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(
            _("This is still missing: {elements}. Add it and try again.").format(
                elements="; ".join(str(one) for one in missing)
            )
        )


class AlreadyApproved(Refusal):
    code = "already-approved"


class VersionCannotRun(Refusal):
    code = "version-cannot-run"


class DraftIsOpen(Refusal):
    code = "draft-is-open"


class DatesDoNotFit(Refusal):
    code = "dates-do-not-fit"


class CommentsAreOpen(Refusal):
    code = "comments-are-open"


class CommentIsResolved(Refusal):
    code = "comment-is-resolved"


class RunIsPlanned(Refusal):
    code = "run-is-planned"


class PlanIsGone(Refusal):
    code = "plan-is-gone"
