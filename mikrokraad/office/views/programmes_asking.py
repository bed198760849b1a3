"""The fields of a condition of admission in the editor: lists, countries, sources."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrokraad.catalogue import requiring
from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.rules import Education, RequirementKind
from mikrokraad.core.texts import said

KINDS = [
    (RequirementKind.EDUCATION, gettext_lazy("education in a field")),
    (RequirementKind.EXPERIENCE, gettext_lazy("work experience")),
    (RequirementKind.EMPLOYMENT, gettext_lazy("a job")),
    (RequirementKind.LANGUAGE, gettext_lazy("a language")),
    (RequirementKind.PRIOR_PROGRAMME, gettext_lazy("another programme before")),
    (RequirementKind.COURSE, gettext_lazy("a course before")),
    (RequirementKind.CERTIFICATE, gettext_lazy("a certificate")),
    (RequirementKind.CITIZENSHIP, gettext_lazy("citizenship")),
    (RequirementKind.RESIDENCE, gettext_lazy("country of residence")),
    (RequirementKind.DOCUMENT, gettext_lazy("a document")),
    (RequirementKind.FREE_TEXT, gettext_lazy("something else")),
]
LABELS = {
    "least": gettext_lazy("Level of education, at least"),
    "fields": gettext_lazy("In which fields"),
    "sort": gettext_lazy("Which experience counts"),
    "sectors": gettext_lazy("Where somebody has to work"),
    "course_code": gettext_lazy("Code of the course"),
    "issuer": gettext_lazy("Who issues the certificate"),
    "gate": gettext_lazy("What the list of countries means"),
    "countries": gettext_lazy("Countries"),
    "source": gettext_lazy("Source: the law, regulation or decision that asks it"),
    "source_href": gettext_lazy("Address of the source"),
}
HINTS = {
    "countries": gettext_lazy(
        "Two letters each, such as EE LV UA; EU and EEA stand for all of their countries."
    ),
    "fields": gettext_lazy("None chosen: any field will do."),
    "sectors": gettext_lazy("None chosen: they only say whether it is so."),
    "source_href": gettext_lazy("Such as https://www.riigiteataja.ee/akt/…"),
}
QUESTION = {"only_if": gettext_lazy("Ask it only if an earlier question is answered")}
NO_CHOICE = ("", gettext_lazy("Choose"))
CHOICES: dict[str, list[Any]] = {
    "least": [("", gettext_lazy("any level")), *Education.choices],
    "sort": [("", gettext_lazy("of any kind")), *requiring.Experience.choices],
    "gate": [NO_CHOICE, *requiring.Gate.choices],
}
BOXES: dict[str, list[Any]] = {
    "fields": [
        each
        for each in requiring.BroadField.choices
        if each[0] != requiring.OTHER_FIELD
    ],
    "sectors": [
        each for each in requiring.Sector.choices if each[0] != requiring.NOT_EMPLOYED
    ],
}


def answers_to_hang_on(version: ProgrammeVersion) -> list[Any]:
    """Every answer to choose, of every question with choices."""
    found: list[Any] = [("", _("always"))]
    for question in version.questions.order_by("position"):
        found += [
            (f"{question.key}={n}", f"{said(question.text)} – {said(choice)}")
            for n, choice in enumerate(question.choices)
        ]
    return found


class Boxes(forms.CheckboxSelectMultiple):
    """Several choices kept as words with a space between them."""

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: Any,  # noqa: ANN401
        name: str,
    ) -> list[str]:
        given = super().value_from_datadict(data, files, name)
        return requiring.words(given) if isinstance(given, str) else given

    def format_value(self, value: Any) -> Any:  # noqa: ANN401
        return super().format_value(
            requiring.words(value) if isinstance(value, str) else value
        )


class Words(forms.MultipleChoiceField):
    """What is chosen among boxes, as one text."""

    widget = Boxes

    def clean(self, value: Any) -> str:  # noqa: ANN401
        return " ".join(super().clean(value))


def _countries(typed: str) -> None:
    unknown = requiring.unknown_countries(typed)
    if unknown:
        raise ValidationError(
            _(
                "There is no country {words}. Write two letters each, such as EE LV."
            ).format(words=", ".join(unknown))
        )


class Countries(forms.CharField):
    def to_python(self, value: Any) -> str:  # noqa: ANN401
        return " ".join(requiring.words((super().to_python(value) or "").upper()))


def field(name: str) -> forms.Field | None:
    """The field for one of a condition's own values; None of any other."""
    if name in BOXES:
        return Words(label=LABELS[name], choices=BOXES[name], required=False)
    if name in CHOICES:
        return forms.ChoiceField(
            label=LABELS[name], choices=CHOICES[name], required=False
        )
    if name == "countries":
        return Countries(
            label=LABELS[name],
            max_length=400,
            required=False,
            validators=[_countries],
            help_text=HINTS[name],
        )
    if name == "source_href":
        return forms.CharField(
            label=LABELS[name],
            max_length=300,
            required=False,
            help_text=HINTS[name],
            validators=[
                URLValidator(
                    schemes=["https", "http"],
                    message=_("Write a whole address that begins with https://."),
                )
            ],
        )
    if name in LABELS and name != "source":
        return forms.CharField(label=LABELS[name], max_length=100, required=False)
    return None
