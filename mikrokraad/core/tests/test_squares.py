"""Squares: the semester by days, the degree by credits."""

from datetime import date, timedelta

from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.core.squares import ClothRow, Mark, kinds_in, semester_weeks

FIRST, LAST = date(2027, 2, 10), date(2027, 6, 18)  # a Wednesday, a Friday


def drawn(markup: str, **facts: object) -> str:
    return Template(markup).render(Context(facts))


def test_weeks_run_from_monday_to_sunday_and_know_what_is_outside() -> None:
    weeks = semester_weeks(FIRST, LAST, [])

    assert weeks[0].monday == date(2027, 2, 8)
    assert [day.outside for day in weeks[0].days] == [True] * 2 + [False] * 5
    assert [day.outside for day in weeks[-1].days] == [False] * 5 + [True] * 2


@given(st.integers(0, 400), st.integers(0, 400))
def test_every_day_of_a_semester_is_there_once(start: int, length: int) -> None:
    first = FIRST + timedelta(days=start)
    last = first + timedelta(days=length)

    inside = [
        day.on
        for week in semester_weeks(first, last, [])
        for day in week.days
        if not day.outside
    ]

    assert inside == [first + timedelta(days=n) for n in range(length + 1)]


def test_the_mark_that_matters_most_is_drawn() -> None:
    marks = [Mark(FIRST, kind) for kind in ("exam", "session", "busy")]

    day = semester_weeks(FIRST, LAST, marks)[0].days[2]

    assert day.mark == Mark(FIRST, "exam")
    assert day.marks == tuple(marks)
    assert semester_weeks(FIRST, LAST, [])[0].days[2].mark is None


def test_the_legend_names_only_what_occurs() -> None:
    weeks = semester_weeks(FIRST, LAST, [Mark(FIRST, "exam"), Mark(LAST, "session")])

    assert kinds_in(weeks) == ["session", "exam"]


def test_a_strip_says_every_date_in_words_too() -> None:
    weeks = semester_weeks(FIRST, LAST, [Mark(FIRST, text="Statistics, 10:15")])

    html = drawn("{% strip weeks %}", weeks=weeks)

    assert "Wed 10 February Statistics, 10:15" in html
    assert "strip--short" in html  # nothing on Sundays, so they are not drawn


def test_an_empty_strip_is_no_trouble() -> None:
    assert "strip__day" not in drawn("{% strip weeks %}", weeks=[])


def test_credits_are_squares_and_words() -> None:
    html = drawn('{% ects 6 "moss" filled=2 %}')

    assert html.count("squares__one--filled") == 2
    assert html.count("squares__one--missing") == 4
    assert 'aria-label="2 of 6 ECTS"' in html
    assert 'aria-label="3 ECTS"' in drawn("{% ects 3 %}")
    assert 'aria-label="6 ECTS"' in drawn("{% ects 6 filled=9 %}")


def test_a_module_of_a_degree_is_filled_fillable_and_missing() -> None:
    row = ClothRow("Electives", filled=6, fillable=3, missing=1)

    html = drawn("{% cloth rows %}", rows=[row])

    assert row.total == len(row.squares) == 10
    assert "6 of 10 ECTS" in html
    assert "3 more could count" in html
