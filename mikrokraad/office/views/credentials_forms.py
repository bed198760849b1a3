"""Shape of what officers say when a credential is replaced or revoked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mikrokraad.credentials.rules import ReissueReason, RevocationReason


class Reissue(forms.Form):
    """Why a credential is replaced."""

    reason = forms.ChoiceField(
        label=_("Why is it issued anew?"),
        choices=ReissueReason.choices,
        widget=forms.RadioSelect,
    )


class AskRevocation(forms.Form):
    """Why a credential should no longer be in force."""

    reason = forms.ChoiceField(
        label=_("Why should it be revoked?"),
        choices=RevocationReason.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note for the colleague who approves"), required=False, max_length=300
    )
