"""Revocation: W3C Bitstring Status List v1.0.

Bit 0 is the left-most bit of the first byte. A list has 131,072 entries, so that one
certificate hides among many, and places in it are given at random.
"""

import zlib
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from gzip import compress
from secrets import randbelow

from mikrokraad.credentials.crypto import multibase
from mikrokraad.credentials.crypto.contexts import CREDENTIALS, Document
from mikrokraad.credentials.crypto.instants import stamp

SMALLEST_BITS = 131_072
MOST_BYTES = 1 << 23  # of a list that we are given, uncompressed
ENTRY = "BitstringStatusListEntry"
REVOCATION = "revocation"
TRIES = 64


class StatusListError(ValueError):
    """`code` is the error name of the specification, section 3.5."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code


class ListIsFull(RuntimeError):
    """Every place in the list is taken: open the next one."""


def encoded(set_bits: Iterable[int], *, bits: int = SMALLEST_BITS) -> str:
    """The published form of a list: gzip, then multibase base 64 for URLs.

    Units: `set_bits` are positions from 0; `bits` is the length, a multiple of 8.
    Errors: StatusListError for a list that is too short or a position outside it.
    """
    if bits < SMALLEST_BITS or bits % 8:
        raise StatusListError("STATUS_LIST_LENGTH_ERROR", f"{bits} bits")
    raw = bytearray(bits // 8)
    for position in set_bits:
        if not 0 <= position < bits:
            raise StatusListError("RANGE_ERROR", str(position))
        raw[position // 8] |= 0x80 >> position % 8
    return multibase.encode(compress(bytes(raw), mtime=0), prefix="u")


def decoded(encoded_list: str) -> bytes:
    """The bits of a published list.

    Errors: StatusListError MALFORMED_VALUE_ERROR or STATUS_LIST_LENGTH_ERROR.
    """
    if not encoded_list.startswith("u"):
        raise StatusListError("MALFORMED_VALUE_ERROR", "not multibase base 64 for URLs")
    inflate = zlib.decompressobj(wbits=31)
    try:
        raw = inflate.decompress(multibase.decode(encoded_list), MOST_BYTES)
    except (ValueError, zlib.error) as error:
        raise StatusListError("MALFORMED_VALUE_ERROR", str(error)) from error
    if not inflate.eof:
        raise StatusListError(
            "MALFORMED_VALUE_ERROR", "the list is cut short or too long"
        )
    if len(raw) * 8 < SMALLEST_BITS:
        raise StatusListError("STATUS_LIST_LENGTH_ERROR", f"{len(raw) * 8} bits")
    return raw


def is_set(encoded_list: str, position: int) -> bool:
    """Is the bit at `position` set? Errors: as `decoded`, and RANGE_ERROR."""
    raw = decoded(encoded_list)
    if not 0 <= position < len(raw) * 8:
        raise StatusListError("RANGE_ERROR", str(position))
    return bool(raw[position // 8] & 0x80 >> position % 8)


def free_position(
    used: Collection[int],
    *,
    bits: int = SMALLEST_BITS,
    choose: Callable[[int], int] = randbelow,
) -> int:
    """A position that nobody has, at random: positions must not tell who came after whom.

    Errors: ListIsFull.
    """
    taken = used if isinstance(used, set | frozenset | dict) else set(used)
    for _ in range(TRIES):
        position = choose(bits)
        if position not in taken:
            return position
    free = [position for position in range(bits) if position not in taken]
    if not free:
        raise ListIsFull
    return free[choose(len(free))]


def entry(list_url: str, position: int) -> Document:
    """The `credentialStatus` of one certificate."""
    return {
        "id": f"{list_url}#{position}",
        "type": ENTRY,
        "statusPurpose": REVOCATION,
        "statusListIndex": str(position),
        "statusListCredential": list_url,
    }


def list_credential(
    encoded_list: str, *, list_url: str, issuer_did: str, valid_from: datetime
) -> Document:
    """The unsigned credential that publishes a list; sign it with `integrity.with_proof`."""
    return {
        "@context": [CREDENTIALS],
        "id": list_url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_did,
        "validFrom": stamp(valid_from),
        "credentialSubject": {
            "id": f"{list_url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": REVOCATION,
            "encodedList": encoded_list,
        },
    }
