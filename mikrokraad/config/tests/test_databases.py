"""Which database an address names."""

from pathlib import Path

from mikrokraad.config.databases import database


def test_no_address_is_the_embedded_one(tmp_path: Path) -> None:
    found = database("", tmp_path / "var", threads=4)

    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == tmp_path / "var" / "mikrokraad.sqlite3"
    assert (tmp_path / "var").is_dir()
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_a_file_can_be_named(tmp_path: Path) -> None:
    found = database(f"sqlite://{tmp_path}/other%20one.db", tmp_path, threads=4)

    assert found["NAME"] == tmp_path / "other one.db"


def test_postgresql_with_everything_said(tmp_path: Path) -> None:
    address = "postgresql://ann%40ut:p%2Fw@db.example.org:5433/micro"

    found = database(address, tmp_path, threads=8)

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("ann@ut", "p/w")
    assert (found["HOST"], found["PORT"]) == ("db.example.org", "5433")
    assert found["NAME"] == "micro"
    assert found["OPTIONS"]["pool"]["max_size"] == 9


def test_postgresql_with_little_said(tmp_path: Path) -> None:
    found = database("postgres:///micro", tmp_path, threads=1)

    assert (found["USER"], found["HOST"], found["PORT"]) == ("", "", "")
