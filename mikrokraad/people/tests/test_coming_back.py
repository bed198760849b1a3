"""A form that is sent when nobody is signed in any more: nothing is saved, and it says so."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from mikrokraad.people.models import Person
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
HERE = "http://testserver"
ACCOUNT = "/en/my/account/"
CONSENT = "/en/my/account/consents/employer/give/"


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    cache.clear()


def sent(client: Client, address: str, page: str, **facts: str) -> str:
    """Where a form on `page` leads to, once its sender is nobody any more."""
    answer = client.post(address, facts, headers={"referer": page})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_who_was_signed_out_is_told_and_comes_back(client: Client) -> None:
    liis = people.person("Liis")

    onward = sent(client, ACCOUNT, f"{HERE}{ACCOUNT}?tab=1", given_name="Another")
    page = client.get(onward).content.decode()
    client.post(onward, {"email": liis.email})
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", str(mail.outbox[-1].body))
    assert code is not None
    entered = client.post(
        onward.replace("sign-in/", "sign-in/code/"), {"code": code[0]}
    )

    assert onward == f"/en/sign-in/?next={ACCOUNT}%3Ftab%3D1"
    assert "what you sent just now was not saved" in page
    assert entered["Location"] == f"{ACCOUNT}?tab=1"
    assert Person.objects.get().given_name == "Liis"


def test_a_button_leads_back_to_the_page_it_stands_on(client: Client) -> None:
    onward = sent(client, CONSENT, f"{HERE}{ACCOUNT}")

    assert onward == f"/en/sign-in/?next={ACCOUNT}"
    assert "was not saved" not in client.get(onward).content.decode()


@pytest.mark.parametrize(
    "page", ["", "https://elsewhere.example/en/", "//x", "nonsense"]
)
def test_another_site_is_never_come_back_to(client: Client, page: str) -> None:
    onward = sent(client, ACCOUNT, page, given_name="Another")

    assert onward == f"/en/sign-in/?next={ACCOUNT}"


def test_a_code_that_expired_is_not_called_a_form(client: Client) -> None:
    answer = client.post("/en/sign-in/code/", {"code": "AAAA-AAAA"}, follow=True)

    assert "No code is waiting here" in answer.content.decode()
    assert "was not saved" not in answer.content.decode()
