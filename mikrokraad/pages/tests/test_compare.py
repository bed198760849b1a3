"""Programmes side by side, and what each truly costs whoever asks."""

from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.catalogue.models import PriceLine, Run
from mikrokraad.catalogue.rules import PriceKind, VatReason, gross_cents
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.core.money import euros, tax_on
from mikrokraad.fees.queries import prices_of
from mikrokraad.fees.rules import Price
from mikrokraad.pages.cost import Who, cost, is_funded
from mikrokraad.pages.tests.factories import (
    OVER,
    many,
    offered,
    shelf,
    summer,
    text_of,
    words_of,
)
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
PAGE = "/en/compare/"


def compared(client: Client, *slugs: str, **other: str) -> str:
    page = client.get(PAGE, {"p": list(slugs), **other})
    assert page.status_code == HTTPStatus.OK
    return words_of(page)


def also(run: Run, kind: PriceKind, cents: int, vat: int = 0) -> PriceLine:
    return PriceLine.objects.create(
        run=run,
        position=run.price_lines.count() + 1,
        kind=kind,
        text=both("Another line"),
        net_cents=cents,
        vat_percent=vat,
        vat_reason=VatReason.STANDARD if vat else VatReason.DEGREE_STUDY,
    )


def funded(title: str, *, slug: str) -> Run:
    run = offered(title, slug=slug, fee_cents=0)
    run.price_lines.update(vat_reason=VatReason.FUNDED)
    return run


# The page -------------------------------------------------------------------------------


def test_two_programmes_stand_side_by_side(client: Client) -> None:
    shelf()

    text = compared(client, "data-science", "singing")

    assert text.index("Data Science") < text.index("Singing Together")
    for label in ("Volume", "Programme fee", "You pay in all", "Language", "Meets on"):
        assert f"{label} " in text
    assert "€2,400" in text


def test_rows_say_in_words_whether_they_differ(client: Client) -> None:
    shelf()

    text = compared(client, "data-science", "singing")

    assert "Language differs" in text
    assert "Volume the same" in text


def test_only_what_differs_can_be_shown(client: Client) -> None:
    shelf()

    text = compared(client, "data-science", "singing", only="differences")

    assert "Language differs" in text
    assert "Volume" not in text


def test_an_employer_who_pays_is_told_how(client: Client) -> None:
    shelf()

    assert "Name your employer as the payer" not in compared(client, "data-science")
    text = compared(client, "data-science", pays="employer")
    assert "Name your employer as the payer" in text


def test_no_semester_that_is_over_is_offered_instead(client: Client) -> None:
    run = offered("Data Science", slug="data-science")
    catalogue.run(run.version, intake=summer(), own_deadline=OVER)
    assert "Summer 2027 instead" not in compared(client, "data-science")

    run.version.runs.update(own_deadline=None)
    assert "Summer 2027 instead" in compared(client, "data-science")


def test_more_than_four_are_left_out_and_that_is_said(client: Client) -> None:
    many(6)
    slugs = [f"programme-number-{n:02}" for n in range(6)]

    text = compared(client, *slugs)

    assert "Only 4 programmes stand side by side" in text
    assert "Programme 03" in text
    assert "Programme 04" not in text


def test_the_same_twice_is_once(client: Client) -> None:
    shelf()

    page = client.get(PAGE, {"p": ["bogs", "bogs", "singing"]})

    assert text_of(page).count("compare__title") == 2


@pytest.mark.parametrize("unknown", ["nobody", "õ", "x" * 3000, "a\0b", "@", "bogs@@"])
def test_what_is_not_there_is_said(client: Client, unknown: str) -> None:
    shelf()

    text = compared(client, "singing", unknown)

    assert "Singing Together" in text
    assert ("is not here any more" in text) != unknown.startswith("bogs")


@pytest.mark.parametrize("query", ["", "?p=", "?p=nobody", "?pays=nobody&only=zzz"])
def test_with_nothing_to_compare_it_says_how_to_begin(
    client: Client, query: str
) -> None:
    assert "Nothing to compare yet" in words_of(client.get(f"{PAGE}{query}"))


def test_the_run_of_a_semester_can_be_named(client: Client) -> None:
    shelf()

    text = compared(client, "bogs@2027-summer", "singing@1999")

    assert "Summer 2027" in text
    assert "Spring 2027" in text


def test_the_number_of_queries_grows_only_with_the_programmes(client: Client) -> None:
    many(4)
    counts = []
    for number in (2, 3, 4):
        slugs = [f"programme-number-{n:02}" for n in range(number)]
        compared(client, *slugs)
        with CaptureQueriesContext(connection) as queries:
            compared(client, *slugs)
        counts.append(len(queries))

    assert counts[2] - counts[1] == counts[1] - counts[0]


# The cost -------------------------------------------------------------------------------


def test_the_application_fee_is_added_to_what_i_pay(client: Client) -> None:
    also(
        offered("Bogs", slug="bogs", fee_cents=575_00), PriceKind.APPLICATION_FEE, 25_00
    )

    text = compared(client, "bogs")

    assert "Programme fee Bogs €575" in text
    assert "Application fee Bogs €25" in text
    assert "You pay in all Bogs €600" in text


def test_an_employer_pays_for_the_studies_and_not_for_the_application(
    client: Client,
) -> None:
    also(
        offered("Bogs", slug="bogs", fee_cents=575_00), PriceKind.APPLICATION_FEE, 25_00
    )

    text = compared(client, "bogs", pays="employer")

    assert "Your employer pays Bogs €575" in text
    assert "You pay in all Bogs €25" in text


def test_vat_is_in_the_sum_and_its_reason_is_said(client: Client) -> None:
    run = offered("Bogs", slug="bogs", fee_cents=1000_00)
    run.price_lines.update(vat_percent=24, vat_reason=VatReason.STANDARD)
    offered("Singing", slug="singing")

    text = compared(client, "bogs", "singing")

    assert "€1,240 VAT €240 is in it." in text
    assert "No VAT: these are degree-study courses." in text


def test_the_funded_group_is_asked_about_only_where_there_is_one(
    client: Client,
) -> None:
    offered("Bogs", slug="bogs")
    funded("Teaching", slug="teaching")

    alone = compared(client, "bogs")
    both_of_them = compared(client, "bogs", "teaching")
    of_the_group = compared(client, "bogs", "teaching", pays="funded")

    assert "funded group" not in alone
    assert "I belong to the funded group" in both_of_them
    assert "Only for its target group: see what it asks." in both_of_them
    assert "Only for its target group" not in of_the_group
    assert "There is no funded group here" in of_the_group


def test_a_group_of_one_employer_is_paid_for_by_that_employer(client: Client) -> None:
    offered("Bogs", slug="bogs", commissioned_by=people.organisation())

    text = compared(client, "bogs")

    assert "Your employer pays Bogs €2,400" in text
    assert "You pay in all Bogs Nothing" in text


LINES = st.lists(
    st.tuples(
        st.sampled_from(PriceKind),
        st.integers(min_value=0, max_value=10_000_00),
        st.sampled_from([Decimal(0), Decimal(9), Decimal("13.5"), Decimal(24)]),
        st.sampled_from(VatReason),
    ),
    max_size=6,
)


def price(lines: list[tuple[Any, ...]]) -> Price:
    return Price(
        [
            {
                "kind": kind,
                "text": both("A line"),
                "net_cents": net,
                "vat_percent": str(vat),
                "vat_cents": tax_on(net, vat),
                "vat_reason": reason,
            }
            for kind, net, vat, reason in lines
        ]
    )


@given(LINES, st.sampled_from(Who), st.booleans())
def test_whoever_pays_the_sums_are_those_of_the_price_lines(
    lines: list[tuple[Any, ...]],
    who: Who,
    commissioned: bool,  # noqa: FBT001 -- hypothesis passes names
) -> None:
    found = cost(price(lines), who, commissioned=commissioned)

    assert found.total_cents == sum(gross_cents(net, vat) for _k, net, vat, _r in lines)
    first = sum(
        gross_cents(net, vat)
        for kind, net, vat, _r in lines
        if kind == PriceKind.APPLICATION_FEE
    )
    assert found.mine_cents >= first
    assert found.employer_cents in (0, found.total_cents - first)
    assert not found.is_funded or found.studies.total_cents == 0


@given(LINES)
def test_a_price_is_funded_only_if_every_line_of_the_studies_is(
    lines: list[tuple[Any, ...]],
) -> None:
    studies = [line for line in lines if line[0] != PriceKind.APPLICATION_FEE]

    expected = (
        bool(studies)
        and all(reason == VatReason.FUNDED for *_rest, reason in studies)
        and not any(net for _k, net, _v, _r in studies)
    )
    assert is_funded(price(lines)) == expected


def test_what_the_page_says_is_what_the_price_lines_say(client: Client) -> None:
    run = offered("Bogs", slug="bogs", fee_cents=999_99)
    run.price_lines.update(vat_percent=24, vat_reason=VatReason.STANDARD)
    also(run, PriceKind.EXTRA, 12_34, vat=24)
    also(run, PriceKind.APPLICATION_FEE, 25_00)

    total = sum(
        gross_cents(line.net_cents, line.vat_percent) for line in run.price_lines.all()
    )

    assert total == prices_of([run])[run.pk].total_cents
    assert f"You pay in all Bogs {euros(total)}" in compared(client, "bogs")
