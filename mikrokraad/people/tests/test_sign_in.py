"""Signing in with an e-mailed code: the same for everybody, and only for who asked."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.authentication import get_authentication_records
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from conftest import NOON
from mikrokraad.people.models import Person, RegisterEntry
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
SIGN_IN = "/en/sign-in/"
ENTER = "/en/sign-in/code/"
NEW = "kadri@example.org"


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    cache.clear()


def ask(client: Client, email: str, *, path: str = SIGN_IN) -> str:
    """Ask for a code; the code that came."""
    client.post(path, {"email": email})
    found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", str(mail.outbox[-1].body))
    assert found
    return found[0]


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_known_person_signs_in(client: Client) -> None:
    liis = people.person()
    code = ask(client, liis.email)

    answer = client.post(ENTER, {"code": code})

    assert answer["Location"] == reverse("pages:my_page")
    assert client.session["_auth_user_id"] == str(liis.pk)
    assert Person.objects.count() == 1


def test_spaces_and_small_letters_do_not_matter(client: Client) -> None:
    code = ask(client, people.person().email.upper())

    client.post(ENTER, {"code": f" {code.lower().replace('-', ' ')} "})

    assert is_signed_in(client)


@pytest.mark.parametrize("language", ["et", "en"])
def test_a_new_address_becomes_a_person_with_the_first_right_code(
    client: Client, language: str
) -> None:
    code = ask(client, NEW, path=f"/{language}/sign-in/")
    before = Person.objects.count()

    client.post(f"/{language}/sign-in/code/", {"code": code})

    kadri = Person.objects.get()
    assert (before, kadri.email, kadri.language) == (0, NEW, language)
    assert not kadri.has_usable_password()
    assert RegisterEntry.objects.get().verb == "people.person.welcomed"


def test_known_and_unknown_addresses_are_told_the_same(client: Client) -> None:
    known = people.person(email="liisu@example.org")
    pages, letters = [], []

    for email in (known.email, NEW):
        answer = client.post(SIGN_IN, {"email": email}, follow=True)
        pages.append((answer.redirect_chain, _without(answer.content, email)))
        letters.append((mail.outbox[-1].subject, _without(mail.outbox[-1].body, "")))

    assert pages[0] == pages[1]
    assert letters[0] == letters[1]


def _without(text: object, email: str) -> str:
    """`text` without what differs by nature: address, code, form token."""
    said = text.decode() if isinstance(text, bytes) else str(text)
    said = said.replace(email, "") if email else said
    said = re.sub(r"\b[A-Z]{4}-[A-Z]{4}\b", "", said)
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", said)


@pytest.mark.parametrize(
    ("language", "subject", "line"),
    [
        ("en", "Your code for signing in to Mikrokraad", "It works for 15 minutes"),
        ("et", "Sinu kood Mikrokraadi sisselogimiseks", "See kehtib 15 minutit"),
    ],
)
def test_the_letter_is_in_the_language_of_the_page(
    client: Client, language: str, subject: str, line: str
) -> None:
    code = ask(client, NEW, path=f"/{language}/sign-in/")
    letter = mail.outbox[0]

    assert isinstance(letter, EmailMultiAlternatives)
    html = letter.alternatives[0][0]
    assert (letter.subject, letter.to) == (subject, [NEW])
    for body in (str(letter.body), str(html)):
        assert line in body
        assert code in body
    assert code not in str(letter.subject)


def test_a_wrong_code_can_be_tried_again(client: Client) -> None:
    code = ask(client, NEW)

    page = client.post(ENTER, {"code": "AAAA-BBBB"})
    signed_in_by_wrong = is_signed_in(client)
    client.post(ENTER, {"code": code})

    assert b"This is not the code that we sent last" in page.content
    assert not signed_in_by_wrong
    assert is_signed_in(client)


def test_three_wrong_codes_end_it(client: Client) -> None:
    code = ask(client, NEW)

    for _try in range(2):
        client.post(ENTER, {"code": "AAAA-BBBB"})
    last = client.post(ENTER, {"code": "AAAA-BBBB"}, follow=True)
    late = client.post(ENTER, {"code": code}, follow=True)

    assert b"That was not the code, three times" in last.content
    assert b"No code is waiting here" in late.content
    assert not is_signed_in(client)
    assert not Person.objects.exists()


def test_a_code_expires(client: Client) -> None:
    code = ask(client, NEW)

    with time_machine.travel(NOON + timedelta(minutes=16), tick=False):
        page = client.post(ENTER, {"code": code}, follow=True)

    assert b"it has expired" in page.content
    assert not is_signed_in(client)


def test_a_code_works_only_in_the_browser_that_asked(client: Client) -> None:
    code = ask(client, NEW)
    other = Client()

    page = other.post(ENTER, {"code": code}, follow=True)

    assert b"another browser asked for it" in page.content
    assert not is_signed_in(other)


def test_a_code_works_once(client: Client) -> None:
    code = ask(client, NEW)
    client.post(ENTER, {"code": code})
    client.post(reverse("account_logout"))

    client.post(ENTER, {"code": code})

    assert not is_signed_in(client)


def test_a_newer_code_replaces_the_older(client: Client) -> None:
    older = ask(client, NEW)
    newer = ask(client, NEW)

    client.post(ENTER, {"code": older})
    signed_in_by_older = is_signed_in(client)
    client.post(ENTER, {"code": newer})

    assert not signed_in_by_older
    assert is_signed_in(client)


def test_codes_are_not_sent_without_end(client: Client) -> None:
    for _time in range(3):
        ask(client, NEW)

    page = client.post(SIGN_IN, {"email": NEW})

    assert b"We have sent several codes already" in page.content
    assert len(mail.outbox) == 3


def test_a_closed_account_stays_closed(client: Client) -> None:
    closed = people.person(is_active=False)
    code = ask(client, closed.email)

    page = client.post(ENTER, {"code": code}, follow=True)

    assert b"This account is closed" in page.content
    assert not is_signed_in(client)


@pytest.mark.parametrize("email", ["", "kadri", "kadri@", "a@b.c, d@e.fi"])
def test_what_is_no_address_gets_no_letter(client: Client, email: str) -> None:
    page = client.post(SIGN_IN, {"email": email})

    assert b'class="field__error"' in page.content
    assert mail.outbox == []


def test_after_signing_in_people_come_where_they_wanted(client: Client) -> None:
    wanted = "/en/my/account/?tab=1&x=2"
    start = client.get(f"{SIGN_IN}?next={wanted}").content.decode()
    sent = client.post(SIGN_IN, {"email": NEW, "next": "/en/my/account/"})
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", str(mail.outbox[-1].body))

    entered = client.post(sent["Location"], {"code": code and code[0]})

    assert 'name="next" value="/en/my/account/?tab=1"' in start
    assert sent["Location"] == f"{ENTER}?next=/en/my/account/"
    assert entered["Location"] == "/en/my/account/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", r"/\evil"],
)
def test_nobody_is_sent_to_another_site(client: Client, elsewhere: str) -> None:
    sent = client.post(SIGN_IN, {"email": NEW, "next": elsewhere})
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", str(mail.outbox[-1].body))

    entered = client.post(f"{ENTER}?next={elsewhere}", {"code": code and code[0]})

    assert sent["Location"] == ENTER
    assert entered["Location"] == reverse("pages:my_page")


def test_who_is_signed_in_goes_on(client: Client) -> None:
    client.force_login(people.person())

    answers = [
        client.get(f"{path}?next=/en/my/account/")["Location"]
        for path in (SIGN_IN, ENTER)
    ]

    assert answers == ["/en/my/account/"] * 2


def test_a_code_alone_is_not_a_second_factor(client: Client) -> None:
    code = ask(client, NEW)
    client.post(ENTER, {"code": code})
    request = RequestFactory().get("/")
    request.session = client.session
    request.user = Person.objects.get()

    records = get_authentication_records(request, request.user)

    assert [record["method"] for record in records] == ["code"]


@pytest.mark.parametrize("name", ["account_login", "account_request_login_code"])
def test_allauths_own_way_in_leads_to_ours(client: Client, name: str) -> None:
    with translation.override("en"):
        answer = client.get(f"{reverse(name)}?next=/en/my/account/")

    assert answer["Location"] == f"{SIGN_IN}?next=/en/my/account/"


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "password/change/", "password/reset/", "password/set/"],
)
def test_pages_for_passwords_do_not_exist(client: Client, path: str) -> None:
    assert client.get(f"/en/account/{path}").status_code == 404


def test_signing_out_asks_first(client: Client) -> None:
    client.force_login(people.person())
    with translation.override("en"):
        path = reverse("account_logout")

    asked = client.get(path)
    still_in = is_signed_in(client)
    out = client.post(path)

    assert b"Sign out?" in asked.content
    assert still_in
    assert out["Location"] == "/en/"
    assert not is_signed_in(client)
