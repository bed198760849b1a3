import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.credentials.crypto import multibase


@pytest.mark.parametrize(
    ("raw", "text"),
    [  # draft-msporny-base58-03, section 5
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
    ],
)
def test_base58_is_what_the_draft_prints(raw: bytes, text: str) -> None:
    assert multibase.base58(raw) == text
    assert multibase.from_base58(text) == raw


@given(st.binary(max_size=80), st.sampled_from("zu"))
def test_decode_gives_back_what_was_encoded(raw: bytes, prefix: str) -> None:
    assert multibase.decode(multibase.encode(raw, prefix=prefix)) == raw


@pytest.mark.parametrize(
    "text", ["", "z0", "zl", "m" + "A" * 4, "uAA==", "uA+A", "u Aé", "z" + "1" * 2000]
)
def test_decode_refuses_what_is_not_multibase(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        multibase.decode(text)


def test_multikey_of_ed25519_begins_with_z6mk_and_reads_back() -> None:
    key = Ed25519PrivateKey.generate().public_key()

    text = multibase.multikey(key)

    assert text.startswith("z6Mk")
    assert multibase.from_multikey(text) == key


def test_from_multikey_refuses_a_key_of_another_kind() -> None:
    p256 = multibase.encode(b"\x80\x24" + bytes(33))

    with pytest.raises(ValueError, match="not an Ed25519"):
        multibase.from_multikey(p256)
