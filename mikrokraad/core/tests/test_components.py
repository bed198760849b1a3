"""The component page: every part of the design system, in every state, in both languages."""

import re
from pathlib import Path

import pytest
from django.test import Client

from mikrokraad.core.weave import COLOURS

pytestmark = pytest.mark.django_db
CORE = Path(__file__).resolve().parents[1]
UI = CORE / "templates" / "ui"
ELSEWHERE = {
    "_alternates",
    "_shared",
    "demonstration",
    "footer",
    "header",
    "languages",
    "mark",
    "messages",
}


def page(client: Client, language: str = "en") -> str:
    answer = client.get(f"/{language}/components/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_component_is_on_it() -> None:
    """`base.html` has those of every page; fragments come with their component."""
    templates = CORE / "templates"
    shown = "".join(
        path.read_text() for path in (templates / "core").glob("*.html")
    ) + "".join(path.read_text() for path in UI.glob("*.html"))
    tags = {"cloth", "squares", "strip"}

    missing = [
        path.stem
        for path in UI.glob("*.html")
        if f'"ui/{path.name}"' not in shown and path.stem not in ELSEWHERE | tags
    ]

    assert missing == []


@pytest.mark.parametrize(
    "part",
    [
        *(f"notice--{kind}" for kind in ("success", "warning", "problem")),
        *(f"tag--{kind}" for kind in ("good", "wait", "bad", "info")),
        *(f"button--{kind}" for kind in ("quiet", "danger", "plain")),
        *(f"squares__one--{state}" for state in ("filled", "fillable", "missing")),
        *(f"strip__day--{kind}" for kind in ("session", "exam", "busy", "clash")),
        *(f"belt--{colour}" for colour in COLOURS),
        "field--wrong",
        "error-summary",
        "disabled",
        'aria-current="page"',
        "<details open",
    ],
)
def test_every_state_is_on_it(client: Client, part: str) -> None:
    html = page(client)

    assert part in re.sub(r'<details class="[^"]*" open', "<details open", html)


def test_it_speaks_both_languages(client: Client) -> None:
    estonian, english = page(client, "et"), page(client)

    assert "Mida sa pärast oskad" in estonian
    assert "Vasta ka siia." in estonian
    assert "See lahter" not in estonian  # Django's own words
    assert "What you will be able to do" in english


def test_an_id_stands_once(client: Client) -> None:
    """But for the two copies of the sample form, one right and one wrong."""
    ids = [
        one for one in re.findall(r'\sid="([^"]+)"', page(client)) if "id_" not in one
    ]

    assert len(ids) == len(set(ids))


def test_samples_do_not_take_the_focus(client: Client) -> None:
    assert "data-samples" in page(client)
    script = (CORE / "static" / "ui" / "mikrokraad.js").read_text()
    assert "[data-focus]:not([data-samples] *)" in script
