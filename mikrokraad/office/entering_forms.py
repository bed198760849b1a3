"""The shape of an application that staff enter for somebody: what is known of it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mikrokraad.admissions import asking, queries, trying
from mikrokraad.admissions.actions import Told
from mikrokraad.admissions.rules import Entered
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import Education
from mikrokraad.core.texts import said
from mikrokraad.people.forms import NameField

QUESTION = "question-"


class EnterFor(forms.Form):
    """What is not known stays empty: the person adds it before sending."""

    email = forms.EmailField(
        label=_("E-mail address of the applicant"),
        help_text=_("The letter with the link goes there."),
        max_length=254,
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("Write an address such as liis@example.org."),
        },
    )
    how = forms.ChoiceField(
        label=_("How did it come?"),
        choices=Entered.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=settings.LANGUAGES
    )
    given_name = NameField(
        label=_("Given name"),
        max_length=100,
        error_messages={"required": _("Write the given name.")},
    )
    family_name = NameField(
        label=_("Family name"),
        max_length=100,
        error_messages={"required": _("Write the family name.")},
    )
    birth_date = forms.DateField(
        label=_("Date of birth"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as day, month and year.")},
    )
    education = forms.ChoiceField(
        label=_("Highest completed education"),
        choices=[("", _("not said")), *Education.choices],
        required=False,
    )
    education_about = forms.CharField(
        label=_("Where, what and when?"), max_length=300, required=False
    )

    def __init__(self, run: Run, data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        self.run = run
        for row in run.version.requirements.order_by("position"):
            for asked in queries.asked_by([row]):
                self._add(row.text, asked)
        for question in run.version.questions.order_by("position"):
            self.fields[f"{QUESTION}{question.key}"] = (
                forms.ChoiceField(
                    choices=[
                        ("", _("not said")),
                        *((str(n), said(t)) for n, t in enumerate(question.choices)),
                    ],
                    label=said(question.text),
                    required=False,
                )
                if question.choices
                else forms.CharField(
                    label=said(question.text),
                    max_length=4000,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )
            )

    def _add(self, text: dict[str, str], asked: Any) -> None:  # noqa: ANN401
        """A field for each thing that a condition asks and can be said in a word."""
        for what in trying.asks(asked):
            if what not in asking.ASKED:
                continue
            field = asking.ASKED[what](asked)
            field.required = False
            field.help_text = said(text)
            self.fields[trying.named(asked.key, what)] = field

    @property
    def told(self) -> Told:
        return Told(**{name: self.cleaned_data[name] for name in TOLD})

    @property
    def tried(self) -> trying.Tried:
        return queries.tried_for(self.run, {k: str(v) for k, v in self.data.items()})

    @property
    def questions(self) -> dict[str, str]:
        return {
            name.removeprefix(QUESTION): value
            for name, value in self.cleaned_data.items()
            if name.startswith(QUESTION) and value
        }


TOLD = tuple(Told.__annotations__)
