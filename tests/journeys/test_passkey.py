"""A person adds a passkey and comes back with it; no code is asked any more."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor, Visitors

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.parametrize("language", ["et", "en"])
def test_passkey(visitors: Visitors, language: str) -> None:
    visitor = visitors.come(language, width=320)
    with_a_phone_that_knows_them(visitor)
    email = f"uus.{language}@example.org"
    when_they_sign_in_with_a_code(visitor, email)
    and_add_a_passkey(visitor)
    and_sign_out(visitor)
    then_the_passkey_alone_signs_them_in(visitor, email)


def with_a_phone_that_knows_them(visitor: Visitor) -> None:
    devices = visitor.page.context.new_cdp_session(visitor.page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def when_they_sign_in_with_a_code(visitor: Visitor, email: str) -> None:
    visitor.go("my/account/")
    visitor.page.get_by_label(visitor.words("Your e-mail address")).fill(email)
    visitor.picture("sign-in")
    visitor.press("Send me a code")
    code = visitor.page.get_by_label(visitor.words("The code from the letter"))
    expect(code).to_be_visible()
    code.fill(code_in_the_newest_letter(visitor, email))
    visitor.picture("code")
    visitor.press("Sign in")
    visitor.sees(visitor.words("Download your data"))
    visitor.picture("account")


def code_in_the_newest_letter(visitor: Visitor, email: str) -> str:
    """The mailbox, in another tab: the waiting code stays with the browser."""
    tab = visitor.page.context.new_page()
    tab.goto(f"{visitor.university.url}/{visitor.language}/demo/mailbox/?q={email}")
    tab.locator("main a[href*='/mailbox/']").first.click()
    letter = tab.locator("main")
    expect(letter).to_contain_text(re.compile(r"[A-Z]{4}-[A-Z]{4}"))
    found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", letter.inner_text())
    tab.close()
    assert found
    return found[0]


def and_add_a_passkey(visitor: Visitor) -> None:
    visitor.follow("Passkeys")
    visitor.follow("Add a passkey")
    visitor.picture("add-a-passkey")
    visitor.press("Add it")
    visitor.sees(visitor.words("Your recovery codes are made."))
    visitor.picture("recovery-codes")


def and_sign_out(visitor: Visitor) -> None:
    visitor.go("account/logout/")
    visitor.press("Sign out")
    expect(visitor.page).to_have_url(f"{visitor.university.url}/{visitor.language}/")


def then_the_passkey_alone_signs_them_in(visitor: Visitor, email: str) -> None:
    visitor.go("my/account/")
    visitor.press("Sign in with a passkey")
    visitor.sees(email)
    visitor.follow("Passkeys")
    visitor.sees(visitor.words("Rename"))
    visitor.picture("passkeys")
