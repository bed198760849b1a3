"""The shape of what an assessor decides."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mikrokraad.catalogue.models import Course
from mikrokraad.core.texts import said
from mikrokraad.pathways.models import Slot


class AddEquivalence(forms.Form):
    """Which course fills which place, and what that rests on."""

    course = forms.ChoiceField(
        label=_("Course"), error_messages={"required": _("Choose a course.")}
    )
    slot = forms.ChoiceField(
        label=_("Place in the degree"),
        error_messages={"required": _("Choose a place.")},
    )
    rule = forms.CharField(
        label=_("What the decision rests on"),
        help_text=_("Such as the outcomes compared, or the number of a decision."),
        max_length=200,
        error_messages={"required": _("Say what the decision rests on.")},
    )
    valid_from = forms.DateField(
        label=_("Counts from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say from which day it counts.")},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        courses: Iterable[Course],
        slots: Iterable[Slot],
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((str(c.pk), f"{c.code} {said(c.title)}") for c in courses),
        ]
        self.fields["slot"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *(
                (said(module.title), [(str(s.pk), said(s.title)) for s in those])
                for module, those in groupby(slots, lambda slot: slot.module)
            ),
        ]
