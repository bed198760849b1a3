"""Reads of credentials; who may see what is part of each lookup."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from mikrokraad.catalogue.models import Run
from mikrokraad.core.errors import Refusal
from mikrokraad.credentials import gathering, rules
from mikrokraad.credentials.crypto import did, multibase, statuslist
from mikrokraad.credentials.crypto.contexts import Document
from mikrokraad.credentials.crypto.facts import Facts, FactsIncomplete
from mikrokraad.credentials.issuer import issuer_did, list_url
from mikrokraad.credentials.models import (
    Credential,
    IssuerKey,
    Rendering,
    Revocation,
    Share,
    StatusEntry,
    StatusList,
)
from mikrokraad.credentials.rules import CredentialState, Format
from mikrokraad.people import personal_codes
from mikrokraad.people.models import Duty, Person, Unit
from mikrokraad.people.roles import units_of
from mikrokraad.studies.models import CompletionDecision, Enrolment, Result
from mikrokraad.studies.rules import PASSED, Earned

DUTIES = (Duty.OFFICER, Duty.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of a cohort's preview: what somebody would get, or has, or why not yet."""

    completion: CompletionDecision
    person: Person
    facts: Facts | None
    credential: Credential | None
    problem: str
    is_unknown: bool = False  # nobody has compared the name with a document

    @property
    def is_ready(self) -> bool:
        return self.credential is None and not self.problem


def facts_of(credential: Credential) -> Facts:
    """The frozen facts, as they were issued."""
    return cast("Facts", json.loads(credential.facts))


def personal_code_on(credential: Credential) -> str:
    """The personal code that is printed on the document; nothing if there is none."""
    sealed = credential.sealed_code
    return personal_codes.opened(bytes(sealed)) if sealed else ""


def newest_of(completion: CompletionDecision) -> Credential | None:
    """The credential of `completion` that nothing has replaced, whatever its state."""
    return (
        completion.credentials.filter(superseded_by=None).order_by("-sequence").first()
    )


def colour_of(credential: Credential) -> str:
    """The colour of the programme's field of study."""
    field = credential.completion.enrolment.run.version.field
    return field.colour if field else "indigo"


def _with_story(credentials: QuerySet[Credential]) -> QuerySet[Credential]:
    return credentials.select_related(
        "person",
        "superseded_by",
        "revocation",
        "status_entry",
        "completion__enrolment__run__version__field",
    )


def by_number(number: str) -> Credential | None:
    """Any credential ever issued (K3)."""
    return _with_story(Credential.objects.filter(number=number)).first()


def share_by_token(token: str) -> Share | None:
    """A link, whether or not it still shows anything."""
    return (
        Share.objects.select_related(
            "credential__person",
            "credential__superseded_by",
            "credential__completion__enrolment__run__version__field",
        )
        .filter(token=token)
        .first()
    )


def is_open(share: Share, *, at: datetime) -> bool:
    """Whether the link still shows something. Its end is the first moment too late."""
    return share.taken_back_at is None and (share.until is None or at < share.until)


def certificates_of(person: Person) -> QuerySet[Credential]:
    """The person's own credentials, newest first."""
    return _with_story(Credential.objects.filter(person=person)).order_by(
        "-issued_at", "-sequence"
    )


def issued_for(enrolments: Iterable[Enrolment]) -> dict[UUID, str]:
    """The number of the valid document of each enrolment that has one. One query."""
    valid = Credential.objects.filter(
        state=CredentialState.ISSUED, completion__enrolment__in=enrolments
    )
    return dict(valid.values_list("completion__enrolment", "number"))


def links_of(credential: Credential) -> QuerySet[Share]:
    """Every link to it, the one on the document first."""
    return credential.shares.order_by("-on_document", "-made_at", "-pk")


def shares_of(person: Person) -> QuerySet[Share]:
    """Every link the person has made or carries on a document."""
    return Share.objects.select_related("credential").filter(credential__person=person)


def rendering_of(credential: Credential, form: Format) -> Rendering:
    """The exact bytes in one form. Errors: Rendering.DoesNotExist."""
    return Rendering.objects.get(credential=credential, format=form)


def rendering_with(sha256: str) -> Rendering | None:
    """The rendering that has exactly these bytes."""
    return Rendering.objects.select_related("credential").filter(sha256=sha256).first()


# At the desk -------------------------------------------------------------------


def credentials_at(person: Person) -> QuerySet[Credential]:
    """Credentials of the units where this member of staff works on them."""
    return _with_story(
        Credential.objects.filter(
            completion__enrolment__run__version__programme__unit__in=_units(person)
        )
    ).order_by("-issued_at", "-sequence")


def found_at(person: Person, words: str) -> QuerySet[Credential]:
    """Credentials by number or by the holder's name."""
    found = credentials_at(person)
    for word in words.split()[:5]:
        found = found.filter(
            Q(number__icontains=word)
            | Q(person__given_name__icontains=word)
            | Q(person__family_name__icontains=word)
        )
    return found


def runs_at(person: Person) -> QuerySet[Run]:
    """Runs with decided completions; `ready` still to issue, `issued` already, newest first."""
    decided = CompletionDecision.objects.filter(
        enrolment__run=OuterRef("pk"), earned__in=list(gathering.KINDS)
    ).order_by()
    waiting = decided.filter(~Exists(_of_completion()))
    return (
        Run.objects.select_related("version__programme", "version__field", "intake")
        .filter(Exists(decided), version__programme__unit__in=_units(person))
        .annotate(ready=_count(waiting), decided=_count(decided))
        .order_by("-ready", "-ends_on", "pk")
    )


def completions_at(person: Person) -> QuerySet[CompletionDecision]:
    """Completion decisions of the units where this member of staff works on them."""
    return CompletionDecision.objects.select_related("enrolment__person").filter(
        enrolment__run__version__programme__unit__in=_units(person)
    )


def ready_in(run: Run) -> QuerySet[CompletionDecision]:
    """Decisions of the run that have earned a document and have none yet, by name."""
    return (
        CompletionDecision.objects.select_related("enrolment__person")
        .filter(~Exists(_of_completion()), enrolment__run=run)
        .exclude(earned=Earned.NOTHING)
        .order_by("enrolment__person__family_name", "enrolment__person__given_name")
    )


def cohort(run: Run, *, at: datetime) -> list[Candidate]:
    """Everybody in the run whose completion is decided, as they would be printed."""
    decided = (
        CompletionDecision.objects.select_related("enrolment__person__national_id")
        .prefetch_related("credentials")
        .filter(enrolment__run=run)
        .exclude(earned=Earned.NOTHING)
        .order_by("enrolment__person__family_name", "enrolment__person__given_name")
    )
    sources = gathering.sources_of(run.pk)
    return [_candidate(each, sources, at=at) for each in decided]


def _candidate(
    completion: CompletionDecision, sources: gathering.Sources, *, at: datetime
) -> Candidate:
    person = completion.enrolment.person
    held = [each for each in completion.credentials.all() if not each.superseded_by_id]
    facts, problem, is_unknown = None, "", False
    try:
        facts = gathering.facts_of(
            completion,
            number="2000-00000",
            at=at,
            language=person.language,
            sources=sources,
        )
        rules.require_known(person)
    except (Refusal, FactsIncomplete) as error:
        problem = str(error)
        is_unknown = rules.has_details(person) and person.identity_confirmed_at is None
    credential = held[0] if held else None
    return Candidate(completion, person, facts, credential, problem, is_unknown)


def revocations_at(person: Person) -> QuerySet[Revocation]:
    """Revocations that wait for a second person, oldest first."""
    return (
        Revocation.objects.select_related("credential__person", "asked_by")
        .filter(
            approved_at=None,
            credential__state=CredentialState.ISSUED,
            credential__completion__enrolment__run__version__programme__unit__in=_units(
                person
            ),
        )
        .order_by("asked_at")
    )


def corrected_at(person: Person) -> QuerySet[Credential]:
    """Those of them that wait for a review after a correction (R2)."""
    return to_review(credentials_at(person))


def to_review(credentials: QuerySet[Credential]) -> QuerySet[Credential]:
    """Credentials in force that a correction after issue touches (R2).

    From one failing grade to another touches none: a document says what was passed.
    """
    corrections = Result.objects.filter(
        Q(grade__in=PASSED) | Q(corrects__grade__in=PASSED),
        place__enrolment=OuterRef("completion__enrolment"),
        corrects__isnull=False,
        confirmed_at__gt=OuterRef("issued_at"),
    )
    return credentials.filter(Exists(corrections), state=CredentialState.ISSUED)


def is_to_review(credential: Credential) -> bool:
    return to_review(Credential.objects.filter(pk=credential.pk)).exists()


def _units(person: Person) -> QuerySet[Unit]:
    return units_of(person, *DUTIES)


def _of_completion() -> QuerySet[Credential]:
    return Credential.objects.filter(completion=OuterRef("pk"))


def _count(rows: QuerySet[CompletionDecision]) -> Subquery:
    return Subquery(rows.values("enrolment__run").annotate(n=Count("pk")).values("n"))


# For whoever verifies -------------------------------------------------------------


def public_keys() -> dict[str, Ed25519PublicKey]:
    """Verification method -> key, of every key that has ever signed here."""
    issuer = issuer_did()
    return {
        f"{issuer}#{text}": multibase.from_multikey(text)
        for text in _multikeys(IssuerKey.objects.order_by("-created_at", "-pk"))
    }


def did_document() -> Document:
    """did.json: the current key first, then the retired ones."""
    return did.did_document(issuer_did(), public_keys().values())


def _multikeys(keys: QuerySet[IssuerKey]) -> Iterable[str]:
    return keys.values_list("multibase", flat=True)


def status_list(number: int) -> StatusList | None:
    return StatusList.objects.filter(pk=number).first()


def encoded_list(address: str) -> str | None:
    """The bits of one of our lists as they are now, or None for an address that is not ours."""
    found = next(
        (each for each in StatusList.objects.all() if list_url(each.pk) == address),
        None,
    )
    if found is None:
        return None
    set_bits = StatusEntry.objects.filter(list=found, set_at__isnull=False)
    return statuslist.encoded(set_bits.values_list("index", flat=True))
