"""What a campaign's link may say, and who counts as a visitor. Pure."""

import re
from collections.abc import Mapping
from typing import NamedTuple

PARAMETERS = ("utm_source", "utm_medium", "utm_campaign")
MOST_LETTERS = 40
MOST_ROWS_A_DAY = 300  # so that nobody fills the table with words of their own
OTHER = "other"
_KNOWN = re.compile(r"[a-z0-9äõöüšž][a-z0-9äõöüšž ._+-]*")
_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|scan|preview|fetch|monitor|archive|headless|lighthouse"
    r"|facebookexternalhit|whatsapp|telegram|curl|wget|python|java/|go-http|okhttp|axios",
    re.IGNORECASE,
)


class Campaign(NamedTuple):
    """The words of a link, in small letters."""

    source: str
    medium: str = ""
    campaign: str = ""


def campaign_of(asked: Mapping[str, str]) -> Campaign | None:
    """The campaign that an address names; None where it names no source.

    A word that is too long, or has letters that campaigns do not use, is “other”.
    """
    source, medium, campaign = (_word(asked.get(name, "")) for name in PARAMETERS)
    return Campaign(source, medium, campaign) if source else None


def is_machine(user_agent: str) -> bool:
    """Whether whoever asks says that it is a program; nobody says nothing."""
    return not user_agent.strip() or bool(_MACHINE.search(user_agent))


def _word(said: str) -> str:
    word = " ".join(said.lower().split()) if len(said) <= MOST_LETTERS else OTHER
    return word if not word or _KNOWN.fullmatch(word) else OTHER
