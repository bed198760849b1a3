"""Register files: torn ones, ours given back, and programmes of other units."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.catalogue.desk import register
from mikrokraad.catalogue.ehis.comparing import as_the_register_reads
from mikrokraad.catalogue.ehis.exporting import exported
from mikrokraad.catalogue.ehis.files import NotARegisterFile, contents
from mikrokraad.catalogue.ehis.taking_over import Done, import_file, import_records
from mikrokraad.catalogue.models import Programme, ProgrammeVersion, RegisterRecord
from mikrokraad.catalogue.tests import factories
from mikrokraad.catalogue.tests.test_ehis import record
from mikrokraad.catalogue.tests.test_import_ehis import everything
from mikrokraad.core import clock
from mikrokraad.people.models import Duty, Unit
from mikrokraad.people.tests import factories as people

WHOLE = json.dumps(
    {"curricula": [record(ehis_kood=code) for code in ("999001", "999002", "999003")]}
)


@pytest.fixture
def unit() -> Unit:
    factories.kind("micro-degree")
    factories.kind("micro-credential")
    factories.field("0613")
    people.institution()
    return people.unit()


# Torn files ---------------------------------------------------------------------------------


@given(length=st.integers(min_value=0, max_value=len(WHOLE) - 1))
def test_wherever_a_file_is_torn_whole_records_are_read(length: int) -> None:
    try:
        found = contents(WHOLE[:length])
    except NotARegisterFile:
        assert length < WHOLE.index('{"ehis_kood"') + 1
        return

    codes = [one["ehis_kood"] for one in found.records]  # type: ignore[index]
    assert codes == ["999001", "999002", "999003"][: len(codes)]
    assert len(codes) == WHOLE[:length].count('"2026-06-03"}')
    assert found.torn is not None


def test_the_torn_record_is_named() -> None:
    found = contents(WHOLE[: WHOLE.index("999002") + 60])

    assert found.torn is not None
    assert (found.torn.code, found.torn.title) == ("999002", "Näidisprogramm")


def test_a_whole_file_is_not_torn() -> None:
    found = contents("\N{ZERO WIDTH NO-BREAK SPACE}" + WHOLE)

    assert (len(found.records), found.torn) == (3, None)


@pytest.mark.parametrize("text", ["", "{", "text", "[" * 100_000, '{"other": [', "[}"])
def test_what_is_no_register_file_is_refused(text: str) -> None:
    with pytest.raises(NotARegisterFile):
        contents(text)


@pytest.mark.django_db
def test_the_rest_of_a_bad_file_is_imported(unit: Unit, tmp_path: Path) -> None:
    records = [
        record(),
        {k: v for k, v in record().items() if k != "ehis_kood"},  # no code
        record(ehis_kood="999002", eap="kaksteist"),  # text in a number
        record(),  # the first one's code again
        record(ehis_kood="999003"),
        record(ehis_kood="999004"),
    ]
    text = json.dumps({"curricula": records})
    file = tmp_path / "register.json"
    file.write_text(text[:-40])  # the last one is torn

    with pytest.raises(CommandError, match="4 of 6 records were refused"):
        call_command("import_ehis", file)

    codes = Programme.objects.order_by("register_code")
    assert list(codes.values_list("register_code", flat=True)) == ["999001", "999003"]


# Given back ---------------------------------------------------------------------------------


@given(st.lists(st.text(max_size=40), max_size=5))
def test_outcomes_read_back_are_stable(texts: list[str]) -> None:
    once = as_the_register_reads(texts)

    assert as_the_register_reads(once) == once


@pytest.mark.django_db
def test_what_is_exported_imports_without_a_change(unit: Unit, tmp_path: Path) -> None:
    factories.run()
    import_records([record()], unit=unit, by=None, at=clock.now())
    file = tmp_path / "ours.json"
    before = everything()

    call_command("export_ehis", file)
    lines = import_file(contents(file.read_text()), unit=unit, by=None, at=clock.now())

    assert [line.done for line in lines] == [Done.UNCHANGED] * 2
    assert everything() == before


@pytest.mark.django_db
def test_the_registers_own_records_come_back_the_same(unit: Unit, shared: Path) -> None:
    raw = json.loads((shared / "data" / "ehis_tartu.json").read_text())["curricula"]
    import_records(raw, unit=unit, by=None, at=clock.now())
    before = everything()

    made = exported(on=clock.today())
    lines = import_records(
        made.content["curricula"], unit=unit, by=None, at=clock.now()
    )

    assert (len(lines), {line.done for line in lines}) == (45, {Done.UNCHANGED})
    assert made.left_out == []
    assert everything() == before


@pytest.mark.django_db
def test_what_the_format_cannot_say_is_left_out_by_name(
    unit: Unit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_records([record()], unit=unit, by=None, at=clock.now())
    ProgrammeVersion.objects.get().outcomes.all().delete()

    call_command("export_ehis", tmp_path / "ours.json")

    assert capsys.readouterr().out.startswith(
        "left out: 999001 example-programme: outcomes"
    )


@pytest.mark.usefixtures("unit")
@pytest.mark.django_db
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_ehis", tmp_path / "nowhere" / "ours.json")


# Beside ours ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_draft_beside_the_approved_version_is_not_compared(unit: Unit) -> None:
    run = factories.run()
    records = exported(on=clock.today()).content["curricula"]
    run.version.programme.versions.create(major=2, title={"et": "Uus", "en": "New"})

    (line,) = import_records(records, unit=unit, by=None, at=clock.now())

    assert line.done == Done.UNCHANGED


@pytest.mark.django_db
def test_what_differs_is_shown_field_by_field(unit: Unit) -> None:
    factories.run()
    (raw,) = exported(on=clock.today()).content["curricula"]
    theirs = {**raw, "eap": 18, "outcomes": raw["outcomes"][:2]}
    import_records([theirs], unit=unit, by=None, at=clock.now())
    mari = people.staff(Duty.PROGRAMME_MANAGER, unit=unit)

    (compared,) = register.compared_at(mari)

    told = {one.name: (one.ours, one.theirs) for one in compared.differences}
    assert told["ects"] == (["12"], ["18"])
    assert [len(side) for side in told["outcomes"]] == [3, 2]
    assert set(told) == {"ects", "outcomes"}


@pytest.mark.django_db
def test_programmes_of_other_units_are_refused(unit: Unit) -> None:
    import_records([record()], unit=unit, by=None, at=clock.now())
    other = people.unit("OTHER")
    before = everything()

    (line,) = import_records(
        [record(eap=15)], unit=other, within=[other], by=None, at=clock.now()
    )

    assert line.done == Done.REFUSED
    assert line.about == ["ehis_kood: this programme belongs to another unit"]
    assert everything() == before
    assert RegisterRecord.objects.get().said == record()


@pytest.mark.django_db
def test_the_desk_hears_in_its_language_and_the_command_line_in_english(
    unit: Unit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "register.json"
    file.write_text(json.dumps([record(eap="x")]))

    with translation.override("et"):
        (line,) = import_records([record(eap="x")], unit=unit, by=None, at=clock.now())
        with pytest.raises(CommandError):
            call_command("import_ehis", file)

    assert line.about == ["eap: on „x“; peab olema arv"]
    assert "eap: is “x”; it must be a number" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_dry_run_keeps_no_record_of_the_register(unit: Unit) -> None:
    import_records([record()], unit=unit, by=None, at=clock.now(), dry_run=True)

    assert not RegisterRecord.objects.exists()
