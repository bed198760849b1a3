"""The index this process searches in: never older than the catalogue, if that is small."""

import threading
import time

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mikrokraad.catalogue import queries
from mikrokraad.catalogue.models import Programme
from mikrokraad.catalogue.search import actions, index
from mikrokraad.catalogue.search.index import Index

log = structlog.get_logger()

SMALL = 2000  # programmes; a web process builds the index of so many by itself, at once
LOOK_AGAIN_SECONDS = 2.0
FOLDER = "search"


class _Held:
    """This process's index, and when it last looked for a newer one."""

    index: Index | None = None
    looked_at = 0.0


_held = _Held()
_checked: set[int] = set()  # the edition whose file was opened once and is whole
_lock = threading.Lock()


def current() -> Index:
    """The index of the edition that the database is at.

    A large catalogue's is built by the worker; until then the one before answers.
    """
    number = queries.edition()
    held = _held.index
    if held is not None and (held.number == number or _waits_for_worker()):
        return held
    with _lock:
        if _held.index is None or _held.index.number != number:
            _held.index = _newer(number) or _held.index or index.built(number)[0]
            _held.looked_at = time.monotonic()
        return _held.index


def forget() -> None:
    """Begin anew, as a process that has just started."""
    _held.index = None
    _checked.clear()


def _waits_for_worker() -> bool:
    return time.monotonic() - _held.looked_at < LOOK_AGAIN_SECONDS and not _is_small()


def _is_small() -> bool:
    return Programme.objects.all()[SMALL : SMALL + 1].count() == 0


def _newer(number: int) -> Index | None:
    """The worker's if it is ready; else our own, if that takes no time."""
    kept = _kept(number)
    if kept is None and _is_small():
        kept = index.built(number)[0]
    return kept


def _kept(number: int) -> Index | None:
    name = _name(number)
    if not default_storage.exists(name):
        return None
    try:
        with default_storage.open(name) as file:
            return index.unpacked(number, file.read())
    except index.TORN as error:
        log.warning("search.index_is_torn", edition=number, error=type(error).__name__)
        return None


def _name(number: int) -> str:
    return f"{FOLDER}/{number}.zip"


def keep_up() -> int:
    """The worker's part: look new words up, build, keep. The edition kept, or 0."""
    number = queries.edition()
    if not number or _is_kept_well(number):
        return 0
    content, unknown = index.packed(number)
    if unknown:
        actions.learn(unknown)
        number = queries.edition()
        content, _unknown = index.packed(number)
    default_storage.delete(_name(number))
    default_storage.save(_name(number), ContentFile(content))
    _drop_old()
    return number


def _is_kept_well(number: int) -> bool:
    """A torn file is built anew; a good one is not opened again and again."""
    if not default_storage.exists(_name(number)):
        return False
    if number not in _checked:
        if _kept(number) is None:
            return False
        _checked.clear()
        _checked.add(number)
    return True


def _drop_old() -> None:
    """The one before stays for those who are opening it right now."""
    kept = [
        name for name in default_storage.listdir(FOLDER)[1] if name.endswith(".zip")
    ]
    older = sorted(kept, key=lambda name: int(name.removesuffix(".zip")), reverse=True)
    for name in older[2:]:
        default_storage.delete(f"{FOLDER}/{name}")
