"""What must always be true of credentials, checked over the whole database."""

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import cast

from django.db.models import Count, F, Q
from django.urls import Resolver404, resolve

from mikrokraad.core.models import OutboxMessage
from mikrokraad.credentials import queries
from mikrokraad.credentials.crypto import inside, integrity, multibase
from mikrokraad.credentials.crypto.facts import Facts, canonical, seal_hash
from mikrokraad.credentials.crypto.instants import moment
from mikrokraad.credentials.crypto.reading import facts_in, shared
from mikrokraad.credentials.models import (
    Credential,
    CredentialSeries,
    Rendering,
    StatusEntry,
)
from mikrokraad.credentials.rules import REVIEW, CredentialState, Format
from mikrokraad.people.models import RegisterEntry
from mikrokraad.people.register import named

CHECKED = {
    "K1": "The facts of a credential have not changed since issue",
    "K2": "A completion has one live credential at most",
    "K3": "Every number ever given has its record and status page, without gaps",
    "K4": "All renderings of a credential carry the same facts",
    "K5": "Renderings are the bytes made at issue, and one letter went out",
    "K6": "Whatever was revoked took two people, and the status list says so",
    "R2": "A correction after issue has opened a review of the credential",
}
ENDED = (CredentialState.SUPERSEDED, CredentialState.REVOKED)
Breach = tuple[str, str]


def broken(*, at: datetime) -> Iterator[Breach]:
    """One pair of code and sentence for each breach."""
    for credential in Credential.objects.order_by("year", "sequence").iterator():
        if not _facts_stand(credential):
            yield "K1", f"The facts of {credential.number} have changed."
    yield from _one_live()
    yield from _numbers()
    yield from _renderings(at)
    yield from _letters()
    yield from _two_people()
    yield from _bits()
    yield from _unreviewed()


def _facts_stand(credential: Credential) -> bool:
    raw = credential.facts.encode()
    if sha256(raw).hexdigest() != credential.facts_sha256:
        return False
    facts = cast("Facts", json.loads(raw))
    same = (facts["number"], facts["kind"], facts["language"]) == (
        credential.number,
        credential.kind,
        credential.language,
    )
    sealed = credential.sealed_code
    seal = seal_hash(bytes(sealed) if sealed else None)
    if facts["learner"]["sealed_code_sha256"] != seal:
        return False
    return same and canonical(facts) == raw


def _one_live() -> Iterator[Breach]:
    live = Credential.objects.filter(state=CredentialState.ISSUED)
    twice = live.values("completion").annotate(n=Count("pk")).filter(n__gt=1)
    for row in twice.order_by("completion"):
        yield "K2", f"Completion {row['completion']} has {row['n']} live credentials."


def _numbers() -> Iterator[Breach]:
    for series in CredentialSeries.objects.order_by("year"):
        issued = Credential.objects.filter(year=series.year).order_by("sequence")
        numbers = list(issued.values_list("sequence", flat=True))
        if numbers != list(range(1, series.last + 1)):
            yield "K3", f"Numbers of {series.year} have gaps or go past {series.last}."
    known = CredentialSeries.objects.values("year")
    for credential in Credential.objects.iterator():
        expected = f"{credential.year}-{credential.sequence:05}"
        if credential.number != expected or not _has_page(credential.number):
            yield "K3", f"Number {credential.number} does not belong to its series."
    for year in Credential.objects.exclude(year__in=known).values_list(
        "year", flat=True
    ):
        yield "K3", f"The series of {year} is missing."


def _has_page(number: str) -> bool:
    try:
        return resolve(f"/c/{number}/").url_name == "status_page"
    except Resolver404:
        return False


def _renderings(at: datetime) -> Iterator[Breach]:
    wanted = set(Format)
    credentials = Credential.objects.prefetch_related("renderings__key")
    for credential in credentials.order_by("number").iterator(chunk_size=100):
        kept = {Format(each.format): each for each in credential.renderings.all()}
        if set(kept) != wanted:
            yield "K4", f"{credential.number} lacks a rendering."
            continue
        if not _same_facts(credential, kept):
            yield "K4", f"Renderings of {credential.number} say different things."
        if not all(_is_as_made(credential, each, at) for each in kept.values()):
            yield "K5", f"A rendering of {credential.number} is not what was made."


def _same_facts(credential: Credential, kept: dict[Format, Rendering]) -> bool:
    badge = bytes(kept[Format.OPEN_BADGE].content)
    facts = cast("Facts", json.loads(credential.facts))
    try:
        said = facts_in(json.loads(badge))
    except (ValueError, KeyError, IndexError, TypeError):
        return False
    return said == shared(facts) and inside.attachments(
        bytes(kept[Format.PDF].content)
    ) == [badge]


def _is_as_made(credential: Credential, rendering: Rendering, at: datetime) -> bool:
    content = bytes(rendering.content)
    if sha256(content).hexdigest() != rendering.sha256:
        return False
    if rendering.made_at != credential.issued_at:
        return False
    return rendering.format != Format.OPEN_BADGE or _is_signed(
        credential, rendering, at
    )


def _is_signed(credential: Credential, rendering: Rendering, at: datetime) -> bool:
    document = json.loads(bytes(rendering.content))
    began = moment(document.get("validFrom"))
    if began != credential.issued_at.replace(microsecond=0) or rendering.key is None:
        return False
    key = multibase.from_multikey(rendering.key.multibase)
    return all(
        integrity.proof_failure(document, proof, public_key=key, at=at) is None
        for proof in integrity.proofs_of(document)
    ) and bool(integrity.proofs_of(document))


def _letters() -> Iterator[Breach]:
    """A letter's key names the credential, so one credential cannot have two."""
    firsts = Credential.objects.filter(supersedes=None)
    for credential in firsts.iterator():
        key = f"letter:credential-ready:{credential.pk}"
        if OutboxMessage.objects.filter(key=key).count() != 1:
            yield "K5", f"No letter says that {credential.number} is ready."


def _two_people() -> Iterator[Breach]:
    revoked = Credential.objects.filter(state=CredentialState.REVOKED)
    alone = revoked.filter(
        Q(revocation=None)
        | Q(revocation__approved_by=None)
        | Q(revocation__approved_by=F("revocation__asked_by"))
    )
    for number in alone.values_list("number", flat=True):
        yield "K6", f"{number} was revoked without a second person."


def _unreviewed() -> Iterator[Breach]:
    opened = set(
        RegisterEntry.objects.filter(verb=REVIEW).values_list("thing", flat=True)
    )
    for credential in queries.to_review(Credential.objects.all()):
        if named(credential) not in opened:
            yield "R2", f"{credential.number} was corrected and nobody was asked."


def _bits() -> Iterator[Breach]:
    for credential in Credential.objects.filter(status_entry=None):
        yield "K6", f"{credential.number} has no place in a status list."
    ended = Q(credential__state__in=ENDED)
    wrong = StatusEntry.objects.filter(
        (ended & Q(set_at=None)) | (~ended & Q(set_at__isnull=False))
    )
    for entry in wrong.select_related("credential"):
        yield "K6", f"The status list is wrong about {entry.credential.number}."
