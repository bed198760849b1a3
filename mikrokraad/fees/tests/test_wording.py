"""What is said about VAT follows the reason that is stored with each line."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mikrokraad.catalogue.rules import VatReason
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.fees.rules import Price
from mikrokraad.fees.tests.factories import invoice
from mikrokraad.fees.wording import vat_text
from mikrokraad.people.tests.browser import sign_in

DEGREE, FUNDED, STANDARD = VatReason.DEGREE_STUDY, VatReason.FUNDED, VatReason.STANDARD


def line(reason: VatReason, *, net: int = 100_00, vat: int = 0) -> dict[str, Any]:
    return {
        "kind": "fee",
        "net_cents": net,
        "vat_cents": vat,
        "vat_reason": reason.value,
    }


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line(DEGREE)], "no VAT: these are degree-study courses"),
        ([line(FUNDED)], "no VAT: free for the target group"),
        ([line(STANDARD)], "no VAT"),
        ([line(STANDARD, vat=24_00)], "VAT €24 is in it"),
        ([line(DEGREE), line(STANDARD, vat=24_00)], "VAT €24 is in it"),
        (
            [line(DEGREE), line(FUNDED), line(DEGREE)],
            "no VAT: these are degree-study courses; no VAT: free for the target group",
        ),
        ([line(FUNDED, net=0)], "The studies are paid for from public money."),
        ([line(DEGREE, net=0)], "There is nothing to pay."),
        ([], "There is nothing to pay."),
    ],
)
def test_vat_text_follows_the_reason(lines: list[dict[str, Any]], said: str) -> None:
    assert vat_text(Price(lines)) == said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (DEGREE, "no VAT: these are degree-study courses"),
        (FUNDED, "no VAT: free for the target group"),
    ],
)
def test_the_invoice_page_says_its_own_reason(
    client: Client, reason: VatReason, words: str
) -> None:
    run = catalogue.run()
    run.price_lines.update(vat_reason=reason)
    made = invoice(run)
    assert made.payer_person is not None
    sign_in(client, made.payer_person)

    page = client.get(reverse("fees:invoice", args=[made.pk])).content.decode()

    assert words.capitalize().replace("vat", "VAT") + "." in page
