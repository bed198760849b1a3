"""Bank statements: read in once, matched exactly, everything else left to a person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mikrokraad.core import clock, events
from mikrokraad.demo.bank.statement import Transfer, statement, transfer_for
from mikrokraad.fees import actions, camt, invariants, queries
from mikrokraad.fees.actions.bank import AlreadyMatched, Report, WrongAccount
from mikrokraad.fees.events import PaymentRuleMet
from mikrokraad.fees.models import BankLine, BankStatement, Payment, Posting
from mikrokraad.fees.tests.factories import agreement, invoice
from mikrokraad.people.models import Duty, Institution
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db


def file_of(*transfers: Transfer) -> bytes:
    people.institution()
    return statement(transfers, at=clock.now())


def read_in(content: bytes, *, dry_run: bool = False) -> Report:
    return actions.import_statement(content, by=None, at=clock.now(), dry_run=dry_run)


def test_a_transfer_finds_its_invoice(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[PaymentRuleMet] = []
    monkeypatch.setitem(events._reactions, PaymentRuleMet, [heard.append])  # noqa: SLF001
    made = agreement()
    owed = made.invoices.get()

    report = read_in(file_of(transfer_for(owed, cents=owed.total_cents)))

    assert report.count("matched") == 1
    assert queries.open_cents(owed) == 0
    assert [event.agreement_id for event in heard] == [made.pk]
    assert list(invariants.broken(at=clock.now())) == []


def test_the_same_file_twice_changes_nothing() -> None:
    owed = invoice()
    content = file_of(transfer_for(owed, cents=owed.total_cents))
    read_in(content)
    before = Posting.objects.count()

    report = read_in(content)

    assert report.count("known") == 1
    assert (Posting.objects.count(), Payment.objects.count()) == (before, 1)


def test_a_line_that_another_file_repeats_is_known() -> None:
    owed = invoice()
    content = file_of(transfer_for(owed, cents=owed.total_cents))
    read_in(content)

    report = read_in(content.replace(b"<MsgId>", b"<MsgId>X"))

    assert report.count("known") == 1
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("cents", "reference", "note"),
    [
        (-1000, None, "€2,390 came; €2,400 is owed"),
        (1000, None, "€2,410 came; €2,400 is owed"),
        (0, "", "No invoice has this reference number."),
        (0, "1234561", "No invoice has this reference number."),
    ],
)
def test_what_does_not_fit_waits_for_a_person(
    cents: int, reference: str | None, note: str
) -> None:
    owed = invoice()
    transfer = Transfer(
        "Liis",
        owed.total_cents + cents,
        owed.reference if reference is None else reference,
    )

    report = read_in(file_of(transfer))

    line = BankLine.objects.get()
    assert report.count("unmatched") == 1
    assert note in line.note
    assert queries.open_cents(owed) == 240_000
    assert queries.trial_balance()["unallocated"] == -line.amount_cents
    assert list(invariants.broken(at=clock.now())) == []


def test_a_person_matches_what_is_left() -> None:
    owed, finance = invoice(), people.staff(Duty.FINANCE)
    read_in(file_of(Transfer("Liis", 1000_00)))
    line = BankLine.objects.get()

    actions.match_line(line, owed, by=finance, at=clock.now())

    assert queries.open_cents(owed) == 1400_00
    assert queries.trial_balance()["unallocated"] == 0
    with pytest.raises(AlreadyMatched):
        actions.match_line(line, owed, by=finance, at=clock.now())
    assert list(invariants.broken(at=clock.now())) == []


def test_a_dry_run_only_tells() -> None:
    owed = invoice()

    report = read_in(file_of(transfer_for(owed, cents=owed.total_cents)), dry_run=True)

    assert report.count("matched") == 1
    assert not BankStatement.objects.exists()
    assert queries.open_cents(owed) == 240_000


def test_the_statement_of_another_account_is_refused() -> None:
    content = file_of(Transfer("Liis", 100)).replace(
        Institution.objects.get().iban.encode(), b"EE382200221020145685"
    )

    with pytest.raises(WrongAccount, match="EE382200221020145685"):
        read_in(content)

    assert not BankStatement.objects.exists()


BROKEN = [
    (lambda xml: b"", "not a whole XML file"),
    (lambda xml: xml[:-30], "not a whole XML file"),
    (lambda xml: b"<a/>", "not an account statement"),
    (lambda xml: xml.replace(b"camt.053", b"camt.052"), "not an account statement"),
    (
        lambda xml: b'<!DOCTYPE a [<!ENTITY x "y">]>' + xml.partition(b"?>")[2],
        "entities",
    ),
    (lambda xml: xml + b" " * 5_000_000, "larger than 5 MB"),
    (lambda xml: xml.replace(b'Ccy="EUR"', b'Ccy="SEK"'), "in SEK"),
    (lambda xml: xml.replace(b">1.00<", b">1.005<"), "“1.005” is not an amount"),
    (lambda xml: xml.replace(b">1.00<", b">-1<"), "“-1” is not an amount"),
    (lambda xml: xml.replace(b">1.00<", b">NaN<"), "“NaN” is not an amount"),
    (lambda xml: xml.replace(b">1.00<", b">9999999999.00<"), "is not an amount"),
    (lambda xml: xml.replace(b"<Dt>2026-11-24", b"<Dt>eile"), "“eile” is not a date"),
    (
        lambda xml: xml.replace(b"AcctSvcrRef", b"Other"),
        "reference (AcctSvcrRef) is missing or too long",
    ),
    (lambda xml: xml.replace(b"IBAN>", b"Othr>"), "the field IBAN is missing"),
    (lambda xml: xml.replace(b"Stmt>", b"Rpt>"), "no statement in it"),
]


@pytest.mark.parametrize(("spoil", "message"), BROKEN)
def test_a_broken_file_is_refused_whole(spoil: object, message: str) -> None:
    content = file_of(Transfer("Liis", 1_00))

    with pytest.raises(
        camt.BadStatement, match=message.replace("(", r"\(").replace(")", r"\)")
    ):
        read_in(spoil(content))  # type: ignore[operator]

    assert not BankStatement.objects.exists()
    assert not BankLine.objects.exists()


def test_version_8_and_several_transactions_in_one_entry_are_read() -> None:
    xml = f"""<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S1</Id>
<Acct><Id><IBAN>{people.institution().iban}</IBAN></Id></Acct>
<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2026-11-23T10:00:00</DtTm><Dt>2026-11-23</Dt></BookgDt>
<AcctSvcrRef>B1</AcctSvcrRef><NtryDtls>
<TxDtls><Amt Ccy="EUR">10.00</Amt><RltdPties><Dbtr><Pty><Nm>Liis</Nm></Pty></Dbtr></RltdPties></TxDtls>
<TxDtls><Amt Ccy="EUR">20.00</Amt><RmtInf><Ustrd>aitäh</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-23</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>"""

    found = camt.read(xml.encode()).entries

    assert [(e.bank_reference, e.amount_cents, e.debtor, e.text) for e in found] == [
        ("B1/0", 1000, "Liis", ""),
        ("B1/1", 2000, "", "aitäh"),
    ]


@pytest.mark.parametrize("language", ["et", "en"])
def test_finance_reads_a_statement_in_at_the_desk(
    client: Client, language: str
) -> None:
    owed = invoice()
    sign_in(client, people.staff(Duty.FINANCE), strong=True)
    content = file_of(
        transfer_for(owed, cents=owed.total_cents), Transfer("Keegi", 5_00)
    )
    page = f"/{language}/office/fees/statement/"

    looked = client.post(
        page, {"file": SimpleUploadedFile("s.xml", content), "dry_run": "on"}
    )
    assert owed.number in looked.content.decode()
    assert queries.open_cents(owed) == 240_000

    client.post(page, {"file": SimpleUploadedFile("s.xml", content)})
    assert queries.open_cents(owed) == 0
    left = client.get(f"/{language}/office/fees/unmatched/").content.decode()
    assert "Keegi" in left


def test_a_broken_file_is_explained_at_the_desk(client: Client) -> None:
    sign_in(client, people.staff(Duty.FINANCE), strong=True)
    people.institution()

    page = client.post(
        "/en/office/fees/statement/", {"file": SimpleUploadedFile("s.xml", b"<a>")}
    )

    assert "not a whole XML file" in page.content.decode()


@pytest.mark.parametrize(
    "path", ["", "statement/", "unmatched/", "?show=open", "?show=overdue", "?q=x"]
)
def test_only_finance_sees_the_finance_desk(client: Client, path: str) -> None:
    invoice()
    sign_in(client, people.staff(Duty.OFFICER), strong=True)
    assert client.get(f"/en/office/fees/{path}").status_code == 403

    sign_in(client, people.staff(Duty.FINANCE), strong=True)
    assert client.get(f"/en/office/fees/{path}").status_code == 200


@pytest.mark.parametrize("written", ["RF18 {n}", "000{n}", " {n} "])
def test_a_reference_is_found_however_the_bank_writes_it(written: str) -> None:
    owed = invoice()

    report = read_in(
        file_of(Transfer("Liis", owed.total_cents, written.format(n=owed.reference)))
    )

    assert report.lines[0].invoice_number == owed.number


def test_parts_that_do_not_add_up_are_refused() -> None:
    content = file_of(Transfer("Liis", 30_00))
    part = b'<TxDtls><Amt Ccy="EUR">10.00</Amt></TxDtls>'
    start, end = content.index(b"<TxDtls>"), content.index(b"</NtryDtls>")

    with pytest.raises(
        camt.BadStatement, match=r"entry 1 \(line \d+\) .* do not add up"
    ):
        read_in(content[:start] + part * 2 + content[end:])

    assert not BankLine.objects.exists()


def test_several_statements_in_one_file_are_refused() -> None:
    content = file_of(Transfer("Liis", 30_00))
    start, end = content.index(b"<Stmt>"), content.index(b"</BkToCstmrStmt>")

    with pytest.raises(camt.BadStatement, match="several statements"):
        read_in(content[:end] + content[start:end] + content[end:])


def test_one_click_matches_what_is_likely(client: Client) -> None:
    owed = invoice()
    sign_in(client, people.staff(Duty.FINANCE), strong=True)
    read_in(
        file_of(
            Transfer("Liis", 100_00, owed.reference),
            Transfer("Keegi", owed.total_cents, "77"),
            Transfer("Tundmatu", 3_00),
        )
    )

    likely = queries.with_suggestions(queries.unmatched_lines())
    assert [found for _line, found in likely] == [owed, owed, None]
    page = client.get("/en/office/fees/unmatched/").content.decode()
    assert f"Match with {owed.number}" in page

    line = BankLine.objects.get(debtor="Liis")
    client.post(f"/en/office/fees/unmatched/{line.pk}/match/", {"number": owed.number})
    assert queries.open_cents(owed) == 2300_00
