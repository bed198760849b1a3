"""Scores and their order. Pure: points in, order out.

A reviewer's score is the weighted mean of the points over the most there are, from 0 to
1; an application's score is the mean of its reviewers. Ties go to who sent it earlier.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction


@dataclass(frozen=True)
class Weighed:
    """A criterion: at most so many points, with so much weight beside the others."""

    weight: int
    most: int


@dataclass(frozen=True)
class Scored:
    """One application as the order needs it; no score if nobody has scored it whole."""

    id: str
    score: Fraction | None
    submitted_at: datetime


def score_by_one(
    criteria: Mapping[int, Weighed], points: Mapping[int, int]
) -> Fraction | None:
    """One reviewer's score; None unless every criterion has points."""
    if not criteria or set(criteria) - set(points):
        return None
    whole = sum(each.weight for each in criteria.values())
    given = sum(
        Fraction(each.weight * points[key], each.most) for key, each in criteria.items()
    )
    return Fraction(given) / whole


def score_of(
    criteria: Mapping[int, Weighed], by_reviewer: Iterable[Mapping[int, int]]
) -> Fraction | None:
    """The mean of everybody who has scored every criterion; None if nobody has."""
    scores = [score_by_one(criteria, points) for points in by_reviewer]
    whole = [score for score in scores if score is not None]
    return sum(whole, Fraction(0)) / len(whole) if whole else None


def in_order(scored: Iterable[Scored]) -> list[Scored]:
    """Best first; ties by when they were sent. What has no score is left out."""
    known = [(each.score, each) for each in scored if each.score is not None]
    known.sort(key=lambda pair: (-pair[0], pair[1].submitted_at, pair[1].id))
    return [each for _score, each in known]
