"""Logs are JSON lines with the request's id; ids only, never who somebody is."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

PACKAGE = Path(__file__).resolve().parents[2]
SAID = """
import logging, structlog
from mikrokraad.core import logs
logs.configure({"level": "INFO"})
structlog.get_logger().info("outbox.failed", message=7)
structlog.get_logger().debug("not this")
logging.getLogger("django.request").warning("Not Found: %s", "/x/")
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("django").exception("round failed")
    structlog.get_logger().exception("worker.round_failed")
logging.getLogger("httpx").info("HTTP Request: POST https://example.org")
"""
# What a log line may carry: ids, counts, codes and the names of errors.
MAY_BE_LOGGED = {"message", "attempts", "error", "case", "kind", "count", "exc_info"}


def test_lines_are_json_whoever_logs() -> None:
    run = subprocess.run(
        [sys.executable, "-c", SAID],
        capture_output=True,
        text=True,
        check=True,
        cwd=PACKAGE.parent,
    )
    lines = [json.loads(line) for line in run.stderr.splitlines()]

    assert [line["event"] for line in lines] == [
        "outbox.failed",
        "Not Found: /x/",
        "round failed",
        "worker.round_failed",
    ]
    assert [line["level"] for line in lines] == [
        "info",
        "warning",
        "error",
        "error",
    ]
    assert lines[0]["message"] == 7
    assert all("timestamp" in line for line in lines)
    assert "ZeroDivisionError" in lines[2]["exception"]
    assert "ZeroDivisionError" in lines[3]["exception"]


@pytest.mark.django_db
def test_every_answer_names_its_request(client: Client) -> None:
    one, other = client.get("/healthz"), client.get("/healthz")

    assert len(one["X-Request-Id"]) == 32
    assert one["X-Request-Id"] != other["X-Request-Id"]


def _logged(path: Path) -> set[str]:
    """Names of what a file's log lines carry."""
    calls = [
        n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)
    ]
    return {
        word.arg or "**"
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "log"
        for word in call.keywords
    }


def test_log_lines_carry_ids_only() -> None:
    sources = [p for p in PACKAGE.rglob("*.py") if "tests" not in p.parts]
    found = {name: path for path in sources for name in _logged(path)}

    assert {name: str(found[name]) for name in found.keys() - MAY_BE_LOGGED} == {}
