"""The shape of a story as staff write it, in both languages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mikrokraad.catalogue.models import Story
from mikrokraad.core import clock

LANGUAGES = {"et": _("in Estonian"), "en": _("in English")}
TEXTS = {
    "about": (_("Title"), 120, 1),
    "quote": (_("Quote: one sentence that stays"), 300, 3),
    "body": (_("The story"), 6000, 10),
    "picture_text": (_("What the picture shows, for those who cannot see it"), 200, 2),
}


class WriteStory(forms.Form):
    who = forms.CharField(
        label=_("Who tells it"),
        help_text=_("As they want to be named."),
        max_length=100,
        error_messages={"required": _("Write whose story it is.")},
    )
    programme = forms.ChoiceField(
        label=_("Programme"), error_messages={"required": _("Choose one.")}
    )
    also = forms.MultipleChoiceField(
        label=_("Other programmes they did"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        programmes: list[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = [("", _("Choose one")), *programmes]  # type: ignore[attr-defined]
        self.fields["also"].choices = programmes  # type: ignore[attr-defined]
        for name, (label, most, rows) in TEXTS.items():
            for code, language in LANGUAGES.items():
                self.fields[f"{name}_{code}"] = _words(label, language, most, rows)
        self.fields["picture"] = forms.FileField(
            label=_("Picture"),
            help_text=_(
                "A JPEG, PNG or WebP. Without one, the woven band stands there."
            ),
            required=False,
            max_length=200,
            widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
        )
        self.fields["consent_on"] = forms.DateField(
            label=_("The day on which the person agreed to it being shown"),
            help_text=_("Without it the story cannot be published."),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": _("Write the date as day, month and year.")},
        )

    def clean_consent_on(self) -> Any:  # noqa: ANN401 -- a date or nothing
        day = self.cleaned_data["consent_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def words(self) -> dict[str, Any]:
        """What `actions.write_story` keeps."""
        given = self.cleaned_data
        texts = {
            name: {
                code: given[f"{name}_{code}"]
                for code in LANGUAGES
                if given[f"{name}_{code}"]
            }
            for name in TEXTS
        }
        return {**texts, "who": given["who"], "consent_on": given["consent_on"]}

    def programmes(self) -> list[str]:
        first = self.cleaned_data["programme"]
        return [first, *(one for one in self.cleaned_data["also"] if one != first)]


def _words(label: Any, language: Any, most: int, rows: int) -> forms.CharField:  # noqa: ANN401
    return forms.CharField(
        label=f"{label}, {language}",
        max_length=most,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput(),
    )


def as_written(story: Story) -> dict[str, Any]:
    """What the form begins with."""
    texts = {
        f"{name}_{code}": getattr(story, name).get(code, "")
        for name in TEXTS
        for code in LANGUAGES
    }
    return {
        **texts,
        "who": story.who,
        "programme": str(story.programme_id),
        "also": [str(one.pk) for one in story.also.all()],
        "consent_on": story.consent_on,
    }
