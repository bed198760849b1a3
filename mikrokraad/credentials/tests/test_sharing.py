"""Links: made and taken back by the holder, over on their last day."""

from datetime import timedelta

import pytest

from mikrokraad.credentials import actions, queries, rules
from mikrokraad.credentials.models import Credential, Share
from mikrokraad.credentials.rules import SharedField
from mikrokraad.credentials.tests import factories
from mikrokraad.credentials.tests.factories import ISSUED

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def issued() -> Credential:
    return factories.credential()


def test_a_link_shows_the_chosen_fields_until_its_end(issued: Credential) -> None:
    made = actions.share(
        issued,
        fields=[SharedField.RESULTS],
        until=ISSUED + WEEK,
        by=issued.person,
        at=ISSUED,
    )

    assert made.fields == ["results"]
    assert len(made.token) == 43
    assert queries.is_open(made, at=ISSUED + WEEK - timedelta(seconds=1))
    assert not queries.is_open(made, at=ISSUED + WEEK)


def test_a_link_cannot_end_before_it_begins(issued: Credential) -> None:
    with pytest.raises(rules.ShareEndsTooEarly, match="over already"):
        actions.share(issued, fields=[], until=ISSUED, by=issued.person, at=ISSUED)

    assert Share.objects.filter(on_document=False).count() == 0


def test_a_link_taken_back_stays_so(issued: Credential) -> None:
    made = actions.share(issued, fields=[], by=issued.person, at=ISSUED)

    actions.take_back(made, by=issued.person, at=ISSUED + WEEK)
    again = actions.take_back(made, by=issued.person, at=ISSUED + 2 * WEEK)

    assert again.taken_back_at == ISSUED + WEEK
    assert not queries.is_open(again, at=ISSUED + WEEK)


def test_the_code_on_the_document_shows_everything(issued: Credential) -> None:
    on_document = issued.shares.get()

    assert on_document.on_document
    assert set(on_document.fields) == set(SharedField.values)
