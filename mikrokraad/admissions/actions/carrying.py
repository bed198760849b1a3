"""Answers and files that go with somebody from one application to another."""

from typing import Any
from uuid import uuid4

from mikrokraad.admissions.models import Application

COPIED = ("education", "education_about", "answers", "payer_kind", "payer")


def answers_of(application: Application) -> dict[str, Any]:
    return {name: getattr(application, name) for name in COPIED}


def copy_files(application: Application, to: Application) -> None:
    for file in application.evidence.filter(removed_at=None):
        file.pk, file.application = uuid4(), to
        file.save(force_insert=True)
