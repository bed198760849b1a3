"""The shape of an answer to a wish for a later run."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrokraad.catalogue.models import PlannedRun, Run
from mikrokraad.core.calendar import day_text
from mikrokraad.core.texts import said

PLANNED = "planned"


class Defer(forms.Form):
    """To which run, and words for the letter."""

    run = forms.ChoiceField(
        label=gettext_lazy("To which run?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a run.")},
    )
    answer = forms.CharField(
        label=gettext_lazy("Words for the letter"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        runs: list[Run],
        plans: list[PlannedRun],
    ) -> None:
        super().__init__(*args)
        self.runs = {str(each.pk): each for each in runs}
        named = [(key, _named(run)) for key, run in self.runs.items()]
        if plans:
            told = ", ".join(said(each.intake.name) for each in plans)
            words = _("One that is being prepared: {intakes}").format(intakes=told)
            named.append((PLANNED, words))
        self.fields["run"].choices = named  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Run | None:
        """The run; None is one that is still planned."""
        return self.runs.get(self.cleaned_data["run"])


def _named(run: Run) -> str:
    return _("{intake}, starts {day}").format(
        intake=said(run.intake.name), day=day_text(run.starts_on)
    )
