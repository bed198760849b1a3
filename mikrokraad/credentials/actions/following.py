"""What follows from studies: a document is earned, or an issued one has to be looked at."""

from datetime import datetime

from django.db import transaction

from mikrokraad.credentials import queries
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.rules import REVIEW
from mikrokraad.people.letters import write_letter
from mikrokraad.people.register import record
from mikrokraad.studies.events import CompletionDecided, ResultCorrected
from mikrokraad.studies.models import CompletionDecision
from mikrokraad.studies.rules import Earned


@transaction.atomic
def tell_what_was_earned(event: CompletionDecided) -> None:
    """Tell a learner what they have earned and what comes next. Twice is one letter.

    The document itself is issued by an officer, who sees it waiting on the desk.
    """
    completion = CompletionDecision.objects.select_related(
        "enrolment__person", "enrolment__run__version", "enrolment__run__contact"
    ).get(pk=event.completion_id)
    if completion.earned == Earned.NOTHING or completion.credentials.exists():
        return
    run, person = completion.enrolment.run, completion.enrolment.person
    write_letter(
        "credentials/letters/earned.md",
        person,
        about=completion.enrolment,
        key=f"earned:{completion.pk}",
        at=event.at,
        completion=completion,
        whole=completion.earned == Earned.CERTIFICATE,
        known=person.identity_confirmed_at is not None,
        title=run.version.title,
        run=run,
    )


@transaction.atomic
def open_review(event: ResultCorrected) -> None:
    """A correction touches an issued document: officers see it, the learner is told (R2)."""
    for credential in queries.to_review(Credential.objects.all()).filter(
        completion__enrolment=event.enrolment_id
    ):
        _review(credential, event.at)


def _review(credential: Credential, at: datetime) -> None:
    record(REVIEW, credential, by=None, at=at, number=credential.number)
    write_letter(
        "credentials/letters/under_review.md",
        credential.person,
        about=credential,
        key=f"credential-review:{credential.pk}:{at.isoformat()}",
        at=at,
        credential=credential,
        facts=queries.facts_of(credential),
    )
