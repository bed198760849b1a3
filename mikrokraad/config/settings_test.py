"""Settings for tests and type checks: no environment needed, the demonstration's rooms in."""

import os
import tempfile

os.environ["DEMO"] = "yes"
os.environ["SETTINGS_FILE"] = os.devnull
os.environ["LOG_LEVEL"] = "ERROR"
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="mikrokraad-test-")

from mikrokraad.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Threads of tests open connections of their own, and close them.
DATABASES["default"]["OPTIONS"].pop("pool", None)  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 -- WhiteNoise warns without it
