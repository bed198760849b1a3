"""`mikrokraad serve`: the web server and one worker, until one of them stops."""

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

PATIENCE_SECONDS = 30


class Command(BaseCommand):
    help = "Serve the site (HOST, PORT) with a background worker beside it."

    def handle(self, **options: Any) -> None:  # noqa: ANN401
        _require_free_port(settings.HOST, settings.PORT)
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        bin_dir = Path(sys.executable).parent
        web = subprocess.Popen(  # noqa: S603 -- our own programs
            [
                shutil.which("granian", path=str(bin_dir)) or "granian",
                "--interface=wsgi",
                f"--host={settings.HOST}",
                f"--port={settings.PORT}",
                "--workers=1",
                f"--blocking-threads={settings.WEB_THREADS}",
                "--log-level=warning",
                "mikrokraad.config.wsgi:application",
            ]
        )
        worker = subprocess.Popen([bin_dir / "mikrokraad", "worker"])  # noqa: S603
        running = [web, worker]

        def stop(*_args: object) -> None:
            for part in running:
                part.terminate()

        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, stop)
        try:
            self.greet(web)
            while all(part.poll() is None for part in running):
                time.sleep(0.2)
        finally:
            for part in running:
                part.terminate()
                part.wait(timeout=PATIENCE_SECONDS)

    def greet(self, web: "subprocess.Popen[bytes]") -> None:
        """Say where it is as soon as it answers."""
        address = f"http://127.0.0.1:{settings.PORT}/healthz"
        for _n in range(PATIENCE_SECONDS * 10):
            if web.poll() is not None:
                raise CommandError("The web server did not start. See above why.")
            try:
                urllib.request.urlopen(address, timeout=1).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                break
        self.stdout.write(f"\n  Open {settings.PUBLIC_URL}\n")
        if settings.DEMO:
            self.stdout.write(
                f"  Sign in as somebody: {settings.PUBLIC_URL}/en/demo/\n"
                "  Stop with Ctrl+C; your data stays in var/.\n"
            )
        self.stdout.flush()


def _require_free_port(host: str, port: int) -> None:
    """The web server would share a port with another that runs there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise CommandError(
            f"Nothing can be served at {host}, port {port}: {error.strerror}. "
            f"Stop what runs there, or choose another port: PORT={port + 1}"
        ) from error
