"""What visitors are asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AskToBeTold(forms.Form):
    """Where to write. Nobody sees `website`; who fills it in is no person."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_(
            "First comes a letter that asks whether it is you. Every letter can be "
            "stopped with one press."
        ),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the address as name@example.org."),
        },
    )
    website = forms.CharField(label=_("Leave this empty"), required=False)
