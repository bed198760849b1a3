"""Forms of the demonstration's pages."""

from datetime import date, datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from mikrokraad.core.calendar import start_of


class DayForm(forms.Form):
    """The day to move the clock to."""

    day = forms.DateField(
        label=_("Move the clock to the morning of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )

    def moment(self) -> datetime:
        """Nine in the morning of that day, where the institution is."""
        day: date = self.cleaned_data["day"]
        return start_of(day) + timedelta(hours=9)
