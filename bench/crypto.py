"""Signing a credential against raw Ed25519; and the certificate as a PDF."""

import json
from pathlib import Path

import typst

from bench.measure import Row, cpu_seconds, row
from mikrokraad.core.pdf import EPOCH, FONTS, STANDARDS
from mikrokraad.credentials import documents
from mikrokraad.credentials.crypto import openbadge
from mikrokraad.credentials.tests import examples

RAW_NAME = "raw Ed25519 over the same bytes"
LINE_NAME = "a PDF of one line, to the same standards"
LINE = Path(__file__).with_name("line.typ")


def measure() -> list[Row]:
    return [*_signing(), *_printing()]


def _signing() -> list[Row]:
    credential = examples.credential()
    message = str(credential).encode()
    raw = cpu_seconds(lambda: examples.KEY.sign(message), count=200)
    signing = cpu_seconds(
        lambda: openbadge.signed(credential, examples.KEY, examples.AT), count=10
    )
    return [row("signing an Open Badges credential", signing, RAW_NAME, raw)]


def _printing() -> list[Row]:
    facts, address = examples.facts(), examples.CREDENTIAL_ID
    look = documents.Look(qr_url=address, status_url=address)
    badge = json.dumps(examples.credential()).encode()
    compiler = typst.Compiler(
        root=LINE.parent, font_paths=[FONTS], ignore_system_fonts=True
    )
    line = cpu_seconds(
        lambda: compiler.compile(input=LINE, pdf_standards=STANDARDS, timestamp=EPOCH),
        count=10,
    )
    certificate = cpu_seconds(
        lambda: documents.certificate_pdf(facts, look, badge=badge), count=10
    )
    return [row("a certificate as PDF/A-3 and PDF/UA", certificate, LINE_NAME, line)]
