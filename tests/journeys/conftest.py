"""A real university for the journeys: a server, a worker, and a person at Chromium."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import (
    Browser,
    Locator,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "journeys"
PATIENCE_SECONDS = 60
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class University:
    """The running demonstration: where it is, what is in it, and its commands."""

    url: str
    env: dict[str, str]
    facts: dict[str, Any]

    def command(self, *words: str | Path) -> str:
        """Run a `mikrokraad` command on its database; what it printed."""
        done = self._run(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def exit_code(self, *words: str | Path) -> int:
        return self._run(*words).returncode

    def _run(self, *words: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, words)],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def own_database(url: str, name: str, *, like: str = "template1") -> str:
    """A new database on the server of `url`, a copy of `like`; its address."""
    parts = urlsplit(url)
    admin = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return urlunsplit(parts._replace(path=f"/{name}"))


def environment(var: Path, port: int, database: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mikrokraad.config.settings",
        "SETTINGS_FILE": os.devnull,
        "DEMO": "yes",
        "SECRET_KEY": "a secret of the journeys, long enough",
        "VAR_DIR": str(var),
        "PORT": str(port),
        "PUBLIC_URL": f"http://localhost:{port}",
        "DATABASE_URL": database,
        "LOG_LEVEL": "WARNING",
    }


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> University:
    """The demonstration as `make run` fills it, not served: others copy it."""
    var, port = tmp_path_factory.mktemp("seeded"), free_port()
    database = os.environ.get("DATABASE_URL", "")
    if database:
        database = own_database(database, f"seeded_{os.getpid()}")
    made = University(f"http://localhost:{port}", environment(var, port, database), {})
    made.command("migrate", "--verbosity", "0")
    made.command("demo")
    return made


@contextmanager
def served(seeded: University, var: Path) -> Iterator[University]:
    """A copy of the seeded university of its own, with its server and worker."""
    port = free_port()
    shutil.copytree(seeded.env["VAR_DIR"], var)
    database = seeded.env["DATABASE_URL"]
    if database:
        like = urlsplit(database).path.lstrip("/")
        database = own_database(database, f"{like}_{port}", like=like)
    env = environment(var, port, database)
    made = University(f"http://localhost:{port}", env, {})
    made.command("demo", "--if-empty")  # tells the new address
    made.facts = json.loads((var / "demo.json").read_text())
    server = subprocess.Popen([sys.executable, "manage.py", "serve"], cwd=ROOT, env=env)
    try:
        wait_for(f"{made.url}/healthz", server)
        yield made
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_SECONDS)


@pytest.fixture(scope="session")
def university(
    seeded: University, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[University]:
    """The demonstration, for stories that leave it as they found it."""
    with served(seeded, tmp_path_factory.mktemp("var") / "var") as made:
        yield made


@pytest.fixture
def own_university(seeded: University, tmp_path: Path) -> Iterator[University]:
    """A university for one story alone, in which time may move on."""
    with served(seeded, tmp_path / "var") as made:
        yield made


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, "the server stopped"
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{address} did not answer")


def chromium() -> str:
    names = [
        os.environ.get("CHROMIUM", ""),
        "chromium",
        "chromium-browser",
        "google-chrome",
    ]
    found = next(
        (shutil.which(name) for name in names if name and shutil.which(name)), None
    )
    assert found, "Chromium is missing: install it or set CHROMIUM to its program."
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    made = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield made
    made.close()


@dataclass
class Visitor:
    """A person at a browser: their page, in their language and width."""

    page: Page
    university: University
    language: str
    story: str
    count: int = 0

    def go(self, path: str) -> None:
        """Open a page of theirs: a path without language, such as “programmes/”."""
        answer = self.page.goto(f"{self.university.url}/{self.language}/{path}")
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    def words(self, message: str, **facts: object) -> str:
        """A wording of the product in this visitor's language."""
        with translation.override(self.language):
            return gettext(message).format(**facts) % facts

    def press(self, label: str, **facts: object) -> None:
        """Press the button of this (English) label."""
        name = self.words(label, **facts)
        self.submit(self.page.get_by_role("button", name=name, exact=True).first)

    def submit(self, button: Locator) -> None:
        """Press a button and wait for the page that answers."""
        with self.page.expect_navigation():
            button.click()

    def follow(self, label: str, **facts: object) -> None:
        """Follow the link of this (English) label."""
        name = self.words(label, **facts)
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def sees(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def sign_in(self, persona: str) -> None:
        """Be somebody of the demonstration, by one click."""
        self.go(f"demo/#{persona.replace('.', '-')}")
        self.page.locator(f"#{persona.replace('.', '-')} button").click()

    def picture(self, name: str) -> None:
        """Leave a screenshot of the whole page in build/journeys."""
        self.count += 1
        folder = PICTURES / f"{self.story}-{self.language}"
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(
            path=folder / f"{self.count:02}-{name}.png", full_page=True
        )


class Visitors:
    """Opens browsers for people, and minds what their consoles complain about."""

    def __init__(self, browser: Browser, university: University, story: str) -> None:
        self.browser, self.university, self.story = browser, university, story
        self.complaints: list[str] = []

    def come(
        self, language: str, *, width: int = 1280, scripts: bool = True
    ) -> Visitor:
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            locale="et-EE" if language == "et" else "en-GB",
            timezone_id="Europe/Tallinn",
            java_script_enabled=scripts,
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "console",
            lambda m: self.complaints.append(m.text) if m.type == "error" else None,
        )
        page.on("pageerror", lambda e: self.complaints.append(str(e)))
        return Visitor(page, self.university, language, self.story)


@pytest.fixture
def visitors(
    browser: Browser, university: University, request: pytest.FixtureRequest
) -> Iterator[Visitors]:
    story = request.node.originalname.removeprefix("test_")
    made = Visitors(browser, university, story)
    yield made
    for context in browser.contexts:
        context.close()
    assert made.complaints == []
