"""Finding programmes by words and filters, and the index behind it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mikrokraad.catalogue.filters import DAYS, Wanted
from mikrokraad.catalogue.models import (
    Programme,
    Run,
    SearchWord,
    Session,
    Synonyms,
)
from mikrokraad.catalogue.search import actions, current, index
from mikrokraad.catalogue.search.finding import Found
from mikrokraad.catalogue.search.sheets import MEETS, Fit, Moment, RunFacts, arranged
from mikrokraad.catalogue.search.words import fold, stem
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _anew(settings: Any, tmp_path: Any) -> None:  # noqa: ANN401 -- pytest's own
    settings.MEDIA_ROOT = tmp_path
    current.forget()


def offered(et: str, en: str, **facts: Any) -> Run:  # noqa: ANN401
    version = factories.version(en)
    type(version).objects.filter(pk=version.pk).update(state="draft")
    version.title = {"et": et, "en": en}
    version.state = "draft"
    version.save(update_fields=["title"])
    type(version).objects.filter(pk=version.pk).update(state="approved")
    version.refresh_from_db()
    return factories.run(version, **facts)


def shelf() -> None:
    for et, en in (
        ("Andmeteadus", "Data Science"),
        ("Tõlketehnoloogia", "Translation Technology"),
        ("Riigihangete korraldamine", "Public Procurement"),
        ("Haldusõigus praktikutele", "Administrative Law"),
        ("Teenusedisain", "Service Design"),
    ):
        offered(et, en)


def looked_up() -> None:
    """As if the worker had looked every word up and found nothing in the dictionary."""
    unknown = index.built(1)[1]
    SearchWord.objects.bulk_create(
        SearchWord(language=code, form=fold(word), token=stem(word, code), seen=True)
        for code, words in unknown.items()
        for word in {fold(word): word for word in words}.values()
    )


def found(words: str = "", /, language: str = "et", **chosen: str) -> Found:
    want = Wanted(words, chosen)
    return Found(current.current(), want, Moment(clock.now()), language=language)


def titles(answer: Found, language: str = "et") -> list[str]:
    runs = Run.objects.select_related("version").in_bulk(
        [hit.run for hit in answer.hits(0, 99)]
    )
    return [runs[hit.run].version.title[language] for hit in answer.hits(0, 99)]


FORMS = {
    "andmeteaduse": "Andmeteadus",
    "andmeteadused": "Andmeteadus",
    "riigihange": "Riigihangete korraldamine",
    "hanked": "Riigihangete korraldamine",
    "õigus": "Haldusõigus praktikutele",
    "oigus": "Haldusõigus praktikutele",
    "HALDUSOIGUSE": "Haldusõigus praktikutele",
    "teenuste disain": "Teenusedisain",
    "translating technologies": "Tõlketehnoloogia",
    "tõlketehnologia": "Tõlketehnoloogia",
    "procurment": "Riigihangete korraldamine",
    "transl": "Tõlketehnoloogia",
}


def test_any_form_of_a_word_finds_it() -> None:
    """Inflected, with a part of a compound, apart, without marks, mistyped, begun."""
    shelf()
    current.keep_up()  # looks the words up, as the worker does

    assert {words: titles(found(words))[0] for words in FORMS} == FORMS


def test_a_slip_is_told() -> None:
    shelf()

    answer = found("prucurement", language="en")

    assert answer.instead == [("prucurement", "Procurement".casefold())]


def test_nonsense_finds_nothing() -> None:
    shelf()

    assert found("qwxyzzy").count == 0


def test_synonyms_hold_from_the_moment_they_are_kept() -> None:
    shelf()
    officer = people.staff(Duty.OFFICER)
    assert titles(found("zumba")) == []

    group = actions.add_synonyms(
        {"et": "zumba, andmeteadus", "en": "bazaar"}, by=officer, at=clock.now()
    )
    assert titles(found("zumba")) == ["Andmeteadus"]
    assert titles(found("bazaar")) == ["Andmeteadus"]

    actions.remove_synonyms(group, by=officer, at=clock.now())
    assert titles(found("zumba")) == []
    assert not Synonyms.objects.exists()


def test_why_it_was_found_is_told_unless_the_title_says_it() -> None:
    shelf()

    (by_title, *_others) = found("procurement", language="en").hits(0, 9)
    by_course = found("course 1", language="en").hits(0, 1)[0]

    assert by_title.reasons == []
    assert by_course.reasons[0].part == "courses"


def test_what_is_published_or_changed_shows_at_once() -> None:
    run = offered("Andmeteadus", "Data Science")
    assert titles(found(open="yes")) == ["Andmeteadus"]

    Run.objects.filter(pk=run.pk).update(own_deadline=date(2026, 11, 20))
    assert titles(found(open="yes")) == []

    offered("Õigus", "Law")
    assert titles(found(open="yes")) == ["Õigus"]
    Run.objects.filter(pk=run.pk).update(cancelled_at=clock.now())
    assert titles(found()) == ["Õigus"]


def test_a_programme_is_open_until_midnight_without_a_new_index() -> None:
    offered("Õigus", "Law", own_deadline=date(2026, 11, 24))
    held = current.current()

    for later, standing in (
        (timedelta(hours=11), [1, 0, 0]),
        (timedelta(hours=12), [0, 0, 1]),
    ):
        now = Moment(clock.now() + later)
        assert Found(held, Wanted(), now, language="et").fit.standings() == [standing]


@pytest.mark.parametrize(
    ("meets", "left"),
    [
        (datetime(2027, 2, 11, 14, 0, tzinfo=UTC), ["Õigus"]),  # four o'clock here
        (datetime(2027, 2, 11, 13, 59, tzinfo=UTC), []),
        (datetime(2027, 2, 13, 8, 0, tzinfo=UTC), ["Õigus"]),  # a Saturday
        (datetime(2027, 2, 12, 22, 30, tzinfo=UTC), ["Õigus"]),  # it is Saturday here
    ],
)
def test_evenings_leave_what_never_meets_in_working_time(
    meets: datetime, left: list[str]
) -> None:
    sessions = Session.objects.filter(
        section__in=offered("Õigus", "Law").sections.all()
    )
    sessions.filter(is_exam=True).update(starts_at=datetime(2027, 6, 10, 7, tzinfo=UTC))
    one = sessions.filter(is_exam=False).order_by("starts_at").first()
    assert one is not None
    Session.objects.filter(pk=one.pk).update(
        starts_at=meets, ends_at=meets + timedelta(hours=2)
    )

    assert titles(found(evenings="yes")) == left


def test_no_index_and_no_programme() -> None:
    assert found().count == 0
    assert found("law").count == 0
    assert titles(found()) == []


# Counts -------------------------------------------------------------------------------

CHOSEN = {
    "language": ["et", "en"],
    "mode": ["block", "online"],
    "field": ["06", "04"],
    "fee": ["1000", "500..1500"],
    "ects": ["12..18", "..6"],
    "weekdays": ["thu,fri,sat", "sat,sun"],
    "open": ["yes"],
}
_runs = count(1)


@st.composite
def facts(draw: st.DrawFn) -> RunFacts:
    opens = draw(st.integers(0, 4))
    return RunFacts(
        a_run(),
        draw(st.integers(0, 5)),
        {
            "language": tuple(draw(st.sets(st.sampled_from(["et", "en"])))),
            "mode": (draw(st.sampled_from(CHOSEN["mode"])),),
            "field": (draw(st.sampled_from(CHOSEN["field"])),),
            MEETS: tuple(draw(st.sets(st.sampled_from(DAYS)))),
        },
        {
            "opens": opens,
            "closes": opens + draw(st.integers(0, 4)),
            "deadline": 1,
            "ects": draw(st.sampled_from([6, 12, 18, 24])),
            "fee": draw(st.sampled_from([0, 500_00, 1000_00, 1500_00, 2000_00])),
        },
    )


def a_run() -> UUID:
    return UUID(int=next(_runs))


def fits(run: RunFacts, chosen: dict[str, str], second: int) -> bool:
    checks: dict[str, Callable[[str], bool]] = {
        "fee": lambda v: (
            run.numbers["fee"] <= 1000_00
            if v == "1000"
            else 500_00 <= run.numbers["fee"] <= 1500_00
        ),
        "ects": lambda v: (
            12 <= run.numbers["ects"] <= 18
            if v == "12..18"
            else run.numbers["ects"] <= 6
        ),
        "weekdays": lambda v: (
            bool(run.values[MEETS]) and set(run.values[MEETS]) <= set(v.split(","))
        ),
        "open": lambda _v: run.numbers["opens"] <= second < run.numbers["closes"],
    }
    return all(
        checks[name](value) if name in checks else value in run.values[name]
        for name, value in chosen.items()
    )


wishes = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in CHOSEN.items()}
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(facts(), max_size=14), wishes, st.integers(0, 9))
def test_counts_are_those_of_counting_one_by_one(
    runs: list[RunFacts], chosen: dict[str, str], second: int
) -> None:
    shelf = arranged(runs, size=6, names={}, english=range(6))
    now = Moment(datetime.fromtimestamp(second, UTC))
    fit = Fit(shelf, Wanted("", chosen), now)

    def programmes(asked: dict[str, str]) -> int:
        return len({run.place for run in runs if fits(run, asked, second)})

    assert fit.count == programmes(chosen)
    for name, values in CHOSEN.items():
        others = {key: value for key, value in chosen.items() if key != name}
        assert fit.count_without(name) == programmes(others)
        assert fit.counts(name, values) == {
            value: programmes({**others, name: value}) for value in values
        }


def test_the_list_is_in_the_alphabet_of_its_language() -> None:
    for et, en in (("Õigus", "Law"), ("Zooloogia", "Zoology"), ("Tervis", "Health")):
        offered(et, en)

    assert titles(found(language="et")) == ["Zooloogia", "Tervis", "Õigus"]
    assert titles(found(language="en"), "en") == ["Health", "Law", "Zoology"]
    assert Programme.objects.count() == 3
