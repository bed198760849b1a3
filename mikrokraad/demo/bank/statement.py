"""Writing an account statement, ISO 20022 camt.053.001.02."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from mikrokraad.core.calendar import day_of
from mikrokraad.fees.models import Invoice
from mikrokraad.people.models import Institution

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"
CENTS = 100


@dataclass(frozen=True)
class Transfer:
    """One transfer that came in. `reference` may be wrong or missing, as in life."""

    debtor: str
    amount_cents: int
    reference: str = ""
    text: str = ""


def transfer_for(invoice: Invoice, *, cents: int) -> Transfer:
    return Transfer(
        invoice.payer["name"], cents, invoice.reference, f"Arve {invoice.number}"
    )


def statement(transfers: Iterable[Transfer], *, at: datetime) -> bytes:
    """A statement with one entry for each transfer; bank references are random."""
    day = day_of(at).isoformat()
    root = etree.Element(f"{{{NAMESPACE}}}Document", nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # the stubs know no default namespace
    body = _add(root, "BkToCstmrStmt")
    head = _add(body, "GrpHdr")
    _add(head, "MsgId", secrets.token_hex(8))
    _add(head, "CreDtTm", at.strftime("%Y-%m-%dT%H:%M:%S"))
    stmt = _add(body, "Stmt")
    _add(stmt, "Id", f"{day}-{secrets.token_hex(4)}")
    _add(_add(_add(stmt, "Acct"), "Id"), "IBAN", Institution.objects.get(pk=1).iban)
    for each in transfers:
        _entry(stmt, each, day)
    return etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )


def _entry(stmt: etree._Element, transfer: Transfer, day: str) -> None:
    entry = _add(stmt, "Ntry")
    amount = _add(entry, "Amt", f"{transfer.amount_cents / CENTS:.2f}")
    amount.set("Ccy", "EUR")
    _add(entry, "CdtDbtInd", "CRDT")
    _add(entry, "Sts", "BOOK")
    _add(_add(entry, "BookgDt"), "Dt", day)
    _add(entry, "AcctSvcrRef", secrets.token_hex(10).upper())
    detail = _add(_add(entry, "NtryDtls"), "TxDtls")
    _add(_add(_add(detail, "RltdPties"), "Dbtr"), "Nm", transfer.debtor)
    information = _add(detail, "RmtInf")
    if transfer.text:
        _add(information, "Ustrd", transfer.text)
    if transfer.reference:
        reference = _add(_add(_add(information, "Strd"), "CdtrRefInf"), "Ref")
        reference.text = transfer.reference


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = text
    return element
