"""Every reason of a rejection says what one can do, in both languages, with a link."""

import pytest
from django.test import Client
from django.utils import translation

from mikrokraad.admissions import actions, helping
from mikrokraad.admissions.models import Decision, Outcome
from mikrokraad.admissions.rules import REJECTION_REASONS
from mikrokraad.admissions.tests import factories as made
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.people.tests.factories import person
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reason", [code for code, _words in REJECTION_REASONS])
def test_every_reason_says_what_one_can_do(client: Client, reason: str) -> None:
    run = run_with_places(3)
    decision = Decision(outcome=Outcome.REJECTION, reasons=[reason])
    said = {}
    for language in ("et", "en"):
        with translation.override(language):
            (each,) = helping.help_after(decision, run)
            said[language] = str(each.text)

            assert each.href.startswith(f"/{language}/")
            assert client.get(each.href).status_code in (200, 302)

    assert said["et"] != said["en"]


def test_the_letter_and_the_page_say_it_in_the_applicants_language(
    client: Client,
) -> None:
    case = made.under_review(by=person(language="et"))
    staff, at = made.officer(), clock.now()
    actions.stage_rejection(case, reasons=["no_answer"], by=staff, at=at)
    actions.release(case.run, by=staff, at=at)
    sign_in(client, case.person)

    letter = OutboxMessage.objects.get(key__startswith=f"letter:rejection:{case.pk}")
    with translation.override("et"):
        page = client.get(case.get_absolute_url()).content.decode()

    assert "Mida saad teha:" in letter.payload["body"]
    assert (
        f"/et/programmes/{case.run.version.programme.slug}/" in letter.payload["body"]
    )
    assert "Mida saad teha" in page


def test_after_an_offer_there_is_nothing_to_help_with() -> None:
    offer = Decision(outcome=Outcome.OFFER, reasons=["requirements_met"])

    assert helping.help_after(offer, run_with_places(3)) == []
