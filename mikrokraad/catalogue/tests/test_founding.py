"""A university that is founded can take over the register's programmes at once."""

from pathlib import Path

import pytest
from django.core.management import call_command

from mikrokraad.catalogue.founding import KINDS, make_kinds_and_fields
from mikrokraad.catalogue.models import Field, Kind, Programme, ProgrammeVersion

pytestmark = pytest.mark.django_db


def found() -> None:
    call_command(
        "found",
        name_et="Proovi Ülikool",
        name_en="Trial University",
        short="PRÜ",
        registry_code="74001073",
        place="Tartu",
        address="Ülikooli 18, Tartu",
        email="mikro@example.org",
        iban="EE471000001020145685",
    )


def test_a_founded_university_has_kinds_and_fields() -> None:
    found()

    assert {kind.code for kind in Kind.objects.all()} == {row[0] for row in KINDS}
    field = Field.objects.get(pk="0613")
    assert field.broad_name["en"] == "Information and communication technologies"
    assert all(one.name["et"] and one.name["en"] for one in Field.objects.all())


def test_what_a_university_changed_in_its_kinds_stays() -> None:
    make_kinds_and_fields()
    Kind.objects.filter(code="summer-school").update(max_ects=10)

    make_kinds_and_fields()

    assert Kind.objects.get(code="summer-school").max_ects == 10
    assert Kind.objects.count() == len(KINDS)


def test_the_registers_records_are_all_taken_over_after_founding(shared: Path) -> None:
    found()

    call_command("import_ehis", shared / "data" / "ehis_tartu.json")

    assert Programme.objects.count() == 45
    assert not ProgrammeVersion.objects.filter(field=None).exists()
    assert set(Programme.objects.values_list("unit__code", flat=True)) == {"PRÜ"}
