"""Everything that changes what is offered. The only place in the room that saves."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from mikrokraad.catalogue import facts
from mikrokraad.catalogue.completeness import Missing, missing_elements
from mikrokraad.catalogue.models import (
    Programme,
    ProgrammeVersion,
    Run,
)
from mikrokraad.catalogue.rules import VERSIONS, VersionState, VersionStep
from mikrokraad.core.errors import Refusal
from mikrokraad.core.texts import Text
from mikrokraad.people.models import Person, RegisterEntry
from mikrokraad.people.register import named, record

SUBMITTED = "catalogue.version.submitted"
APPROVED = "catalogue.version.approved"
PUBLISHED = "catalogue.run.published"
EDITABLE_TEXTS = frozenset(facts.TEXTS)


class SomethingIsMissing(Refusal):
    """Not everything is there that must be; `missing` says what is not."""

    code = "something-is-missing"

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(
            _("This is still missing: {elements}. Add it and try again.").format(
                elements="; ".join(str(one) for one in missing)
            )
        )


class NeedsAnotherPerson(Refusal):
    code = "needs-another-person"


class AlreadyApproved(Refusal):
    code = "already-approved"


class VersionCannotRun(Refusal):
    code = "version-cannot-run"


class DraftIsOpen(Refusal):
    code = "draft-is-open"


class DatesDoNotFit(Refusal):
    code = "dates-do-not-fit"


@transaction.atomic
def create_draft(
    programme: Programme, *, material: bool, by: Person | None, at: datetime
) -> ProgrammeVersion:
    """A new draft with the words of the newest version.

    `material` changes make a new major version, corrected typos a minor one (C1).
    Refuses with `DraftIsOpen` while another draft is being written.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    known = programme.versions.order_by("-major", "-minor")
    if known.filter(state__in=VERSIONS.where("shown", value=False)).exists():
        raise DraftIsOpen(
            _(
                "A draft of this programme is already being written. "
                "Finish that one first."
            )
        )
    newest = known.first()
    if newest is None:
        draft = ProgrammeVersion.objects.create(programme=programme)
    else:
        draft = _copy(newest, material=material)
    record("catalogue.version.drafted", draft, by=by, at=at, number=draft.number)
    return draft


@transaction.atomic
def edit_texts(
    version: ProgrammeVersion,
    texts: Mapping[str, Text],
    *,
    by: Person | None,
    at: datetime,
) -> ProgrammeVersion:
    """Change texts of a draft. Refuses with `AlreadyApproved` in any later state."""
    version = _locked(version)
    if not VERSIONS.flags[VersionState(version.state)].editable:
        raise AlreadyApproved(
            _(
                "This version is no longer a draft, so its words stay as they are. "
                "Begin a new version to change them."
            )
        )
    changed = {
        name: text
        for name, text in texts.items()
        if name in EDITABLE_TEXTS and getattr(version, name) != text
    }
    for name, text in changed.items():
        setattr(version, name, text)
    if changed:
        version.save(update_fields=sorted(changed))
        record(
            "catalogue.version.edited", version, by=by, at=at, changed=sorted(changed)
        )
    return version


@transaction.atomic
def submit_for_review(
    version: ProgrammeVersion, *, by: Person | None, at: datetime
) -> ProgrammeVersion:
    """Ask another person to approve. Refuses with `SomethingIsMissing`."""
    version = _locked(version)
    _require_complete(version)
    _move(version, VersionStep.SUBMIT)
    version.save(update_fields=["state"])
    record(SUBMITTED, version, by=by, at=at)
    return version


@transaction.atomic
def send_back(
    version: ProgrammeVersion, *, reason: str, by: Person | None, at: datetime
) -> ProgrammeVersion:
    """Make it a draft again, and say why."""
    version = _locked(version)
    _move(version, VersionStep.SEND_BACK)
    version.save(update_fields=["state"])
    record("catalogue.version.sent_back", version, by=by, at=at, reason=reason)
    return version


@transaction.atomic
def approve(
    version: ProgrammeVersion, *, by: Person | None, at: datetime
) -> ProgrammeVersion:
    """From now on it never changes (C1).

    Refuses with `NeedsAnotherPerson` when whoever asked for the review approves,
    and with `SomethingIsMissing`.
    """
    version = _locked(version)
    _require_another_person(version, by)
    _require_complete(version)
    _move(version, VersionStep.APPROVE)
    version.approved_at = at
    version.save(update_fields=["state", "approved_at"])
    record(APPROVED, version, by=by, at=at, fingerprint=facts.fingerprint(version))
    return version


@transaction.atomic
def publish_version(
    version: ProgrammeVersion, *, by: Person | None, at: datetime
) -> ProgrammeVersion:
    """Review and approval in one: for what a machine takes over, with `by` None.

    Refuses as the two steps do; a person alone with `NeedsAnotherPerson`.
    """
    submit_for_review(version, by=by, at=at)
    return approve(version, by=by, at=at)


@transaction.atomic
def retire(
    version: ProgrammeVersion, *, by: Person | None, at: datetime
) -> ProgrammeVersion:
    """No new run of it; its page stays, for those who studied under it."""
    version = _locked(version)
    _move(version, VersionStep.RETIRE)
    version.save(update_fields=["state"])
    record("catalogue.version.retired", version, by=by, at=at)
    return version


@transaction.atomic
def publish_run(run: Run, *, by: Person | None, at: datetime) -> Run:
    """Show a run to everybody. Safe twice.

    Refuses with `VersionCannotRun`, `SomethingIsMissing` or `DatesDoNotFit`.
    """
    run = (
        Run.objects.select_for_update(of=("self",))
        .select_related("version__programme__kind", "intake", "contact")
        .get(pk=run.pk)
    )
    if run.published_at is not None:
        return run
    if not VERSIONS.flags[VersionState(run.version.state)].may_run:
        raise VersionCannotRun(
            _("Only an approved version can run. Have it approved first.")
        )
    missing = missing_elements(facts.version_facts(run.version, run))
    if missing:
        raise SomethingIsMissing(missing)
    _require_dates(run)
    run.published_at = at
    run.save(update_fields=["published_at"])
    record(PUBLISHED, run, by=by, at=at, **facts.terms(run))
    return run


@transaction.atomic
def edit_run(
    run: Run,
    *,
    place: Text,
    fee_includes: Text,
    contact: Person,
    own_deadline: date | None,
    by: Person | None,
    at: datetime,
) -> Run:
    """Change what nobody relied on (C4): where, what is included, whom to ask.

    A published run's deadline may only move later.
    """
    run = (
        Run.objects.select_for_update(of=("self",))
        .select_related("intake")
        .get(pk=run.pk)
    )
    before, later = run.deadline, own_deadline or run.intake.default_deadline
    if run.published_at is not None and later < before:
        raise DatesDoNotFit(
            _(
                "People rely on the deadline that was published. "
                "It can be moved later, not earlier."
            )
        )
    run.place, run.fee_includes = place, fee_includes
    run.contact, run.own_deadline = contact, own_deadline
    run.save(update_fields=["place", "fee_includes", "contact", "own_deadline"])
    record(
        "catalogue.run.edited",
        run,
        by=by,
        at=at,
        deadline_before=before.isoformat(),
        deadline=later.isoformat(),
    )
    return run


def _locked(version: ProgrammeVersion) -> ProgrammeVersion:
    return (
        ProgrammeVersion.objects.select_for_update(of=("self",))
        .select_related("programme__kind")
        .get(pk=version.pk)
    )


def _move(version: ProgrammeVersion, step: VersionStep) -> None:
    version.state = VERSIONS.after(VersionState(version.state), step)


def _require_complete(version: ProgrammeVersion) -> None:
    missing = missing_elements(facts.version_facts(version))
    if missing:
        raise SomethingIsMissing(missing)


def _require_another_person(version: ProgrammeVersion, by: Person | None) -> None:
    """Four eyes. A machine (None) may finish only what a machine began."""
    asked = (
        RegisterEntry.objects.filter(verb=SUBMITTED, thing=named(version))
        .order_by("-pk")
        .first()
    )
    if asked is None:
        return
    same = asked.by_id == (by.pk if by else None)
    if same == (by is not None):
        raise NeedsAnotherPerson(
            _(
                "You asked for this review yourself. "
                "Another person has to approve the version."
            )
        )


def _require_dates(run: Run) -> None:
    if run.deadline >= run.ends_on:
        raise DatesDoNotFit(
            _(
                "The last day to apply comes after the end of studies. "
                "Set an earlier deadline."
            )
        )


def _copy(newest: ProgrammeVersion, *, material: bool) -> ProgrammeVersion:
    """The next version, with everything the newest consists of."""
    values = {**_values(newest), "state": VersionState.DRAFT, "approved_at": None}
    values["major"] = newest.major + 1 if material else newest.major
    values["minor"] = 0 if material else newest.minor + 1
    draft = ProgrammeVersion.objects.create(**values)
    for outcome in newest.outcomes.all():
        draft.outcomes.create(**_values(outcome, "version"))
    for requirement in newest.requirements.all():
        draft.requirements.create(**_values(requirement, "version"))
    for question in newest.questions.all():
        draft.questions.create(**_values(question, "version"))
    groups = {
        group.pk: draft.elective_groups.create(**_values(group, "version"))
        for group in newest.elective_groups.all()
    }
    for part in newest.components.all():
        group = groups[part.group_id] if part.group_id else None
        draft.components.create(**_values(part, "version", "group"), group=group)
    return draft


def _values(row: Model, *without: str) -> dict[str, Any]:
    """What stands in a row, but for its own key and the named fields."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in without
    }
