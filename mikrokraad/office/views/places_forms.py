"""The shape of how many places there are, and for whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mikrokraad.core.calendar import start_of

MOST_PLACES = 2000
NUMBER = {
    "required": _("Write a number."),
    "invalid": _("Write a number."),
    "min_value": _("Write a number, 0 or more."),
    "max_value": _("Write a number, 2000 at most."),
}


class Size(forms.Form):
    size = forms.IntegerField(
        label=_("How many places there are"),
        min_value=0,
        max_value=MOST_PLACES,
        error_messages=NUMBER,
    )
    reason = forms.CharField(
        label=_("Why there are fewer than are taken"),
        help_text=_(
            "Only if it is so: nobody loses a place, and it shows as overbooked. The "
            "reason stays in the register."
        ),
        max_length=300,
        required=False,
    )


class Keep(forms.Form):
    """A pool: how many are kept for them, how many may come, until when."""

    reserved = forms.IntegerField(
        label=_("Places kept for them"),
        help_text=_("Others cannot have these, even when they are free."),
        min_value=0,
        max_value=MOST_PLACES,
        error_messages=NUMBER,
    )
    released_on = forms.DateField(
        label=_("Free for everybody from"),
        help_text=_(
            "From the start of this day, what is still free goes to whoever is next on "
            "the waiting list. Leave it empty to keep the places."
        ),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a day.")},
    )
    cap = forms.IntegerField(
        label=_("At most so many of them"),
        help_text=_(
            "Leave it empty for as many as there is room for. Degree students come as "
            "the study system says, also beyond it."
        ),
        min_value=0,
        max_value=MOST_PLACES,
        required=False,
        error_messages=NUMBER,
    )

    @property
    def kept(self) -> dict[str, Any]:
        day = self.cleaned_data["released_on"]
        return {
            "reserved": self.cleaned_data["reserved"],
            "cap": self.cleaned_data["cap"],
            "released_at": start_of(day) if day else None,
        }
