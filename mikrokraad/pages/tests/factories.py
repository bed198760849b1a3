"""A shelf of programmes that differ in everything one can filter by."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any, Protocol

from mikrokraad.catalogue.models import Field, Intake, Kind, Run, Term
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.core import clock
from mikrokraad.people.tests import factories as people
from mikrokraad.seats import actions as seats
from mikrokraad.seats.queries import places_left
from mikrokraad.seats.tests.factories import open_places

OVER = date(2026, 11, 20)
SUMMER = date(2027, 7, 12)


class Answer(Protocol):
    """What the test client gives back."""

    @property
    def content(self) -> bytes: ...


def shelf() -> None:
    """Four programmes: open and not, in spring and in summer, paid for and free."""
    offered("Data Science", slug="data-science", languages=["en"], mode="block")
    offered(
        "Singing Together",
        slug="singing",
        languages=["et"],
        mode="online",
        fee_cents=0,
        field=_field("0215", "Arts", "lichen"),
        kind=_kind("micro-credential", "Micro-credential"),
    )
    offered(
        "Law at Work",
        slug="law-at-work",
        languages=["et", "en"],
        mode="blended",
        field=_field("0421", "Law", "weld"),
        own_deadline=OVER,
    )
    offered(
        "Bogs in Summer",
        slug="bogs",
        languages=["en"],
        mode="block",
        kind=_kind("summer-school", "Summer school"),
        intake=summer(),
        starts_on=SUMMER,
        ends_on=date(2027, 7, 23),
    )


def offered(
    title: str,
    *,
    slug: str,
    places: int = 20,
    field: Field | None = None,
    kind: Kind | None = None,
    **facts: Any,  # noqa: ANN401 -- whatever a run has
) -> Run:
    """A run of a new programme, with places."""
    version = catalogue.version(title, slug=slug, of_kind=kind, in_field=field)
    run = catalogue.run(version, **facts)
    open_places(run, places)
    return run


def many(number: int) -> None:
    for place in range(number):
        offered(f"Programme {place:02}", slug=f"programme-number-{place:02}")


def titles(answer: Answer) -> list[str]:
    """The programmes on a page's cards, in order."""
    return [
        unescape(title)
        for title in re.findall(
            r'class="card__title"><a href="[^"]*">([^<]*)</a>', text_of(answer)
        )
    ]


def text_of(answer: Answer) -> str:
    return answer.content.decode()


def words_of(answer: Answer) -> str:
    """What a person reads of a page, without its markup."""
    text = re.sub(r"<(head|svg)\b.*?</\1>", " ", text_of(answer), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def _field(code: str, broad: str, colour: str) -> Field:
    return Field.objects.create(
        code=code, name=both(broad), broad_name=both(broad), colour=colour
    )


def _kind(code: str, name: str) -> Kind:
    return Kind.objects.create(code=code, name=both(name), min_ects=2, max_ects=30)


def summer() -> Intake:
    term = Term.objects.create(
        code="2027-summer",
        name=both("Summer 2027"),
        starts_on=SUMMER,
        ends_on=date(2027, 8, 20),
    )
    return Intake.objects.create(
        term=term, name=both("Summer 2027"), default_deadline=date(2027, 4, 30)
    )


def full(run: Run) -> Run:
    """Somebody else has every place of it."""
    at = clock.now()
    for _n in range(places_left([run], at=at)[run.pk].left):
        someone = people.person("Rival")
        seats.take_bundle(run, someone, hold_until=at + timedelta(days=60), at=at)
    return run
