"""None of the demonstration exists outside the demonstration."""

import os
import subprocess
import sys
from pathlib import Path

SETTINGS = {
    "DEMO": "no",
    "DJANGO_SETTINGS_MODULE": "mikrokraad.config.settings",
    "SETTINGS_FILE": os.devnull,
    "SECRET_KEY": "long-enough-for-a-real-university",
    "PUBLIC_URL": "https://micro.example.org",
    "FROM_EMAIL": "micro@example.org",
    "LOG_LEVEL": "ERROR",
}
LOOK = """
import sys
import django
django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.urls import Resolver404, resolve
from django.utils.translation import override

def there(address):
    with override("et" if address.startswith("/et/") else "en"):
        try:
            return bool(resolve(address))
        except Resolver404:
            return False

assert there("/en/programmes/")
print(apps.is_installed("mikrokraad.demo"))
print("demo" in get_commands())
print([a for a in %r if there(a)])
print(sorted(name for name in sys.modules if name.startswith("mikrokraad.demo")))
print("demo" in settings.EMAIL_BACKEND, "demo" in settings.PAYMENT_GATEWAY)
"""
ADDRESSES = [
    "/en/demo/",
    "/et/demo/",
    "/en/demo/sign-in/jaak-solg/",
    "/en/demo/mailbox/",
    "/en/demo/mailbox/1/",
    "/en/demo/clock/",
    "/en/demo/clock/move/1/",
    "/en/demo/bank/",
    "/en/demo/bank/statement.xml",
    "/en/demo/card/",
    "/demo/card/orders",
]


def test_nothing_of_the_demonstration_is_there_without_it(tmp_path: Path) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}

    told = subprocess.run(
        [sys.executable, "-c", LOOK % ADDRESSES],
        env={**kept, **SETTINGS, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.stderr == ""
    assert told.stdout.splitlines() == ["False", "False", "[]", "[]", "False False"]
