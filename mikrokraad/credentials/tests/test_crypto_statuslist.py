import gzip
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.ob3 import status as other_reader
from openbadgeslib.ob3 import status_list as other_writer

from mikrokraad.credentials.crypto import rdfc, statuslist
from mikrokraad.credentials.tests.examples import AT, ISSUER, LIST_URL

positions = st.integers(min_value=0, max_value=statuslist.SMALLEST_BITS - 1)


def published(raw: bytes) -> str:
    return "u" + urlsafe_b64encode(gzip.compress(raw)).rstrip(b"=").decode()


def test_the_first_position_is_the_left_most_bit() -> None:
    raw = statuslist.decoded(statuslist.encoded([0, 9]))

    assert raw[:2] == b"\x80\x40"
    assert len(raw) == 16_384


@given(st.sets(positions, max_size=20), positions)
def test_an_independent_decoder_reads_the_same_bits(
    revoked: set[int], asked: int
) -> None:
    encoded = statuslist.encoded(revoked)
    other = other_reader.set_indices(other_reader.decode_encoded_list(encoded))

    for position in {*revoked, asked}:
        assert (position in other) == (position in revoked)
        assert statuslist.is_set(encoded, position) == (position in revoked)


@given(st.sets(positions, max_size=20), positions)
def test_a_list_from_an_independent_encoder_reads_the_same(
    revoked: set[int], asked: int
) -> None:
    encoded = other_writer.encode_bitstring(revoked)

    assert statuslist.is_set(encoded, asked) == (asked in revoked)
    assert all(statuslist.is_set(encoded, position) for position in revoked)


def test_the_same_list_gives_the_same_text() -> None:
    assert statuslist.encoded([3, 1]) == statuslist.encoded([1, 3, 3])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "MALFORMED_VALUE_ERROR"),
        ("z" + "2" * 20, "MALFORMED_VALUE_ERROR"),
        ("uAAAA", "MALFORMED_VALUE_ERROR"),
        (published(bytes(16_384))[:-9], "MALFORMED_VALUE_ERROR"),
        (published(bytes(16_383)), "STATUS_LIST_LENGTH_ERROR"),
        (published(bytes(statuslist.MOST_BYTES + 1)), "MALFORMED_VALUE_ERROR"),
    ],
    ids=["empty", "base58", "not gzip", "cut", "short", "bomb"],
)
def test_a_broken_list_is_refused_with_the_specified_error(
    text: str, code: str
) -> None:
    with pytest.raises(statuslist.StatusListError) as refused:
        statuslist.is_set(text, 0)

    assert refused.value.code == code


def test_a_position_outside_the_list_is_a_range_error() -> None:
    for refuse in (
        lambda: statuslist.is_set(statuslist.encoded([]), 131_072),
        lambda: statuslist.encoded([131_072]),
        lambda: statuslist.encoded([-1]),
    ):
        with pytest.raises(statuslist.StatusListError) as refused:
            refuse()
        assert refused.value.code == "RANGE_ERROR"


def test_a_list_below_the_smallest_size_is_not_made() -> None:
    with pytest.raises(statuslist.StatusListError, match="STATUS_LIST_LENGTH_ERROR"):
        statuslist.encoded([], bits=131_064)


def test_free_position_never_gives_one_twice_and_fills_the_list() -> None:
    used: set[int] = set()
    for _ in range(64):
        used.add(statuslist.free_position(used, bits=64))

    assert used == set(range(64))
    with pytest.raises(statuslist.ListIsFull):
        statuslist.free_position(used, bits=64)


def test_free_positions_do_not_follow_one_another() -> None:
    drawn = [statuslist.free_position(()) for _ in range(20)]

    assert sorted(drawn) != drawn
    assert max(drawn) > 1000


def test_the_published_list_is_a_sound_credential() -> None:
    document = statuslist.list_credential(
        statuslist.encoded([5]), list_url=LIST_URL, issuer_did=ISSUER, valid_from=AT
    )

    rdfc.lint(document)
    assert statuslist.is_set(document["credentialSubject"]["encodedList"], 5)
    assert statuslist.entry(LIST_URL, 5)["id"] != LIST_URL
