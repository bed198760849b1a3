"""The national register's records: read with their quirks, taken over once."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import example, given
from hypothesis import strategies as st

from mikrokraad.catalogue.ehis.reading import (
    WrongField,
    cleaned,
    outcomes_from,
    read,
)
from mikrokraad.catalogue.ehis.taking_over import Done, Line, import_records
from mikrokraad.catalogue.models import Outcome, Programme, ProgrammeVersion
from mikrokraad.catalogue.rules import VersionState
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.people.models import RegisterEntry, Unit
from mikrokraad.people.tests.factories import unit as make_unit

RECORD = {
    "ehis_kood": "999001",
    "name_et": "Näidisprogramm",
    "name_en": "Example Programme",
    "provider": "Näidisülikool",
    "eap": 12,
    "field_code": "0613",
    "languages": ["eesti keel", "inglise keel"],
    "outcomes": ["1. oskab esimest;", "2. oskab teist;", "3. oskab kolmandat."],
    "status": "Registreeritud",
    "registered_at": "2026-06-03",
    "updated_at": "2026-06-03",
}


def record(**changes: object) -> dict[str, Any]:
    return {**RECORD, **changes}


@pytest.fixture
def unit() -> Unit:
    factories.kind("micro-degree")
    factories.kind("micro-credential")
    factories.field("0613")
    return make_unit()


def taken(unit: Unit, *raw: object, dry_run: bool = False) -> list[Line]:
    return import_records(raw, unit=unit, by=None, at=clock.now(), dry_run=dry_run)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["1. oskab üht;", "2) oskab teist."], ["oskab üht", "oskab teist"]),
        (["Programmi läbinud õppija", "- tunneb üht;"], ["tunneb üht"]),
        (["Õppija:", "• tunneb üht", "• tunneb teist"], ["tunneb üht", "tunneb teist"]),
        (["- üks asi;\n- teine asi"], ["üks asi", "teine asi"]),
        (["tunneb põhi­mõtteid"], ["tunneb põhimõtteid"]),
        (["tunneb põhimõt-\nteid hästi"], ["tunneb põhimõtteid hästi"]),
        (["sisemise- ja välise kontrolli"], ["sisemise- ja välise kontrolli"]),
        (["finantsinstru¬menti¬dest"], ["finantsinstrumentidest"]),
        (["nähtamatu\x00 märk"], ["nähtamatu märk"]),
        (["kahel  real\nseisev &amp; pikk"], ["kahel real seisev & pikk"]),
    ],
)
def test_outcomes_lose_the_registers_quirks(
    lines: list[str], wanted: list[str]
) -> None:
    assert outcomes_from(lines) == wanted


@given(st.text())
@example("&amp;amp;amp;")
@example("&am\N{SOFT HYPHEN}p;")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text(alphabet="ab&;mp- \n\N{SOFT HYPHEN}õ"))
def test_cleaning_broken_words_twice_changes_nothing_more(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ehis_kood", "abc"),
        ("ehis_kood", None),
        ("name_et", "  "),
        ("name_en", None),
        ("eap", "palju"),
        ("eap", 0),
        ("eap", 12.5),
        ("eap", 999),
        ("eap", "nan"),
        ("eap", float("inf")),
        ("field_code", "613"),
        ("languages", []),
        ("languages", ["klingoni keel"]),
        ("outcomes", "üks"),
        ("outcomes", ["Programmi läbinud:"]),
        ("outcomes", [7]),
        ("status", ""),
        ("registered_at", "eile"),
        ("updated_at", None),
    ],
)
def test_a_wrong_field_is_named(field: str, value: object) -> None:
    with pytest.raises(WrongField) as refused:
        read(record(**{field: value}))

    assert refused.value.name == field


@pytest.mark.django_db
def test_a_new_record_becomes_a_draft(unit: Unit) -> None:
    (line,) = taken(unit, RECORD)

    version = ProgrammeVersion.objects.get(programme__register_code="999001")
    assert line.done == Done.CREATED
    assert version.state == VersionState.DRAFT
    assert version.ects == 12
    assert version.programme.kind.code == "micro-degree"
    assert [o.text["et"] for o in version.outcomes.order_by("position")] == [
        "oskab esimest",
        "oskab teist",
        "oskab kolmandat",
    ]
    assert RegisterEntry.objects.filter(verb="imported from the register").count() == 1


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing(unit: Unit) -> None:
    taken(unit, RECORD)

    (line,) = taken(unit, RECORD)

    assert line.done == Done.UNCHANGED
    assert Outcome.objects.count() == 3


@pytest.mark.django_db
def test_an_untouched_draft_follows_the_register(unit: Unit) -> None:
    taken(unit, RECORD)

    (line,) = taken(unit, record(eap=15))

    assert (line.done, line.about) == (Done.CHANGED, ["ECTS: ours 12, register 15"])
    assert ProgrammeVersion.objects.get().ects == 15


@pytest.mark.django_db
def test_what_people_edited_is_left_alone(unit: Unit) -> None:
    taken(unit, RECORD)
    ProgrammeVersion.objects.update(title={"et": "Meie pealkiri", "en": "Our title"})

    (line,) = taken(unit, record(eap=15))

    assert line.done == Done.LEFT_ALONE
    assert len(line.about) == 3
    assert ProgrammeVersion.objects.get().ects == 12


@pytest.mark.django_db
def test_what_was_approved_is_left_alone() -> None:
    run = factories.run()
    Programme.objects.update(register_code="999001")
    factories.kind("micro-degree")

    (line,) = taken(run.version.programme.unit, RECORD)

    run.version.refresh_from_db()
    assert line.done == Done.LEFT_ALONE
    assert run.version.title["en"] != "Example Programme"


@pytest.mark.django_db
def test_a_wrong_record_does_not_hold_up_the_others(unit: Unit) -> None:
    lines = taken(
        unit, record(eap="x"), RECORD, "not a record", record(name_en="Twice")
    )

    assert [line.done for line in lines] == [
        Done.REFUSED,
        Done.CREATED,
        Done.REFUSED,
        Done.REFUSED,
    ]
    assert Programme.objects.count() == 1


@pytest.mark.django_db
def test_a_programme_without_any_version_gets_its_first(unit: Unit) -> None:
    taken(unit, RECORD)
    Outcome.objects.all().delete()
    ProgrammeVersion.objects.all().delete()

    (line,) = taken(unit, RECORD)

    assert line.done == Done.CREATED
    assert ProgrammeVersion.objects.get().title["en"] == "Example Programme"
    assert Programme.objects.count() == 1


@pytest.mark.django_db
def test_a_dry_run_only_tells(unit: Unit) -> None:
    (line,) = taken(unit, RECORD, dry_run=True)

    assert line.done == Done.CREATED
    assert not Programme.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ('{"other": []}', "has no list “curricula”"),
        ('"text"', "has no list “curricula”"),
        (json.dumps({"curricula": [record(eap="x")]}), "1 of 1 records were refused"),
    ],
)
def test_the_command_says_what_is_wrong(
    unit: Unit, tmp_path: Path, content: str, message: str
) -> None:
    file = tmp_path / "register.json"
    file.write_text(content)

    with pytest.raises(CommandError, match=message):
        call_command("import_ehis", file)

    assert not Programme.objects.exists()


@pytest.mark.django_db
def test_the_registers_own_file_is_taken_over_whole(
    unit: Unit, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = shared / "data" / "ehis_tartu.json"

    call_command("import_ehis", file)
    first = capsys.readouterr().out
    call_command("import_ehis", file)
    second = capsys.readouterr().out

    assert "45 created, 0 changed, 0 unchanged, 0 left alone, 0 refused." in first
    assert "0 created, 0 changed, 45 unchanged, 0 left alone, 0 refused." in second
    texts = [o.text["et"] for o in Outcome.objects.all()]
    assert not [
        t
        for t in texts
        if t[0] in "-•0123456789" or t[-1] in ":;" or "\xad" in t or "¬" in t
    ]


@pytest.mark.django_db
def test_every_difference_is_told(unit: Unit) -> None:
    taken(unit, RECORD)
    factories.field("0311")
    changed = record(
        name_et="Teine",
        name_en="Another",
        field_code="0311",
        outcomes=["1. oskab üht"],
        status="Suletud",
    )

    (line,) = taken(unit, changed)

    assert line.about == [
        "title (et): register has “Teine”",
        "title (en): register has “Another”",
        "ISCED-F: ours 0613, register 0311",
        "outcomes: ours 3, register 1, in other words",
        "status in the register: Suletud",
    ]


@pytest.mark.django_db
def test_what_is_not_known_here_is_told_of_a_new_record(unit: Unit) -> None:
    (line,) = taken(unit, record(field_code="0999", status="Suletud"))

    assert line.about == [
        "field_code: 0999 is not among our fields of study; choose one",
        "status in the register: Suletud",
    ]
    assert ProgrammeVersion.objects.get().field is None
