"""The shape of what lecturers and programme managers write about studies."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from mikrokraad.catalogue.rules import Grading
from mikrokraad.studies.models import SectionPlace
from mikrokraad.studies.rules import GRADES


def _choices(grading: str, blank: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 -- text, said later
    return [("", blank), *((str(g), g.label) for g in GRADES[Grading(grading)])]


class Grades(forms.Form):
    """One select for each learner whose result is not confirmed yet."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        places: Iterable[SectionPlace],
        grading: str,
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        for place in places:
            self.fields[f"grade-{place.pk}"] = forms.ChoiceField(
                label=place.enrolment.person.name,
                choices=_choices(grading, "—"),
                initial=place.entered_grade,
                required=False,
            )

    def grades(self) -> dict[UUID, str]:
        """What was chosen, by place."""
        return {
            UUID(name.removeprefix("grade-")): grade
            for name, grade in self.cleaned_data.items()
        }


class Correction(forms.Form):
    """Another grade, and why."""

    grade = forms.ChoiceField(
        label=_("The grade it should be"),
        error_messages={"required": _("Choose the grade it should be.")},
    )
    reason = forms.CharField(
        label=_("Why it is corrected"),
        help_text=_("The learner sees this beside the result."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the result is corrected.")},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        grading: str,
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = _choices(grading, _("Choose"))  # type: ignore[attr-defined]


class Interruption(forms.Form):
    """Why studies end early."""

    reason = forms.CharField(
        label=_("Why the studies end"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the studies end.")},
    )
