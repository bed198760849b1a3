"""Degree students' places in a course section, as the study system gives them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from ninja import Router, Schema
from ninja.security import HttpBearer
from pydantic import Field

from mikrokraad.api.v1.problems import PROBLEMS, Problem
from mikrokraad.core import clock
from mikrokraad.seats import actions
from mikrokraad.seats.lists import (
    LONGEST_ID,
    MOST_STUDENTS,
    Done,
    Line,
    counts,
    lists_of,
)

LONGEST_WORD = 50


class StudySystem(HttpBearer):
    """The token of the setting STUDY_SYSTEM_TOKEN; without it nobody may send."""

    def authenticate(self, request: HttpRequest, token: str) -> bool:  # noqa: ARG002 -- ninja gives it
        known = settings.STUDY_SYSTEM_TOKEN
        return bool(known) and constant_time_compare(token, known)


router = Router(tags=["sections"], auth=StudySystem())


class StudentIn(Schema):
    """A degree student by the study system's own id, never a personal code."""

    student: str = Field(max_length=2 * LONGEST_ID, examples=["B70123"])
    since: str = Field(
        "",
        max_length=LONGEST_WORD,
        description="A day, or a moment with its time zone",
        examples=["2027-01-31"],
    )


class ListIn(Schema):
    """Everybody in the section: who is missing gives the place back."""

    term: str = Field(max_length=LONGEST_WORD, examples=["2027-spring"])
    students: list[StudentIn] = Field(max_length=MOST_STUDENTS)


class LineOut(Schema):
    student: str
    done: Done
    why: str = Field(description="Why it was refused; else empty")


class ReportOut(Schema):
    """What was done with each record, and how many of each."""

    counts: dict[Done, int]
    lines: list[LineOut]


@router.post(
    "/{path:code}/places",
    response={200: ReportOut, 401: Problem, 413: Problem, **PROBLEMS},
    summary="Say which degree students are in a section",
)
def places(request: HttpRequest, code: str, given: ListIn) -> dict[str, Any]:  # noqa: ARG001 -- ninja gives it
    """The whole list of one section replaces what was there, and counts at once.

    Degree students have a place even where none is left. Sent again, it changes
    nothing. A wrong record is refused on its own.
    """
    at = clock.now()
    lists = lists_of(_records(code, given), at=at)
    return _report(actions.import_places(lists, by=None, at=at))


def _records(code: str, given: ListIn) -> list[dict[str, object]]:
    of = {"section": code, "term": given.term}
    nobody: list[dict[str, object]] = [{**of}]
    return [{**of, **each.model_dump()} for each in given.students] or nobody


def _report(lines: list[Line]) -> dict[str, Any]:
    return {"counts": counts(lines), "lines": lines}
