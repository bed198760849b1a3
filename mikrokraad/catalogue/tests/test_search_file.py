"""The file that the worker keeps the index in, and who opens it when."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mikrokraad.catalogue import queries
from mikrokraad.catalogue.filters import Wanted
from mikrokraad.catalogue.search import current, index
from mikrokraad.catalogue.search.finding import Found
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.catalogue.tests.test_search import (
    found,
    looked_up,
    offered,
    shelf,
    titles,
)
from mikrokraad.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _anew(settings: Any, tmp_path: Any) -> None:  # noqa: ANN401 -- pytest's own
    settings.MEDIA_ROOT = tmp_path
    current.forget()


def test_the_workers_file_answers_as_one_built_here() -> None:
    shelf()
    looked_up()
    current.keep_up()
    here = index.built(queries.edition())[0]
    current.forget()

    kept = current.current()

    assert kept.folder is not None
    for words in ("andmete", "law", "technology"):
        both = [
            Found(one, Wanted(words), Moment(clock.now()), language="en").hits(0, 9)
            for one in (kept, here)
        ]
        assert both[0] == both[1]


def test_a_torn_file_is_passed_by_and_built_anew() -> None:
    shelf()
    looked_up()
    number = current.keep_up()
    assert current.keep_up() == 0
    name = f"search/{number}.zip"
    with default_storage.open(name) as file:
        content = file.read()
    for torn in (b"", b"PK", content[: len(content) // 2]):
        default_storage.delete(name)
        default_storage.save(name, ContentFile(torn))
        current.forget()
        assert found("procurement").count == 1

    assert current.keep_up() == number
    current.forget()
    assert current.current().folder is not None


def test_a_file_of_an_earlier_version_is_built_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelf()
    looked_up()
    monkeypatch.setattr(index, "FORMAT", index.FORMAT - 1)
    number = current.keep_up()
    monkeypatch.undo()
    current.forget()

    assert found("procurement").count == 1
    assert current.keep_up() == number


def test_new_words_are_known_to_the_file_they_were_met_in() -> None:
    shelf()

    number = current.keep_up()

    kept, (again, unknown) = current.current(), index.built(number)
    assert number == queries.edition()
    assert kept.folder is not None
    assert unknown == {}
    assert [(word.form, set(word.tokens)) for word in kept.words] == [
        (word.form, set(word.tokens)) for word in again.words
    ]


def test_a_file_with_an_odd_name_is_not_in_the_way() -> None:
    """As two workers leave it that finish at once."""
    shelf()
    looked_up()
    default_storage.save("search/7_x1Y2z3.zip", ContentFile(b"odd"))

    assert current.keep_up() == queries.edition()


def test_a_process_that_starts_takes_the_newest_file_of_a_large_catalogue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelf()
    looked_up()
    number = current.keep_up()
    current.forget()
    monkeypatch.setattr(current, "SMALL", 1)
    offered("Keemia", "Chemistry")

    held = current.current()

    assert (held.number, held.shelf.size) == (number, 5)


def test_a_large_catalogue_waits_for_the_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelf()
    held = current.current()
    monkeypatch.setattr(current, "SMALL", 1)
    monkeypatch.setattr(current, "LOOK_AGAIN_SECONDS", 0.0)
    offered("Keemia", "Chemistry")
    looked_up()

    assert current.current() is held

    current.keep_up()
    assert titles(found("chemistry")) == ["Keemia"]
