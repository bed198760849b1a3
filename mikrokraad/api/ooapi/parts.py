"""What answers are made of: names in two languages, codes, ids, moments, pages."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import IntEnum
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils import translation
from ninja import Schema
from pydantic import Field

from mikrokraad.catalogue.models import Programme
from mikrokraad.catalogue.rules import Mode
from mikrokraad.core.calendar import end_of, start_of, zone

Answer = dict[str, Any]
T = TypeVar("T")
DELIVERY = {Mode.BLOCK: "presential", Mode.ONLINE: "online", Mode.BLENDED: "blended"}
MOST_NUMBER = 2**62


class PageSize(IntEnum):
    TEN = 10
    TWENTY = 20
    FIFTY = 50
    HUNDRED = 100
    MOST = 250


class Asked(Schema):
    """Which page of a collection."""

    page_size: PageSize = Field(PageSize.TEN, alias="pageSize")
    page_number: int = Field(1, alias="pageNumber", ge=1, le=1_000_000)
    primary_code: str = Field("", alias="primaryCode", max_length=120)


class AskedByName(Asked):
    q: str = Field("", max_length=100, description="Part of a name")


def page_of(
    rows: Sequence[T] | QuerySet[Any],
    asked: Asked,
    told: Callable[[list[T]], list[Answer]],
) -> Answer:
    """One page; beyond the last it is empty, never an error."""
    paginator = Paginator(rows, asked.page_size)
    pages = paginator.num_pages if paginator.count else 0
    number = asked.page_number
    items = list(paginator.page(number).object_list) if number <= pages else []
    return {
        "pageSize": asked.page_size,
        "pageNumber": number,
        "hasPreviousPage": 1 < number <= pages + 1,
        "hasNextPage": number < pages,
        "totalPages": pages,
        "items": told(items),
    }


def known(facts: Mapping[str, Any]) -> Answer:
    """Without what nobody has said."""
    return {name: value for name, value in facts.items() if value not in ("", None, [])}


def texts(text: Mapping[str, str] | None) -> list[dict[str, str]]:
    """In the order of the site's languages, whatever a database gives."""
    known = text or {}
    return [
        {"language": code, "value": known[code]}
        for code, _name in settings.LANGUAGES
        if known.get(code)
    ]


def named(text: Mapping[str, str] | None, instead: str) -> list[dict[str, str]]:
    """A name has at least one language."""
    return texts(text) or [{"language": "en", "value": instead}]


def code(kind: str, value: str) -> dict[str, str]:
    return {"codeType": kind, "code": value}


def page_address(programme: Programme, term: str = "") -> str:
    with translation.override("en"):
        address = f"{settings.PUBLIC_URL}{programme.get_absolute_url()}"
    return f"{address}?semester={term}" if term else address


def beginning(day: date) -> str:
    return start_of(day).isoformat()


def ending(day: date) -> str:
    """The first moment after a day."""
    return end_of(day).isoformat()


def moment(at: datetime) -> str:
    return at.astimezone(zone()).isoformat()


# Ids ----------------------------------------------------------------------------------
# Rows without a UUID of their own get one made of this site's address and their key.


def id_of(kind: str, key: int | str) -> UUID:
    """Numbers are written into the last half, so that they can be read back."""
    space = uuid5(NAMESPACE_URL, f"{settings.PUBLIC_URL}/ooapi/{kind}")
    if isinstance(key, str):
        return uuid5(space, key)
    high = (space.int >> 64) & ~0xF000 | 0x8000  # version 8: made by a rule of our own
    return UUID(int=high << 64 | 2 << 62 | key)


def number_in(kind: str, found: UUID) -> int:
    """The key that `id_of` wrote into an id; 0, which no row has, for other ids."""
    number = found.int & (MOST_NUMBER - 1)
    return number if id_of(kind, number) == found else 0
