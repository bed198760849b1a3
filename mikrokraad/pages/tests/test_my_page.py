"""My page: what waits comes first, and everything of mine leads on."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from conftest import NOON
from mikrokraad.admissions.tests import factories as admissions
from mikrokraad.credentials.tests import factories as credentials
from mikrokraad.fees.rules import Payer, PayerKind
from mikrokraad.fees.tests import factories as fees
from mikrokraad.pages.tests.factories import text_of, words_of
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get("/en/my/")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/en/sign-in/?next=/en/my/"


def test_a_newcomer_is_led_to_the_programmes(client: Client) -> None:
    client.force_login(people.person("Liis"))

    page = client.get("/en/my/")

    assert "<h1>Hello, Liis</h1>" in text_of(page)
    assert "Nothing here yet" in words_of(page)
    assert 'href="/en/programmes/?open=yes"' in text_of(page)


def test_an_employer_sees_whose_invoice_waits(client: Client) -> None:
    rita, liis = people.person("Rita"), people.person("Liis")
    payer = Payer(PayerKind.EMPLOYER, "Virmaline OÜ", "19999012", "a@example.org")
    owed = fees.invoice(person=liis, payer=payer)
    assert owed.payer_organisation is not None
    owed.payer_organisation.members.add(rita)
    client.force_login(rita)

    page, listed = client.get("/en/my/"), client.get("/en/my/invoices/")

    assert f"pay the invoice of {liis.name}" in words_of(page)
    assert "Nothing here yet" not in words_of(page)
    assert liis.name in words_of(listed)

    assert "Until 8 December" in words_of(page)
    with time_machine.travel(NOON + timedelta(days=15), tick=False):
        client.force_login(rita)
        assert "Was due on 8 December" in words_of(client.get("/en/my/"))


@pytest.mark.parametrize(
    ("duty", "desk"),
    [
        (Duty.LECTURER, "/en/office/studies/sections/"),
        (Duty.FINANCE, "/en/office/"),
    ],
)
def test_staff_are_led_to_where_they_work(
    client: Client, duty: Duty, desk: str
) -> None:
    sign_in(client, people.staff(duty), strong=True)

    page = client.get("/en/my/")

    main = page.content.decode().partition("<main")[2]
    assert f'href="{desk}"' in main
    assert "Nothing here yet" not in main


def test_an_offer_waits_before_everything_else(client: Client) -> None:
    application = admissions.released()
    client.force_login(application.person)

    page = client.get("/en/my/")

    before, _title, after = words_of(page).partition("Your move:")
    assert "accept the place or turn it down" in after
    assert "Until " in after
    assert "Applications" not in before
    assert f'href="{application.get_absolute_url()}">Open it' in text_of(page)


def test_an_application_being_read_says_what_happens(client: Client) -> None:
    application = admissions.submitted()
    client.force_login(application.person)

    page = client.get("/en/my/")

    assert "Your move" not in words_of(page)
    assert "<h2>Applications</h2>" in text_of(page)
    assert f'href="{application.get_absolute_url()}"' in text_of(page)


def test_what_is_over_comes_last(client: Client) -> None:
    application = admissions.released(offer=False)
    client.force_login(application.person)

    page = client.get("/en/my/")

    assert "<h2>Earlier</h2>" in text_of(page)
    assert "<h2>Applications</h2>" not in text_of(page)


def test_studies_stand_in_place_of_the_application(client: Client) -> None:
    application = admissions.enrolled()
    client.force_login(application.person)

    page = client.get("/en/my/")

    assert "<h2>Studies</h2>" in text_of(page)
    assert application.get_absolute_url() not in text_of(page)


def test_studies_lead_to_their_page(client: Client) -> None:
    enrolment = studies.enrolment()
    client.force_login(enrolment.person)

    page = client.get("/en/my/")

    assert f'href="/en/my/studies/{enrolment.pk}/"' in text_of(page)
    assert "8 February 2027 – 18 June 2027" in words_of(page)


def test_a_certificate_leads_to_its_page(client: Client) -> None:
    credential = credentials.credential()
    person = credential.completion.enrolment.person
    client.force_login(person)

    page = client.get("/en/my/")

    assert "<h2>Certificates</h2>" in text_of(page)
    assert f'href="/en/my/certificates/{credential.number}/"' in text_of(page)


def test_other_pages_of_mine_are_linked(client: Client) -> None:
    client.force_login(people.person())

    page = text_of(client.get("/en/my/"))

    for path in ("/en/my/invoices/", "/en/my/degrees/", "/en/my/account/"):
        assert f'href="{path}"' in page


def test_nobody_sees_what_is_somebody_elses(client: Client) -> None:
    admissions.released()
    client.force_login(people.person("Rival"))

    assert "Nothing here yet" in words_of(client.get("/en/my/"))
