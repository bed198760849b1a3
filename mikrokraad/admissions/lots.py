"""Drawing lots that anybody can draw again. Pure.

The order is that of sha256(seed + id), as hexadecimal text, where the id is that of the
application as it stands in its address. The seed is fixed before the deadline: either
its own sha256 is published then, or a public source is named that does not know it yet.
"""

from collections.abc import Iterable
from hashlib import sha256

SEED_BYTES = 32


def lot_of(seed: str, application: str) -> str:
    """The lot of one application; the smallest comes first."""
    return sha256(f"{seed}{application}".encode()).hexdigest()


def commitment(seed: str) -> str:
    """What is published of a seed before it is shown."""
    return sha256(seed.encode()).hexdigest()


def in_order(seed: str, applications: Iterable[str]) -> list[tuple[str, str]]:
    """Each lot and its application, in the order of the lots."""
    return sorted((lot_of(seed, each), each) for each in applications)
