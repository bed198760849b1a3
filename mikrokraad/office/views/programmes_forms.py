"""The shape of what programme managers write."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrokraad.admissions.eligibility import LEVELS
from mikrokraad.catalogue import drafting
from mikrokraad.catalogue.completeness import EQF_LEVELS
from mikrokraad.catalogue.desk import writing
from mikrokraad.catalogue.drafting import YES, As, Cell, Rows
from mikrokraad.catalogue.models import Intake, Kind, ProgrammeVersion
from mikrokraad.catalogue.rules import Education, Section
from mikrokraad.core.texts import said
from mikrokraad.office.views import programmes_asking
from mikrokraad.people.models import Person, Unit

MOST_LETTERS, MOST_ECTS, MOST_YEARS = 8000, 60, 50
LONG = {"content": 9, "lead": 3, "for_whom": 4, "choices": 4}
ONE_LINE = {"title"}
IN_LANGUAGE = {"et": gettext_lazy("In Estonian"), "en": gettext_lazy("In English")}
LANGUAGES_ASKED = [
    ("", gettext_lazy("Choose")),
    ("et", gettext_lazy("Estonian")),
    ("en", gettext_lazy("English")),
    ("ru", gettext_lazy("Russian")),
]
LABELS = {
    "title": gettext_lazy("Title"),
    "lead": gettext_lazy("Introduction"),
    "content": gettext_lazy("What it is about"),
    "for_whom": gettext_lazy("For whom"),
    "ects": gettext_lazy("Volume (ECTS)"),
    "field_id": gettext_lazy("Field of study (ISCED-F)"),
    "minimum_education": gettext_lazy("Least education"),
    "eqf_level": gettext_lazy("Level (EQF)"),
    "participation": gettext_lazy("Form of participation"),
    "assessment_type": gettext_lazy("Type of assessment"),
    "quality_assurance": gettext_lazy("Type of quality assurance"),
    "supervision": gettext_lazy("Supervision while assessing"),
    "text": gettext_lazy("In words"),
    "outcome": gettext_lazy("What somebody can do"),
    "assessment": gettext_lazy("How it is assessed"),
    "criterion": gettext_lazy("Criterion: good enough when"),
    "min_ects": gettext_lazy("Least to choose (ECTS)"),
    "group_id": gettext_lazy("Required, or to choose"),
    "needs_evidence": gettext_lazy("A file has to show it"),
    "required": gettext_lazy("It has to be answered"),
    "choices": gettext_lazy("Answers to choose from"),
    "years": gettext_lazy("For how many years, at least"),
    "language": gettext_lazy("Language"),
    "level": gettext_lazy("Level, at least"),
    "register_code": gettext_lazy("Register code of the programme to be completed"),
    **programmes_asking.LABELS,
    **programmes_asking.QUESTION,
}
HINTS = {
    "lead": gettext_lazy("Two or three sentences; search shows them, too."),
    "choices": gettext_lazy(
        "One a line, in the same order in both languages. Leave it empty for an answer in their own words."
    ),
    "participation": gettext_lazy("Such as: block mode on site in Tartu."),
    "assessment_type": gettext_lazy("Such as: assignments and an exam."),
    "supervision": gettext_lazy("May stay empty."),
    **programmes_asking.HINTS,
}


class SectionForm(forms.Form):
    """One section of a draft: a field for every value there is in it."""

    use_required_attribute = False

    def __init__(
        self,
        version: ProgrammeVersion,
        section: Section,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.version, self.section = version, section
        super().__init__(data, initial=drafting.flat(version, section))
        for cell in drafting.CELLS.get(section, ()):
            self._add("", cell)
        for rows in drafting.ROWS.get(section, ()):
            for row in drafting.rows_in(version, rows):
                for cell in drafting.cells_of(rows, row):
                    self._add(f"{drafting.named(rows, row)}-", cell)

    def _add(self, prefix: str, cell: Cell) -> None:
        for name in cell.names:
            self.fields[f"{prefix}{name}"] = self._field(cell, name)

    def _field(self, cell: Cell, name: str) -> forms.Field:
        if cell.form in (As.TEXT, As.LINES):
            language = name.removeprefix(f"{cell.name}_")
            return _text(cell.name, language)
        if cell.form == As.FLAG:
            return forms.BooleanField(label=LABELS[cell.name], required=False)
        if cell.form in (As.NUMBER, As.PARAM_NUMBER):
            most = {"eqf_level": max(EQF_LEVELS), "years": MOST_YEARS}
            return _number(cell.name, most.get(cell.name, MOST_ECTS))
        return _word(cell.name, self.version)

    @property
    def given(self) -> dict[str, str]:
        """What was filled in rightly, as texts; also of rows that are gone meanwhile."""
        self.is_valid()
        gone = {
            name: str(value)
            for name, value in self.data.items()
            if name not in self.fields and drafting.is_of_a_row(name)
        }
        return gone | {name: _flat(value) for name, value in self.cleaned_data.items()}

    def pairs(self) -> list["Pair"]:
        """The section's own values, each in its languages."""
        return [self._pair("", cell) for cell in drafting.CELLS.get(self.section, ())]

    def rows(self, rows: Rows) -> Iterator["RowFields"]:
        for number, row in enumerate(drafting.rows_in(self.version, rows), start=1):
            name = drafting.named(rows, row)
            pairs = [
                self._pair(f"{name}-", cell) for cell in drafting.cells_of(rows, row)
            ]
            yield RowFields(name, number, row, pairs)

    def _pair(self, prefix: str, cell: Cell) -> "Pair":
        fields = [self[f"{prefix}{name}"] for name in cell.names]
        label = LABELS[cell.name]
        if self.section == Section.OUTCOMES and cell.name == "text":
            label = LABELS["outcome"]
        return Pair(cell.name, label, HINTS.get(cell.name, ""), fields)


@dataclass(frozen=True)
class Pair:
    """One thing to fill in: its field, or a field for each language."""

    name: str
    label: Any
    hint: Any
    fields: list[forms.BoundField]


@dataclass(frozen=True)
class RowFields:
    """A record with its fields, its number in the list, and its name in buttons."""

    name: str
    number: int
    row: Any
    pairs: list[Pair]


def _flat(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else ""
    return "" if value is None else str(value).replace("\r\n", "\n")


def _text(name: str, language: str) -> forms.Field:
    rows = LONG.get(name, 2)
    attrs: dict[str, Any] = {"lang": language}
    widget: forms.Widget = forms.Textarea(attrs={**attrs, "rows": rows})
    if name in ONE_LINE:
        widget = forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=IN_LANGUAGE.get(language, language),
        max_length=MOST_LETTERS,
        required=False,
        widget=widget,
    )


def _number(name: str, most: int) -> forms.Field:
    return forms.IntegerField(
        label=LABELS[name],
        required=False,
        min_value=0,
        max_value=most,
        error_messages={"invalid": _("Write a whole number, such as 12.")},
    )


def _word(name: str, version: ProgrammeVersion) -> forms.Field:
    own = programmes_asking.field(name)
    if own is not None:
        return own
    if name == "register_code":
        return forms.CharField(label=LABELS[name], max_length=12, required=False)
    choices: Any = _CHOICES[name](version)
    return forms.ChoiceField(label=LABELS[name], choices=choices, required=False)


def _fields_of_study(_version: ProgrammeVersion) -> list[Any]:
    known = list(writing.fields())
    grouped = groupby(known, lambda field: said(field.broad_name))
    return [
        ("", _("Choose")),
        *(
            (name, [(f.pk, f"{f.pk} {said(f.name)}") for f in of])
            for name, of in grouped
        ),
    ]


def _groups(version: ProgrammeVersion) -> list[Any]:
    groups = drafting.rows_in(version, drafting.GROUPS)
    return [
        ("", _("required")),
        *((str(group.pk), group_name(group)) for group in groups),
    ]


def group_name(group: Any) -> str:  # noqa: ANN401 -- an elective group
    name = _("to choose, group {key}").format(key=group.key)
    return f"{name}: {said(group.title)}" if said(group.title) else name


_CHOICES: dict[str, Any] = {
    "field_id": _fields_of_study,
    "group_id": _groups,
    "only_if": programmes_asking.answers_to_hang_on,
    "minimum_education": lambda _version: Education.choices,
    "language": lambda _version: LANGUAGES_ASKED,
    "level": lambda _version: [
        ("", _("Choose a level")),
        *((level, level) for level in LEVELS if level != "native"),
    ],
}
REQUIREMENTS = programmes_asking.KINDS


# Other forms of the desk ---------------------------------------------------------------


class NewProgramme(forms.Form):
    """What kind it is, whose, and what it is called in both languages."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        error_messages={"required": gettext_lazy("Choose a kind.")},
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Unit"),
        error_messages={"required": gettext_lazy("Choose a unit.")},
    )
    et = forms.CharField(
        label=gettext_lazy("Title in Estonian"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the title in Estonian.")},
    )
    en = forms.CharField(
        label=gettext_lazy("Title in English"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the title in English.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        kinds: list[Kind],
        units: list[Unit],
    ) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [(k.code, kind_text(k)) for k in kinds]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [(u.code, said(u.name)) for u in units]  # type: ignore[attr-defined]


def kind_text(kind: Kind) -> str:
    return _("{name}, {least}–{most} ECTS").format(
        name=said(kind.name), least=kind.min_ects, most=kind.max_ects
    )


class NewVersion(forms.Form):
    """Whether it is about a typo or about what people get."""

    change = forms.ChoiceField(
        label=gettext_lazy("What changes?"),
        widget=forms.RadioSelect,
        choices=[
            (
                "minor",
                gettext_lazy(
                    "A typo or clearer words: people get what they got before."
                ),
            ),
            (
                "major",
                gettext_lazy(
                    "Something that counts: outcomes, courses, volume or conditions."
                ),
            ),
        ],
        error_messages={"required": gettext_lazy("Say what changes.")},
    )


class Comment(forms.Form):
    section = forms.ChoiceField(label=gettext_lazy("About"), choices=Section.choices)
    text = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write the comment.")},
    )


class Reviewer(forms.Form):
    """Who should look at it."""

    reviewer = forms.ChoiceField(
        label=gettext_lazy("Who should read it?"), required=False
    )

    def __init__(self, data: Mapping[str, Any] | None, *, people: list[Person]) -> None:
        super().__init__(data)
        self.fields["reviewer"].choices = [  # type: ignore[attr-defined]
            ("", _("Whoever of the unit has time")),
            *((str(one.pk), one.name) for one in people),
        ]


class SendBack(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What should change?"),
        help_text=gettext_lazy("It goes by e-mail to whoever asked for the review."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say what should change.")},
    )


class NewRun(forms.Form):
    intake = forms.ChoiceField(
        label=gettext_lazy("Semester"),
        error_messages={"required": gettext_lazy("Choose a semester.")},
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, intakes: list[Intake]
    ) -> None:
        super().__init__(data)
        self.fields["intake"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((str(one.pk), said(one.name)) for one in intakes),
        ]


class RegisterFile(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The register's file (JSON)"),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit of new programmes"))

    def __init__(self, *args: Any, units: list[Unit]) -> None:  # noqa: ANN401
        super().__init__(*args)
        self.fields["unit"].choices = [(u.code, said(u.name)) for u in units]  # type: ignore[attr-defined]
