"""The `mikrokraad` command."""

import sys

import pytest

from mikrokraad.config.cli import main


def test_every_command_of_the_contract_is_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["mikrokraad", "help", "--commands"])

    main()

    listed = set(capsys.readouterr().out.split())
    assert listed >= {
        "check_invariants",
        "demo",
        "import_ehis",
        "migrate",
        "serve",
        "tick",
        "verify",
        "worker",
    }
