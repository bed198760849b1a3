"""A list of degree students as the study system gives it, read record by record.

A wrong record spoils nothing but itself. Yet while it is unclear whom a record of a
section is about, nobody of that section gives a place back: it may be them.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice

from django.utils.translation import gettext as _

from mikrokraad.core.calendar import day_of, start_of
from mikrokraad.core.errors import Refusal

COLUMNS = ("section", "term", "student", "since")
MOST_BYTES = 5_000_000
MOST_RECORDS = 50_000
MOST_STUDENTS = 2_000  # of one section
LONGEST_ID = 60
EARLIEST, LATEST = 2000, 2100  # years
SHOWN = 60  # letters of a wrong value that the report repeats


class NotAList(Refusal):
    code = "not-a-list"


class Done(StrEnum):
    TAKEN = "taken"
    KEPT = "kept"
    RELEASED = "released"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """What was done with one record, and why it was refused."""

    section: str
    student: str
    done: Done
    why: str = ""


@dataclass(frozen=True, slots=True)
class Student:
    """A degree student by the study system's own id, with a place since a moment."""

    student: str
    since: datetime


@dataclass(slots=True)
class SectionList:
    """Everybody of one section. `named` also has those whose record is wrong otherwise."""

    section: str
    term: str
    students: list[Student] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    unclear: bool = False

    def line(self, done: Done, why: str = "", *, student: str = "") -> Line:
        return Line(self.section[:SHOWN], student[:SHOWN], done, why)

    def refuse(self, student: str, why: str) -> None:
        self.refused.append(self.line(Done.REFUSED, why, student=student))

    def refuse_other_term(self, student: str) -> None:
        self.named.add(student)
        self.unclear = self.unclear or not student
        why = _("other records of this section say the term {term}")
        self.refuse(student, why.format(term=self.term[:SHOWN]))

    def add(self, record: Mapping[str, str], *, at: datetime) -> None:
        """Read one record of this section. An empty one says that nobody is in it."""
        student, since = record["student"], record["since"]
        if not student and not since:
            return
        if not student or len(student) > LONGEST_ID or not student.isprintable():
            self.unclear = True
            self.refuse(student, _("it does not say which student"))
            return
        if student in self.named:
            self.refuse(student, _("the student stands in the list twice"))
            return
        self.named.add(student)
        if len(self.named) > MOST_STUDENTS:
            self.refuse(student, _("there are too many students in this section"))
            return
        moment = _moment(since)
        if moment is None or day_of(moment) > day_of(at):
            self.refuse(student, _("“since” is not a day that has come"))
            return
        self.students.append(Student(student, moment))


def _moment(text: str) -> datetime | None:
    """A day, or a moment with its time zone, in ISO 8601."""
    try:
        is_day = len(text) == len("2027-01-31")
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not EARLIEST <= moment.year <= LATEST:
        return None
    if is_day:
        return start_of(moment.date())
    return moment if moment.tzinfo else None


def lists_of(
    records: Iterable[Mapping[str, object]], *, at: datetime
) -> list[SectionList]:
    """Records sorted by their section. One section has one term: the first that is named."""
    lists: dict[str, SectionList] = {}
    for record in records:
        clean = {key: str(record.get(key) or "").strip() for key in COLUMNS}
        section, term = clean["section"], clean["term"]
        known = lists.setdefault(section, SectionList(section, term))
        if known.term == term:
            known.add(clean, at=at)
        else:
            known.refuse_other_term(clean["student"])
    return list(lists.values())


def read_csv(data: bytes, *, at: datetime) -> list[SectionList]:
    """A file with the columns section, term, student, since. Refuses with NotAList."""
    if len(data) > MOST_BYTES:
        raise NotAList(
            _("It is too large. A list has at most {size} megabytes.").format(
                size=MOST_BYTES // 1_000_000
            )
        )
    try:
        rows = csv.DictReader(_lines(data), strict=True)
        if not set(COLUMNS) <= set(rows.fieldnames or ()):
            raise NotAList(
                _(
                    "It is not a list. Its first line has to name the columns {names}."
                ).format(names=", ".join(COLUMNS))
            )
        records = list(islice(rows, MOST_RECORDS + 1))
    except (UnicodeDecodeError, csv.Error):
        raise NotAList(_("It cannot be read. Save it as CSV in UTF-8.")) from None
    if len(records) > MOST_RECORDS:
        raise NotAList(
            _("It is too long. A list has at most {count} records.").format(
                count=MOST_RECORDS
            )
        )
    return lists_of(records, at=at)


def _lines(data: bytes) -> io.StringIO:
    return io.StringIO(data.decode("utf-8-sig"), newline="")


def counts(lines: Iterable[Line]) -> dict[str, int]:
    """How many of each there are."""
    found = Counter(line.done for line in lines)
    return {done.value: found[done] for done in Done}
