"""Verify a rendering against our own records, or against files given by hand."""

import json
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mikrokraad.credentials import actions, queries, verification, wording
from mikrokraad.credentials.crypto import inside
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.rules import Format, ReissueReason, RevocationReason
from mikrokraad.credentials.tests import examples, factories
from mikrokraad.credentials.tests.factories import ISSUED
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
LATER = ISSUED + timedelta(hours=1)


@pytest.fixture
def issued() -> Credential:
    return factories.credential()


def badge(of: Credential) -> bytes:
    return bytes(queries.rendering_of(of, Format.OPEN_BADGE).content)


def pdf(of: Credential) -> bytes:
    return bytes(queries.rendering_of(of, Format.PDF).content)


def answer(raw: bytes) -> verification.Answer:
    return verification.examine(raw, verification.from_here(), at=LATER)


def revoke(credential: Credential) -> None:
    asked = actions.ask_revocation(
        credential,
        RevocationReason.ERROR,
        by=people.staff(Duty.OFFICER),
        at=ISSUED,
    )
    actions.approve_revocation(asked, by=people.staff(Duty.OFFICER), at=ISSUED)


def test_both_files_are_valid_and_say_whose_they_are(issued: Credential) -> None:
    for raw in (badge(issued), pdf(issued)):
        found = answer(raw)

        assert found.outcome == "valid"
        assert found.exit_code == 0
        assert found.is_genuine
        assert found.credential == issued
        assert found.facts is not None
        assert found.facts["learner_name"] == "Liis Maasikas"


def test_a_revoked_one_is_revoked(issued: Credential) -> None:
    revoke(issued)

    found = answer(badge(issued))

    assert (found.outcome, found.exit_code) == ("revoked", 1)
    assert wording.told(found)[1].endswith("it has been revoked")


def test_a_replaced_one_says_so(issued: Credential) -> None:
    actions.reissue(issued, ReissueReason.CORRECTION, by=None, at=LATER)

    found = answer(pdf(issued))

    assert found.exit_code == 1
    assert wording.told(found)[1].endswith("replaced by a newer one")


def test_a_changed_page_around_a_genuine_badge_is_found(issued: Credential) -> None:
    raw = pdf(issued).replace(b"%PDF-1.7\n", b"%PDF-1.7\n%\n", 1)

    found = answer(raw)

    assert raw != pdf(issued)
    assert (found.outcome, found.reason) == ("invalid", "file-changed")


def test_a_pdf_without_a_badge_cannot_be_checked() -> None:
    found = answer(b"%PDF-1.7\nnothing here")

    assert (found.outcome, found.reason) == ("not_checkable", "no-badge-inside")


def test_a_badge_of_our_key_that_is_not_in_the_register_is_refused(
    issued: Credential,
) -> None:
    found = verification.examine(
        badge(issued),
        verification.Trust(
            keys=queries.public_keys().get,
            status=queries.encoded_list,
            in_register=lambda _document: None,
        ),
        at=LATER,
    )

    assert (found.outcome, found.reason) == ("invalid", "not-in-register")


def test_a_stranger_is_unknown_but_unchanged() -> None:
    found = answer(json.dumps(examples.signed_credential()).encode())

    assert found.outcome in {"issuer_unknown", "not_yet_valid"}
    assert not found.is_genuine


def test_every_reason_and_check_has_words(issued: Credential) -> None:
    for raw in (badge(issued), b"{}", b"%PDF-", badge(issued)[:-9]):
        assert all(line.text for line in wording.lines(answer(raw)))


def test_attachments_that_are_bombs_or_broken_are_left_out() -> None:
    head = b"1 0 obj\n<</Length 9/Type/EmbeddedFile/Filter/FlateDecode>>\nstream\n"
    bomb = zlib.compress(bytes(inside.MOST_BYTES + 1))
    good = zlib.compress(b"{}")

    raw = b"%PDF-1.7\n" + head + b"broken\n" + head + bomb + b"\n" + head + good

    assert inside.attachments(raw) == [b"{}"]


# The command ------------------------------------------------------------------


@pytest.fixture
def files(issued: Credential, tmp_path: Path) -> Path:
    (tmp_path / "badge.json").write_bytes(badge(issued))
    (tmp_path / "certificate.pdf").write_bytes(pdf(issued))
    (tmp_path / "did.json").write_text(json.dumps(queries.did_document()))
    (tmp_path / "list.json").write_bytes(
        actions.published_list(issued.status_entry.list, at=ISSUED)
    )
    return tmp_path


def run(*arguments: object) -> int:
    try:
        call_command("verify", *map(str, arguments))
    except SystemExit as left:
        return int(str(left.code))
    return 0


def test_verify_says_who_what_when(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(files / "badge.json", files / "certificate.pdf")

    told = capsys.readouterr().out
    assert code == 0
    assert told.count("Liis Maasikas") == 2
    assert "2026-11-24, number 2026-00001" in told


def test_verify_names_the_reason(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = (files / "badge.json").read_text().replace("Liis", "Liiz")
    (files / "badge.json").write_text(raw)

    code = run(files / "badge.json")

    assert code == 1
    assert "signature-mismatch" in capsys.readouterr().out


def test_verify_with_files_needs_no_records(
    files: Path, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    hand = ("--issuer", files / "did.json", "--status", files / "list.json")
    with CaptureQueriesContext(connection) as asked:
        assert run(files / "badge.json", *hand) == 0
        assert run(files / "badge.json", *hand[:2]) == 3

    assert len(asked) == 0


def test_verify_with_a_status_list_after_revocation(
    issued: Credential, files: Path
) -> None:
    revoke(issued)
    which = issued.status_entry.list
    which.refresh_from_db()
    (files / "list.json").write_bytes(actions.published_list(which, at=ISSUED))

    assert (
        run(
            files / "badge.json",
            "--issuer",
            files / "did.json",
            "--status",
            files / "list.json",
        )
        == 1
    )


def test_verify_does_not_trust_a_changed_status_list(files: Path) -> None:
    listed = json.loads((files / "list.json").read_text())
    listed["credentialSubject"]["encodedList"] = examples.NOTHING_REVOKED + "A"
    (files / "list.json").write_text(json.dumps(listed))

    with pytest.raises(CommandError, match="does not hold"):
        run(
            files / "badge.json",
            "--issuer",
            files / "did.json",
            "--status",
            files / "list.json",
        )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.json"], "cannot be read"),
        (["did.json", "--status", "list.json"], "whose list"),
        (["badge.json", "--issuer", "certificate.pdf"], "not JSON"),
        (["badge.json", "--issuer", "list.json"], "No key"),
        (
            ["badge.json", "--issuer", "did.json", "--status", "badge.json"],
            "not a status",
        ),
    ],
)
def test_verify_says_what_is_wrong_with_its_files(
    files: Path, arguments: list[str], words: str
) -> None:
    told = [each if each.startswith("--") else files / each for each in arguments]

    with pytest.raises(CommandError, match=words):
        run(*told)
