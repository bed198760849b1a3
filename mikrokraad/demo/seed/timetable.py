"""When a course meets in the demonstration. Pure."""

from datetime import time
from typing import NamedTuple

EVENING = (time(16, 15), time(19, 30))
LATE_EVENING = (time(18, 15), time(19, 45))
DAYTIME = (time(10, 15), time(15, 45))
EXAM = (time(10, 15), time(13))
BLOCK_SLOTS = [(3, EVENING), (4, EVENING), (5, DAYTIME)]  # Thursday to Saturday
SHORTEST_SEMESTER_WEEKS = 4
WEEK_DAYS, WORKING_WEEK = 7, 5


class Meeting(NamedTuple):
    """`day` counts from the first Monday of the term, beginning with 0."""

    day: int
    hours: tuple[time, time]
    is_exam: bool = False


def meetings(weeks: int, mode: str, turn: int) -> list[Meeting]:
    """Evenings online; Thursday to Saturday every second week else; then an exam.

    `turn` numbers the courses, so that they spread over the week. A term of less
    than four weeks (the summer school) meets every working day.
    """
    if weeks < SHORTEST_SEMESTER_WEEKS:
        days = range(weeks * WEEK_DAYS)
        return [Meeting(d, DAYTIME) for d in days if d % WEEK_DAYS < WORKING_WEEK]
    teaching = range(weeks - 3)
    exam = Meeting((weeks - 2) * WEEK_DAYS + turn % WORKING_WEEK, EXAM, is_exam=True)
    if mode == "online":
        return [Meeting(w * WEEK_DAYS + turn % 4, LATE_EVENING) for w in teaching] + [
            exam
        ]
    weekday, hours = BLOCK_SLOTS[turn % 3]
    every_second = teaching[turn // 3 % 2 :: 2]
    return [Meeting(w * WEEK_DAYS + weekday, hours) for w in every_second] + [exam]
