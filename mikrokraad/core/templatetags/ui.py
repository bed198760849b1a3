"""Tags and filters of the design system. They are loaded everywhere.

    {% belt seed colour %}            a woven band, whole motifs at any width;
                                      size="small" on cards
    {% ects 6 colour %}               six squares; {% ects 24 colour filled=12 %}
    {% strip weeks %}                 a semester; weeks = squares.semester_weeks(
                                      first, last, [squares.Mark(day, kind, text, colour)])
    {% cloth rows %}                  a degree; rows = [squares.ClothRow(label, filled,
                                      fillable, missing, colour, note)]
    {% stylesheet_url %}              address of the one stylesheet
    {% data_block facts %}            JSON-LD for search engines: data, never run
    {{ text|in_language }}            {"et": …, "en": …} in the page's language
    {{ cents|money }}                 2400 €, €2,400
    {{ date|day }}                    21. jaanuar 2027; |day:"short" without the year
    {{ date|weekday }}                E, Mon
    {{ date|month }}                  märts, Mar
    {{ date|until }}                  21. jaanuarini, until 21 January
    {{ moment|moment }}               21. jaanuar 2027 kell 14.05, where the institution is
    {{ row|beside:columns }}          pairs, for the table component

Colours: those of `weave.COLOURS`, from indigo to woad.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from mikrokraad.core import calendar, squares, stylesheet, texts, weave
from mikrokraad.core import money as amounts

register = template.Library()
_INSIDE_A_BLOCK = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.simple_tag
def stylesheet_url() -> str:
    return reverse("core_machines:stylesheet", args=[stylesheet.current()[1]])


@register.simple_tag
def data_block(facts: Mapping[str, Any]) -> SafeString:
    """Facts for machines. Nothing in them can end the block, whatever somebody wrote."""
    told = json.dumps(facts, ensure_ascii=False).translate(_INSIDE_A_BLOCK)
    block = f'<script type="application/ld+json">{told}</script>'
    return mark_safe(block)  # noqa: S308 -- escaped above


@register.simple_tag
def belt(seed: object, colour: str = "indigo", size: str = "") -> SafeString:
    """A woven band. Decoration: hidden from screen readers."""
    band = weave.belt_band(str(seed), colour=colour, size=size)
    return mark_safe(band)  # noqa: S308 -- made of numbers and escaped names


@register.inclusion_tag("ui/squares.html")
def ects(n: int, colour: str = "indigo", filled: int | None = None) -> dict[str, Any]:
    """`n` squares, of which `filled` are full (all, if not said). Units: ECTS."""
    count = int(n or 0)
    full = count if filled is None else max(0, min(int(filled), count))
    return {
        "states": ["filled"] * full + ["missing"] * (count - full),
        "colour": colour or "indigo",
        "count": count,
        "filled": full,
    }


@register.inclusion_tag("ui/strip.html")
def strip(weeks: Sequence[squares.Week]) -> dict[str, Any]:
    """A semester of weeks by days, with every date in words below."""
    return {
        "weeks": weeks,
        "kinds": squares.kinds_in(weeks),
        "marked": [week for week in weeks if week.marked],
        "names": weeks[0].days if weeks else (),
        "short": not any(week.days[-1].marks for week in weeks),
    }


@register.inclusion_tag("ui/cloth.html")
def cloth(rows: Iterable[squares.ClothRow]) -> dict[str, Any]:
    """The modules of a degree as rows of squares."""
    shown = list(rows)
    return {
        "rows": shown,
        "states": [
            state
            for state in ("filled", "fillable", "missing")
            if any(state in row.squares for row in shown)
        ],
    }


@register.filter
def in_language(text: Mapping[str, str] | None) -> str:
    return texts.said(text)


@register.filter
def money(cents: int | None) -> str:
    return "" if cents is None else amounts.euros(cents)


@register.filter
def day(on: date | None, form: str = "") -> str:
    if on is None:
        return ""
    local = calendar.day_of(on) if isinstance(on, datetime) else on
    return calendar.day_text(local, year=form != "short")


@register.filter
def weekday(on: date) -> str:
    return calendar.weekday_text(on)


@register.filter
def month(on: date) -> str:
    return calendar.month_text(on)


@register.filter
def until(on: date | None) -> str:
    return "" if on is None else calendar.until_text(on)


@register.filter
def moment(at: datetime | None) -> str:
    return "" if at is None else calendar.moment_text(at)


@register.filter
def beside(row: Iterable[Any], columns: Iterable[Any]) -> list[tuple[Any, Any]]:
    return list(zip(row, columns, strict=True))
