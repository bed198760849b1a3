"""Revoking takes two people: one asks with a reason, another one approves (K6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from mikrokraad.credentials import queries, rules
from mikrokraad.credentials.actions import status
from mikrokraad.credentials.models import Credential, Revocation
from mikrokraad.credentials.rules import CredentialState, RevocationReason
from mikrokraad.people.letters import write_letter
from mikrokraad.people.models import Person
from mikrokraad.people.register import record


@transaction.atomic
def ask_revocation(
    credential: Credential,
    reason: RevocationReason,
    *,
    note: str = "",
    by: Person,
    at: datetime,
) -> Revocation:
    """Ask that a credential be revoked. It stays in force until somebody else approves.

    Refuses with `NotInForce` or `AlreadyAsked`.
    """
    locked = Credential.objects.select_for_update().get(pk=credential.pk)
    rules.require_in_force(locked)
    if Revocation.objects.filter(credential=locked).exists():
        raise rules.AlreadyAsked(
            gettext(
                "Somebody has asked for this already. Another officer can approve it "
                "on the desk."
            )
        )
    asked = Revocation.objects.create(
        credential=locked, reason=reason, note=note, asked_by=by, asked_at=at
    )
    record("credentials.revocation.asked", locked, by=by, at=at, reason=str(reason))
    return asked


@transaction.atomic
def approve_revocation(
    revocation: Revocation, *, by: Person, at: datetime
) -> Credential:
    """Revoke: the status page and the status list say so from this moment.

    Refuses with `TwoPeopleNeeded` or `NotInForce`.
    """
    credential = Credential.objects.select_for_update().get(pk=revocation.credential_id)
    asked = Revocation.objects.get(pk=revocation.pk)
    rules.require_in_force(credential)
    rules.require_somebody_else(asked.asked_by_id, by.pk)
    asked.approved_by, asked.approved_at = by, at
    asked.save(update_fields=["approved_by", "approved_at"])
    credential.state, credential.ended_at = CredentialState.REVOKED, at
    credential.save(update_fields=["state", "ended_at"])
    status.set_bit(credential, at=at)
    record(
        "credentials.credential.revoked",
        credential,
        by=by,
        at=at,
        reason=asked.reason,
    )
    write_letter(
        "credentials/letters/revoked.md",
        credential.person,
        about=credential,
        key=f"credential-revoked:{credential.pk}",
        at=at,
        credential=credential,
        reason=asked.get_reason_display(),
        facts=queries.facts_of(credential),
    )
    return credential
