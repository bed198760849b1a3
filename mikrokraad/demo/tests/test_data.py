"""The demonstration's texts and facts are whole before anything is seeded from them."""

import csv
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from mikrokraad.catalogue.completeness import (
    OutcomeFacts,
    VersionFacts,
    missing_elements,
)
from mikrokraad.catalogue.founding import FIELDS as FIELDS_FILE
from mikrokraad.catalogue.founding import KINDS
from mikrokraad.catalogue.rules import Education, Grading, RequirementKind
from mikrokraad.demo.seed import texts

LIMITS = {code: (low, high) for code, _et, _en, low, high in KINDS}
MODES = {"block", "online", "blended"}
TERMS = {"bachelor": 180, "master": 120}
UNFINISHED = re.compile(r"TODO|FIXME|XXX|lorem|\?\?", re.IGNORECASE)
SAME_IN_BOTH = {"Tartu", "Pärnu", "Viljandi", "Tallinn", "seminar", "test"}
TWO_THIRDS = 2 / 3

PROGRAMMES = texts.programmes()
COURSES = {row["code"]: row for row in texts.read("courses.json")}
CURRICULA = {row["key"]: row for row in texts.read("curricula.json")}
UNITS = {row["key"] for row in texts.read("units.json")["units"]}
FIELDS = {row["code"] for row in json.loads(FIELDS_FILE.read_text())["detailed"]}
FILES = [
    "courses.json",
    "curricula.json",
    "units.json",
    "people.json",
    "stories.json",
]

each_programme = pytest.mark.parametrize(
    "programme", PROGRAMMES, ids=[row["slug"] for row in PROGRAMMES]
)


def facts_csv() -> list[dict[str, str]]:
    with (texts.DATA / "facts.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def pairs(value: object) -> Iterator[dict[str, Any]]:
    """Every text in two languages within `value`."""
    if isinstance(value, dict):
        if set(value) & {"et", "en"}:
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from pairs(part)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from strings(part)


def credits_of(version: dict[str, Any]) -> int:
    required = [c for c in version["courses"] if c["elective_group"] is None]
    chosen = sum(g["minimum_ects"] for g in version["elective_groups"])
    return int(sum(COURSES[c["code"]]["ects"] for c in required) + chosen)


def test_every_programme_of_the_facts_is_there() -> None:
    wanted = {row["register_code"] for row in facts_csv()}
    known = [row["register_code"] for row in PROGRAMMES if row["register_code"]]

    assert sorted(known) == sorted(wanted)
    assert len(PROGRAMMES) == len(wanted) + 2  # the summer schools


def test_the_facts_are_told_as_they_are() -> None:
    ours = {row["register_code"]: row for row in PROGRAMMES}
    wrong = [
        row["register_code"]
        for row in facts_csv()
        if (mine := ours[row["register_code"]])["title"]
        != {"et": row["title_et"], "en": row["title_en"]}
        or mine["ects"] != int(row["ects"])
        or mine["field"] != row["isced_f"]
        or mine["languages"] != row["languages"].split(";")
        or (row["fee_eur"] and mine["fee_eur"] != int(row["fee_eur"]))
    ]

    assert wrong == []


@each_programme
def test_a_programme_would_pass_the_review(programme: dict[str, Any]) -> None:
    facts = VersionFacts(
        title=programme["title"],
        lead=programme["lead"],
        content=programme["content"],
        for_whom=programme["for_whom"],
        outcomes=tuple(OutcomeFacts(**row) for row in programme["outcomes"]),
        ects=programme["ects"],
        ects_limits=LIMITS[programme["kind"]],
        courses_ects=credits_of(programme),
        groups_suffice=True,
        isced_f=programme["field"],
        eqf_level=programme["eqf_level"],
        participation=programme["participation"],
        assessment_type=programme["assessment_type"],
        quality_assurance=programme["quality_assurance"],
        country="EE",
        awarding_body={"et": "Näidisülikool", "en": "Demonstration University"},
    )

    assert missing_elements(facts) == []
    assert not [key for key in ("et", "en") if not programme["fee_includes"][key]]


@each_programme
def test_a_programmes_words_and_courses_are_known(programme: dict[str, Any]) -> None:
    assert programme["mode"] in MODES
    assert programme["unit"] in UNITS
    assert programme["field"] in FIELDS
    assert programme["minimum_education"] in Education.values
    assert set(programme["languages"]) <= {"et", "en"}
    assert {c["code"] for c in programme["courses"]} <= COURSES.keys()
    assert {r["kind"] for r in programme["requirements"]} <= set(RequirementKind.values)
    assert 0 < programme["min_group"] <= programme["places"]
    assert (programme["mode"] == "online") == (programme["place"] is None)


@each_programme
def test_elective_groups_hold_enough_courses(programme: dict[str, Any]) -> None:
    for group in programme["elective_groups"]:
        volume = sum(
            COURSES[c["code"]]["ects"]
            for c in programme["courses"]
            if c["elective_group"] == group["key"]
        )
        assert volume > group["minimum_ects"]


def test_a_later_version_adds_up_too() -> None:
    for programme in PROGRAMMES:
        for later in programme["other_versions"]:
            assert credits_of({**programme, **later}) == later["ects"]


@each_programme
def test_a_programme_says_everything_in_two_languages(
    programme: dict[str, Any],
) -> None:
    for text in pairs(programme):
        assert text.keys() == {"et", "en"}
        assert text["et"].strip()
        assert text["en"].strip()
        assert text["et"] != text["en"] or text["et"] in SAME_IN_BOTH
    assert not [s for s in strings(programme) if UNFINISHED.search(s)]


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_everything_in_two_languages(name: str) -> None:
    content = texts.read(name)

    for text in pairs(content):
        assert text["et"].strip()
        assert text["en"].strip()
    assert not [s for s in strings(content) if UNFINISHED.search(s)]


def test_courses_use_known_words_and_stand_once() -> None:
    assert len(COURSES) == len(texts.read("courses.json"))
    for row in COURSES.values():
        assert row["unit"] in UNITS
        assert row["field"] in FIELDS
        assert row["grading"] in Grading.values
        assert row["level"] in TERMS
        assert row["outcomes"]


def test_addresses_are_unique() -> None:
    slugs = [row["slug"] for row in PROGRAMMES]

    assert len(set(slugs)) == len(slugs)


def test_everybody_is_at_example_org() -> None:
    everything = [PROGRAMMES, *(texts.read(name) for name in FILES)]
    hosts = {
        host
        for value in everything
        for text in strings(value)
        for host in re.findall(r"@([\w.-]+\w)|https?://([\w.-]+)", text)
    }

    assert hosts
    assert not [h for pair in hosts for h in pair if h and not _is_example(h)]


def _is_example(host: str) -> bool:
    return host == "example.org" or host.endswith(".example.org")


@pytest.mark.parametrize("key", CURRICULA)
def test_a_curriculum_adds_up(key: str) -> None:
    row = CURRICULA[key]
    slots = [slot for module in row["modules"] for slot in module["slots"]]

    assert row["ects"] == TERMS[row["level"]]
    assert row["unit"] in UNITS
    assert sum(module["ects"] for module in row["modules"]) == row["ects"]
    for module in row["modules"]:
        assert sum(slot["ects"] for slot in module["slots"]) == module["ects"]
    assert [slot["courses"] for slot in slots if slot["is_thesis"]] == [[]]
    for slot in slots:
        assert all(COURSES[c]["ects"] == slot["ects"] for c in slot["courses"])


def test_the_courses_of_a_programme_count_where_it_says() -> None:
    in_slots = {
        key: {c for m in row["modules"] for s in m["slots"] for c in s["courses"]}
        for key, row in CURRICULA.items()
    }

    for programme in PROGRAMMES:
        own = {course["code"] for course in programme["courses"]}
        for towards in programme["counts_towards"]:
            assert own <= in_slots[towards["curriculum"]]


def test_two_thirds_of_the_programmes_count_towards_a_degree() -> None:
    counting = [row for row in PROGRAMMES if row["counts_towards"]]

    assert len(counting) >= len(PROGRAMMES) * TWO_THIRDS
