"""The shape of what staff write. Forms never save."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrokraad.admissions.rules import Asks
from mikrokraad.catalogue.models import Run
from mikrokraad.core.calendar import day_text
from mikrokraad.core.texts import said
from mikrokraad.people.models import Person


class Ask(forms.Form):
    text = forms.CharField(
        label=_("Your question"),
        help_text=_("The applicant gets it by e-mail and answers on their page."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the question.")},
    )


class AnswerEnquiry(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write the answer.")},
    )


class Reasons(forms.Form):
    """Why: at least one reason from the list, and words of one's own if needed."""

    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one reason.")},
    )
    note = forms.CharField(
        label=_("In your own words"),
        help_text=_("The applicant reads this in the letter."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        choices: list[tuple[str, Any]],
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = choices  # type: ignore[attr-defined]


MOST_CONDITIONS = 3


class Offer(Reasons):
    """An offer: its reasons, and what has to be so by a day before the place is sure."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_CONDITIONS + 1):
            for code, name in settings.LANGUAGES:
                self.fields[f"condition_{n}_{code}"] = forms.CharField(
                    label=_("What, in {language}").format(language=gettext(str(name))),
                    max_length=500,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
                )
            self.fields[f"condition_{n}_due"] = forms.DateField(
                label=_("By which day"),
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                error_messages={"invalid": _("Write the date as day, month and year.")},
            )
            self.fields[f"condition_{n}_file"] = forms.BooleanField(
                label=_("It is shown with a file"), required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for n in range(1, MOST_CONDITIONS + 1):
            names = [*self._texts(n), f"condition_{n}_due"]
            if any(given.get(name) for name in names):
                for name in names:
                    if not given.get(name) and name not in self.errors:
                        self.add_error(name, _("Say this of the condition too."))
        return given

    def _texts(self, n: int) -> list[str]:
        return [f"condition_{n}_{code}" for code, _name in settings.LANGUAGES]

    def own_fields(self) -> list[forms.BoundField]:
        return [self["reasons"], self["note"]]

    def condition_fields(self) -> list[list[forms.BoundField]]:
        """The fields of each condition, for the template."""
        return [
            [self[name] for name in [*self._texts(n), *_of(n)]]
            for n in range(1, MOST_CONDITIONS + 1)
        ]

    @property
    def decided(self) -> dict[str, Any]:
        """What `actions.stage_offer` takes."""
        given = self.cleaned_data
        return {
            "reasons": given["reasons"],
            "note": given["note"],
            "conditions": [
                Asks(
                    {
                        code: given[f"condition_{n}_{code}"]
                        for code, _name in settings.LANGUAGES
                    },
                    given[f"condition_{n}_due"],
                    given[f"condition_{n}_file"],
                )
                for n in range(1, MOST_CONDITIONS + 1)
                if given[f"condition_{n}_due"]
            ],
        }


def _of(n: int) -> list[str]:
    return [f"condition_{n}_due", f"condition_{n}_file"]


class Why(forms.Form):
    """Why something is taken back, in words that the applicant reads."""

    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The applicant reads this in the letter."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why.")},
    )


class CallOff(Why):
    """Why a run does not take place, and which runs are offered instead."""

    alternatives = forms.MultipleChoiceField(
        label=_("Offer places in these runs instead"),
        help_text=_("The earliest start with a free place is held for each applicant."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        runs: list[Run],
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.runs = {str(run.pk): run for run in runs}
        self.fields["alternatives"].choices = [  # type: ignore[attr-defined]
            (key, f"{said(run.version.title)}, {day_text(run.starts_on)}")
            for key, run in self.runs.items()
        ]

    @property
    def decided(self) -> dict[str, Any]:
        chosen = self.cleaned_data["alternatives"]
        return {
            "reason": self.cleaned_data["reason"],
            "alternatives": [self.runs[key] for key in chosen],
        }


class Note(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        help_text=_("Only staff see it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the note.")},
    )


class Assign(forms.Form):
    """Who sees to these applications."""

    to = forms.ChoiceField(label=_("To whom"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        people: list[Person],
        me: Person,
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        self.fields["to"].initial = str(me.pk)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", _("nobody")),
            *((key, each.name) for key, each in self.people.items()),
        ]

    @property
    def person(self) -> Person | None:
        return self.people.get(self.cleaned_data["to"])


class Confirmed(forms.Form):
    """A button alone."""
