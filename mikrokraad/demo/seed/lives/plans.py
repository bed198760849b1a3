"""What somebody will do with an application, decided before it begins. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random


class Stop(StrEnum):
    """After what an application is left as it is."""

    NEVER = ""
    DRAFT = "draft"
    FEE = "fee"
    SENT = "sent"
    READ = "read"
    ASKED = "asked"
    STAGED = "staged"


class Answer(StrEnum):
    """What the applicant does with an offer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    IGNORE = "ignore"


class Pay(StrEnum):
    BANK = "bank"
    CARD = "card"
    NEVER = "never"
    TOO_LITTLE = "too little"
    WITHOUT_REFERENCE = "without reference"


@dataclass(frozen=True)
class Plan:
    """Units: days between one step and the next; 0 is within hours, any day of the week."""

    begins: datetime
    stop: Stop = Stop.NEVER
    rejected: bool = False
    asked: bool = False
    read_days: int = 0
    decide_days: int = 0
    release_days: int = 0
    answer: Answer = Answer.ACCEPT
    answer_days: int = 0
    pay: Pay = Pay.BANK
    pay_days: int = 0
    employer: str = ""  # the registry code of the organisation that pays


ANSWERS = [Answer.ACCEPT] * 9 + [Answer.DECLINE, Answer.WITHDRAW, Answer.IGNORE]
PAYS = [Pay.BANK] * 5 + [Pay.CARD] * 4 + [Pay.NEVER]
REJECTED, ASKED = 0.07, 0.08


def any_plan(rng: Random, begins: datetime, *, employers: list[str]) -> Plan:
    """An ordinary applicant; about one in ten is paid for by an employer."""
    employer = rng.choice(employers) if employers and rng.random() < 1 / 10 else ""
    return Plan(
        begins=begins,
        rejected=rng.random() < REJECTED,
        asked=rng.random() < ASKED,
        read_days=rng.randint(1, 3),
        decide_days=rng.randint(1, 3),
        release_days=rng.randint(1, 2),
        answer=rng.choice(ANSWERS),
        answer_days=rng.randint(1, 4),
        pay=Pay.BANK if employer else rng.choice(PAYS),
        pay_days=rng.randint(1, 9),
        employer=employer,
    )


def sure_plan(rng: Random, begins: datetime, *, employer: str = "") -> Plan:
    """Somebody who is admitted, accepts and pays, and so will study."""
    return Plan(
        begins=begins,
        read_days=rng.randint(1, 2),
        decide_days=rng.randint(1, 2),
        answer_days=1,
        pay=Pay.BANK if employer else rng.choice([Pay.BANK, Pay.CARD]),
        pay_days=rng.randint(1, 4),
        employer=employer,
    )


def between(rng: Random, first: datetime, last: datetime) -> datetime:
    """Some whole minute from `first` to `last`, in the waking hours of its day."""
    minutes = max(1, int((last - first).total_seconds() // 60))
    moment = first + timedelta(minutes=rng.randrange(minutes))
    return min(max(first, moment.replace(second=0, microsecond=0)), last)
