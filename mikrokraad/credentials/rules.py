"""Credential rules: what may become of one, and who may do it. Pure."""

from datetime import date, datetime
from typing import Protocol

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrokraad.core.errors import Refusal

REVIEW = "credentials.review.opened"  # the verb of the register (R2)


class CredentialState(models.TextChoices):
    ISSUED = "issued", _("issued")
    SUPERSEDED = "superseded", _("replaced")
    REVOKED = "revoked", _("revoked")
    EXPIRED = "expired", _("expired")


class CredentialKind(models.TextChoices):
    CERTIFICATE = "certificate", _("certificate")
    STATEMENT = "statement", _("statement of results")


class RevocationReason(models.TextChoices):
    ERROR = "error", _("issued in error")
    RESULT_CORRECTED = "result_corrected", _("a result was corrected")
    FRAUD = "fraud", _("obtained by deceit")
    OTHER = "other", _("another reason")


class ReissueReason(models.TextChoices):
    NAME_CHANGED = "name_changed", _("the name has changed")
    CORRECTION = "correction", _("a fact was corrected")


class Format(models.TextChoices):
    PDF = "pdf"
    OPEN_BADGE = "openbadge"
    PICTURE = "picture"


class SharedField(models.TextChoices):
    """What a link shows beside the name, the programme and the status."""

    OUTCOMES = "outcomes", _("what I can do now: the learning outcomes")
    RESULTS = "results", _("courses and grades")
    FILES = "files", _("the certificate itself, with my birth date, to download")


class NothingEarned(Refusal):
    code = "nothing-earned"


class IdentityNotConfirmed(Refusal):
    code = "identity-not-confirmed"


class DetailsMissing(Refusal):
    code = "details-missing"


class FactsMissing(Refusal):
    code = "facts-missing"


class NotInForce(Refusal):
    code = "credential-not-in-force"


class TwoPeopleNeeded(Refusal):
    code = "two-people-needed"


class AlreadyAsked(Refusal):
    code = "revocation-already-asked"


class ShareEndsTooEarly(Refusal):
    code = "share-ends-too-early"


class _Credential(Protocol):
    number: str
    state: str


class _Learner(Protocol):
    given_name: str
    family_name: str
    birth_date: date | None
    identity_confirmed_at: datetime | None


def has_details(learner: _Learner) -> bool:
    """Whether there is something to compare with a document: both names, a birth date."""
    return all((learner.given_name, learner.family_name, learner.birth_date))


def require_details(learner: _Learner) -> None:
    """Refuse while there is nothing to compare with a document, or to print."""
    if not (learner.given_name and learner.family_name):
        raise DetailsMissing(
            gettext("The first or the last name is missing. Ask the learner to add it.")
        )
    if learner.birth_date is None:
        raise DetailsMissing(
            gettext("The birth date is missing. Ask the learner to add it.")
        )


def require_known(learner: _Learner) -> None:
    """Refuse to print a name that nobody has checked."""
    require_details(learner)
    if learner.identity_confirmed_at is None:
        raise IdentityNotConfirmed(
            gettext(
                "The learner's identity is not confirmed yet. Check a document or ask "
                "them to sign in with a state identity, then issue again."
            )
        )


def require_in_force(credential: _Credential) -> None:
    """Only an issued credential can be replaced, revoked or shared."""
    if credential.state != CredentialState.ISSUED:
        raise NotInForce(
            gettext(
                "Certificate {number} is no longer in force, so nothing can be done "
                "with it. Open the one that replaced it, or issue a new one."
            ).format(number=credential.number)
        )


def require_somebody_else(asked_by: object, approves: object) -> None:
    """K6: who asked for it cannot also approve it."""
    if asked_by == approves:
        raise TwoPeopleNeeded(
            gettext(
                "You asked for this revocation yourself. Another officer has to "
                "approve it."
            )
        )


def require_future(until: datetime | None, *, at: datetime) -> None:
    """A link ends in the future or never."""
    if until is not None and until <= at:
        raise ShareEndsTooEarly(
            gettext("This day is over already. Choose a later day, or none.")
        )
