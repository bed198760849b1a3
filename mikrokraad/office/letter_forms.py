"""The form in which staff reword a letter: both languages at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrokraad.core.placeholders import tidy
from mikrokraad.people.letter_texts import Words, problems_in

LONGEST_SUBJECT = 200
LONGEST_BODY = 6000


def _subject(label: Any) -> forms.CharField:  # noqa: ANN401 -- a lazy text
    return forms.CharField(
        label=label,
        max_length=LONGEST_SUBJECT,
        error_messages={"required": gettext_lazy("Write a subject.")},
    )


def _body(label: Any) -> forms.CharField:  # noqa: ANN401 -- a lazy text
    return forms.CharField(
        label=label,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={"required": gettext_lazy("Write the letter.")},
    )


class Reword(forms.Form):
    """`case` is the letter on which the words are tried; `seen` the version changed."""

    et_subject = _subject(gettext_lazy("Subject in Estonian"))
    et_body = _body(gettext_lazy("Letter in Estonian"))
    en_subject = _subject(gettext_lazy("Subject in English"))
    en_body = _body(gettext_lazy("Letter in English"))
    case = forms.ChoiceField(
        label=gettext_lazy("Try it on"),
        help_text=gettext_lazy("Nothing is sent when you try."),
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        template: str,
        cases: list[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        choices = [*cases, ("", _("no case: names stand where facts will"))]
        self.fields["case"].choices = choices  # type: ignore[attr-defined]
        for language in ("et", "en"):
            for part in ("subject", "body"):
                widget = self.fields[f"{language}_{part}"].widget
                widget.attrs["lang"] = language

    def clean(self) -> None:
        if not self.errors:
            for problem in problems_in(self.template, self.words()):
                self.add_error(None, problem)

    def words(self) -> Words:
        return {
            language: {
                "subject": " ".join(self.cleaned_data[f"{language}_subject"].split()),
                "body": tidy(self.cleaned_data[f"{language}_body"]),
            }
            for language in ("et", "en")
        }


def as_fields(words: Words) -> dict[str, str]:
    return {
        f"{language}_{part}": text
        for language, said in words.items()
        for part, text in said.items()
    }
