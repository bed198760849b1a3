"""The shape of what people tell about themselves, and of signing in."""

from typing import Any

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mikrokraad.people import rules

WRITE_CODE = _("Write the code here.")


def code_field(label: Any, **attributes: str) -> forms.CharField:  # noqa: ANN401
    return forms.CharField(
        label=label,
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                **attributes,
            }
        ),
        error_messages={"required": WRITE_CODE},
    )


class Email(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Write your e-mail address here."),
            "invalid": _("Write an address such as liis@example.org."),
        },
    )


class Code(forms.Form):
    """The code from the letter. Spaces, hyphens and small letters do not matter."""

    code = code_field(_("The code from the letter"))

    def __init__(
        self,
        process: LoginCodeVerificationProcess,
        *args: Any,  # noqa: ANN401
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self._expected = process.code

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        if not compare_user_code(actual=typed, expected=self._expected):
            raise forms.ValidationError(
                _("This is not the code that we sent last. Look at the newest letter.")
            )
        return typed


class NameField(forms.CharField):
    """A name that can be seen: what has no shape is left out, and alone is nothing."""

    def to_python(self, value: Any) -> str:  # noqa: ANN401 -- Django's own signature
        return rules.tidy_name(super().to_python(value) or "")


class Details(forms.Form):
    given_name = NameField(
        label=_("Given name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = NameField(
        label=_("Family name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    birth_date = forms.DateField(
        label=_("Date of birth"),
        help_text=_("It will stand on your certificate."),
        required=False,
        widget=forms.DateInput(
            attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"
        ),
        error_messages={"invalid": _("Write the date as day, month and year.")},
    )
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("For when something changes at the last minute."),
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language of letters"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )


class DetailsWithCode(Details):
    """The birth date follows from the personal code and is not asked."""

    birth_date = None  # type: ignore[assignment]  # how Django leaves a field out


class PersonalCode(forms.Form):
    code = forms.CharField(
        label=_("Personal code"),
        help_text=_("Eleven digits, such as 60001019906."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write your personal code here.")},
    )
