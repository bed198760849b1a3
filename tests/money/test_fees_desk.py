"""The finance desk: statements, payments, and the money of studies that ended."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mikrokraad.admissions.tests import factories as admissions
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.demo.bank.statement import Transfer, statement
from mikrokraad.fees import queries
from mikrokraad.fees.models import (
    BankLine,
    BankStatement,
    CreditNote,
    LedgerEntry,
    Payment,
)
from mikrokraad.fees.tests import factories as fees
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.studies import actions as studies
from mikrokraad.studies.models import Ending, Enrolment

pytestmark = pytest.mark.django_db
DESK = "/en/office/fees/"


@pytest.fixture
def kadri(client: Client) -> Person:
    member = people.staff(Duty.FINANCE, given_name="Kadri")
    sign_in(client, member, strong=True)
    people.institution()
    return member


@pytest.fixture
def ending() -> Ending:
    """Somebody who was enrolled and moved away before the start."""
    application = admissions.enrolled()
    enrolment = Enrolment.objects.get(application_id=application.pk)
    studies.cancel(enrolment, reason="moved away", by=None, at=clock.now())
    return Ending.objects.get()


def uploaded(content: bytes) -> dict[str, object]:
    return {"file": SimpleUploadedFile("statement.xml", content)}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<a>", "not a whole XML file"),
        (b"%PDF-1.7", "not a whole XML file"),
        (b"<?xml version='1.0'?><Document/>", "camt.053"),
    ],
)
def test_a_broken_statement_is_explained_and_changes_nothing(
    client: Client, kadri: Person, content: bytes, words: str
) -> None:
    page = client.post(f"{DESK}statement/", uploaded(content))

    assert page.status_code == 200
    assert words in page.content.decode()
    assert BankStatement.objects.count() == BankLine.objects.count() == 0
    assert LedgerEntry.objects.count() == 0


def test_reading_a_statement_in_twice_reads_it_once(
    client: Client, kadri: Person
) -> None:
    owed = fees.invoice()
    paid = Transfer("Liis", owed.total_cents, owed.reference)
    content = statement([paid], at=clock.now())

    for _click in range(2):
        client.post(f"{DESK}statement/", uploaded(content))

    assert BankLine.objects.count() == Payment.objects.count() == 1
    assert queries.open_cents(owed) == 0


def test_matching_twice_is_once(client: Client, kadri: Person) -> None:
    owed = fees.invoice()
    part = Transfer("Liis", 100_00, owed.reference)
    client.post(f"{DESK}statement/", uploaded(statement([part], at=clock.now())))
    line = BankLine.objects.get()

    for _click in range(2):
        answer = client.post(
            f"{DESK}unmatched/{line.pk}/match/", {"number": owed.number}, follow=True
        )

    assert "already found its invoice" in answer.content.decode()
    assert Payment.objects.count() == 1
    assert queries.open_cents(owed) == owed.total_cents - 100_00


# Studies that ended (M7) -----------------------------------------------------------


def test_ended_studies_wait_for_finance(
    client: Client, kadri: Person, ending: Ending
) -> None:
    desk = client.get("/en/office/").content.decode()
    listed = client.get(f"{DESK}endings/").content.decode()
    page = client.get(f"{DESK}endings/{ending.pk}/").content.decode()

    assert "ended studies whose money is not decided" in desk
    assert "Liis Maasikas" in listed
    assert "moved away" in listed
    assert "76 days before the studies begin" in page
    assert ending.agreement is not None
    assert ending.agreement.invoices.get().number in page


@pytest.mark.parametrize(("money", "notes"), [("credited", 1), ("kept", 0)])
def test_deciding_twice_is_once(
    client: Client, kadri: Person, ending: Ending, money: str, notes: int
) -> None:
    page = f"{DESK}endings/{ending.pk}/"
    before = OutboxMessage.objects.count()

    client.post(page, {"money": money, "note": "75 days’ notice"})
    client.post(page, {"money": "kept", "note": "again"})

    ending.refresh_from_db()
    assert (ending.money, ending.note) == (money, "75 days’ notice")
    assert CreditNote.objects.count() == notes
    assert OutboxMessage.objects.count() == before + 1
    assert "The learner has been told." in client.get(page).content.decode()
    assert "Nothing to decide" in client.get(f"{DESK}endings/").content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"money": "kept", "note": " "}, "Say why."),
        ({"note": "notice"}, "Choose what becomes of the invoice."),
        ({"money": "nothing_owed", "note": "notice"}, "Select a valid choice"),
    ],
)
def test_half_a_decision_changes_nothing(
    client: Client, kadri: Person, ending: Ending, given: dict[str, str], words: str
) -> None:
    page = client.post(f"{DESK}endings/{ending.pk}/", given)

    ending.refresh_from_db()
    assert words in page.content.decode()
    assert ending.money == ""


def test_only_finance_decides(client: Client, ending: Ending) -> None:
    sign_in(client, people.staff(Duty.OFFICER), strong=True)

    for page in (f"{DESK}endings/", f"{DESK}endings/{ending.pk}/"):
        assert client.get(page).status_code == 403
        assert client.post(page, {"money": "kept", "note": "x"}).status_code in {
            403,
            405,
        }
    assert Ending.objects.get().money == ""
