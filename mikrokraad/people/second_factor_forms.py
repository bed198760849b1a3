"""The shape of second factors: allauth's forms, with our words and more distrust."""

import struct
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from mikrokraad.people.adapter import NOT_RIGHT
from mikrokraad.people.forms import code_field

MALFORMED = (TypeError, ValueError, KeyError, AttributeError, IndexError, struct.error)


class PasskeyAnswer(forms.JSONField):
    """What the browser says about a passkey; anybody may send anything instead."""

    def __init__(
        self, shape: type[AuthenticationResponse] | type[RegistrationResponse]
    ) -> None:
        super().__init__(
            widget=forms.HiddenInput,
            error_messages={"required": NOT_RIGHT, "invalid": NOT_RIGHT},
        )
        self._shape = shape

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- Django's signature
        answer = super().clean(value)
        try:
            self._shape.from_dict(answer)
        except MALFORMED:
            raise forms.ValidationError(NOT_RIGHT) from None
        return answer


class UseSecondFactor(AuthenticateForm):  # type: ignore[misc]
    code = code_field(_("The code from your authenticator app, or a recovery code"))


class UseSecondFactorAgain(ReauthenticateForm):  # type: ignore[misc]
    code = code_field(_("The code from your authenticator app, or a recovery code"))


class NewApp(ActivateTOTPForm):  # type: ignore[misc]
    code = code_field(_("The six digits that the app shows now"), inputmode="numeric")


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """Always a passkey: it can sign in alone, because it asks for a finger or a PIN."""

    credential = PasskeyAnswer(RegistrationResponse)
    name = forms.CharField(
        label=_("A name for it"),
        help_text=_("So that you know it again: “my phone”, “blue key”."),
        max_length=60,
        required=False,
    )
    passwordless = None


class RenamedPasskey(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(
        label=_("A name for it"),
        max_length=60,
        error_messages={"required": _("Write a name here.")},
    )


class PasskeySignIn(LoginWebAuthnForm):  # type: ignore[misc]
    credential = PasskeyAnswer(AuthenticationResponse)


class UsePasskey(AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = PasskeyAnswer(AuthenticationResponse)


class UsePasskeyAgain(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    credential = PasskeyAnswer(AuthenticationResponse)
