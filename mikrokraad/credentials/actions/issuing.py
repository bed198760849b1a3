"""Issuing: facts are frozen, numbered, signed and set in type, all in one transaction."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext

from mikrokraad.catalogue.models import Run
from mikrokraad.core.calendar import day_of
from mikrokraad.core.errors import Refusal
from mikrokraad.credentials import gathering, queries, rules
from mikrokraad.credentials.actions import keys, status
from mikrokraad.credentials.crypto import facts as frozen
from mikrokraad.credentials.crypto import openbadge
from mikrokraad.credentials.crypto.facts import Facts
from mikrokraad.credentials.documents import Look, certificate_pdf, certificate_picture
from mikrokraad.credentials.issuer import (
    credential_url,
    issuer_did,
    list_url,
    share_url,
)
from mikrokraad.credentials.models import (
    Credential,
    CredentialSeries,
    IssuerKey,
    Rendering,
    Share,
)
from mikrokraad.credentials.rules import (
    CredentialState,
    Format,
    ReissueReason,
    SharedField,
)
from mikrokraad.people import personal_codes
from mikrokraad.people.letters import write_letter
from mikrokraad.people.models import Person
from mikrokraad.people.queries import personal_code_of
from mikrokraad.people.register import record
from mikrokraad.studies.models import CompletionDecision
from mikrokraad.studies.rules import Earned


@transaction.atomic
def issue(
    completion: CompletionDecision, *, by: Person | None, at: datetime
) -> Credential:
    """The credential that `completion` has earned. Asked twice, it is the same one.

    Refuses with `NothingEarned`, `DetailsMissing`, `IdentityNotConfirmed`, `FactsMissing`,
    or `NotInForce` when an earlier one was revoked, and then leaves no trace, not even a number.
    """
    completion = _locked(completion)
    earlier = queries.newest_of(completion)
    if earlier is not None:
        rules.require_in_force(earlier)
        return earlier
    made = _make(completion, pk=uuid4(), at=at)
    record("credentials.credential.issued", made, by=by, at=at, number=made.number)
    write_letter(
        "credentials/letters/ready.md",
        made.person,
        about=made,
        key=f"credential-ready:{made.pk}",
        at=at,
        credential=made,
        facts=queries.facts_of(made),
    )
    return made


def issue_cohort(
    run: Run, *, by: Person | None, at: datetime
) -> tuple[list[Credential], list[tuple[Person, Refusal]]]:
    """Issue to everybody in the run who can have theirs; also who cannot yet, and why.

    Each is a transaction of its own: one refusal holds nobody else back, and a second
    click finds nothing left to do.
    """
    issued, refused = [], []
    for completion in queries.ready_in(run):
        try:
            issued.append(issue(completion, by=by, at=at))
        except Refusal as refusal:
            refused.append((completion.enrolment.person, refusal))
    return issued, refused


@transaction.atomic
def reissue(
    credential: Credential, reason: ReissueReason, *, by: Person | None, at: datetime
) -> Credential:
    """A new credential with today's facts; the old one says that it was replaced.

    Refuses with `NotInForce`, `DetailsMissing`, `IdentityNotConfirmed` or `FactsMissing`.
    """
    old = Credential.objects.select_for_update().get(pk=credential.pk)
    rules.require_in_force(old)
    completion = _locked(old.completion)
    successor = uuid4()
    old.state, old.ended_at = CredentialState.SUPERSEDED, at
    old.superseded_by_id, old.reissue_reason = successor, reason
    old.save(update_fields=["state", "ended_at", "superseded_by_id", "reissue_reason"])
    made = _make(completion, pk=successor, at=at, language=old.language)
    status.set_bit(old, at=at)
    record(
        "credentials.credential.replaced",
        old,
        by=by,
        at=at,
        reason=str(reason),
        number=made.number,
    )
    write_letter(
        "credentials/letters/replaced.md",
        made.person,
        about=made,
        key=f"credential-replaced:{made.pk}",
        at=at,
        credential=made,
        old=old,
        facts=queries.facts_of(made),
    )
    return made


def _locked(completion: CompletionDecision) -> CompletionDecision:
    return (
        CompletionDecision.objects.select_for_update(of=("self",))
        .select_related("enrolment__person")
        .get(pk=completion.pk)
    )


def _make(
    completion: CompletionDecision, *, pk: UUID, at: datetime, language: str = ""
) -> Credential:
    person = completion.enrolment.person
    if completion.earned == Earned.NOTHING:
        raise rules.NothingEarned(
            gettext("Nothing was passed, so there is nothing to certify.")
        )
    rules.require_known(person)
    year = day_of(at).year
    sequence = _next_number(year)
    number = f"{year}-{sequence:05}"
    sealed_code = _sealed_code(person)
    facts = _checked(completion, number, at, language or person.language, sealed_code)
    made = Credential.objects.create(
        pk=pk,
        number=number,
        year=year,
        sequence=sequence,
        kind=facts["kind"],
        completion=completion,
        person=person,
        facts=frozen.canonical(facts).decode(),
        facts_sha256=frozen.facts_hash(facts),
        sealed_code=sealed_code,
        language=facts["language"],
        issued_at=at,
    )
    _render(made, facts, at=at)
    return made


def _next_number(year: int) -> int:
    """The next number of the year; the row stays locked until the transaction ends."""
    CredentialSeries.objects.get_or_create(year=year)
    series = CredentialSeries.objects.select_for_update().get(year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


def _sealed_code(person: Person) -> bytes | None:
    """The personal code as it stands today, encrypted for this one document."""
    code = personal_code_of(person)
    return personal_codes.sealed(code) if code else None


def _checked(
    completion: CompletionDecision,
    number: str,
    at: datetime,
    language: str,
    sealed_code: bytes | None,
) -> Facts:
    try:
        return gathering.facts_of(
            completion,
            number=number,
            at=at,
            language=language,
            sealed_code=sealed_code,
        )
    except frozen.FactsIncomplete as error:
        raise rules.FactsMissing(
            gettext(
                "These facts are missing: {elements}. Complete the programme's version "
                "or the results, then issue again."
            ).format(elements=", ".join(error.elements))
        ) from error


def _render(credential: Credential, facts: Facts, *, at: datetime) -> None:
    """Sign the badge, set the document around it, and keep the exact bytes of both."""
    share = Share.objects.create(
        credential=credential,
        token=token_urlsafe(32),
        on_document=True,
        fields=SharedField.values,
        made_at=at,
    )
    key = keys.current_key(at=at)
    badge = _badge(credential, facts, key, at=at)
    look = Look(
        qr_url=share_url(share.token),
        status_url=credential_url(credential.number),
        colour=queries.colour_of(credential),
        personal_code=queries.personal_code_on(credential),
    )
    pdf = certificate_pdf(facts, look, badge=badge)
    _keep(credential, {Format.OPEN_BADGE: badge}, key=key, at=at)
    _keep(
        credential,
        {Format.PDF: pdf, Format.PICTURE: certificate_picture(facts, look)},
        key=None,
        at=at,
    )


def _badge(
    credential: Credential, facts: Facts, key: IssuerKey, *, at: datetime
) -> bytes:
    place = status.give_place(credential)
    unsigned = openbadge.credential_from(
        facts,
        issuer_did=issuer_did(),
        credential_id=credential_url(credential.number),
        status=openbadge.StatusEntry(list_url(place.list_id), place.index),
        valid_from=at,
        hashed_email=openbadge.hashed_identity(
            credential.person.email, token_urlsafe(16)
        ),
    )
    signed = openbadge.signed(unsigned, keys.opened(key), at)
    return json.dumps(signed, ensure_ascii=False, indent=2).encode()


def _keep(
    credential: Credential,
    contents: Mapping[Format, bytes],
    *,
    key: IssuerKey | None,
    at: datetime,
) -> None:
    for form, content in contents.items():
        Rendering.objects.create(
            credential=credential,
            format=form,
            language=credential.language,
            content=content,
            sha256=sha256(content).hexdigest(),
            key=key,
            made_at=at,
        )
