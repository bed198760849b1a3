"""Quotes, agreements, invoices, the ledger, payments and what the bank says.

Amounts are whole cents of euro. The ledger only grows, and every entry of it
sums to zero: both are held by triggers.
"""

import uuid

from django.db import models
from django.db.models import Q

from mikrokraad.catalogue.models import Run
from mikrokraad.core.models import PolicyVersion
from mikrokraad.fees.rules import (
    Account,
    LineState,
    Method,
    PayerKind,
    PaymentState,
    Purpose,
)
from mikrokraad.people.models import Organisation, Person


class Quote(models.Model):
    """What it will cost, until when that holds, and by which policy."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="quotes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="quotes")
    lines = models.JSONField()
    total_cents = models.PositiveIntegerField()
    policy = models.ForeignKey(PolicyVersion, models.PROTECT)
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"quote {self.pk}"


class Agreement(models.Model):
    """Who takes part in which run at what price, and who pays it.

    The application fee is agreed on apart: it comes first, and stays when studies end.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="agreements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="agreements")
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.STUDIES)
    quote = models.OneToOneField(Quote, models.PROTECT)
    terms_version = models.CharField(max_length=40)
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_live_agreement_per_person_run_and_purpose",
                fields=["run", "person", "purpose"],
                condition=Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class Series(models.Model):
    """A run of document numbers without gaps: one row per series and year, locked."""

    key = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_series_per_key_and_year", fields=["key", "year"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.year}"


class Invoice(models.Model):
    """What a payer owes. Its facts are snapshots and never change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="invoices")
    series = models.ForeignKey(Series, models.PROTECT)
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=20, unique=True)
    reference = models.CharField(max_length=20, unique=True)
    payer_kind = models.CharField(max_length=8, choices=PayerKind)
    payer_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="invoices_to_pay"
    )
    payer_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    payer = models.JSONField()
    seller = models.JSONField()
    lines = models.JSONField()
    net_cents = models.PositiveIntegerField()
    vat_cents = models.PositiveIntegerField()
    total_cents = models.PositiveIntegerField()
    purchase_order = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField()
    due_on = models.DateField()
    language = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invoice_numbers_are_used_once", fields=["series", "sequence"]
            ),
            models.CheckConstraint(
                name="an_invoice_adds_up",
                condition=Q(total_cents=models.F("net_cents") + models.F("vat_cents")),
            ),
            models.CheckConstraint(
                name="an_invoice_has_one_payer",
                condition=Q(payer_person__isnull=True)
                ^ Q(payer_organisation__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CreditNote(models.Model):
    """The only correction of an invoice: takes all of it back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="credit_note")
    series = models.ForeignKey(Series, models.PROTECT)
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=20, unique=True)
    reason = models.CharField(max_length=40)
    total_cents = models.PositiveIntegerField()
    issued_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="credit_note_numbers_are_used_once", fields=["series", "sequence"]
            )
        ]

    def __str__(self) -> str:
        return self.number


class LedgerEntry(models.Model):
    """One event in money; its postings sum to zero. `key` makes it happen once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    booked_on = models.DateField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """One leg of an entry: debits positive, credits negative, never nothing.

    Legs are written before their entry; writing the entry checks the sum and
    closes it (see the migration's triggers).
    """

    entry = models.ForeignKey(
        LedgerEntry, models.PROTECT, related_name="postings", db_constraint=True
    )
    account = models.CharField(max_length=12, choices=Account)
    amount_cents = models.IntegerField()
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, null=True, blank=True, related_name="postings"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_posting_is_never_nothing", condition=~Q(amount_cents=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount_cents}"


class Payment(models.Model):
    """Money on its way to us for an invoice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments")
    method = models.CharField(max_length=8, choices=Method)
    state = models.CharField(
        max_length=10, choices=PaymentState, default=PaymentState.CREATED
    )
    amount_cents = models.PositiveIntegerField()
    provider_reference = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001 -- unique where present
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="settled_payments_say_when",
                condition=~Q(state="settled") | Q(settled_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"payment {self.pk} ({self.state})"


class BankStatement(models.Model):
    """A statement file that was read; the same file twice changes nothing."""

    sha256 = models.CharField(max_length=64, unique=True)
    statement_id = models.CharField(max_length=80)
    iban = models.CharField(max_length=34)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(Person, models.PROTECT, null=True)

    def __str__(self) -> str:
        return self.statement_id


class BankLine(models.Model):
    """One credit on the bank account, and the payment it turned out to be."""

    statement = models.ForeignKey(BankStatement, models.PROTECT, related_name="lines")
    bank_reference = models.CharField(max_length=80)
    iban = models.CharField(max_length=34)
    booked_on = models.DateField()
    amount_cents = models.PositiveIntegerField()
    reference = models.CharField(max_length=40, blank=True)
    debtor = models.CharField(max_length=140, blank=True)
    text = models.CharField(max_length=280, blank=True)
    state = models.CharField(max_length=10, choices=LineState)
    payment = models.OneToOneField(
        Payment, models.PROTECT, null=True, blank=True, related_name="bank_line"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_bank_line_is_read_once", fields=["iban", "bank_reference"]
            ),
            models.CheckConstraint(
                name="matched_bank_lines_have_a_payment",
                condition=~Q(state="matched") | Q(payment__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"bank line {self.pk} ({self.state})"
