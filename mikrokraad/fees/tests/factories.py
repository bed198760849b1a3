"""Agreements and invoices, for tests."""

from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.fees import actions
from mikrokraad.fees.models import Agreement, Invoice
from mikrokraad.fees.rules import Payer
from mikrokraad.people.models import Person
from mikrokraad.people.tests import factories as people


def agreement(
    run: Run | None = None, person: Person | None = None, *, payer: Payer | None = None
) -> Agreement:
    people.institution()
    return actions.agree(
        run or catalogue.run(),
        person or people.person(),
        payer=payer or Payer(),
        by=None,
        at=clock.now(),
    )


def invoice(
    run: Run | None = None, person: Person | None = None, *, payer: Payer | None = None
) -> Invoice:
    """An invoice of 2400 € that nobody has paid."""
    return agreement(run, person, payer=payer).invoices.get()
