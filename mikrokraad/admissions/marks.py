"""What stands in one section of an application, and a short mark of it. Pure.

A page carries the mark of what it showed, so that an older page does not silently write
over newer answers.
"""

import json
from hashlib import sha256
from typing import Any

from mikrokraad.admissions.models import Application
from mikrokraad.core.errors import Refusal


class AnsweredElsewhere(Refusal):
    """Another page has saved this section since this one was opened."""

    code = "answered-elsewhere"


def stands(application: Application, key: str) -> Any:  # noqa: ANN401
    """The answers of a section as they are kept; `key` is that of a `dossier.Part`."""
    section, _colon, requirement = key.partition(":")
    person, answers = application.person, application.answers
    if section == "about":
        born = person.birth_date.isoformat() if person.birth_date else ""
        return [person.given_name, person.family_name, born]
    if section == "education":
        return [application.education, application.education_about]
    if section == "payer":
        return [application.payer_kind, application.payer]
    if section == "requirements":
        return answers.get("requirements", {}).get(requirement, {})
    return answers.get("questions", {})


def mark(application: Application, key: str) -> str:
    text = json.dumps(stands(application, key), sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:12]
