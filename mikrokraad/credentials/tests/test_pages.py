"""Pages of certificates: what a stranger sees, what a link shows, what the holder can do."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mikrokraad.credentials import actions, queries
from mikrokraad.credentials.models import Credential, Share
from mikrokraad.credentials.rules import (
    Format,
    ReissueReason,
    RevocationReason,
    SharedField,
)
from mikrokraad.credentials.tests import factories
from mikrokraad.credentials.tests.factories import ISSUED
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.studies.rules import Earned

pytestmark = pytest.mark.django_db
PERSONAL = ["Liis", "Maasikas", "1990", "liis."]


@pytest.fixture
def issued() -> Credential:
    return factories.credential()


def text(client: Client, address: str, **options: object) -> str:
    return client.get(address, **options).content.decode()  # type: ignore[arg-type]


def badge(of: Credential) -> bytes:
    return bytes(queries.rendering_of(of, Format.OPEN_BADGE).content)


# Status page -------------------------------------------------------------------


def test_status_page_says_what_when_by_whom_and_never_whose(
    client: Client, issued: Credential
) -> None:
    page = text(client, f"/c/{issued.number}/?lang=en")

    assert "genuine and in force" in page
    assert "Data Science" in page
    assert "Demonstration University, registry code 70000001" in page
    assert "24 November 2026" in page
    assert "312 hours (12 ECTS)" in page
    assert [each for each in PERSONAL if each in page] == []


def test_status_page_of_a_replaced_one_leads_to_the_newer(
    client: Client, issued: Credential
) -> None:
    new = actions.reissue(issued, ReissueReason.NAME_CHANGED, by=None, at=ISSUED)

    page = text(client, f"/c/{issued.number}/?lang=en")

    assert "has been replaced" in page
    assert f'href="/c/{new.number}/"' in page
    assert [each for each in PERSONAL if each in page] == []


def test_status_page_of_a_revoked_one_tells_no_reason(
    client: Client, issued: Credential
) -> None:
    asked = actions.ask_revocation(
        issued, RevocationReason.FRAUD, by=people.staff(Duty.OFFICER), at=ISSUED
    )
    actions.approve_revocation(asked, by=people.staff(Duty.OFFICER), at=ISSUED)

    answer = client.get(f"/c/{issued.number}/?lang=en")

    assert answer.status_code == 200
    assert "has been revoked" in answer.content.decode()
    assert "deceit" not in answer.content.decode()


def test_status_page_of_no_number(client: Client) -> None:
    answer = client.get("/c/2026-99999/?lang=en")

    assert answer.status_code == 404
    assert "never issued" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "preferred", "language"),
    [
        ("", "en", "en"),
        ("", "et", "et"),
        ("?lang=et", "en", "et"),
        ("?lang=en", "et", "en"),
        ("?lang=xx", "en", "en"),
    ],
)
def test_status_page_speaks_the_asked_language(
    client: Client, issued: Credential, address: str, preferred: str, language: str
) -> None:
    answer = client.get(
        f"/c/{issued.number}/{address}", headers={"accept-language": preferred}
    )

    assert f'<html lang="{language}">' in answer.content.decode()
    assert answer["Content-Language"] == language


# Links -------------------------------------------------------------------------


def test_the_code_on_the_document_shows_the_name_and_the_files(
    client: Client, issued: Credential
) -> None:
    token = issued.shares.get().token

    page = text(client, f"/s/{token}/?lang=en")
    pdf = client.get(f"/s/{token}/certificate.pdf")

    assert "Liis Maasikas" in page
    assert "Grade A" in page
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content == bytes(queries.rendering_of(issued, Format.PDF).content)
    assert client.get(f"/s/{token}/openbadge.json").content == badge(issued)


def test_a_link_shows_no_more_than_was_chosen(
    client: Client, issued: Credential
) -> None:
    made = actions.share(
        issued, fields=[SharedField.OUTCOMES], by=issued.person, at=ISSUED
    )

    page = text(client, f"/s/{made.token}/?lang=en")

    assert "Liis Maasikas" in page
    assert "does thing 1" in page
    assert "Grade A" not in page
    assert client.get(f"/s/{made.token}/certificate.pdf").status_code == 404
    assert client.get(f"/s/{made.token}/openbadge.json").status_code == 404


@pytest.mark.parametrize("how", ["taken back", "over"])
def test_a_link_that_is_over_shows_nothing(
    client: Client, issued: Credential, how: str
) -> None:
    made = actions.share(
        issued,
        fields=list(SharedField),
        until=ISSUED + timedelta(days=1),
        by=issued.person,
        at=ISSUED - timedelta(days=2),
    )
    if how == "over":
        Share.objects.filter(pk=made.pk).update(until=ISSUED)
    else:
        actions.take_back(made, by=issued.person, at=ISSUED)

    answer = client.get(f"/s/{made.token}/?lang=en")

    assert answer.status_code == 410
    assert [each for each in PERSONAL if each in answer.content.decode()] == []
    assert client.get(f"/s/{made.token}/certificate.pdf").status_code == 404


def revoked(issued: Credential) -> Credential:
    asked = actions.ask_revocation(
        issued, RevocationReason.FRAUD, by=people.staff(Duty.OFFICER), at=ISSUED
    )
    return actions.approve_revocation(
        asked, by=people.staff(Duty.OFFICER), at=ISSUED + timedelta(days=2)
    )


def headline(page: str) -> str:
    return page.partition("<h1>")[2].partition("</h1>")[0]


CLAIMS = ["has completed", "achieved", "can do now", "Grade A", "certificate.pdf"]


def test_a_link_to_a_revoked_one_says_first_that_it_is_over(
    client: Client, issued: Credential
) -> None:
    token = issued.shares.get().token
    revoked(issued)

    answer = client.get(f"/s/{token}/?lang=en")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert headline(page) == "This certificate is no longer valid"
    assert "Demonstration University revoked it on 26 November 2026" in page
    assert "deceit" not in page
    before, _, after = page.partition("What was once issued")
    assert "Liis Maasikas" not in before
    assert "Liis Maasikas" in after
    assert "24 November 2026" in after
    assert [each for each in CLAIMS if each in page] == []


def test_a_link_to_a_replaced_one_leads_to_the_newer(
    client: Client, issued: Credential
) -> None:
    token = issued.shares.get().token
    new = actions.reissue(issued, ReissueReason.NAME_CHANGED, by=None, at=ISSUED)

    page = text(client, f"/s/{token}/?lang=en")

    assert headline(page) == "This certificate is no longer valid"
    assert "issued a newer one in its place on 24 November 2026" in page
    assert f'href="/c/{new.number}/"' in page
    assert [each for each in CLAIMS if each in page] == []


def test_a_link_to_a_revoked_statement_calls_it_one(client: Client) -> None:
    statement = factories.credential(earned=Earned.STATEMENT)
    token = statement.shares.get().token
    revoked(statement)

    page = text(client, f"/s/{token}/?lang=en")

    assert headline(page) == "This statement is no longer valid"


def test_a_link_that_is_taken_back_shows_nothing_of_a_revoked_one(
    client: Client, issued: Credential
) -> None:
    share = issued.shares.get()
    revoked(issued)
    actions.take_back(share, by=issued.person, at=ISSUED)

    answer = client.get(f"/s/{share.token}/?lang=en")

    assert answer.status_code == 410
    assert [each for each in PERSONAL if each in answer.content.decode()] == []


def test_no_such_link(client: Client) -> None:
    assert client.get("/s/" + "a" * 43 + "/").status_code == 404


# Keys and lists ----------------------------------------------------------------


def test_keys_and_status_list_are_there_for_every_machine(
    client: Client, issued: Credential
) -> None:
    keys = client.get("/.well-known/did.json")
    listed = client.get(f"/status/{issued.status_entry.list_id}")

    assert keys.json()["id"] == "did:web:localhost%3A8000"
    assert len(keys.json()["assertionMethod"]) == 1
    assert (
        json.loads(listed.content)["credentialSubject"]["type"] == "BitstringStatusList"
    )
    assert listed["Content-Type"] == "application/vc"
    for answer in (keys, listed):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "max-age=300" in answer["Cache-Control"]
    assert client.get("/status/999").status_code == 404


# Verify ------------------------------------------------------------------------


def verify(client: Client, **given: object) -> str:
    return client.post("/en/verify/", given).content.decode()


def test_verify_takes_either_file(client: Client, issued: Credential) -> None:
    for form in (Format.PDF, Format.OPEN_BADGE):
        content = bytes(queries.rendering_of(issued, form).content)

        page = verify(client, file=SimpleUploadedFile("certificate", content))

        assert "genuine and in force" in page
        assert "Liis Maasikas" in page


def test_verify_takes_the_pasted_text(client: Client, issued: Credential) -> None:
    assert "genuine and in force" in verify(client, text=badge(issued).decode())


def test_verify_refuses_a_changed_letter_and_shows_nothing_of_it(
    client: Client, issued: Credential
) -> None:
    raw = badge(issued).replace(b"Maasikas", b"Maasikad")

    page = verify(client, file=SimpleUploadedFile("a.json", raw))

    assert "not what was issued" in page
    assert "at least one letter was changed" in page
    assert "Maasikad" not in page


@pytest.mark.parametrize(
    "written", ["{number}", " {number} ", "http://localhost:8000/c/{number}/?lang=et"]
)
def test_verify_leads_from_a_number_to_its_page(
    client: Client, issued: Credential, written: str
) -> None:
    answer = client.post("/et/verify/", {"text": written.format(number=issued.number)})

    assert answer["Location"] == f"/c/{issued.number}/?lang=et"


def test_verify_leads_from_a_link_to_its_page(
    client: Client, issued: Credential
) -> None:
    token = issued.shares.get().token

    answer = client.post("/en/verify/", {"text": f"http://localhost:8000/s/{token}/"})

    assert answer["Location"] == f"/s/{token}/?lang=en"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Nothing was given"),
        ({"text": "hello"}, "not JSON"),
        ({"text": "{}"}, "not a certificate"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 scan")}, "not a scan"),
        ({"file": SimpleUploadedFile("a.bin", bytes(5 << 20))}, "larger than 4 MB"),
    ],
)
def test_verify_says_why_it_cannot(
    client: Client, given: dict[str, object], words: str
) -> None:
    assert words in verify(client, **given)


# One's own ---------------------------------------------------------------------


def test_my_certificates_are_mine_alone(client: Client, issued: Credential) -> None:
    address = f"/en/my/certificates/{issued.number}/"
    sign_in(client, people.person("Võõras", "Inimene"))

    assert "No certificates yet" in text(client, "/en/my/certificates/")
    for part in ("", "certificate.pdf", "openbadge.json", "certificate.png"):
        assert client.get(address + part).status_code == 404
    assert (
        client.post(f"/en/my/links/{issued.shares.get().pk}/take-back/").status_code
        == 404
    )


def test_my_certificates_ask_a_stranger_to_sign_in(
    client: Client, issued: Credential
) -> None:
    for address in ("", f"{issued.number}/", f"{issued.number}/certificate.pdf"):
        assert client.get(f"/en/my/certificates/{address}").status_code == 302


def test_the_holder_downloads_and_shares(client: Client, issued: Credential) -> None:
    sign_in(client, issued.person)
    address = f"/en/my/certificates/{issued.number}/"

    assert issued.number in text(client, "/en/my/certificates/")
    assert client.get(address + "openbadge.json").content == badge(issued)
    assert client.get(address + "certificate.png").content.startswith(b"\x89PNG")
    answer = client.post(
        address, {"fields_shown": ["results"], "until": "2026-12-24"}, follow=True
    )

    made = issued.shares.get(on_document=False)
    assert made.fields == ["results"]
    assert made.until is not None
    assert made.until.isoformat() == "2026-12-24T22:00:00+00:00"
    assert made.token in answer.content.decode()
    client.post(f"/en/my/links/{made.pk}/take-back/")
    assert client.get(f"/s/{made.token}/").status_code == 410


def test_a_link_that_would_be_over_is_refused(
    client: Client, issued: Credential
) -> None:
    sign_in(client, issued.person)

    answer = client.post(
        f"/en/my/certificates/{issued.number}/", {"until": "2026-11-23"}
    )

    assert "This day is over already" in answer.content.decode()
    assert issued.shares.count() == 1


def test_badge_files_are_json_with_its_proof(issued: Credential) -> None:
    document = json.loads(badge(issued))

    assert document["proof"][0]["cryptosuite"] == "eddsa-rdfc-2022"
