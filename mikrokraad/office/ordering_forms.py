"""The shape of what staff write about the order of applications. Forms never save."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrokraad.admissions.models import Criterion, Outcome
from mikrokraad.core.texts import said

MOST_CRITERIA = 6
MOST_WEIGHT = 100
MOST_POINTS = 100
MOST_PLACES = 10_000


class InOrder(forms.Form):
    """How many offers, and what becomes of the rest."""

    offers = forms.IntegerField(
        label=_("Offers"),
        help_text=_("Offers that are out already count in."),
        min_value=0,
        max_value=MOST_PLACES,
        error_messages={"required": _("Write how many offers there are.")},
    )
    rest = forms.ChoiceField(
        label=_("All others"),
        choices=[
            (Outcome.WAITING.value, _("To the waiting list, in this order")),
            (Outcome.REJECTION.value, _("Rejection")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of the others.")},
    )

    @property
    def decided(self) -> dict[str, Any]:
        return {
            "offers": self.cleaned_data["offers"],
            "rest": Outcome(self.cleaned_data["rest"]),
        }


class Criteria(forms.Form):
    """Up to six criteria: words in each language, weight and the most points."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        criteria: Sequence[Criterion],
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        for n in range(MOST_CRITERIA):
            known = criteria[n] if n < len(criteria) else None
            for code, name in settings.LANGUAGES:
                self.fields[f"text_{n}_{code}"] = forms.CharField(
                    label=_("Criterion {number}, in {language}").format(
                        number=n + 1, language=gettext(str(name))
                    ),
                    max_length=300,
                    required=False,
                    initial=known.text.get(code, "") if known else "",
                    widget=forms.TextInput(attrs={"lang": code}),
                )
            self.fields[f"weight_{n}"] = _number(
                _("Weight"), MOST_WEIGHT, known.weight if known else 1
            )
            self.fields[f"most_{n}"] = _number(
                _("Most points"), MOST_POINTS, known.most if known else 10
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for n in range(MOST_CRITERIA):
            names = [f"text_{n}_{code}" for code, _name in settings.LANGUAGES]
            if any(given.get(name) for name in names):
                for name in [*names, f"weight_{n}", f"most_{n}"]:
                    if not given.get(name) and name not in self.errors:
                        self.add_error(name, _("Say this of the criterion too."))
        return given

    @property
    def decided(self) -> list[dict[str, Any]]:
        given = self.cleaned_data
        return [
            {
                "text": {
                    code: given[f"text_{n}_{code}"]
                    for code, _name in settings.LANGUAGES
                },
                "weight": given[f"weight_{n}"],
                "most": given[f"most_{n}"],
            }
            for n in range(MOST_CRITERIA)
            if any(given[f"text_{n}_{code}"] for code, _name in settings.LANGUAGES)
        ]


def _number(label: Any, most: int, initial: int) -> forms.IntegerField:  # noqa: ANN401
    return forms.IntegerField(
        label=label, min_value=1, max_value=most, initial=initial, required=False
    )


class Points(forms.Form):
    """One reviewer's points for each criterion."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        criteria: Sequence[Criterion],
        given: Mapping[int, int],
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        for each in criteria:
            self.fields[f"points_{each.pk}"] = forms.IntegerField(
                label=said(each.text),
                help_text=_("0 to {most} points").format(most=each.most),
                min_value=0,
                max_value=each.most,
                initial=given.get(each.pk),
                error_messages={"required": _("Give points for this one too.")},
            )

    @property
    def decided(self) -> dict[int, int]:
        return {
            int(name.removeprefix("points_")): points
            for name, points in self.cleaned_data.items()
        }


class Announce(forms.Form):
    source = forms.CharField(
        label=_("Where the seed comes from"),
        help_text=_(
            "For example: the numbers of a public draw on a day after the deadline, as "
            "its organiser publishes them. Empty: we make one and publish its sha256."
        ),
        max_length=300,
        required=False,
    )


class Draw(forms.Form):
    seed = forms.CharField(
        label=_("What the source has published"),
        help_text=_(
            "Only where the seed comes from a source; otherwise leave it empty."
        ),
        max_length=200,
        required=False,
    )
