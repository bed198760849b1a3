"""The filters of the list in words: chips with counts, and what to relax."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mikrokraad.catalogue import filters
from mikrokraad.catalogue.filters import CENTS, DAYS, SOME, YES, Wanted
from mikrokraad.catalogue.rules import Education, Mode
from mikrokraad.catalogue.search.finding import Found
from mikrokraad.core.calendar import day_of, day_text, until_text
from mikrokraad.core.money import euros
from mikrokraad.core.texts import said
from mikrokraad.pages.wording import languages_text

Context = dict[str, Any]
ECTS = ("..6", "7..11", "12..17", "18..24", "25..")
FEES = ("500", "1000", "1500", "2000")
FEW_DAYS = 3
TOGETHER = ("fri,sat", "thu,fri,sat", "sat,sun")
SOON = (14, 30)  # days
MONDAY = date(2027, 1, 4)


def semesters(found: Found) -> list[Context]:
    """All semesters, then each with its count."""
    chips = _chips(found, "semester", _names(found, "semester"))
    every = _chip(_("All semesters"), found.want, "semester", "", None)
    return [every, *chips] if chips else []


def groups(found: Found, *, at: datetime) -> list[Context]:
    """The other filters, those that people ask for most first; each with its chips."""
    told = [
        (label, [chip for name in names for chip in _of(found, name, at=at)])
        for label, names in (
            (_("Applying"), ["open", "places"]),
            (_("Deadline"), ["deadline"]),
            (_("Language"), ["language"]),
            (_("Form of study"), ["mode", "evenings"]),
            (_("Only on"), ["only"]),
            (_("Never on"), ["weekdays"]),
            (_("Place"), ["place"]),
            (_("Price"), ["free", "fee"]),
            (_("Volume"), ["ects"]),
            (_("Starts"), ["start"]),
            (_("Your education"), ["education"]),
            (_("Kind"), ["kind"]),
            (_("Field"), ["field"]),
        )
    ]
    return [{"label": label, "chips": chips} for label, chips in told if chips]


def _of(found: Found, name: str, *, at: datetime) -> list[Context]:
    if name == "weekdays":
        return _days(found)
    if name == "only":
        return _only(found)
    return _chips(found, name, _options(found, name, at=at))


def _options(found: Found, name: str, *, at: datetime) -> dict[str, str]:
    """Each value of a filter that may be chosen, and what it is called."""
    if name in NAMED:
        return _names(found, name)
    if name == "deadline":
        today = day_of(at)
        days = [today + timedelta(days=days) for days in SOON]
        offered = [f"{today}..{days[0]}", f"{today}..{days[1]}", f"{days[1]}.."]
    else:
        offered = FIXED.get(name) or found.index.shelf.options(name)
    return {value: label(found, name, value) for value in offered}


NAMED = {"kind", "field", "place"}
FIXED: dict[str, list[str]] = {
    "ects": list(ECTS),
    "fee": list(FEES),
    "open": [YES],
    "places": [SOME],
    "education": list(Education.values),
}


def _names(found: Found, name: str) -> dict[str, str]:
    names = found.index.shelf.names.get(name, {})
    return {value: said(names[value]) for value in sorted(names)}


# What a value is called -----------------------------------------------------------


def label(found: Found, name: str, value: str) -> str:
    """“up to €1,500”, “12 ECTS or more”, “until 21 January”."""
    if name in found.index.shelf.names:
        return said(found.index.shelf.names[name].get(value)) or value
    if name in RANGED:
        return RANGED[name](value)
    return _plain(name, value)


def _plain(name: str, value: str) -> str:
    match name:
        case "language":
            return languages_text([value])
        case "mode":
            return str(Mode(value).label)
        case "education":
            return str(Education(value).label)
        case "start":
            return _month(value)
        case "weekdays":
            return _weekdays(filters.days(value))
    return {
        "open": _("open now"),
        "places": _("places left"),
        "free": _("free of charge"),
        "evenings": _("only after 16:00 and at weekends"),
    }[name]


def _weekdays(may: list[str]) -> str:
    """“Only on Friday, Saturday” or “never on Monday”, whichever is shorter."""
    if len(may) <= FEW_DAYS:
        return _("only on {days}").format(days=", ".join(map(_day, may)))
    never = [day for day in DAYS if day not in may]
    return _("never on {days}").format(days=", ".join(map(_day, never)))


def _month(value: str) -> str:
    year, month = value.split("-")
    day = date(int(year), int(month), 1)
    return format_date(day, "LLLL y", locale=(get_language() or "et")[:2])


def _day(day: str) -> str:
    moment = MONDAY + timedelta(days=DAYS.index(day))
    return format_date(moment, "cccc", locale=(get_language() or "et")[:2])


def _ects(value: str) -> str:
    least, most = filters.numbers(value) or (None, None)
    if least is None:
        return _("up to {ects} ECTS").format(ects=most)
    if most is None:
        return _("{ects} ECTS or more").format(ects=least)
    many = f"{least}–{most}" if least != most else str(least)
    return _("{ects} ECTS").format(ects=many)


def _fee(value: str) -> str:
    least, most = filters.cents(value) or (None, None)
    if least is None:
        return _("up to {sum}").format(sum=euros(most or 0))
    if most is None:
        return _("{sum} or more").format(sum=euros(least))
    return f"{least // CENTS}–{euros(most)}"


def _deadline(value: str) -> str:
    least, most = filters.deadlines(value) or (None, None)
    if most is not None:
        return until_text(date.fromordinal(most))
    day = day_text(date.fromordinal(least or 1), year=False)
    return _("later than {day}").format(day=day)


RANGED = {"ects": _ects, "fee": _fee, "deadline": _deadline}


# Chips ------------------------------------------------------------------------------


def _chips(found: Found, name: str, options: dict[str, str]) -> list[Context]:
    """Only what would leave something; and what is chosen, to let it go."""
    want = found.want
    current = want.chosen.get(name)
    if current and current not in options:
        options = {**options, current: label(found, name, current)}
    if name == "places":  # who has no place left is asked only when it matters
        return [_chip(text, want, name, v, None) for v, text in options.items()]
    counted = found.fit.counts(name, options)
    return [
        _chip(text, want, name, value, counted[value])
        for value, text in options.items()
        if counted[value] or current == value
    ]


def _days(found: Found) -> list[Context]:
    """Days that somebody cannot come on: the studies may meet on the others only."""
    want = found.want
    may = filters.days(want.chosen.get("weekdays", "")) or list(DAYS)
    values = {day: ",".join(_other(may, day)) for day in DAYS}
    values = {
        day: "" if len(_other(may, day)) == len(DAYS) else v
        for day, v in values.items()
    }
    counted = found.fit.counts("weekdays", filter(None, values.values()))
    chips = []
    for day, value in values.items():
        is_out = day not in may
        count = None if is_out else counted.get(value, 0)
        if count or is_out:
            query = want.asking("weekdays", value).query
            chips.append(
                {
                    "label": _day(day),
                    "href": f"?{query}",
                    "count": count,
                    "current": is_out,
                }
            )
    return chips


def _only(found: Found) -> list[Context]:
    """The days that block mode is often on, in one press."""
    options = {days: ", ".join(map(_day, filters.days(days))) for days in TOGETHER}
    chosen = found.want.chosen.get("weekdays")
    counted = found.fit.counts("weekdays", options)
    return [
        _chip(text, found.want, "weekdays", days, counted[days])
        for days, text in options.items()
        if counted[days] or days == chosen
    ]


def _other(days: Iterable[str], day: str) -> list[str]:
    """The days with one of them put in, or taken out."""
    changed = set(days) ^ {day}
    return [one for one in DAYS if one in changed]


def _chip(text: str, want: Wanted, name: str, value: str, count: int | None) -> Context:
    """One choice; the current one leads back to not choosing."""
    current = want.chosen.get(name, "") == value
    query = want.asking(name, "" if current else value).query
    return {
        "label": text,
        "href": f"?{query}" if query else "?",
        "count": count,
        "current": current,
    }


def chosen(found: Found) -> list[Context]:
    """What is asked for now, each with the way to let it go."""
    want = found.want
    return [
        {
            "label": label(found, name, value),
            "href": f"?{want.asking(name, '').query}",
        }
        for name, value in want.chosen.items()
    ]


def relaxed(found: Found) -> list[Context]:
    """For each wish: how many programmes there would be without it. Most first."""
    want = found.want
    ways = [
        {
            "label": label(found, name, value),
            "href": f"?{want.asking(name, '').query}",
            "count": found.count_without(name),
        }
        for name, value in want.chosen.items()
    ]
    if want.q and want.chosen:
        query = Wanted("", want.chosen).query
        label_of_words = _("the words “{words}”").format(words=want.q)
        count = found.count_without("q")
        ways.append({"label": label_of_words, "href": f"?{query}", "count": count})
    useful = [way for way in ways if way["count"]]
    if not useful and found.matches and found.matches.order and want.chosen:
        query = Wanted(want.q).query
        count = len(found.matches.order)
        useful = [{"label": _("any filter"), "href": f"?{query}", "count": count}]
    return sorted(useful, key=lambda way: -way["count"])
