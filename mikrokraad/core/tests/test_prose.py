"""Letters in Markdown: two readings of the same words."""

import pytest

from mikrokraad.core import prose


def test_the_first_line_is_the_subject() -> None:
    assert prose.subject_and_body("\n# There is a place\n\nHello!\n") == (
        "There is a place",
        "Hello!",
    )


def test_what_a_template_escaped_is_said_plainly() -> None:
    rendered = "# O&#x27;Brien &amp; C#\n\n1 &lt; 2, and &amp;lt; stays"

    assert prose.subject_and_body(rendered) == ("O'Brien & C#", "1 < 2, and &lt; stays")


def test_html_links_bare_addresses_but_not_the_full_stop_after_them() -> None:
    assert prose.html_of("See https://x.ee/a?b=1&c=2.") == (
        '<p>See <a href="https://x.ee/a?b=1&amp;c=2" rel="noopener noreferrer">'
        "https://x.ee/a?b=1&amp;c=2</a>.</p>\n"
    )


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "[here](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_nothing_in_a_letter_can_run(markdown: str) -> None:
    html = prose.html_of(markdown)

    for tag in ("<script", "<img", "href="):
        assert tag not in html


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("Hello **Mari**!", "Hello Mari!"),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("## What next\nWrite.", "What next\n\nWrite."),
        ("Two:\n\n- a\n- b\n  more", "Two:\n\n- a\n- b\n  more"),
        ("1. a\n2. b\n\nEnd.", "1. a\n2. b\n\nEnd."),
        ("- a\n  - inner\n- b", "- a\n  - inner\n- b"),
        ("> asked\n> twice", "> asked\n> twice"),
        ("https://x.ee/\n", "https://x.ee/"),
        ("[the page](https://x.ee/a)", "the page (https://x.ee/a)"),
        ("first  \nsecond", "first\nsecond"),
        ("    code", "code"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("", ""),
    ],
)
def test_plain_words_carry_no_marks(markdown: str, plain: str) -> None:
    assert prose.plain_of(markdown) == plain
