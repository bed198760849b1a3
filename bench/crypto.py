"""Signing a credential against raw Ed25519; and the certificate as a PDF."""

from bench.measure import Row, cpu_seconds, row
from mikrokraad.credentials.crypto import openbadge
from mikrokraad.credentials.tests import examples

RAW_NAME = "raw Ed25519 over the same bytes"
PAGE_BYTES = 4096


def measure() -> list[Row]:
    credential = examples.credential()
    message = str(credential).encode()
    raw = cpu_seconds(lambda: examples.KEY.sign(message), count=200)
    signing = cpu_seconds(
        lambda: openbadge.signed(credential, examples.KEY, examples.AT), count=10
    )
    return [row("signing an Open Badges credential", signing, RAW_NAME, raw)]
