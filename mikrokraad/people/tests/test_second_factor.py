"""Staff reach the desk only with a second factor, and are led to one."""

import base64
import hashlib
import hmac
import json
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from mikrokraad.core.models import OutboxMessage
from mikrokraad.people.models import Duty, Person, RegisterEntry
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.people.tests.test_sign_in import ENTER, ask

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
DESK = "/en/office/"
ASKS = "/en/sign-in/second-factor/"


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    cache.clear()


@pytest.fixture
def mari() -> Person:
    people.institution()
    return people.staff(Duty.OFFICER)


def six_digits(secret: str = SECRET) -> str:
    """What an authenticator app shows now. Source: RFC 6238, by hand."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def with_app(person: Person) -> Person:
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return person


def test_the_desk_asks_for_a_second_factor_and_remembers_the_way(
    client: Client, mari: Person
) -> None:
    sign_in(client, mari)

    asked = client.get(f"{DESK}?x=1")
    page = client.get(asked["Location"]).content.decode()

    assert asked["Location"] == f"{ASKS}?next={DESK}%3Fx%3D1"
    assert reverse("mfa_activate_totp") in page
    assert reverse("mfa_add_webauthn") in page


def test_a_form_of_the_desk_is_not_sent_on(client: Client, mari: Person) -> None:
    sign_in(client, mari)

    assert client.post(DESK)["Location"] == ASKS


def test_setting_an_app_up_opens_the_desk(client: Client, mari: Person) -> None:
    sign_in(client, mari)
    client.get(f"{ASKS}?next={DESK}")
    activate = reverse("mfa_activate_totp")
    client.get(activate)

    done = client.post(
        activate, {"code": six_digits(client.session["mfa.totp.secret"])}
    )
    codes = client.get(done["Location"])
    onward = client.get(ASKS)

    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert codes.content.count(b"<code>") == 10
    assert onward["Location"] == DESK
    assert client.get(DESK).status_code == 200


def test_a_wrong_digit_sets_nothing_up(client: Client, mari: Person) -> None:
    sign_in(client, mari)
    client.get(reverse("mfa_activate_totp"))

    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert b"This is not right" in page.content
    assert not Authenticator.objects.exists()
    assert client.get(DESK).status_code == 302


def test_who_has_an_app_is_asked_for_it_while_signing_in(
    client: Client, mari: Person
) -> None:
    with_app(mari)
    code = ask(client, mari.email)

    step = client.post(f"{ENTER}?next={DESK}", {"code": code})
    signed_in_half_way = "_auth_user_id" in client.session
    done = client.post(step["Location"], {"code": six_digits()})

    assert step["Location"] == reverse("mfa_authenticate")
    assert not signed_in_half_way
    assert done["Location"] == DESK
    assert client.get(DESK).status_code == 200


def test_who_signed_in_before_uses_the_app_now(client: Client, mari: Person) -> None:
    with_app(mari)
    sign_in(client, mari)

    page = client.get(f"{ASKS}?next={DESK}").content.decode()
    done = client.post(
        reverse("mfa_reauthenticate"), {"code": six_digits(), "next": DESK}
    )

    assert f"{reverse('mfa_reauthenticate')}?next={DESK}" in page
    assert reverse("mfa_activate_totp") not in page
    assert done["Location"] == DESK
    assert client.get(DESK).status_code == 200


def test_a_recovery_code_works_once(client: Client, mari: Person) -> None:
    with_app(mari)
    sign_in(client, mari)
    kept = RecoveryCodes.activate(mari).get_unused_codes()[0]
    again = reverse("mfa_reauthenticate")

    first = client.post(again, {"code": kept, "next": DESK})
    second = client.post(again, {"code": kept, "next": DESK})

    assert first.status_code == 302
    assert b"This is not right" in second.content


def test_codes_of_the_app_cannot_be_guessed_without_end(
    client: Client, mari: Person
) -> None:
    with_app(mari)
    client.post(ENTER, {"code": ask(client, mari.email)})

    for _try in range(6):
        page = client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert b"Too many tries. Wait five minutes" in page.content


def test_secrets_of_second_factors_are_kept_encrypted(mari: Person) -> None:
    with_app(mari)

    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in kept
    assert Authenticator.objects.get(type="totp").wrap().validate_code(six_digits())


def test_passkeys_are_asked_for_with_a_pin_or_finger(
    client: Client, mari: Person
) -> None:
    sign_in(client, mari)

    page = client.get(reverse("mfa_add_webauthn")).content.decode()

    options = page.split('id="passkey_options" type="application/json">')[1]
    made = json.loads(options.split("</script>")[0])["creation_options"]["publicKey"]
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert made["rp"]["name"] == "Mikrokraad, Demonstration University"


def test_a_waiting_code_does_not_stand_in_the_way_of_a_passkey(client: Client) -> None:
    ask(client, "kadri@example.org")

    answer = client.get(
        reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}
    )

    assert answer.json()["request_options"]["publicKey"]["userVerification"] == (
        "required"
    )


@pytest.mark.parametrize("credential", ["", "nonsense", "{}", '{"id": 1}'])
def test_a_broken_passkey_is_a_clear_message(client: Client, credential: str) -> None:
    page = client.post(
        reverse("mfa_login_webauthn"), {"credential": credential}, follow=True
    )

    assert page.status_code == 200
    assert page.redirect_chain[-1][0].endswith("/sign-in/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("language", ["et", "en"])
def test_every_page_of_second_factors_is_ours(
    client: Client, mari: Person, language: str
) -> None:
    with_app(mari)
    client.post(ENTER, {"code": ask(client, mari.email)})
    client.post(reverse("mfa_authenticate"), {"code": six_digits()})
    used_again = RecoveryCodes.activate(mari).get_unused_codes()[0]
    client.post(reverse("mfa_reauthenticate"), {"code": used_again})
    names = [
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "account_logout",
        "account_inactive",
    ]

    with translation.override(language):
        pages = {name: client.get(reverse(name)) for name in names}

    for name, page in pages.items():
        text = page.content.decode()
        assert page.status_code == 200, name
        assert f'<html lang="{language}">' in text, name
        assert 'class="page-head"' in text, name
        assert text.count("<h1") == 1, name


def test_recovery_codes_can_be_taken_along(client: Client, mari: Person) -> None:
    with_app(mari)
    sign_in(client, mari)
    client.post(reverse("mfa_reauthenticate"), {"code": six_digits()})

    file = client.get(reverse("mfa_download_recovery_codes"))

    assert len(file.content.split()) == 10
    assert "attachment" in file["Content-Disposition"]


def test_taking_the_app_away_asks_first(client: Client, mari: Person) -> None:
    with_app(mari)
    sign_in(client, mari)
    client.post(reverse("mfa_reauthenticate"), {"code": six_digits()})

    client.get(reverse("mfa_deactivate_totp"))
    kept = Authenticator.objects.count()
    client.post(reverse("mfa_deactivate_totp"))

    assert kept == 2
    assert not Authenticator.objects.exists()


def test_its_owner_is_told_when_a_second_factor_changes(
    client: Client,
    mari: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    sign_in(client, mari)
    client.get(reverse("mfa_activate_totp"))
    digits = six_digits(client.session["mfa.totp.secret"])

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": digits})
        client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))

    letters = OutboxMessage.objects.order_by("pk")
    assert [letter.payload["body"].splitlines()[0] for letter in letters] == [
        "An authenticator app was set up for your account.",
        "New recovery codes were made for your account; the old ones no longer work.",
        "Your account no longer asks for the authenticator app.",
    ]
    assert {letter.payload["to"] for letter in letters} == {mari.email}
    assert list(
        RegisterEntry.objects.order_by("pk").values_list("verb", flat=True)
    ) == [
        "people.second_factor.totp_activated",
        "people.second_factor.recovery_codes_generated",
        "people.second_factor.totp_deactivated",
    ]


def test_a_stranger_sees_no_second_factors(client: Client, mari: Person) -> None:
    with_app(mari)
    names = ["mfa_index", "mfa_list_webauthn", "mfa_activate_totp", "mfa_add_webauthn"]

    answers = [
        client.get(reverse(name)) for name in [*names, "mfa_view_recovery_codes"]
    ]

    assert [answer.status_code for answer in answers] == [302] * 5
