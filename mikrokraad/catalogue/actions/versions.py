"""The way of a version: begun, reviewed, approved by somebody else, retired."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mikrokraad.catalogue import facts
from mikrokraad.catalogue.actions import reviews
from mikrokraad.catalogue.actions.locking import locked
from mikrokraad.catalogue.actions.refusals import (
    DraftIsOpen,
    SomethingIsMissing,
)
from mikrokraad.catalogue.completeness import missing_elements
from mikrokraad.catalogue.models import Kind, Programme, ProgrammeVersion
from mikrokraad.catalogue.rules import VERSIONS, VersionState, VersionStep
from mikrokraad.core.errors import NeedsAnotherPerson
from mikrokraad.core.texts import Text, said
from mikrokraad.people.models import Person, RegisterEntry, Unit
from mikrokraad.people.register import named, record

SUBMITTED = "catalogue.version.submitted"
APPROVED = "catalogue.version.approved"
LONGEST_SLUG = 100


@transaction.atomic
def create_programme(
    title: Text, *, kind: Kind, unit: Unit, by: Person, at: datetime
) -> ProgrammeVersion:
    """A new programme with an empty first draft, version 1.0.

    Asked for twice, it is the same one, until somebody has begun to write it.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    same = ProgrammeVersion.objects.filter(
        programme__unit=unit,
        programme__kind=kind,
        state=VersionState.DRAFT,
        title=title,
        writing=None,
        ects=0,
    )
    if begun := same.select_related("programme").first():
        return begun
    programme = Programme.objects.create(
        slug=_free_slug(title), kind=kind, unit=unit, created_at=at
    )
    draft = ProgrammeVersion.objects.create(programme=programme, title=title)
    record("catalogue.programme.created", programme, by=by, at=at)
    record("catalogue.version.drafted", draft, by=by, at=at, number=draft.number)
    return draft


def _free_slug(title: Text) -> str:
    slug = slugify(said(title, "en"))[:LONGEST_SLUG] or "programme"
    taken = set(
        Programme.objects.filter(slug__startswith=slug).values_list("slug", flat=True)
    )
    if slug not in taken:
        return slug
    return next(new for n in range(2, 9999) if (new := f"{slug}-{n}") not in taken)


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
def submit_for_review(
    version: ProgrammeVersion,
    *,
    by: Person | None,
    at: datetime,
    reviewer: Person | None = None,
) -> ProgrammeVersion:
    """Ask another person to approve. Refuses with `SomethingIsMissing`.

    A named `reviewer` gets a letter; without one, whoever has the duty finds it.
    """
    version = locked(version)
    _require_complete(version)
    _move(version, VersionStep.SUBMIT)
    version.save(update_fields=["state"])
    record(SUBMITTED, version, by=by, at=at)
    reviews.begin(version, reviewer=reviewer, by=by, at=at)
    return version


@transaction.atomic
def send_back(
    version: ProgrammeVersion, *, reason: str, by: Person | None, at: datetime
) -> ProgrammeVersion:
    """Make it a draft again, and tell whoever asked why."""
    version = locked(version)
    _move(version, VersionStep.SEND_BACK)
    version.save(update_fields=["state"])
    record("catalogue.version.sent_back", version, by=by, at=at, reason=reason)
    reviews.end(version, letter="sent_back", reason=reason, by=by, at=at)
    return version


@transaction.atomic
def approve(
    version: ProgrammeVersion, *, by: Person | None, at: datetime
) -> ProgrammeVersion:
    """From now on it never changes (C1).

    Refuses with `NeedsAnotherPerson` when whoever asked for the review approves,
    with `SomethingIsMissing`, and with `CommentsAreOpen`.
    """
    version = locked(version)
    _require_another_person(version, by)
    _require_complete(version)
    reviews.require_resolved(version)
    _move(version, VersionStep.APPROVE)
    version.approved_at = at
    version.save(update_fields=["state", "approved_at"])
    record(APPROVED, version, by=by, at=at, fingerprint=facts.fingerprint(version))
    reviews.end(version, letter="approved", by=by, at=at)
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
    version = locked(version)
    _move(version, VersionStep.RETIRE)
    version.save(update_fields=["state"])
    record("catalogue.version.retired", version, by=by, at=at)
    return version


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
