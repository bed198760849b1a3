"""Woven belts: a picture of a hash, as on an Estonian kirivöö.

Pure. A belt is a row of square motifs. A cell of a motif is woven or not depending
only on |x|+|y| and ||x|-|y||, so every motif has the eight symmetries of a square.
Which cells, which three motifs and in which order they follow one another is read
from SHA-256 of a seed. Markup carries classes only; sizes and colours are in
`static/ui/belt.css`.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from html import escape

RADIUS = 6
SIDE = 2 * RADIUS + 1  # cells across one motif
WIDEST = 99 * SIDE  # cells of a band on a page
EDGE = 2  # rows above and below: alternating cells, then a plain row
COLOURS = (
    "indigo",
    "madder",
    "weld",
    "moss",
    "walnut",
    "lichen",
    "rust",
    "juniper",
    "cranberry",
    "woad",
)

Motif = tuple[tuple[bool, ...], ...]
Cell = Callable[[int, int], bool]  # of |x|+|y| and ||x|-|y||

# Orders in which three motifs follow one another.
_ORDERS = ((0, 1), (0, 1, 0, 2), (0, 1, 2, 1), (0, 0, 1, 2, 2, 1))
# The half lozenges between two motifs, by distance from the lozenge's outline.
_FRAMES: tuple[frozenset[int], ...] = (
    frozenset({2, 3, 4, 5, 6}),
    frozenset({2, 5, 6}),
    frozenset({2, 3, 4, 6}),
    frozenset({1, 3, 4, 5, 6}),
)


class _Bits:
    """Bits of SHA-256 of a seed, as many as are asked for."""

    def __init__(self, seed: str) -> None:
        self._number = int.from_bytes(sha256(seed.encode()).digest(), "big")

    def take(self, count: int) -> int:
        taken = self._number & ((1 << count) - 1)
        self._number >>= count
        return taken

    def stripes(self, length: int) -> list[bool]:
        """Alternating stripes, mostly two or three cells wide."""
        woven, stripes = bool(self.take(1)), list[bool]()
        while len(stripes) < length:
            stripes += [woven] * ((1, 2, 2, 3)[self.take(2)])
            woven = not woven
        return stripes[:length]


def _freely(bits: _Bits) -> Cell:
    places = {
        (a, b): bits.take(1) for a in range(RADIUS) for b in range(a % 2, a + 1, 2)
    }
    return lambda a, b: bool(places.get((a, b)))


def _striped(bits: _Bits) -> Cell:
    rings, rays, crossing = bits.stripes(RADIUS), bits.stripes(RADIUS), bits.take(2)

    def cell(a: int, b: int) -> bool:
        ring, ray = rings[a], rays[b]
        return (
            ring and ray
            if crossing == 1
            else ring or ray
            if crossing == 0
            else ring ^ ray
        )

    return cell


def _cell(inside: Cell, frame: frozenset[int], *, ringed: bool) -> Cell:
    def cell(a: int, b: int) -> bool:
        if a >= RADIUS:
            return a - RADIUS in frame
        if ringed and a >= RADIUS - 2:
            return a == RADIUS - 1
        return inside(a, b)

    return cell


def motif(seed: str, *, frame: int = 0) -> Motif:
    """One motif, `SIDE` cells square."""
    bits = _Bits(seed)
    ringed = bool(bits.take(1))
    inside = _freely(bits) if bits.take(2) == 0 else _striped(bits)
    cell = _cell(inside, _FRAMES[frame], ringed=ringed)
    span = range(-RADIUS, RADIUS + 1)
    return tuple(
        tuple(cell(abs(x) + abs(y), abs(abs(x) - abs(y))) for x in span) for y in span
    )


def _three_motifs(seed: str) -> tuple[list[Motif], Sequence[int]]:
    bits = _Bits(seed)
    frame, order = bits.take(2), _ORDERS[bits.take(2)]
    return [motif(f"{seed}/{number}", frame=frame) for number in range(3)], order


def belt_cells(seed: str, *, motifs: int = 7) -> list[list[bool]]:
    """The whole belt as rows of cells, borders with it; True is woven.

    Units: `SIDE * motifs` columns, `SIDE + 2 * EDGE` rows.
    """
    drawn, order = _three_motifs(seed)
    chosen = [drawn[order[place % len(order)]] for place in range(motifs)]
    width = SIDE * motifs
    edge = [column % 2 == 0 for column in range(width)]
    plain = [False] * width
    middle = [[woven for one in chosen for woven in one[row]] for row in range(SIDE)]
    return [edge, plain, *middle, plain, edge]


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for place, woven in enumerate([*row, False]):
        if woven and start is None:
            start = place
        elif not woven and start is not None:
            yield start, place - start
            start = None


def _path(rows: Sequence[Sequence[bool]]) -> str:
    """Each woven run as one horizontal stroke, one cell thick."""
    return "".join(
        f"M{x} {y}h{length}" for y, row in enumerate(rows) for x, length in _runs(row)
    )


def belt_svg(
    seed: str, *, colour: str = "currentColor", motifs: int = 7, ground: str = "none"
) -> str:
    """One picture of a belt with a fixed number of motifs, for letters and documents.

    `colour` and `ground` are CSS colours.
    """
    rows = belt_cells(seed, motifs=motifs)
    width, height = len(rows[0]), len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -.5 {width} {height}"'
        f' aria-hidden="true" shape-rendering="crispEdges">'
        f'<path fill="{escape(ground)}" d="M0-.5h{width}v{height}H0z"/>'
        f'<path fill="none" stroke="{escape(colour)}" d="{_path(rows)}"/></svg>'
    )


@lru_cache(maxsize=1024)
def belt_band(seed: str, *, colour: str = "indigo", size: str = "") -> str:
    """A belt for a page: as many whole motifs as fit, at any width.

    Drawn once and repeated as a pattern: a list shows many belts, and each of their
    elements would cost a phone time. How wide it is, is rounded down in `belt.css`.
    """
    drawn, order = _three_motifs(seed)
    dyed = colour if colour in COLOURS else COLOURS[0]
    name = f"belt-{sha256(seed.encode()).hexdigest()[:8]}-{dyed}"
    motifs = "".join(
        f'<path id="{name}-{number}" d="{_path(drawn[number])}"/>'
        for number in sorted(set(order))
    )
    placed = "".join(
        f'<use href="#{name}-{number}" x="{place * SIDE}" y=".5"/>'
        for place, number in enumerate(order)
    )
    sized = f" belt--{escape(size)}" if size else ""
    return (
        f'<div class="belt belt--{dyed}{sized}" aria-hidden="true">'
        f'<div class="belt__ground"><svg class="belt__motifs" viewBox="0 0 {SIDE} {SIDE}"'
        f' preserveAspectRatio="xMinYMin"><pattern id="{name}" width="{len(order) * SIDE}"'
        f' height="{SIDE}" patternUnits="userSpaceOnUse"><defs>{motifs}</defs>{placed}</pattern>'
        f'<rect width="{WIDEST}" height="{SIDE}" fill="url(#{name})" stroke="none"/></svg></div></div>'
    )
