"""The questions that conditions lead to: on a programme's page and in an application."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrokraad.admissions import eligibility, trying
from mikrokraad.admissions.eligibility import Asked
from mikrokraad.catalogue import requiring
from mikrokraad.catalogue.rules import RequirementKind

CHOOSE = gettext_lazy("Choose one.")
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
LEVELS = [
    *[(level, level) for level in eligibility.LEVELS if level != "native"],
    ("native", gettext_lazy("It is my mother tongue")),
]


def _one_of(label: str, choices: Any) -> forms.ChoiceField:  # noqa: ANN401
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )


def _met(asked: Asked) -> forms.Field:
    return _one_of(is_it_so(asked), YES_NO)


def is_it_so(asked: Asked) -> str:
    """The yes-or-no question; of experience, which kind of it counts."""
    sort = asked.params.get("sort")
    if asked.kind == RequirementKind.EXPERIENCE and sort in requiring.Experience.values:
        return _("Is it so? What counts is: {sort}.").format(
            sort=requiring.Experience(sort).label
        )
    return _("Is it so?")


def _years(_asked: Asked) -> forms.Field:
    return forms.DecimalField(
        label=_("For how many years?"),
        min_value=0,
        max_value=trying.MOST_YEARS,
        max_digits=4,
        decimal_places=1,
        required=False,
        error_messages={"invalid": _("Write a number, such as 2 or 2.5.")},
    )


def _country(asked: Asked) -> forms.Field:
    """Of several citizenships the one that fits is enough."""
    of_citizen = asked.kind == RequirementKind.CITIZENSHIP
    return forms.ChoiceField(
        label=_("Which citizenship do you have?")
        if of_citizen
        else _("In which country do you live?"),
        help_text=_("If you have several, choose the one that fits best.")
        if of_citizen
        else "",
        choices=[("", _("Choose a country")), *requiring.countries_here()],
        error_messages={"required": CHOOSE},
    )


ASKED: dict[str, Callable[[Asked], forms.Field]] = {
    trying.MET: _met,
    trying.YEARS: _years,
    trying.LEVEL: lambda _asked: _one_of(_("At which level do you know it?"), LEVELS),
    trying.FIELD: lambda _asked: _one_of(
        _("In which field was that education?"), requiring.BroadField.choices
    ),
    trying.SECTOR: lambda _asked: _one_of(
        _("Where do you work now?"), requiring.Sector.choices
    ),
    trying.COUNTRY: _country,
}
