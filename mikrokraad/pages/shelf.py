"""The memory in which pages are kept: bounded, the least wanted leave first."""

from collections import OrderedDict
from threading import Lock
from typing import Protocol

Key = tuple[str, bool]  # the address with its query, and whether it is compressed
MOST_BYTES = 32 * 1_048_576


class Page(Protocol):
    """Whatever has bytes. Read-only."""

    @property
    def content(self) -> bytes: ...


class Shelf:
    """Page pages, those asked for most lately last; bounded by their bytes."""

    def __init__(self, most: int) -> None:
        self.most, self.bytes = most, 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key) -> Page | None:
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None:
                self._pages.move_to_end(key)
        return kept

    def put(self, key: Key, kept: Page) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = kept
            self.bytes += len(kept.content)
            while self.bytes > self.most:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.bytes = 0

    def _drop(self, key: Key) -> None:
        gone = self._pages.pop(key, None)
        self.bytes -= len(gone.content) if gone else 0


SHELF = Shelf(MOST_BYTES)
