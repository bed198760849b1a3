"""What a link looks like where it is shared."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from mikrokraad.catalogue.models import PriceLine, Run
from mikrokraad.catalogue.queries import run_page
from mikrokraad.core import clock
from mikrokraad.core.weave import COLOURS
from mikrokraad.pages import share_cards
from mikrokraad.pages.tests import factories

pytestmark = pytest.mark.django_db
CARD = "/en/programmes/data-science/card.png"
MOST_BYTES = 150_000
SIXTY = {"ects": 60, "colour": 3}


@pytest.fixture
def run() -> Run:
    return factories.offered("Data Science", slug="data-science")


def facts() -> share_cards.Facts:
    page = run_page("data-science")
    assert page is not None
    return share_cards.programme_facts(page, at=clock.now())


def head(client: Client, address: str) -> dict[str, str]:
    text = factories.text_of(client.get(address))
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', text)
    return dict(found)


def test_a_card_is_a_picture_of_the_asked_for_size(client: Client, run: Run) -> None:
    answer = client.get(CARD)

    assert answer["Content-Type"] == "image/png"
    assert len(answer.content) < MOST_BYTES
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)


def test_a_card_says_price_and_last_day(run: Run) -> None:
    told = facts()

    assert told["title"] == "Data Science"
    assert told["kicker"] == "Micro-degree · Spring 2027 · 12 ECTS"
    assert (told["figure"], told["step"]) == ("€2,400", "Apply until 21 January")
    assert [one["ects"] for one in told["courses"]] == [6, 6]


def test_another_price_or_deadline_is_another_card(client: Client, run: Run) -> None:
    first = client.get(CARD)
    PriceLine.objects.update(net_cents=990_00)
    dearer = client.get(CARD)
    Run.objects.update(own_deadline=date(2027, 1, 28))

    later = client.get(CARD)

    assert len({first["ETag"], dearer["ETag"], later["ETag"]}) == 3
    assert (facts()["figure"], facts()["step"]) == ("€990", "Apply until 28 January")


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({"own_deadline": factories.OVER}, "Applications are over"),
        ({"opens_at": datetime(2026, 12, 30, 9, tzinfo=UTC)}, "Apply from 30 December"),
    ],
)
def test_a_card_says_how_it_stands(
    run: Run, changes: dict[str, object], step: str
) -> None:
    Run.objects.update(**changes)

    assert facts()["step"] == step


@pytest.mark.parametrize("title", ["Õigus", "Riigi" * 20, "A B " * 40, "", "W" * 200])
def test_any_title_makes_a_card(title: str) -> None:
    told = {**share_cards.site_facts(), "title": share_cards.shortened(title)}

    picture = share_cards.picture({**told, "ects": 60, "courses": [SIXTY]})

    assert Image.open(BytesIO(picture)).size == (1200, 630)
    assert len(picture) < MOST_BYTES


def test_every_colour_of_a_field_has_its_dye() -> None:
    assert sorted(share_cards.DYES[name] for name in COLOURS) == list(range(10))


def test_a_programme_without_dates_has_a_card(client: Client, run: Run) -> None:
    Run.objects.update(published_at=None)

    assert client.get(CARD).status_code == 200
    assert (facts()["figure"], facts()["step"]) == ("", "")


def test_what_is_not_there_has_no_card(client: Client) -> None:
    assert client.get(CARD).status_code == 404


def test_a_page_says_what_its_link_looks_like(client: Client, run: Run) -> None:
    told = head(
        client, "/en/programmes/data-science/?semester=2027-spring&utm_source=x"
    )

    assert told["og:title"] == "Data Science"
    assert told["og:image"] == f"http://localhost:8000{CARD}"
    page = "http://localhost:8000/en/programmes/data-science/?semester=2027-spring"
    assert told["og:url"] == page
    assert told["og:image:alt"] == "Data Science, 12 ECTS, Spring 2027"
    assert told["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("address", ["/en/", "/et/programmes/"])
def test_other_pages_show_the_card_of_the_site(client: Client, address: str) -> None:
    image = head(client, address)["og:image"].removeprefix("http://localhost:8000")

    answer = client.get(image)

    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
