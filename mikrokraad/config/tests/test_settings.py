"""A wrong setting stops the start, with a sentence that names it."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from mikrokraad.config import env
from mikrokraad.core import stylesheet

REAL = {
    "SECRET_KEY": "a long secret for this test only",
    "PUBLIC_URL": "https://micro.example.org/",
    "FROM_EMAIL": "mikrokraad@example.org",
    "SETTINGS_FILE": os.devnull,
}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name not in {"PATH", "HOME", "LANG", "DJANGO_SETTINGS_MODULE"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    env._file.cache_clear()  # noqa: SLF001 -- each test has a file of its own


def started(monkeypatch: pytest.MonkeyPatch, **values: str) -> dict[str, Any]:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(Path(env.__file__).with_name("settings.py")))


def test_a_house_starts_with_three_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    found = started(monkeypatch, **REAL)

    assert found["PUBLIC_URL"] == "https://micro.example.org"
    assert found["ALLOWED_HOSTS"][0] == "micro.example.org"
    assert found["SESSION_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] > 0
    assert not found["DEMO"]
    assert "mikrokraad.demo" not in found["INSTALLED_APPS"]
    assert found["PAYMENT_GATEWAY"] == ""


def test_the_demonstration_starts_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    found = started(monkeypatch, DEMO="yes", SETTINGS_FILE=os.devnull)

    assert found["PUBLIC_URL"] == "http://localhost:8000"
    assert "mikrokraad.demo" in found["INSTALLED_APPS"]
    assert found["EMAIL_BACKEND"].startswith("mikrokraad.demo.")


@pytest.mark.parametrize("name", ["SECRET_KEY", "PUBLIC_URL", "FROM_EMAIL"])
def test_what_has_no_default_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    values = {key: value for key, value in REAL.items() if key != name}

    with pytest.raises(ImproperlyConfigured) as stopped:
        started(monkeypatch, **values)

    assert str(stopped.value) == f"Set {name}. See docs/settings.md."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY must be at least 24 characters long."),
        ("DEMO", "true", "DEMO is “true”; write yes or no."),
        ("DEBUG", "1", "DEBUG is “1”; write yes or no."),
        ("PORT", "eighty", "PORT is “eighty”; write a whole number."),
        ("PORT", "0", "PORT must be from 1 to 65535."),
        ("OFFER_OPEN_DAYS", "0", "OFFER_OPEN_DAYS must be from 1 to 90."),
        ("OFFER_OPEN_DAYS", "91", "OFFER_OPEN_DAYS must be from 1 to 90."),
        ("OFFER_OPEN_DAYS", "7.5", "OFFER_OPEN_DAYS is “7.5”; write a whole number."),
        ("WEB_THREADS", "", "WEB_THREADS is “”; write a whole number."),
        ("PUBLIC_URL", "micro.example.org", "PUBLIC_URL must be a full address"),
        ("PUBLIC_URL", "https://", "PUBLIC_URL must be a full address"),
        ("PUBLIC_URL", "ftp://example.org", "PUBLIC_URL must be a full address"),
        ("PUBLIC_URL", "https://x.ee:port", "PUBLIC_URL must be a full address"),
        ("PUBLIC_URL", "https://[x", "PUBLIC_URL must be a full address"),
        ("PUBLIC_URL", "http://x.ee", "PUBLIC_URL must begin with https:// outside"),
        ("DATABASE_URL", "mysql://u:hidden@h/n", "DATABASE_URL must be like postgres"),
        ("DATABASE_URL", "postgres://u:hidden@h:x/n", "DATABASE_URL must be like"),
        ("DATABASE_URL", "postgres://u:hidden@h", "DATABASE_URL must be like"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL must be like"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL is “LOUD”, which is not known here. Choose"),
        ("INSTITUTION_TIME_ZONE", "Mars", "INSTITUTION_TIME_ZONE is “Mars”, which"),
        ("INSTITUTION_COUNTRY", "XX", "INSTITUTION_COUNTRY is “XX”, which is not"),
    ],
)
def test_a_wrong_value_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as stopped:
        started(monkeypatch, **{**REAL, name: value})

    assert str(stopped.value).startswith(sentence)
    assert "hidden" not in str(stopped.value)


def test_a_file_of_settings_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "settings.env"
    file.write_text(
        "# ours\n\nPORT = 8123\nWEB_THREADS=7\n"
        + "\n".join(f"{name}={value}" for name, value in REAL.items())
    )

    found = started(monkeypatch, SETTINGS_FILE=str(file), WEB_THREADS="2")

    assert (found["PORT"], found["WEB_THREADS"]) == (8123, 2)


def test_a_theme_that_is_not_there_stops_the_start(settings: LazySettings) -> None:
    settings.THEME = "nowhere"

    with pytest.raises(ImproperlyConfigured, match="THEME is “nowhere”"):
        stylesheet.theme()


def test_the_command_says_it_in_one_sentence() -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from mikrokraad.config.cli import main; main()",
            "tick",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
        env={
            **REAL,
            "PORT": "eighty",
            "DJANGO_SETTINGS_MODULE": "mikrokraad.config.settings",
        },
    )

    assert run.returncode == 1
    assert run.stderr == (
        "mikrokraad cannot start. PORT is “eighty”; write a whole number.\n"
    )
