"""Reading an account statement, ISO 20022 camt.053.001.02 or .08. Pure and strict.

Source: ISO 20022 message definitions; the Estonian banks' implementation guide (.02).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from lxml import etree

from mikrokraad.core.errors import Refusal

NAMESPACES = {
    f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}" for version in ("02", "08")
}
MOST_BYTES = 5_000_000
MOST_ENTRIES = 20_000
CURRENCY = "EUR"
CENTS = 100
MOST_CENTS = 2_000_000_000  # what a column of the database holds
MOST_SIGNS = 70  # of a reference; the standard says 35
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,5})?")


class BadStatement(Refusal):
    """The file is no statement that can be trusted; the message says where and why."""

    code = "bad-statement"


@dataclass(frozen=True)
class Entry:
    """Money that came in. `bank_reference` is unique for the account."""

    bank_reference: str
    booked_on: date
    amount_cents: int
    reference: str
    debtor: str
    text: str


@dataclass(frozen=True)
class Statement:
    id: str
    iban: str
    entries: list[Entry]


def read(content: bytes) -> Statement:
    """The credits of a statement. Refuses with BadStatement; debits are passed over."""
    root = _root(content)
    statements = root.findall("{*}BkToCstmrStmt/{*}Stmt")
    if not statements:
        raise BadStatement(_("The file has no statement in it (BkToCstmrStmt/Stmt)."))
    if len(statements) > 1:
        raise BadStatement(
            _("The file has several statements in it. Export one account at a time.")
        )
    statement = statements[0]
    iban = _needed(statement, "{*}Acct/{*}Id/{*}IBAN", _("the statement"), "IBAN")
    entries = [
        entry
        for n, element in enumerate(statement.iterfind("{*}Ntry"), start=1)
        for entry in _entries(element, n)
    ]
    references = [entry.bank_reference for entry in entries]
    if len(set(references)) < len(references):
        raise BadStatement(_("The file names one bank reference twice."))
    return Statement(
        id=_needed(statement, "{*}Id", _("the statement"), "Id"),
        iban=iban.replace(" ", ""),
        entries=entries,
    )


def _root(content: bytes) -> etree._Element:
    if len(content) > MOST_BYTES:
        raise BadStatement(_("The file is larger than 5 MB. Export a shorter period."))
    if re.search(rb"<!DOCTYPE|<!ENTITY", content, re.IGNORECASE):
        raise BadStatement(
            _("The file declares entities, which a statement never does.")
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadStatement(
            _("The file is not a whole XML file: {why}").format(why=error)
        ) from None
    if etree.QName(root).namespace not in NAMESPACES:
        raise BadStatement(
            _("The file is not an account statement (camt.053, version 02 or 08).")
        )
    return root


def _entries(element: etree._Element, n: int) -> Iterator[Entry]:
    """The credits of one entry: one, or one for each of its transactions."""
    where = _("entry {n} (line {line})").format(n=n, line=element.sourceline)
    if n > MOST_ENTRIES:
        raise BadStatement(_("The file has more than 20 000 entries."))
    status = _text(element, "{*}Sts/{*}Cd") or _text(element, "{*}Sts")
    credit = _needed(element, "{*}CdtDbtInd", where, "CdtDbtInd") == "CRDT"
    if not credit or status not in ("", "BOOK"):
        return
    booked_on = _day(_needed(element, "{*}BookgDt/{*}Dt", where, "BookgDt/Dt"), where)
    own = _text(element, "{*}AcctSvcrRef") or _text(element, "{*}NtryRef")
    whole = _cents(element.find("{*}Amt"), where)
    details = element.findall("{*}NtryDtls/{*}TxDtls") or [element]
    several = len(details) > 1
    parts = [_part(each, where) for each in details] if several else [whole]
    if sum(parts) != whole:
        raise BadStatement(
            _("In {where} the transactions do not add up to the amount.").format(
                where=where
            )
        )
    for place, (detail, cents) in enumerate(zip(details, parts, strict=True)):
        reference = _text(detail, "{*}Refs/{*}AcctSvcrRef") or own
        if not 0 < len(reference) <= MOST_SIGNS:
            raise BadStatement(
                _(
                    "In {where} the bank's reference (AcctSvcrRef) is missing or too long."
                ).format(where=where)
            )
        yield Entry(
            bank_reference=f"{reference}/{place}" if several else reference,
            booked_on=booked_on,
            amount_cents=cents,
            reference=_text(detail, "{*}RmtInf/{*}Strd/{*}CdtrRefInf/{*}Ref"),
            debtor=(
                _text(detail, "{*}RltdPties/{*}Dbtr/{*}Nm")
                or _text(detail, "{*}RltdPties/{*}Dbtr/{*}Pty/{*}Nm")
            )[:140],
            text=_text(detail, "{*}RmtInf/{*}Ustrd")[:280],
        )


def _part(detail: etree._Element, where: str) -> int:
    """The amount of one of several transactions of an entry."""
    amount = detail.find("{*}AmtDtls/{*}TxAmt/{*}Amt")
    return _cents(detail.find("{*}Amt") if amount is None else amount, where)


def _cents(amount: etree._Element | None, where: str) -> int:
    if amount is None:
        raise BadStatement(
            _("In {where} the amount (Amt) is missing.").format(where=where)
        )
    if amount.get("Ccy") != CURRENCY:
        raise BadStatement(
            _(
                "In {where} the amount is in {currency}; only euros are expected."
            ).format(where=where, currency=amount.get("Ccy") or "?")
        )
    text = (amount.text or "").strip()
    cents = Decimal(text) * CENTS if _AMOUNT.fullmatch(text) else Decimal(0)
    if not 0 < cents <= MOST_CENTS or cents != cents.to_integral_value():
        raise BadStatement(
            _("In {where} “{amount}” is not an amount in euros.").format(
                where=where, amount=text
            )
        )
    return int(cents)


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise BadStatement(
            _("In {where} “{day}” is not a date.").format(where=where, day=text)
        ) from None


def _text(element: etree._Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _needed(element: etree._Element, path: str, where: str, name: str) -> str:
    text = _text(element, path)
    if not text:
        raise BadStatement(
            _("In {where} the field {name} is missing.").format(where=where, name=name)
        )
    return text
