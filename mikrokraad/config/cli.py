"""The `mikrokraad` command: every management command, under the product's name."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command. A wrong setting is said in one sentence, exit 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mikrokraad.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as wrong:
        sys.exit(f"mikrokraad cannot start. {wrong}")
