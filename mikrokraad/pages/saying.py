"""A sentence that somebody wrote in the search box, as the list's own address."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from mikrokraad.catalogue.filters import MOST_LETTERS
from mikrokraad.catalogue.search.current import current
from mikrokraad.catalogue.sentences import understood

LEFT_OUT = ("q", "page")  # said anew: other words, and from the first page


def said_as_filters(asked: Mapping[str, str]) -> str:
    """The address that asks the same with filters; empty if the words say none."""
    sentence = asked.get("q", "").replace("\0", "")[:MOST_LETTERS]
    told = understood(sentence, _some_run_has)
    if not told.chosen:
        return ""
    kept = {name: str(value) for name, value in asked.items() if name not in LEFT_OUT}
    words = {"q": told.words} if told.words else {}
    query = urlencode({**words, **kept, **told.chosen})
    return f"{reverse('pages:programmes')}?{query}"


def _some_run_has(name: str, value: str) -> bool:
    """The index is looked into only if the sentence asks for a choice."""
    return current().shelf.knows(name, value)
