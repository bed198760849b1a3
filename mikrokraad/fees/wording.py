"""What payers and finance read about money."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from mikrokraad.catalogue.rules import VatReason
from mikrokraad.core.calendar import day_text
from mikrokraad.core.money import euros
from mikrokraad.core.texts import said
from mikrokraad.fees import documents
from mikrokraad.fees.documents.wording import Language
from mikrokraad.fees.models import Invoice, Posting
from mikrokraad.fees.rules import Price


def price_text(price: Price) -> str:
    """“2400 €”, or that it is free."""
    return _("free") if price.is_free else euros(price.total_cents)


def vat_text(price: Price) -> str:
    """What a price says about VAT, in a few words."""
    if price.is_free:
        return _nothing_to_pay(price)
    if price.vat_cents:
        return _("VAT {amount} is in it").format(amount=euros(price.vat_cents))
    return why_no_vat(price.lines)


def _nothing_to_pay(price: Price) -> str:
    if {line["vat_reason"] for line in price.lines} == {VatReason.FUNDED}:
        return _("The studies are paid for from public money.")
    return _("There is nothing to pay.")


def why_no_vat(lines: Iterable[dict[str, Any]]) -> str:
    """The reasons stored with the lines that carry no VAT, each once, in their order."""
    words = {
        VatReason.DEGREE_STUDY: _("no VAT: these are degree-study courses"),
        VatReason.FUNDED: _("no VAT: free for the target group"),
        VatReason.STANDARD: _("no VAT"),
    }
    bare = [VatReason(line["vat_reason"]) for line in lines if not line["vat_cents"]]
    return "; ".join(words[reason] for reason in dict.fromkeys(bare))


def standing(invoice: Invoice, owed_cents: int) -> tuple[str, str]:
    """The kind of tag and the words for where an invoice stands."""
    if hasattr(invoice, "credit_note"):
        return "plain", _("cancelled")
    if owed_cents <= 0:
        return "good", _("paid")
    return "wait", _("to be paid")


def rows(invoices: Iterable[Invoice]) -> list[tuple[Invoice, str, str]]:
    """Each invoice with its tag; they must know their `owed_cents` (queries.with_open)."""
    return [(each, *standing(each, getattr(each, "owed_cents"))) for each in invoices]  # noqa: B009 -- an annotation


def in_the_ledger(postings: Iterable[Posting]) -> list[tuple[Posting, str]]:
    """Each posting with what happened, in words."""
    words = {
        "invoice": _("invoice"),
        "payment": _("payment"),
        "credit note": _("credit note"),
    }
    return [
        (posting, words.get(posting.entry.kind, posting.entry.kind))
        for posting in postings
    ]


def facts(invoice: Invoice) -> list[tuple[str, str]]:
    """What a payer needs to pay by transfer, and to file the invoice."""
    found = [
        (_("Due"), day_text(invoice.due_on)),
        (_("Payee"), said(invoice.seller["name"])),
        (_("Account"), in_fours(invoice.seller["iban"])),
        (_("Reference number"), invoice.reference),
        (_("Payer"), invoice.payer["name"]),
        (_("Issued"), day_text(invoice.issued_on)),
    ]
    if invoice.purchase_order:
        found.append((_("Purchase order"), invoice.purchase_order))
    return found


def in_fours(iban: str) -> str:
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def pdf(invoice: Invoice) -> bytes:
    """The invoice as it was issued, in its own language."""
    language: Language = "et" if invoice.language == "et" else "en"
    with override(language):
        return documents.invoice_pdf(_printed(invoice), language=language)


def _printed(invoice: Invoice) -> documents.Invoice:
    seller, payer = invoice.seller, invoice.payer
    printed: documents.Invoice = {
        "kind": "invoice",
        "number": invoice.number,
        "issued_on": invoice.issued_on.isoformat(),
        "due_on": invoice.due_on.isoformat(),
        "reference": invoice.reference,
        "seller": _party(
            {**seller, "name": said(seller["name"])}, said(seller["address"])
        ),
        "buyer": _party(payer, payer.get("address", "")),
        "lines": [_line(line) for line in invoice.lines],
        "net_cents": invoice.net_cents,
        "vat_cents": invoice.vat_cents,
        "total_cents": invoice.total_cents,
        "iban": seller["iban"],
        "demonstration": settings.DEMO,
        "about": said(invoice.agreement.run.version.title),
    }
    if invoice.purchase_order:
        printed["buyer_reference"] = invoice.purchase_order
    return printed


def _party(facts: dict[str, Any], address: str) -> documents.Party:
    party: documents.Party = {
        "name": facts["name"],
        "address": [part.strip() for part in address.split(",") if part.strip()],
    }
    for key in ("registry_code", "vat_number", "email"):
        if facts.get(key):
            party[key] = facts[key]
    return party


def _line(line: dict[str, Any]) -> documents.Line:
    return {
        "description": said(line["text"]),
        "quantity": 1,
        "unit_cents": line["net_cents"],
        "net_cents": line["net_cents"],
        "vat_percent": line["vat_percent"],
        "vat_cents": line["vat_cents"],
        "vat_reason": str(VatReason(line["vat_reason"]).label),
    }
