"""A version to read: every section in both languages, with what was said about it."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mikrokraad.catalogue import drafting
from mikrokraad.catalogue.models import ProgrammeVersion, ReviewComment
from mikrokraad.catalogue.rules import Education, Section
from mikrokraad.core.texts import said
from mikrokraad.office.views.programmes_forms import LABELS, group_name

TEXTS = {
    Section.BASICS: ("title", "lead", "content", "for_whom"),
    Section.STANDARDS: (
        "participation",
        "assessment_type",
        "quality_assurance",
        "supervision",
    ),
}


@dataclass(frozen=True)
class Line:
    """Something to read: a label, and a text in each language or one value."""

    label: Any
    et: str = ""
    en: str = ""
    value: str = ""


@dataclass(frozen=True)
class Reading:
    """One section to read, with its comments."""

    section: Section
    lines: list[Line]
    comments: list[ReviewComment] = field(default_factory=list)


def place(version: ProgrammeVersion, section: str) -> str:
    page = reverse("office:programmes_review", args=[version.pk])
    return f"{page}#{section}"


def sections(version: ProgrammeVersion, comments: list[ReviewComment]) -> list[Reading]:
    lines = {
        Section.BASICS: [*_texts(version, Section.BASICS), *_measures(version)],
        Section.OUTCOMES: _outcomes(version),
        Section.COURSES: _courses(version),
        Section.ADMISSION: _admission(version),
        Section.STANDARDS: [
            Line(LABELS["eqf_level"], value=str(version.eqf_level or "")),
            *_texts(version, Section.STANDARDS),
        ],
        Section.RUN: [],
    }
    return [
        Reading(
            section, found, [one for one in comments if one.section == section.value]
        )
        for section, found in lines.items()
    ]


def _line(label: Any, text: dict[str, str]) -> Line:  # noqa: ANN401 -- a lazy text
    return Line(label, *((text or {}).get(code, "") for code in drafting.LANGUAGES))


def _texts(version: ProgrammeVersion, section: Section) -> list[Line]:
    return [_line(LABELS[name], getattr(version, name)) for name in TEXTS[section]]


def _measures(version: ProgrammeVersion) -> list[Line]:
    field = version.field
    named = f"{field.pk} {said(field.name)}" if field else ""
    return [
        Line(LABELS["ects"], value=str(version.ects or "")),
        Line(LABELS["field_id"], value=named),
    ]


def _outcomes(version: ProgrammeVersion) -> list[Line]:
    found = []
    for number, row in enumerate(version.outcomes.all(), start=1):
        label = _("Outcome {n}").format(n=number)
        found += [
            _line(label, row.text),
            _line(LABELS["assessment"], row.assessment),
            _line(LABELS["criterion"], row.criterion),
        ]
    return found


def _courses(version: ProgrammeVersion) -> list[Line]:
    return [
        Line(
            part.course.code,
            value=_("{title}, {ects} ECTS, {how}").format(
                title=said(part.course.title),
                ects=part.course.ects,
                how=group_name(part.group) if part.group else _("required"),
            ),
        )
        for part in version.components.all()
    ]


def _admission(version: ProgrammeVersion) -> list[Line]:
    education = str(Education(version.minimum_education).label)
    return [
        Line(LABELS["minimum_education"], value=education),
        *(_line(_("Condition"), row.text) for row in version.requirements.all()),
        *(_line(_("Question"), row.text) for row in version.questions.all()),
    ]
