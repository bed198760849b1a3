"""What somebody agreed to stays readable as it was then."""

import pytest
from django.test import Client

from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests import factories
from mikrokraad.catalogue import actions as catalogue
from mikrokraad.catalogue.models import PriceLine, Run
from mikrokraad.catalogue.rules import VersionState
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.core.money import euros
from mikrokraad.core.policies import set_policy
from mikrokraad.fees.actions.agreeing import TERMS
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db


def terms(client: Client, application: Application) -> str:
    answer = client.get(f"/en/applications/{application.pk}/terms/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_new_version_price_and_policy_change_nothing_of_it(client: Client) -> None:
    admitted = factories.admitted()
    client.force_login(admitted.person)
    before = terms(client, admitted)
    at, run = clock.now(), admitted.run
    newer = catalogue.create_draft(run.version.programme, material=True, by=None, at=at)
    newer.title, newer.ects = both("Quite Another"), 30
    newer.state, newer.approved_at = VersionState.APPROVED, at
    newer.save()
    Run.objects.filter(pk=run.pk).update(version=newer)
    PriceLine.objects.filter(run=run).update(net_cents=9999_00)
    set_policy(TERMS, {"quote_days": 1, "due_days": 1}, valid_from=at, source="test")

    after = terms(client, admitted)

    assert euros(2400_00) in before
    assert euros(2400_00) in after
    assert "Data Science" in after
    assert "Quite Another" not in after
    assert "12 ECTS" in after
    assert euros(9999_00) not in after
    assert "version 1, in force since" in after
    assert "14 days after the invoice" in after


def test_before_a_price_is_agreed_on_the_page_says_so(client: Client) -> None:
    sent = factories.application_in(State.SUBMITTED)
    client.force_login(sent.person)

    page = terms(client, sent)

    assert "You have not agreed to a price yet" in page
    assert "You have completed at least upper secondary education." in page
    assert "Who gets a place" in page


def test_there_is_nothing_of_a_draft_nor_for_a_stranger(client: Client) -> None:
    draft, sent = factories.draft(), factories.submitted(by=people.person("A", "B"))
    client.force_login(draft.person)

    for each in (draft, sent):
        address = f"/en/applications/{each.pk}/terms/"
        assert client.get(address).status_code == 404


def test_the_receipt_and_its_letter_do_not_look_like_an_acceptance(
    client: Client,
) -> None:
    sent = factories.submitted()
    client.force_login(sent.person)

    page = client.get(f"/en/applications/{sent.pk}/submitted/").content.decode()

    letter = receipt_of(sent)
    assert "You do not have a place" in page
    assert "This is not a place yet." in letter
    for word in ("accepted", "admitted", "Congratulations"):
        assert word not in letter


def receipt_of(application: Application) -> str:
    letter = OutboxMessage.objects.get(key__contains=f":received:{application.pk}")
    return str(letter.payload["body"])
