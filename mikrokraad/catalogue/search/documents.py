"""What the index holds, read from the database: programmes with their texts, and runs."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.text import slugify

from mikrokraad.catalogue.filters import DAYS, YES
from mikrokraad.catalogue.models import (
    Component,
    Outcome,
    PriceLine,
    ProgrammeVersion,
    Run,
    Session,
)
from mikrokraad.catalogue.rules import Education, Mode, gross_cents
from mikrokraad.catalogue.search.alphabet import sort_key
from mikrokraad.catalogue.search.sheets import MEETS, RunFacts
from mikrokraad.catalogue.search.words import LANGUAGES, fold
from mikrokraad.core.calendar import end_of, zone
from mikrokraad.core.texts import Text, said

AT_ONCE = 1000
EVENING_HOUR, FRIDAY = 16, 5  # an evening begins at four; see the filter's label
LANGUAGE_WORDS = {
    "et": {"et": "eesti keeles eestikeelne", "en": "in Estonian"},
    "en": {"et": "inglise keeles ingliskeelne", "en": "in English"},
    "ru": {"et": "vene keeles venekeelne", "en": "in Russian"},
}
EVENING_WORDS = {"et": "õhtul õhtuti töö kõrvalt", "en": "evening evenings beside work"}
FREE_WORDS = {"et": "tasuta", "en": "free of charge"}


class Written(NamedTuple):
    """The texts of one programme, by where they stand, each in its languages."""

    title: list[Text]
    field: list[Text]
    kind: list[Text]
    courses: list[Text]
    outcomes: list[Text]
    lead: list[Text]
    how: list[Text]
    content: list[Text]


class Names(NamedTuple):
    """Which programme is which number, and which version says what it is about."""

    places: dict[UUID, int]
    english: "array[int]"
    versions: list[UUID]


def listed_runs() -> QuerySet[Run]:
    return Run.objects.filter(published_at__isnull=False, cancelled_at__isnull=True)


def names() -> Names:
    """Programmes with a published run, in the order of the Estonian alphabet."""
    rows = listed_runs().order_by("starts_on", "pk")
    newest: dict[UUID, tuple[UUID, Text]] = {}
    for programme, version, title in rows.values_list(
        "version__programme", "version", "version__title"
    ).iterator(chunk_size=5000):
        newest[programme] = version, title
    ordered = sorted(
        newest, key=lambda one: (sort_key(said(newest[one][1], "et"), "et"), one)
    )
    titles = [said(newest[one][1], "en") for one in ordered]
    english = sorted(range(len(titles)), key=lambda n: sort_key(titles[n], "en"))
    return Names(
        {programme: place for place, programme in enumerate(ordered)},
        array("L", english),
        [newest[one][0] for one in ordered],
    )


# Runs ------------------------------------------------------------------------------


def run_facts(places: dict[UUID, int]) -> tuple[list[RunFacts], dict[str, Any]]:
    """What filters know of each run, earliest first; and what the values are called."""
    labels: defaultdict[str, dict[str, Text]] = defaultdict(dict)
    prices, meets = _prices(), _meetings()
    facts = []
    rows = listed_runs().order_by("starts_on", "pk").values(*COLUMNS)
    for row in rows.iterator(chunk_size=5000):
        place = places.get(row["version__programme"])
        if place is None:  # published while we read
            continue
        cents = prices.get(row["pk"], 0)
        values = _values(row, cents, meets.get(row["pk"]))
        for name, key in LABELLED.items():
            labels[name].update(dict.fromkeys(values[name], row[key] or {}))
        labels["semester"][row["intake__term"]] = row["intake__name"]
        numbers = _numbers(row, cents)
        facts.append(RunFacts(row["pk"], place, values, numbers))
    return facts, dict(labels)


COLUMNS = (
    "pk",
    "version__programme",
    "version__ects",
    "version__minimum_education",
    "version__field",
    "version__field__broad_name",
    "version__programme__kind__code",
    "version__programme__kind__name",
    "intake__term",
    "intake__name",
    "intake__default_deadline",
    "own_deadline",
    "opens_at",
    "starts_on",
    "languages",
    "mode",
    "place",
    "commissioned_by",
)
LABELLED = {
    "field": "version__field__broad_name",
    "kind": "version__programme__kind__name",
    "place": "place",
}


def _values(
    row: dict[str, Any], cents: int, meets: set[tuple[int, int]] | None
) -> dict[str, tuple[str, ...]]:
    where = said(row["place"], "et") if row["mode"] != Mode.ONLINE else ""
    free = cents == 0 and row["commissioned_by"] is None
    values = {
        "semester": (row["intake__term"],),
        "language": tuple(row["languages"]),
        "mode": (row["mode"],),
        "place": (slugify(fold(where)),) if where else (),
        "kind": (row["version__programme__kind__code"],),
        "field": ((row["version__field"] or "")[:2],) if row["version__field"] else (),
        "start": (f"{row['starts_on']:%Y-%m}",),
        "education": _enough(row["version__minimum_education"]),
        "free": (YES,) if free else (),
    }
    return {
        **values,
        MEETS: tuple(sorted({DAYS[day - 1] for day, _hour in meets or ()})),
        "evenings": (YES,)
        if meets and all(_is_free_time(*one) for one in meets)
        else (),
    }


def _enough(least: str) -> tuple[str, ...]:
    """The levels of education that suffice."""
    levels = Education.values
    return tuple(levels[levels.index(least) :])


def _is_free_time(day: int, hour: int) -> bool:
    return day > FRIDAY or hour >= EVENING_HOUR


def _numbers(row: dict[str, Any], cents: int) -> dict[str, int]:
    deadline = row["own_deadline"] or row["intake__default_deadline"]
    return {
        "opens": _whole_second(row["opens_at"]),
        "closes": int(end_of(deadline).timestamp()),
        "deadline": deadline.toordinal(),
        "ects": row["version__ects"],
        "fee": cents,
    }


def _whole_second(moment: datetime) -> int:
    """The first whole second that is not before `moment`."""
    return -int(-moment.timestamp() // 1)


def _prices() -> dict[UUID, int]:
    """All that a person pays for each run, VAT included."""
    cents: defaultdict[UUID, int] = defaultdict(int)
    lines = PriceLine.objects.filter(run__in=listed_runs()).values_list(
        "run", "net_cents", "vat_percent"
    )
    for run, net, percent in lines.iterator(chunk_size=5000):
        cents[run] += gross_cents(net, percent)
    return cents


def _meetings() -> dict[UUID, set[tuple[int, int]]]:
    """When required courses of each run meet: day of the week and hour. No exams."""
    pairs = Run.sections.through.objects.filter(run__in=listed_runs(), required=True)
    meeting = Session.objects.filter(
        is_exam=False, section__in=pairs.values("section")
    ).values_list("section", "starts_at")
    here = zone()
    of_section: defaultdict[UUID, set[tuple[int, int]]] = defaultdict(set)
    for section, starts_at in meeting.iterator(chunk_size=5000):
        start = starts_at.astimezone(here)
        of_section[section].add((start.isoweekday(), start.hour))
    found: defaultdict[UUID, set[tuple[int, int]]] = defaultdict(set)
    for run, section in pairs.values_list("run", "section").iterator(chunk_size=5000):
        found[run] |= of_section.get(section, set())
    return found


# Texts -----------------------------------------------------------------------------


def written(versions: list[UUID], how: dict[UUID, list[Text]]) -> Iterator[Written]:
    """The texts of each version, in this order; `how` it is studied, by version."""
    for start in range(0, len(versions), AT_ONCE):
        keys = versions[start : start + AT_ONCE]
        rows = ProgrammeVersion.objects.filter(pk__in=keys).values(*TEXTS)
        found = {row["pk"]: row for row in rows}
        courses = _in_order(Component, "course__title", keys)
        outcomes = _in_order(Outcome, "text", keys)
        for key in keys:
            yield _written(found[key], courses[key], outcomes[key], how.get(key, []))


TEXTS = (
    "pk",
    "title",
    "lead",
    "content",
    "for_whom",
    "field__name",
    "field__broad_name",
    "programme__kind__name",
)


def _in_order(
    parts: type[Component] | type[Outcome], text: str, keys: list[UUID]
) -> defaultdict[UUID, list[Text]]:
    """A text of each part of these versions, as they stand in them."""
    found: defaultdict[UUID, list[Text]] = defaultdict(list)
    rows = parts.objects.filter(version__in=keys).order_by("position")
    for version, said_there in rows.values_list("version", text):
        found[version].append(said_there)
    return found


def _written(
    row: dict[str, Any], courses: list[Text], outcomes: list[Text], how: list[Text]
) -> Written:
    return Written(
        title=[row["title"]],
        field=[text for name in FIELD if (text := row[name])],
        kind=[row["programme__kind__name"]],
        courses=courses,
        outcomes=outcomes,
        lead=[row["lead"]],
        how=how,
        content=[row["content"], row["for_whom"]],
    )


FIELD = ("field__name", "field__broad_name")


def ways_of_study(facts: Iterable[RunFacts]) -> dict[UUID, list[Text]]:
    """In words that people search with: online, in the evening, free, in English."""
    values = {run.run: run.values for run in facts}
    found: defaultdict[UUID, list[Text]] = defaultdict(list)
    rows = listed_runs().annotate(of=F("version")).values_list("pk", "of", "place")
    for run, version, place in rows.iterator(chunk_size=5000):
        if run in values:
            found[version] += [*_how(values[run]), place or {}]
    return found


def _how(values: dict[str, tuple[str, ...]]) -> list[Text]:
    told = [
        LANGUAGE_WORDS[code] for code in values["language"] if code in LANGUAGE_WORDS
    ]
    told += [_mode_words(mode) for mode in values["mode"]]
    told += [EVENING_WORDS] if values["evenings"] else []
    return told + ([FREE_WORDS] if values["free"] else [])


@cache
def _mode_words(mode: str) -> Text:
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[language] = str(Mode(mode).label)
    if mode == Mode.ONLINE:
        words["et"] += " veebis kaugõpe"
        words["en"] += " distance remote"
    return words
