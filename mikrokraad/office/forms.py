"""The shape of what staff write. Forms never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


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


class Why(forms.Form):
    """Why something is taken back, in words that the applicant reads."""

    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The applicant reads this in the letter."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why.")},
    )


class Confirmed(forms.Form):
    """A button alone."""
