"""Applications: whose they are, what is missing, whose move it is, what is due."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mikrokraad.admissions import eligibility
from mikrokraad.admissions.models import (
    ENDED,
    AcceptanceLetter,
    Application,
    Condition,
    Decision,
    EnteredFor,
    Withdrawal,
)
from mikrokraad.admissions.questions import asked as asked_of
from mikrokraad.admissions.rules import LADDER, Mover, State
from mikrokraad.admissions.trying import FILE, YEARS, Tried, asks, tried
from mikrokraad.catalogue.models import Requirement, Run
from mikrokraad.catalogue.rules import RequirementKind
from mikrokraad.core.calendar import end_of
from mikrokraad.fees.models import Agreement
from mikrokraad.fees.rules import PayerKind
from mikrokraad.people.models import Person
from mikrokraad.seats.models import Bundle


@dataclass(frozen=True)
class Move:
    """Whose move it is, by when, and what to do.

    `by` is the last minute that is in time; None if no day is set.
    """

    mover: Mover
    by: datetime | None
    text: str


MOVES: dict[State, str | Promise] = {
    State.DRAFT: _("finish the application and send it"),
    State.FEE_DUE: _("pay the application fee"),
    State.SUBMITTED: _("read the application"),
    State.UNDER_REVIEW: _("decide"),
    State.INFO_REQUESTED: _("answer the question"),
    State.OFFER_STAGED: _("release the decision"),
    State.REJECTION_STAGED: _("release the decision"),
    State.WAITING_STAGED: _("release the decision"),
    State.OFFERED: _("accept the place or turn it down"),
    State.WAITLISTED: _("offer the next place that becomes free"),
    State.ACCEPTED: _("confirm the place"),
    State.CONDITIONS_PENDING: _("meet the conditions of the offer"),
    State.ADMITTED: _("pay the invoice"),
    State.ENROLLED: _("nothing to do: the place is taken for good"),
    State.REJECTED: _("nothing to do: the application has ended"),
    State.DECLINED: _("nothing to do: the application has ended"),
    State.LAPSED: _("nothing to do: the application has ended"),
    State.WITHDRAWN: _("nothing to do: the application has ended"),
    State.WITHDRAWN_BY_SCHOOL: _("nothing to do: the application has ended"),
    State.DEFERRED: _("nothing to do: the application has ended"),
    State.CALLED_OFF: _("nothing to do: the application has ended"),
}


def whose_move(application: Application) -> Move:
    """Who has to act now, by when and what. Needs `run__intake` to be fetched."""
    state = State(application.state)
    means = LADDER.flags[state]
    by = application.move_by
    if state == State.DRAFT:
        by = end_of(application.run.deadline)  # a run's deadline may be moved
    last = None if by is None or means.terminal else by - timedelta(minutes=1)
    return Move(means.mover, last, str(MOVES[state]))


def applications_of(person: Person) -> QuerySet[Application]:
    """This person's own applications, the latest first."""
    return (
        Application.objects.filter(person=person)
        .select_related("person", "run__intake", "run__version__programme")
        .order_by("-started_at", "pk")
    )


def live_application(run: Run, person: Person) -> Application | None:
    live = Application.objects.filter(run=run, person=person)
    return live.exclude(state__in=ENDED).first()


def of_agreement(agreement: Agreement) -> QuerySet[Application]:
    """The application this agreement was made for, whatever became of it."""
    return Application.objects.filter(agreement=agreement)


def withdrawal_of(application: Application) -> Withdrawal | None:
    """Why it was taken back, if its applicant said so."""
    return Withdrawal.objects.filter(application=application).first()


def entered_for(application: Application) -> EnteredFor | None:
    """Who of the staff entered it, if it was not the applicant."""
    entered = EnteredFor.objects.filter(application=application)
    return entered.select_related("by").first()


def acceptance_letter_of(application: Application) -> AcceptanceLetter | None:
    """The letter of somebody who is accepted; it ends with the place."""
    if not LADDER.flags[State(application.state)].holds_seat:
        return None
    return AcceptanceLetter.objects.filter(application=application).first()


def standing_decision(application: Application) -> Decision | None:
    """The last decision that was released, unless it was undone."""
    released = application.decisions.filter(released_at__isnull=False, undone_at=None)
    return released.order_by("-released_at").first()


def conditions_of(application: Application) -> QuerySet[Condition]:
    """What the standing offer asks, in order; nothing if there is no such offer."""
    decision = standing_decision(application)
    asked = Condition.objects.select_related("decision", "met_by")
    return asked.filter(decision=decision).order_by("position")


def conditions_for(person: Person) -> QuerySet[Condition]:
    """Conditions of this person's own offers, once they are released."""
    return Condition.objects.filter(
        decision__application__person=person, decision__released_at__isnull=False
    ).select_related("decision")


def unmet_conditions(application: Application) -> QuerySet[Condition]:
    return conditions_of(application).filter(met_at=None)


def conditional_holds_ending(
    moment: datetime, *, at: datetime
) -> QuerySet[Application]:
    """Conditional places that would be lost between `at` and `moment`."""
    return Application.objects.filter(
        state=State.CONDITIONS_PENDING,
        bundle__claims__held_until__gt=at,
        bundle__claims__held_until__lt=moment,
    ).distinct()


def waiting_for_fee(agreement_id: UUID) -> QuerySet[Application]:
    """Applications that are read once this agreement on their fee is paid."""
    return Application.objects.filter(
        fee_agreement=agreement_id, state=State.FEE_DUE
    ).order_by("pk")


def holder_of(bundle: Bundle) -> Application | None:
    return Application.objects.filter(bundle=bundle).first()


# What is missing ----------------------------------------------------------------


def missing_sections(application: Application) -> list[str]:
    """Keys of the sections that still have to be answered, in their order.

    "about", "education", "requirements:<key>", "questions", "payer".
    """
    version = application.version or application.run.version
    person, files = application.person, files_by_key(application)
    wanted: dict[str, object] = {
        "about": person.given_name and person.family_name and person.birth_date,
        "education": application.education and application.education_about,
    }
    answers = application.answers.get("requirements", {})
    for asked in version.requirements.order_by("position"):
        done = _is_answered(asked, answers.get(asked.key, {}), files[asked.key])
        wanted[f"requirements:{asked.key}"] = done
    questions = list(version.questions.all())
    if questions:
        given = application.answers.get("questions")
        wanted["questions"] = given is not None and all(
            given.get(each.key) for each in asked_of(questions, given) if each.required
        )
    wanted["payer"] = _payer_is_told(application)
    return [key for key, done in wanted.items() if not done]


def _is_answered(asked: Requirement, answer: dict[str, Any], files: int) -> bool:
    is_document = asked.kind == RequirementKind.DOCUMENT
    if (asked.needs_evidence or is_document) and not files:
        return False
    wanted = set(asks(asked_by([asked])[0])) - {YEARS, FILE}
    if asked.kind == RequirementKind.FREE_TEXT:
        wanted = {"about"}
    return all(map(answer.get, wanted))


PAYER_NEEDS = ("name", "registry_code", "email")


def _payer_is_told(application: Application) -> bool:
    """Whoever pays for somebody else is named, for the invoice."""
    if application.payer_kind in ("", PayerKind.SELF):
        return bool(application.payer_kind)
    return all(map(application.payer.get, PAYER_NEEDS))


def files_by_key(application: Application) -> Counter[str]:
    """How many files there are; once sent, how many there were at that moment."""
    kept = application.evidence.filter(removed_at=None)
    if application.submitted_at:
        kept = kept.filter(uploaded_at__lte=application.submitted_at)
    return Counter(kept.values_list("requirement", flat=True))


def asked_by(requirements: Iterable[Requirement]) -> list[eligibility.Asked]:
    """Requirements as eligibility takes them."""
    return [
        eligibility.Asked(row.key, row.kind, row.params, row.needs_evidence)
        for row in requirements
    ]


def tried_for(run: Run, given: Mapping[str, str]) -> Tried:
    """What an address says of somebody who would apply for `run`."""
    return tried(asked_by(run.version.requirements.order_by("position")), given)


def verdict_of(application: Application) -> dict[str, Any]:
    """Evaluate the answers against the version they answer (A4)."""
    version = application.version or application.run.version
    asked = asked_by(version.requirements.order_by("position"))
    given = eligibility.Given(
        application.education,
        application.answers.get("requirements", {}),
        files_by_key(application),
    )
    findings = eligibility.evaluate(version.minimum_education, asked, given)
    return eligibility.as_verdict(findings, version=str(version.pk))


# What is due --------------------------------------------------------------------


def staged_decisions(runs: Iterable[Run]) -> QuerySet[Decision]:
    """Decisions that wait to be released."""
    return Decision.objects.filter(
        application__run__in=runs, released_at=None, dropped_at=None
    ).order_by("application")


def offers_past_deadline(*, at: datetime) -> QuerySet[Application]:
    """The deadline itself is too late: an offer is open strictly before it."""
    return Application.objects.filter(state=State.OFFERED, move_by__lte=at).order_by(
        "move_by", "pk"
    )


def waiting_past_start(*, at: datetime) -> QuerySet[Application]:
    """People who still wait although the studies begin."""
    return Application.objects.filter(state=State.WAITLISTED, move_by__lte=at).order_by(
        "move_by", "pk"
    )


def runs_with_waiting() -> QuerySet[Run]:
    waiting = Application.objects.filter(state=State.WAITLISTED).values("run")
    return Run.objects.filter(pk__in=waiting, cancelled_at=None).order_by("pk")


def moves_due_before(moment: datetime, *, at: datetime) -> QuerySet[Application]:
    """Applicants whose move is due after `at` and before `moment`."""
    applicants = LADDER.where("mover", Mover.APPLICANT)
    return (
        Application.objects.filter(
            state__in=[state for state in applicants if state != State.DRAFT],
            move_by__gt=at,
            move_by__lte=moment,
        )
        .select_related("person", "run__intake", "run__version")
        .order_by("move_by", "pk")
    )
