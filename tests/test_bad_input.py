"""What nobody should send: each time a clear answer, and nothing changed or lost."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions.models import Application, Evidence
from mikrokraad.admissions.tests import factories as admissions
from mikrokraad.core import clock
from mikrokraad.credentials.tests import factories as credentials
from mikrokraad.demo.bank.statement import Transfer, statement, transfer_for
from mikrokraad.fees.actions import import_statement
from mikrokraad.fees.models import BankLine, BankStatement
from mikrokraad.fees.tests import factories as fees
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.seats.tests.factories import run_with_places
from tests.double_click import census

pytestmark = pytest.mark.django_db
ENTITIES = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
Breaks = Callable[[bytes], bytes]


def asking_for_a_diploma() -> Application:
    run = run_with_places(5)
    run.version.requirements.create(
        position=1,
        key="diploma",
        kind="document",
        text={"et": "Diplom", "en": "A diploma"},
        needs_evidence=True,
    )
    return admissions.draft(run)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("diploma.pdf", b"MZ" + b"\0" * 500, "not a PDF, JPEG or PNG"),
        ("diploma.pdf", b"<html>%PDF-1.4\n%%EOF", "not a PDF, JPEG or PNG"),
        ("photo.png", b"<html><script>alert(1)</script>", "not a PDF, JPEG or PNG"),
        ("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PDF"),
        ("diploma.pdf", b"", "This file is empty"),
        ("diploma.pdf", b"%PDF-1.4\n" + b"x" * 11_000_000, "larger than 10 MB"),
    ],
)
def test_a_file_of_the_wrong_type_or_size_is_refused(
    client: Client, name: str, content: bytes, told: str
) -> None:
    case = asking_for_a_diploma()
    sign_in(client, case.person)
    address = reverse("admissions:requirement", args=[case.pk, "diploma"])

    answer = client.post(address, {"file": SimpleUploadedFile(name, content)})

    assert told in answer.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "a\x00.exe.pdf", 'a"\r\nX: y.pdf', "õ李🎓.pdf"]
)
def test_a_files_name_decides_nothing(client: Client, name: str) -> None:
    case = asking_for_a_diploma()
    sign_in(client, case.person)
    address = reverse("admissions:requirement", args=[case.pk, "diploma"])

    client.post(address, {"file": SimpleUploadedFile(name, admissions.PDF)})

    kept = Evidence.objects.get()
    assert kept.file.name is not None
    assert kept.file.name.startswith("evidence/")
    answer = client.get(reverse("admissions:evidence", args=[kept.pk]))
    assert answer.getvalue() == admissions.PDF
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (lambda whole: whole[: len(whole) // 2], "not a whole XML file"),
        (lambda whole: ENTITIES + whole[whole.index(b"<Document") :], "entities"),
        (lambda whole: whole.replace(b"camt.053", b"camt.052"), "not an account"),
        (lambda whole: whole.replace(b"EUR", b"USD"), "only euros"),
        (lambda _whole: b"date;amount\n2026-11-24;12,00\n", "not a whole XML file"),
        (lambda _whole: b"", "empty"),
        (lambda whole: whole + b" " * 5_000_000, "larger than 5 MB"),
    ],
    ids=["cut", "entities", "namespace", "currency", "csv", "empty", "huge"],
)
def test_a_broken_statement_changes_nothing(
    client: Client, break_it: Breaks, told: str
) -> None:
    owed = fees.invoice()
    whole = statement([transfer_for(owed, cents=owed.total_cents)], at=clock.now())
    sign_in(client, people.staff(Duty.FINANCE), strong=True)
    before = census()

    answer = client.post(
        reverse("office:fees_statement"),
        {"file": SimpleUploadedFile("statement.xml", break_it(whole))},
    )

    assert told in answer.content.decode()
    assert census() == before
    assert not BankStatement.objects.exists()
    assert not BankLine.objects.exists()


def test_a_name_without_a_letter_that_can_be_seen_is_no_name(client: Client) -> None:
    case = admissions.draft()
    sign_in(client, case.person)

    answer = client.post(
        reverse("admissions:about_you", args=[case.pk]),
        {"given_name": "\u200b", "family_name": "\u202e", "birth_date": "1990-02-10"},
    )

    assert "Write your given name." in answer.content.decode()
    case.person.refresh_from_db()
    assert case.person.name == "Liis Maasikas"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Liis\r\nBcc: a@example.org", "Liis Bcc: a@example.org"),
        ("\u202eLi\u200bis", "Liis"),
        ("عبد", "عبد"),
        ("می\u200cنا", "می\u200cنا"),
        ("李", "李"),
        ("<script>", "<script>"),
    ],
)
def test_a_name_is_kept_as_it_is_seen(client: Client, typed: str, kept: str) -> None:
    case = admissions.draft()
    sign_in(client, case.person)

    client.post(
        reverse("admissions:about_you", args=[case.pk]),
        {"given_name": typed, "family_name": "Kask", "birth_date": "1990-02-10"},
    )

    case.person.refresh_from_db()
    assert case.person.given_name == kept


def test_a_link_until_the_last_day_of_all_has_no_end(client: Client) -> None:
    made = credentials.credential()
    sign_in(client, made.person)

    client.post(
        reverse("credentials:certificate", args=[made.number]), {"until": "9999-12-31"}
    )

    assert made.shares.get(on_document=False).until is None


def test_an_invoice_number_that_nobody_can_type_is_not_found(client: Client) -> None:
    at = clock.now()
    fees.invoice()
    import_statement(statement([Transfer("Rita", 100)], at=at), by=None, at=at)
    sign_in(client, people.staff(Duty.FINANCE), strong=True)
    address = reverse("office:fees_match", args=[BankLine.objects.get().pk])

    answer = client.post(address, {"number": "a\0b"}, follow=True)

    assert "There is no invoice “ab”." in answer.content.decode()


@pytest.mark.parametrize("days", [3_000_000, 10**12])
def test_the_clock_does_not_leave_the_calendar(client: Client, days: int) -> None:
    answer = client.post(reverse("demo:move_clock", args=[days]))

    assert answer.status_code == 404


def test_every_page_of_a_form_answers_head_as_get(client: Client) -> None:
    """Link checkers and mail programs ask for the head alone."""
    case = admissions.draft()
    sign_in(client, case.person)
    names = ("about_you", "education", "questions", "payer", "submit", "withdraw")
    pages = [reverse(f"admissions:{name}", args=[case.pk]) for name in names]

    answers = [(client.get(page), client.head(page)) for page in pages]

    assert [get.status_code for get, _head in answers] == [
        head.status_code for _get, head in answers
    ]


def test_a_programme_without_questions_has_no_page_of_them(client: Client) -> None:
    case = admissions.draft()
    sign_in(client, case.person)

    answer = client.get(reverse("admissions:questions", args=[case.pk]))

    assert answer.status_code == 404
