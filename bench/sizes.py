"""Pages of catalogues of several sizes, made anew each time: do they stay as quick?

Beside them a bare Django page, and a bare query of an index over the same texts. Wall
seconds, since the database's own work is what might grow; of pages that are kept, CPU
seconds. Nobody has applied: what depends on people is measured elsewhere.
"""

import time
from datetime import timedelta
from functools import partial

from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench import web
from bench.measure import Row, cpu_seconds, row, wall_seconds
from mikrokraad.catalogue.search import current
from mikrokraad.core import clock
from mikrokraad.demo.seed import university

PAGES = {
    **web.PAGES,
    "list of what has places left": "/en/programmes/?places=some",
    "page 100 of the list": "/en/programmes/?page=100",
}
INDEX_NAME = "a bare index query over the same texts"
TEXTS = """
SELECT v.id, concat_ws(' ', v.title->>'en', v.lead->>'en', v.content->>'en',
  (SELECT string_agg(o.text->>'en', ' ') FROM catalogue_outcome o WHERE o.version_id = v.id)
) AS said FROM catalogue_programmeversion v
"""
INDEXED = f"""
CREATE TABLE bench_texts AS SELECT id, to_tsvector('english', said) AS words
FROM ({TEXTS}) AS texts;
CREATE INDEX bench_words ON bench_texts USING gin (words);
ANALYZE
"""  # noqa: S608 -- made of constants
ASKED = """
SELECT id, ts_rank(words, q) FROM bench_texts, plainto_tsquery('english', 'data analysis') q
WHERE words @@ q ORDER BY 2 DESC LIMIT 24
"""


def measure(sizes: list[int]) -> list[Row]:
    """Fills an empty database to each size in turn; PostgreSQL only."""
    clock.move_with(timedelta)  # the demonstration's is read once a second
    rows: list[Row] = []
    first: dict[str, float] = {}
    for size in sizes:
        call_command("flush", interactive=False, verbosity=0)
        call_command("migrate", verbosity=0)
        rows += _filled(size)
        client = Client()
        beside = web.bare_seconds(client, wall_seconds)
        index = wall_seconds(_ask, count=20)
        rows.append(row(f"bare index query, {size}", index, web.BARE_NAME, beside))
        for name, address in PAGES.items():
            queries = web.queries_of(client, address)
            took = wall_seconds(partial(web.make, client, address), count=10)
            told = f"{name} of {size}, {queries} queries"
            least = first.setdefault(name, took)
            rows.append(row(told, took, f"the same of {sizes[0]}", least))
            rows.append(row(told, took, web.BARE_NAME, beside))
            if name == "search":
                rows.append(row(told, took, INDEX_NAME, index))
        rows += [*_kept(client, size), *_map(client, size, beside)]
    return rows


def _filled(size: int) -> list[Row]:
    started = time.perf_counter()
    university.build(at=clock.now(), today=clock.today(), programmes=size)
    filled = time.perf_counter() - started
    current.forget()
    current.current()
    indexed = time.perf_counter() - started - filled
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_texts")
        cursor.execute(INDEXED)
    return [
        row(f"filling {size}", filled, "one programme", filled / size),
        row(f"the search index of {size}", indexed, "one programme", indexed / size),
    ]


def _kept(client: Client, size: int) -> list[Row]:
    beside = web.bare_seconds(client)
    return [
        row(
            f"{name} of {size}, kept",
            cpu_seconds(partial(web.get, client, address), count=100),
            web.BARE_NAME,
            beside,
        )
        for name, address in web.PAGES.items()
    ]


def _map(client: Client, size: int, beside: float) -> list[Row]:
    took = wall_seconds(partial(web.get, client, "/sitemap.xml"), count=1)
    return [row(f"sitemap.xml of {size}", took, web.BARE_NAME, beside)]


def _ask() -> None:
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        cursor.fetchall()
