"""The command `import_ehis`: what it says, and what it leaves alone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mikrokraad.catalogue.models import Outcome, Programme, ProgrammeVersion
from mikrokraad.catalogue.tests import factories
from mikrokraad.catalogue.tests.test_ehis import record
from mikrokraad.people.models import Unit
from mikrokraad.people.tests.factories import unit as make_unit

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]


@pytest.fixture
def unit() -> Unit:
    factories.kind("micro-degree")
    factories.field("0613")
    return make_unit()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(*records: object) -> Path:
        file = tmp_path / "register.json"
        file.write_text(json.dumps({"curricula": records}))
        return file

    return write


def everything() -> list[object]:
    """All that an import could change."""
    versions = ProgrammeVersion.objects.order_by("pk")
    outcomes = Outcome.objects.order_by("pk")
    return [
        *Programme.objects.order_by("pk").values(),
        *versions.values(),
        *outcomes.values(),
    ]


@pytest.mark.usefixtures("unit")
def test_a_dry_run_says_what_would_be_and_changes_nothing(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_ehis", write(record()))
    before = everything()
    capsys.readouterr()

    file = write(record(eap=15), record(ehis_kood="999002"))
    call_command("import_ehis", file, "--dry-run")

    assert capsys.readouterr().out == (
        "999001  changed  Näidisprogramm\n"
        "    ECTS: ours 12, register 15\n"
        "999002  created  Näidisprogramm\n"
        "Would be: 1 created, 1 changed, 0 unchanged, 0 left alone, 0 refused.\n"
    )
    assert everything() == before


@pytest.mark.usefixtures("unit")
def test_a_wrong_field_is_told_and_changes_nothing_of_its_record(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_ehis", write(record()))
    before = everything()
    capsys.readouterr()

    wrong = record(name_en="Another", eap=15, field_code="613")
    with pytest.raises(CommandError, match="1 of 1 records were refused"):
        call_command("import_ehis", write(wrong))

    assert "999001  refused  Näidisprogramm\n    field_code: is “613”" in (
        capsys.readouterr().out
    )
    assert everything() == before


@pytest.mark.usefixtures("unit")
def test_good_records_beside_a_wrong_one_are_in(write: Write) -> None:
    file = write(record(eap=0), record(ehis_kood="999002"))

    with pytest.raises(CommandError, match="the others are in"):
        call_command("import_ehis", file)

    assert [p.register_code for p in Programme.objects.all()] == ["999002"]


def test_new_programmes_belong_to_the_unit_that_is_named(
    unit: Unit, write: Write
) -> None:
    other = make_unit("OTHER")

    call_command("import_ehis", write(record()), "--unit", "OTHER")

    assert Programme.objects.get().unit == other


@pytest.mark.usefixtures("unit")
def test_a_unit_that_is_not_there_is_named(write: Write) -> None:
    with pytest.raises(CommandError, match="There is no unit “NOWHERE”"):
        call_command("import_ehis", write(record()), "--unit", "NOWHERE")


def test_without_units_there_is_nobody_to_give_programmes_to(write: Write) -> None:
    with pytest.raises(CommandError, match="no university yet"):
        call_command("import_ehis", write(record()))


@pytest.mark.usefixtures("unit")
def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.json cannot be read"):
        call_command("import_ehis", tmp_path / "nowhere.json")


@pytest.mark.usefixtures("unit")
def test_a_file_that_is_no_text_is_no_json(tmp_path: Path) -> None:
    file = tmp_path / "register.json"
    file.write_bytes(b"\xff\xfe\x00{")

    with pytest.raises(CommandError, match="is not JSON"):
        call_command("import_ehis", file)


def test_a_kind_that_is_not_set_up_refuses_the_record(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    make_unit()

    with pytest.raises(CommandError, match="refused"):
        call_command("import_ehis", write(record()))

    assert "eap: there is no kind of programme “micro-degree”" in (
        capsys.readouterr().out
    )
    assert not Programme.objects.exists()


@pytest.mark.usefixtures("unit")
def test_two_programmes_of_one_name_get_addresses_of_their_own(write: Write) -> None:
    call_command("import_ehis", write(record(), record(ehis_kood="999002")))

    assert sorted(Programme.objects.values_list("slug", flat=True)) == [
        "example-programme",
        "example-programme-999002",
    ]
