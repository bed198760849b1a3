"""Which invoices are paid, and how well."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

HOW = [
    ("exact", _("exactly, with the reference number")),
    ("less", _("ten euros too little")),
    ("more", _("ten euros too much")),
    ("half", _("half of it")),
    ("wrong", _("with a wrong reference number")),
    ("lost", _("without the reference number")),
]


class Transfers(forms.Form):
    invoices = forms.MultipleChoiceField(
        label=_("Invoices to pay"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one invoice.")},
    )
    how = forms.ChoiceField(
        label=_("How?"), choices=HOW, widget=forms.RadioSelect, initial="exact"
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        invoices: list[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invoices"].choices = invoices  # type: ignore[attr-defined]
