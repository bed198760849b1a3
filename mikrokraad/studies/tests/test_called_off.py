"""A run that is called off ends the enrolments in it, and leaves nothing to settle."""

import pytest

from mikrokraad.admissions import actions
from mikrokraad.admissions.tests import factories as made
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.fees.tests.factories import pay
from mikrokraad.studies.models import Ending, Enrolment
from mikrokraad.studies.queries import endings_to_settle
from mikrokraad.studies.rules import EnrolmentState, Money

pytestmark = pytest.mark.django_db


def test_enrolments_end_with_their_run_and_finance_is_asked_nothing() -> None:
    case, at = made.admitted(), clock.now()
    if case.agreement is not None and not Enrolment.objects.exists():
        pay(case.agreement.invoices.get())
    assert Enrolment.objects.get().state == EnrolmentState.REGISTERED
    actions.ask_to_call_off(case.run, reason="Too few.", by=made.officer(), at=at)

    for _press in range(2):
        actions.call_off(case.run, by=made.officer(), at=at)

    assert Enrolment.objects.get().state == EnrolmentState.CANCELLED
    assert Ending.objects.get().money == Money.NOTHING_OWED
    assert not endings_to_settle().exists()
    assert not OutboxMessage.objects.filter(key__startswith="letter:studies-ended")
