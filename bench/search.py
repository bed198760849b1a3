"""Search: how well it answers the hand-judged questions, and how long it takes."""

import json
import random
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bench.measure import Row, cpu_seconds, row
from mikrokraad.catalogue.filters import Wanted
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.search.current import current, keep_up
from mikrokraad.catalogue.search.finding import WEIGHTS, Found
from mikrokraad.catalogue.search.index import Index
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.core import clock

JUDGED = Path(__file__).with_name("search_queries.json")
FRESH = Path(__file__).with_name("search_queries_fresh.json")  # see `halves`
SPLIT = 20261125
TOP = 5
BARE_NAME = "a bare query of the same index"


class Quality(NamedTuple):
    """Means over the questions of one language.

    `precision` is the share of the first five answers that a person judged relevant;
    `reached` the same where fewer than five are relevant at all; `rank` is one over
    the place of the first relevant answer.
    """

    language: str
    questions: int
    precision: float
    reached: float
    rank: float


Judged = dict[str, Any]  # q, language, relevant


def read(kept: Path) -> list[Judged]:
    judged: list[Judged] = json.loads(kept.read_text(encoding="utf-8"))
    return judged


def halves() -> dict[str, list[Judged]]:
    """The fresh questions in two: one to mend search by, one that nobody looks at.

    Drawn once, by language, with the seed `SPLIT`; the other half says how search
    fares with words that it was not made for.
    """
    drawn, judged = random.Random(SPLIT), read(FRESH)  # noqa: S311 -- a draw, no secret
    develop: set[int] = set()
    for language in ("et", "en"):
        places = [n for n, one in enumerate(judged) if one["language"] == language]
        drawn.shuffle(places)
        develop.update(places[: len(places) // 2])
    return {
        "develop": [one for n, one in enumerate(judged) if n in develop],
        "held out": [one for n, one in enumerate(judged) if n not in develop],
    }


def quality(judged: list[Judged]) -> list[Quality]:
    """Each set was judged by content, before anybody saw its answers.

    A question that nothing answers is left out: there is no share of nothing.
    """
    index, at = current(), Moment(clock.now())
    slugs = dict(Run.objects.values_list("pk", "version__programme__slug"))
    found = []
    for language in ("et", "en"):
        marks = []
        for one in judged:
            if one["language"] == language and one["relevant"]:
                answer = Found(index, Wanted(one["q"]), at, language=language)
                hits = [slugs[hit.run] for hit in answer.hits(0, 2 * TOP)]
                marks.append(_marks(hits, set(one["relevant"])))
        means = [sum(column) / len(marks) for column in zip(*marks, strict=True)]
        found.append(Quality(language, len(marks), *(round(m, 3) for m in means)))
    return found


def _marks(hits: list[str], relevant: set[str]) -> tuple[float, float, float]:
    good = sum(hit in relevant for hit in hits[:TOP])
    first = next((n for n, hit in enumerate(hits, 1) if hit in relevant), 0)
    return good / TOP, good / min(TOP, len(relevant)), 1 / first if first else 0.0


def measure() -> list[Row]:
    keep_up()
    for name, judged in {"own": read(JUDGED), **halves()}.items():
        for one in quality(judged):
            print(  # noqa: T201 -- the table is printed, too
                f"{name} questions in {one.language}: {one.questions} questions, precision at 5 "
                f"{one.precision:.2f} ({one.reached:.2f} of what could be), MRR {one.rank:.2f}"
            )
    index = current()
    bare = cpu_seconds(partial(_bare, index, "data"), count=100)
    return [
        row(name, cpu_seconds(partial(_asked, index, want), count=20), BARE_NAME, bare)
        for name, want in {
            "all programmes with counts": Wanted(),
            "a search with counts": Wanted("data"),
            "a search with filters and counts": Wanted("data", {"language": "et"}),
        }.items()
    ]


def _bare(index: Index, word: str) -> None:
    query = index.texts.parse_query(word, list(WEIGHTS))
    assert index.searcher.search(query, 24).hits


def _asked(index: Index, want: Wanted) -> None:
    """As the list asks, with nothing remembered: the words, the hits and the counts."""
    index.found.clear()
    found = Found(index, want, Moment(clock.now()), language="en")
    assert found.hits(0, 24)
    for name in ("semester", "language", "mode", "field", "kind", "place", "start"):
        found.fit.counts(name, index.shelf.options(name))
