"""Agreements, invoices, credit notes and what they do to the ledger."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mikrokraad.catalogue.models import PriceLine
from mikrokraad.catalogue.rules import PaymentRule, VatReason
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock, events
from mikrokraad.core.models import OutboxMessage
from mikrokraad.fees import actions, invariants, queries, wording
from mikrokraad.fees.events import PaymentRuleMet
from mikrokraad.fees.models import Agreement, Invoice
from mikrokraad.fees.rules import Payer, PayerKind, reference_number
from mikrokraad.fees.tests.factories import agreement, invoice
from mikrokraad.people.tests import factories as people


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[PaymentRuleMet]:
    heard: list[PaymentRuleMet] = []
    monkeypatch.setitem(events._reactions, PaymentRuleMet, [heard.append])  # noqa: SLF001
    return heard


@pytest.mark.parametrize(
    ("base", "wanted"), [(123456, "1234561"), (1, "13"), (202600001, "2026000011")]
)
def test_reference_numbers_end_in_their_check_digit(base: int, wanted: str) -> None:
    assert reference_number(base) == wanted


@pytest.mark.django_db
def test_agreeing_makes_a_numbered_invoice_and_a_letter(
    told: list[PaymentRuleMet],
) -> None:
    made = invoice()

    assert made.number == "2026-00001"
    assert made.reference == reference_number(202600001)
    assert made.total_cents == queries.open_cents(made) == 240_000
    assert made.due_on == clock.today() + timedelta(days=14)
    letter = OutboxMessage.objects.get()
    assert made.reference in letter.payload["body"]
    assert "€2,400" in letter.payload["body"]
    assert told == []
    assert list(invariants.broken(at=clock.now())) == []


@pytest.mark.django_db
def test_agreeing_twice_is_once() -> None:
    run, person = catalogue.run(), people.person()

    assert agreement(run, person) == agreement(run, person)
    assert Invoice.objects.count() == 1


@pytest.mark.django_db
def test_numbers_follow_each_other() -> None:
    numbers = [invoice().number for _n in range(3)]

    assert numbers == ["2026-00001", "2026-00002", "2026-00003"]


@pytest.mark.django_db
def test_what_is_free_needs_no_invoice(told: list[PaymentRuleMet]) -> None:
    made = agreement(catalogue.run(fee_cents=0))

    assert not made.invoices.exists()
    assert [event.agreement_id for event in told] == [made.pk]


@pytest.mark.django_db
def test_a_run_may_let_people_begin_before_they_pay(told: list[PaymentRuleMet]) -> None:
    made = agreement(catalogue.run(payment_rule=PaymentRule.AT_ONCE))

    assert made.invoices.count() == 1
    assert len(told) == 1


@pytest.mark.django_db
def test_an_employer_pays_with_its_facts_on_the_invoice() -> None:
    payer = Payer(
        PayerKind.EMPLOYER,
        "Virmaline OÜ",
        "19999012",
        "arved@example.org",
        purchase_order="PO-7",
    )

    first, second = invoice(payer=payer), invoice(payer=payer)

    assert first.payer["registry_code"] == "19999012"
    assert first.purchase_order == "PO-7"
    assert first.payer_organisation == second.payer_organisation
    assert first.payer_person is None


@pytest.mark.django_db
def test_vat_is_added_per_line_with_its_reason() -> None:
    run = catalogue.run()
    PriceLine.objects.create(
        run=run,
        position=2,
        kind="extra",
        text={"et": "Raamat", "en": "Book"},
        net_cents=10_01,
        vat_percent=Decimal(24),
        vat_reason=VatReason.STANDARD,
    )

    made = invoice(run)

    assert (made.net_cents, made.vat_cents) == (241_001, 240)
    assert made.lines[1]["vat_reason"] == "standard"
    assert list(invariants.broken(at=clock.now())) == []


@pytest.mark.django_db
def test_ending_an_agreement_credits_its_invoice_once() -> None:
    made = agreement()

    for _n in range(2):
        actions.cancel_agreement(made, reason="withdrawn", by=None, at=clock.now())

    credited = made.invoices.get()
    assert credited.credit_note.number == "K2026-00001"
    assert queries.open_cents(credited) == 0
    assert list(invariants.broken(at=clock.now())) == []
    assert Agreement.objects.get().ended_at == clock.now()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["et", "en"])
def test_the_invoice_is_a_pdf_in_the_payers_language(language: str) -> None:
    made = invoice(person=people.person(language=language))

    assert wording.pdf(made).startswith(b"%PDF-1.7")
    assert wording.pdf(made) == wording.pdf(made)


class TestLedger(TestCase):
    @given(
        st.lists(
            st.tuples(st.integers(0, 500_000), st.sampled_from([0, 9, 24])),
            min_size=1,
            max_size=4,
        )
    )
    def test_any_price_balances(self, lines: list[tuple[int, int]]) -> None:
        run = catalogue.run(fee_cents=1)
        for position, (net, vat) in enumerate(lines, start=2):
            PriceLine.objects.create(
                run=run,
                position=position,
                kind="extra",
                text={"et": "x", "en": "x"},
                net_cents=net,
                vat_percent=vat,
                vat_reason=VatReason.STANDARD,
            )
        made = agreement(run)

        assert sum(queries.trial_balance().values()) == 0
        assert (
            queries.open_cents(made.invoices.get()) == queries.price_of(run).total_cents
        )
        assert list(invariants.broken(at=clock.now())) == []


@pytest.mark.django_db
def test_an_invoice_is_owed_once_however_many_work_for_its_payer() -> None:
    liis = people.person("Liis")
    owed = invoice(
        person=liis,
        payer=Payer(PayerKind.EMPLOYER, "Virmaline OÜ", "19999012", "a@example.org"),
    )
    assert owed.payer_organisation is not None
    owed.payer_organisation.members.add(liis, people.person("Mart"), people.person())

    found = queries.invoices_of(liis).get()

    assert (found, found.owed_cents) == (owed, 240_000)  # type: ignore[attr-defined]
