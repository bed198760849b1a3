"""Files that show that a requirement is met: looked into, limited, kept apart."""

from datetime import datetime
from uuid import uuid4

import puremagic
from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions import queries
from mikrokraad.admissions.actions.steps import locked
from mikrokraad.admissions.models import Application, Evidence
from mikrokraad.admissions.rules import FileNotAccepted, State
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.people.models import Person
from mikrokraad.people.register import record

ACCEPTED = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
MEGABYTE = 1_048_576
HEAD_BYTES = 4096


@transaction.atomic
def attach_evidence(
    application: Application,
    requirement_key: str,
    upload: UploadedFile,
    *,
    by: Person,
    at: datetime,
) -> Evidence:
    """Keep a file under a random name. Its type is what it contains.

    Refuses with FileNotAccepted: too big, too many, or neither PDF, JPEG nor PNG.
    """
    application = locked(application)
    _require_applicants_move(application, requirement_key)
    kind = _require_acceptable(application, upload)
    name = (upload.name or _("file"))[:200]
    evidence = Evidence.objects.create(
        application=application,
        requirement=requirement_key,
        file=File(upload, name=f"evidence/{uuid4().hex}{ACCEPTED[kind]}"),
        name=name,
        content_type=kind,
        size=upload.size or 0,
        uploaded_at=at,
    )
    record("application: add file", application, by=by, at=at, key=requirement_key)
    return evidence


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: Person, at: datetime) -> None:
    """Take a file out of a draft. Twice is once; the bytes go by retention."""
    application = locked(evidence.application)
    if application.state != State.DRAFT:
        raise StepNotAllowed(
            _("This application has been sent, so its files stay as they are.")
        )
    if evidence.removed_at is None:
        evidence.removed_at = at
        evidence.save(update_fields=["removed_at"])
        record("application: remove file", application, by=by, at=at)


@transaction.atomic
def replace_evidence(
    evidence: Evidence, upload: UploadedFile, *, by: Person, at: datetime
) -> Evidence:
    """A better file instead of one in a draft; the old one stays in the history.

    Replaced or taken out meanwhile, it is added beside the rest. Refuses as
    `attach_evidence` does, and then the old file stays.
    """
    remove_evidence(evidence, by=by, at=at)
    better = attach_evidence(
        evidence.application, evidence.requirement, upload, by=by, at=at
    )
    record(
        "application: replace file",
        evidence.application,
        by=by,
        at=at,
        old=str(evidence.pk),
        new=str(better.pk),
    )
    return better


def _require_applicants_move(application: Application, key: str) -> None:
    if application.state == State.CONDITIONS_PENDING:
        open_to = {each.key for each in queries.unmet_conditions(application)}
        asked = key in open_to
    else:
        asked = application.state in (State.DRAFT, State.INFO_REQUESTED)
    if not asked:
        raise StepNotAllowed(
            _("Files can be added before you send the application, or when we ask.")
        )


def _require_acceptable(application: Application, upload: UploadedFile) -> str:
    if (upload.size or 0) > settings.EVIDENCE_MAX_BYTES:
        raise FileNotAccepted(
            _(
                "This file is larger than {size} MB. Make it smaller, for example by "
                "saving the pictures in it with fewer details, and add it again."
            ).format(size=settings.EVIDENCE_MAX_BYTES // MEGABYTE)
        )
    if (
        application.evidence.filter(removed_at=None).count()
        >= settings.EVIDENCE_MAX_FILES
    ):
        raise FileNotAccepted(
            _(
                "There are {count} files already, which is the most. "
                "Take one out first, or put several pages into one PDF."
            ).format(count=settings.EVIDENCE_MAX_FILES)
        )
    kind = content_type_of(upload)
    if kind not in ACCEPTED:
        raise FileNotAccepted(
            _(
                "This file is not a PDF, JPEG or PNG, whatever its name says. "
                "Save it as a PDF and add it again."
            )
        )
    return kind


def content_type_of(upload: UploadedFile) -> str:
    """The type by content; empty when it is not known."""
    upload.seek(0)
    head = upload.read(HEAD_BYTES)
    upload.seek(0)
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    return str(matches[0].mime_type) if matches else ""
