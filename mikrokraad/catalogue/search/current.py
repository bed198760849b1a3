"""The index this process searches in: never older than the catalogue, if that is small."""

import tempfile
import threading
import time
from pathlib import Path

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mikrokraad.catalogue import queries
from mikrokraad.catalogue.models import Programme
from mikrokraad.catalogue.search import actions, dictionary, index
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
    if kept is not None:
        return kept
    return index.built(number)[0] if _is_small() else _last_kept()


def _last_kept() -> Index | None:
    """The newest that the worker has finished, if it is newer than what we hold."""
    least = _held.index.number if _held.index else 0
    for number in _numbers():
        if number <= least:
            break
        kept = _kept(number)
        if kept is not None:
            return kept
    return None


def _kept(number: int) -> Index | None:
    name = _name(number)
    if not default_storage.exists(name):
        return None
    try:
        with default_storage.open(name) as file:
            return index.unpacked(number, file.read())
    except index.TORN as error:
        log.warning("search.index_is_torn", error=type(error).__name__)
        return None


def _name(number: int) -> str:
    return f"{FOLDER}/{number}.zip"


def keep_up() -> int:
    """The worker's part: look new words up, build, keep. The edition kept, or 0.

    What it learns is an edition more, with words that this index knows already. If
    the catalogue changed meanwhile, the next time builds again.
    """
    number = queries.edition()
    if not number or _is_kept_well(number):
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        new, unknown = index.built(number, folder, dictionary.meaning_of)
        if unknown:
            actions.learn(unknown)
            new.number += 1
        _keep(new.number, index.packed(new, folder))
    return new.number


def _keep(number: int, content: bytes) -> None:
    default_storage.delete(_name(number))
    default_storage.save(_name(number), ContentFile(content))
    _drop_old()


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
    for number in _numbers()[2:]:
        default_storage.delete(_name(number))


def _numbers() -> list[int]:
    """Editions that are kept, the newest first."""
    if not default_storage.exists(FOLDER):
        return []
    names = (name.removesuffix(".zip") for name in default_storage.listdir(FOLDER)[1])
    return sorted((int(name) for name in names if name.isdigit()), reverse=True)
