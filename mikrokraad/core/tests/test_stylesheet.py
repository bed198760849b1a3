"""One stylesheet of all components, the theme last, its address its content."""

import gzip

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from mikrokraad.core import stylesheet


def test_every_component_file_is_in_it_once() -> None:
    there = {path.stem for path in stylesheet.FOLDER.glob("*.css")}

    assert sorted(stylesheet.order()) == sorted(there)


def test_squeezing_takes_comments_and_spaces_only() -> None:
    css = '/* a */ .a > .b { color: red; content: " /* kept */  "; }\n\n.c{ margin:0 }'

    assert stylesheet.squeezed(css) == (
        '.a > .b{color:red;content:" /* kept */  "}.c{margin:0}'
    )


def test_fonts_are_addressed_where_static_files_are() -> None:
    css, _digest = stylesheet.current()

    assert 'url("/static/ui/fonts/figtree.woff2")' in css
    assert 'url("fonts' not in css


def test_a_theme_that_is_not_there_is_named(settings: LazySettings) -> None:
    settings.THEME = "nowhere"

    with pytest.raises(ImproperlyConfigured, match=r"themes/nowhere\.css"):
        stylesheet.theme()


def test_while_developing_it_is_joined_anew(settings: LazySettings) -> None:
    settings.DEBUG = True

    assert stylesheet.current() == (
        stylesheet.joined(),
        stylesheet.digest(stylesheet.joined()),
    )


def test_it_is_served_for_good_and_old_addresses_lead_to_it(client: Client) -> None:
    css, digest = stylesheet.current()
    current = reverse("core_machines:stylesheet", args=[digest])

    answer = client.get(current)
    old = client.get(reverse("core_machines:stylesheet", args=["0" * 12]))

    assert answer.content.decode() == css
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    assert (old.status_code, old["Location"]) == (302, current)


def test_it_is_small_enough_for_a_first_visit() -> None:
    css, _digest = stylesheet.current()

    assert len(gzip.compress(css.encode())) < 14_000


def test_paper_gets_the_colours_of_daylight() -> None:
    css, _digest = stylesheet.current()

    assert "@media screen and (prefers-color-scheme: dark)" in css.replace(
        "scheme:dark", "scheme: dark"
    )
    assert "@media (prefers-color-scheme" not in css
