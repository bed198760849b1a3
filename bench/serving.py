"""Real processes of the product on the database of this one: web servers and workers."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PATIENCE_SECONDS = 60
PRODUCT = "mikrokraad.config.wsgi:application"
BARE = "bench.bare:application"


def environment(**more: str) -> dict[str, str]:
    """As an installation has it, with the database and the key of this process."""
    there = connection.settings_dict
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**there)
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mikrokraad.config.settings",
        "PYTHONPATH": str(ROOT),
        "SETTINGS_FILE": os.devnull,
        "DEMO": "yes",
        "SECRET_KEY": settings.SECRET_KEY,
        "VAR_DIR": str(settings.VAR_DIR),
        "PUBLIC_URL": "http://localhost:8000",
        "DATABASE_URL": url,
        "LOG_LEVEL": "ERROR",
        **more,
    }


@dataclass
class Part:
    """One process, and its children, that can die and be started again."""

    command: list[str]
    env: dict[str, str]
    running: "subprocess.Popen[bytes]" = field(init=False)

    def start(self) -> None:
        self.running = subprocess.Popen(  # noqa: S603 -- our own programs
            self.command, cwd=ROOT, env=self.env, start_new_session=True
        )

    def kill(self) -> None:
        """At once, in the middle of whatever it does."""
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait(timeout=PATIENCE_SECONDS)


def web(port: int, application: str = PRODUCT, **more: str) -> Part:
    """A web server as `mikrokraad serve` starts it."""
    command = [
        str(BIN / "granian"),
        "--interface=wsgi",
        "--host=127.0.0.1",
        f"--port={port}",
        "--workers=1",
        f"--blocking-threads={settings.WEB_THREADS}",
        "--log-level=warning",
        application,
    ]
    return Part(command, environment(**more))


def worker() -> Part:
    return Part([sys.executable, "manage.py", "worker"], environment())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, part: Part) -> None:
    for _n in range(PATIENCE_SECONDS * 10):
        assert part.running.poll() is None, "the server stopped"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not come up")


@contextmanager
def serving(application: str = PRODUCT, **more: str) -> Iterator[int]:
    """A web server that answers; its port."""
    port = free_port()
    part = web(port, application, **more)
    part.start()
    try:
        wait_for(port, part)
        yield port
    finally:
        part.kill()
