"""What fees knows about one person, for the copy of their data."""

from typing import Any

from mikrokraad.fees.models import Agreement, Invoice, Payment
from mikrokraad.people.models import Person


def about(person: Person) -> dict[str, Any]:
    """Agreements, invoices and payments. Units: cents of euro."""
    invoices = (
        Invoice.objects.filter(agreement__person=person)
        | Invoice.objects.filter(payer_person=person)
    ).distinct()
    payments = Payment.objects.filter(invoice__in=invoices)
    return {
        "agreements": list(
            Agreement.objects.filter(person=person)
            .order_by("agreed_at")
            .values("id", "run", "terms_version", "agreed_at", "ended_at")
        ),
        "invoices": list(
            invoices.order_by("issued_on", "number").values(
                "number",
                "reference",
                "payer_kind",
                "payer",
                "lines",
                "total_cents",
                "issued_on",
                "due_on",
                "credit_note__number",
            )
        ),
        "payments": list(
            payments.order_by("created_at").values(
                "invoice__number",
                "method",
                "state",
                "amount_cents",
                "created_at",
                "settled_at",
                "bank_line__iban",
                "bank_line__debtor",
            )
        ),
    }
