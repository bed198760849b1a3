"""Talking about a version before it is approved: reviews, comments, letters."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import ngettext

from mikrokraad.catalogue.actions.refusals import CommentsAreOpen
from mikrokraad.catalogue.models import ProgrammeVersion, Review, ReviewComment
from mikrokraad.catalogue.rules import Section
from mikrokraad.people.letters import write_letter
from mikrokraad.people.models import Person
from mikrokraad.people.register import record


@transaction.atomic
def comment(
    version: ProgrammeVersion, section: Section, text: str, *, by: Person, at: datetime
) -> ReviewComment:
    """Say something about one section, in whatever state the version is. Twice is once."""
    ProgrammeVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    same = version.comments.filter(
        section=section, text=text, by=by, resolved_at=None
    ).first()
    if same is not None:
        return same
    made = ReviewComment.objects.create(
        version=version, section=section, text=text, by=by, at=at
    )
    record("catalogue.version.commented", version, by=by, at=at, comment=made.pk)
    return made


@transaction.atomic
def resolve_comment(said: ReviewComment, *, by: Person, at: datetime) -> ReviewComment:
    """Nothing more is to be done about it. Safe twice."""
    said = (
        ReviewComment.objects.select_for_update(of=("self",))
        .select_related("version")
        .get(pk=said.pk)
    )
    if said.resolved_at is None:
        said.resolved_by, said.resolved_at = by, at
        said.save(update_fields=["resolved_by", "resolved_at"])
        record(
            "catalogue.comment.resolved", said.version, by=by, at=at, comment=said.pk
        )
    return said


def begin(
    version: ProgrammeVersion,
    *,
    reviewer: Person | None,
    by: Person | None,
    at: datetime,
) -> None:
    """Within the caller's transaction: a review is open, and its reviewer told."""
    review = Review.objects.create(
        version=version, asked_by=by, asked_at=at, reviewer=reviewer
    )
    if reviewer is not None:
        _tell("review_asked", reviewer, review, at=at)


def end(
    version: ProgrammeVersion,
    *,
    letter: str,
    reason: str = "",
    by: Person | None,
    at: datetime,
) -> None:
    """Close the open review, if there is one, and tell whoever asked for it."""
    review = (
        Review.objects.select_for_update(of=("self",))
        .select_related("asked_by", "version")
        .filter(version=version, ended_at=None)
        .first()
    )
    if review is None:
        return
    review.ended_by, review.ended_at, review.reason = by, at, reason
    review.save(update_fields=["ended_by", "ended_at", "reason"])
    if review.asked_by is not None:
        _tell(letter, review.asked_by, review, at=at)


def require_resolved(version: ProgrammeVersion) -> None:
    left = version.comments.filter(resolved_at=None).count()
    if left:
        raise CommentsAreOpen(
            ngettext(
                "{n} comment is not resolved yet. Resolve it or send the version back.",
                "{n} comments are not resolved yet. "
                "Resolve them or send the version back.",
                left,
            ).format(n=left)
        )


def _tell(letter: str, to: Person, review: Review, *, at: datetime) -> None:
    write_letter(
        f"catalogue/letters/{letter}.md",
        to,
        about=review.version,
        key=f"{letter}:{review.pk}",
        at=at,
        version=review.version,
        review=review,
    )
