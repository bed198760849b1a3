"""What a programme truly costs whoever asks: by who pays, line by line. Pure.

The sums are those of the price lines, as `fees.queries` reads them; who pays which of
them is as `fees.actions` invoices: the application fee always goes to the applicant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mikrokraad.catalogue.rules import VatReason
from mikrokraad.fees.rules import Price, Purpose


class Who(StrEnum):
    """Who pays for the studies."""

    ME = "me"
    EMPLOYER = "employer"
    FUNDED = "funded"


@dataclass(frozen=True)
class Cost:
    """Units: cents, VAT included. `studies` and `application` are the price's parts."""

    studies: Price
    application: Price
    mine_cents: int
    employer_cents: int
    is_funded: bool  # free, but for a target group only

    @property
    def total_cents(self) -> int:
        return self.mine_cents + self.employer_cents


def who_pays(asked: Mapping[str, str]) -> Who:
    """As an address says it; anything else is oneself."""
    said = asked.get("pays", "")
    return Who(said) if said in set(Who) else Who.ME


def cost(price: Price, who: Who, *, commissioned: bool = False) -> Cost:
    """A group that an employer has ordered is paid for by that employer, whoever asks."""
    studies, application = price.part(Purpose.STUDIES), price.part(Purpose.APPLICATION)
    by_employer = commissioned or who == Who.EMPLOYER
    return Cost(
        studies,
        application,
        mine_cents=application.total_cents
        + (0 if by_employer else studies.total_cents),
        employer_cents=studies.total_cents if by_employer else 0,
        is_funded=is_funded(price),
    )


def is_funded(price: Price) -> bool:
    """Whether the studies are free because they are paid for from public money."""
    studies = price.part(Purpose.STUDIES)
    reasons = {line["vat_reason"] for line in studies.lines}
    return studies.is_free and reasons == {VatReason.FUNDED}
