"""Shape of what people send: something to verify, and how to share."""

from datetime import date, datetime

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrokraad.core.calendar import end_of
from mikrokraad.credentials.rules import SharedField
from mikrokraad.credentials.verification import MOST_BYTES

BYTES_IN_MEGABYTE = 1 << 20


class Verify(forms.Form):
    """A file, or a number, an address or the text of a digital certificate."""

    file = forms.FileField(
        label=_("The certificate's file"),
        help_text=_("The PDF you were given, or its digital form (JSON)."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.json,.jsonld"}),
    )
    text = forms.CharField(
        label=_("Or its number"),
        help_text=_(
            "Such as 2027-00124. You can also paste the address under the code, or the "
            "whole digital certificate."
        ),
        required=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        file = given.get("file")
        if not file and not str(given.get("text", "")).strip():
            raise forms.ValidationError(
                gettext("Nothing was given. Choose a file or write a number.")
            )
        if file and file.size > MOST_BYTES:
            self.add_error(
                "file",
                gettext("The file is larger than {size} MB; no certificate is.").format(
                    size=MOST_BYTES // BYTES_IN_MEGABYTE
                ),
            )
        return given

    def raw(self) -> bytes:
        """The bytes of the file or of the text."""
        file = self.cleaned_data["file"]
        content: bytes = (
            file.read() if file else self.cleaned_data["text"].strip().encode()
        )
        return content


class Share(forms.Form):
    """What a link shows, and until when."""

    fields_shown = forms.MultipleChoiceField(
        label=_("Beside your name and the programme, show"),
        choices=SharedField.choices,
        required=False,
        initial=[SharedField.OUTCOMES],
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave it empty and the link works until you take it back."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def fields_chosen(self) -> list[SharedField]:
        return [SharedField(each) for each in self.cleaned_data["fields_shown"]]

    def ends_at(self) -> datetime | None:
        """The first moment too late: midnight after the last day, if time has one."""
        last: date | None = self.cleaned_data["until"]
        return end_of(last) if last and last < date.max else None
