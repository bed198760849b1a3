"""A large catalogue: valid, varied, and the same every time."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mikrokraad.catalogue import invariants
from mikrokraad.catalogue.models import Programme, ProgrammeVersion, Run
from mikrokraad.core import clock
from mikrokraad.demo.seed import many, university
from mikrokraad.pages.shelf import SHELF

pytestmark = pytest.mark.django_db
REAL, MORE = 64, 164


def build(count: int) -> None:
    university.build(at=clock.now(), today=clock.today(), programmes=count)


def test_there_are_as_many_as_asked_and_each_is_whole() -> None:
    build(MORE)

    assert Programme.objects.count() == MORE
    assert list(invariants.broken(at=clock.now())) == []


def test_they_differ_in_what_people_look_for() -> None:
    build(MORE)

    runs = Run.objects.all()
    titles = [
        title["et"]
        for title in ProgrammeVersion.objects.filter(
            programme__register_code=None
        ).values_list("title", flat=True)
    ]
    assert len(set(titles)) == len(titles) > REAL
    assert set(runs.values_list("mode", flat=True)) == {"block", "online", "blended"}
    assert runs.filter(published_at=None).exists()
    assert runs.filter(opens_at__gt=clock.now()).exists()
    assert runs.filter(own_deadline__lt=clock.today()).exists()


def test_queries_do_not_grow_with_the_catalogue(client: Client) -> None:
    made = university.build(at=clock.now(), today=clock.today(), programmes=30)
    few = {address: queries_of(client, address) for address in ADDRESSES}
    many.make_many(MORE, made.world, university.times_of(made.today))

    assert {address: queries_of(client, address) for address in ADDRESSES} == few


ADDRESSES = [
    "/en/",
    "/en/programmes/",
    "/en/programmes/?q=data",
    "/en/programmes/data-science/",
]


def queries_of(client: Client, address: str) -> int:
    """How many a page takes that has to be made."""
    client.get(address)
    SHELF.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_a_number_always_makes_the_same_programme() -> None:
    made = university.build(at=clock.now(), today=clock.today(), programmes=2)
    many.make_many(3, made.world, university.times_of(made.today))

    runs = Run.objects.filter(version__programme__register_code=None)
    told = runs.order_by("version__programme__slug").values_list(
        "version__programme__slug", "pk", "mode"
    )
    assert [(slug, str(pk)[:8], mode) for slug, pk, mode in told] == [
        ("administrative-law-for-practitioners-0", "d4713d60", "blended"),
        ("community-development-1", "c9e9c616", "blended"),
        ("contemporary-theatre-teaching-2", "9b575bd1", "online"),
    ]
