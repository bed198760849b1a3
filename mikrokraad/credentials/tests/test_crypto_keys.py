import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mikrokraad.credentials.crypto import did, keys, multibase
from mikrokraad.credentials.tests.examples import ISSUER, KEY

SECRET = "a secret of at least thirty-two letters"


def test_a_sealed_key_opens_with_its_secret_only() -> None:
    private = keys.generate().private_bytes_raw()

    hidden = keys.sealed(private, SECRET)

    assert private not in hidden
    assert keys.opened(hidden, SECRET) == private
    with pytest.raises(keys.CannotOpen):
        keys.opened(hidden, SECRET + "!")


@pytest.mark.parametrize("place", [0, 5, 25, -1])
def test_changed_sealed_bytes_do_not_open(place: int) -> None:
    hidden = bytearray(keys.sealed(b"private", SECRET))
    hidden[place] ^= 1

    with pytest.raises(keys.CannotOpen):
        keys.opened(bytes(hidden), SECRET)


def test_the_same_key_is_never_sealed_to_the_same_bytes() -> None:
    assert keys.sealed(b"private", SECRET) != keys.sealed(b"private", SECRET)


def test_a_short_secret_and_a_short_text_are_refused() -> None:
    with pytest.raises(ValueError, match="32 characters"):
        keys.sealed(b"private", "short")
    with pytest.raises(keys.CannotOpen):
        keys.opened(b"mk1", SECRET)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://mc.ut.ee", "did:web:mc.ut.ee"),
        ("https://mc.ut.ee/", "did:web:mc.ut.ee"),
        ("http://localhost:8000", "did:web:localhost%3A8000"),
        ("https://ut.ee:8443/mikro kraad/", "did:web:ut.ee%3A8443:mikro%20kraad"),
    ],
)
def test_did_web_of_a_public_address(url: str, expected: str) -> None:
    assert did.did_web(url) == expected


def test_did_web_needs_a_host() -> None:
    with pytest.raises(ValueError, match="no host"):
        did.did_web("/nowhere")


def test_did_document_lists_current_and_retired_keys_as_plain_texts() -> None:
    retired = Ed25519PrivateKey.generate().public_key()
    current = KEY.public_key()

    document = did.did_document(ISSUER, [current, retired])

    methods = [f"{ISSUER}#{multibase.multikey(key)}" for key in (current, retired)]
    assert document["id"] == ISSUER
    assert document["assertionMethod"] == methods
    assert [each["type"] for each in document["verificationMethod"]] == [
        "Multikey",
        "Multikey",
    ]
    assert did.keys_in(document) == dict(zip(methods, [current, retired], strict=True))


def test_keys_in_leaves_out_keys_that_may_not_assert_or_belong_to_others() -> None:
    document = did.did_document(ISSUER, [KEY.public_key()])
    (method,) = document["verificationMethod"]

    assert did.keys_in({**document, "assertionMethod": []}) == {}
    assert (
        did.keys_in(
            {
                **document,
                "verificationMethod": [{**method, "controller": "did:web:other"}],
            }
        )
        == {}
    )
    assert (
        did.keys_in(
            {**document, "verificationMethod": [{**method, "publicKeyMultibase": "z6"}]}
        )
        == {}
    )
