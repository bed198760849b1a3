"""Everything that changes a credential, its status, its keys or its links."""

from mikrokraad.credentials.actions.following import (
    open_review,
    tell_what_was_earned,
)
from mikrokraad.credentials.actions.identity import confirm_identity
from mikrokraad.credentials.actions.issuing import issue, issue_cohort, reissue
from mikrokraad.credentials.actions.keys import current_key, retire_key
from mikrokraad.credentials.actions.revoking import approve_revocation, ask_revocation
from mikrokraad.credentials.actions.sharing import share, take_back
from mikrokraad.credentials.actions.status import published_list

__all__ = [
    "approve_revocation",
    "ask_revocation",
    "confirm_identity",
    "current_key",
    "issue",
    "issue_cohort",
    "open_review",
    "published_list",
    "reissue",
    "retire_key",
    "share",
    "take_back",
    "tell_what_was_earned",
]
