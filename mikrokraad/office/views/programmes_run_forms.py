"""The shape of a run: dates that may stay empty, prices line by line."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrokraad.catalogue.drafting import LANGUAGES
from mikrokraad.catalogue.models import PlannedRun, Run
from mikrokraad.catalogue.rules import (
    AdmissionMode,
    Mode,
    PaymentRule,
    PriceKind,
    VatReason,
)
from mikrokraad.core.texts import Text
from mikrokraad.office.views.programmes_forms import IN_LANGUAGE
from mikrokraad.people.models import Person

DATES = ("opens_on", "own_deadline", "starts_on", "ends_on", "decide_by")
WORDS = ("mode", "admission_mode", "payment_rule")
COUNTS = ("places", "min_group")
PAIRS = ("place", "fee_includes")
STUDY_LANGUAGES = [
    ("et", gettext_lazy("Estonian")),
    ("en", gettext_lazy("English")),
    ("ru", gettext_lazy("Russian")),
]
CENTS = 100
MOST_PLACES = 2000
MOST_EUROS = 100_000


def _date(label: Any, help_text: Any = "") -> forms.DateField:  # noqa: ANN401 -- a lazy text
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _pair(form: forms.Form, name: str, text: Text, *, rows: int) -> None:
    for code in LANGUAGES:
        form.fields[f"{name}_{code}"] = forms.CharField(
            label=IN_LANGUAGE[code],
            initial=text.get(code, ""),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": rows, "lang": code}),
        )


def _texts(given: Mapping[str, Any], name: str) -> Text:
    return {code: given[f"{name}_{code}"] for code in LANGUAGES}


def _contact(people: list[Person], now: Person) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Contact person"),
        choices=[(str(one.pk), f"{one.name}, {one.email}") for one in people],
        initial=str(now.pk),
    )


def _person(people: list[Person], pk: str) -> Person:
    return next(one for one in people if str(one.pk) == pk)


class PlannedRunForm(forms.Form):
    """Everything of a run that is not published yet."""

    use_required_attribute = False

    def __init__(
        self,
        plan: PlannedRun,
        data: Mapping[str, Any] | None,
        *,
        people: list[Person],
    ) -> None:
        super().__init__(data)
        self.plan, self.people = plan, people
        fields = {
            **_dates(),
            **_organised(),
            "contact": _contact(people, plan.contact),
        }
        self.fields.update(fields)
        for name in (*DATES, *WORDS, *COUNTS, "languages"):
            self.fields[name].initial = getattr(plan, name)
        _pair(self, "place", plan.place, rows=2)
        _pair(self, "fee_includes", plan.fee_includes, rows=3)
        self.price_count = len(plan.prices) + 1
        for number in range(self.price_count):
            line = plan.prices[number] if number < len(plan.prices) else {}
            self.fields.update(_price_fields(number, line))

    def prices(self) -> list[dict[str, Any]]:
        """The fields of each price line; the last one is empty, for one more."""
        return [
            {
                "number": number + 1,
                "is_new": number == self.price_count - 1,
                "texts": [self[f"price-{number}-text_{code}"] for code in LANGUAGES],
                "plain": [
                    self[f"price-{number}-{name}"]
                    for name in ("kind", "net", "vat_percent", "vat_reason")
                ],
            }
            for number in range(self.price_count)
        ]

    def pair(self, name: str) -> list[forms.BoundField]:
        return [self[f"{name}_{code}"] for code in LANGUAGES]

    @property
    def places_pair(self) -> list[forms.BoundField]:
        return self.pair("place")

    @property
    def includes_pair(self) -> list[forms.BoundField]:
        return self.pair("fee_includes")

    def dates(self) -> list[forms.BoundField]:
        return [self[name] for name in DATES]

    def organised(self) -> list[forms.BoundField]:
        return [self[name] for name in ("languages", *WORDS, *COUNTS)]

    @property
    def values(self) -> dict[str, Any]:
        """What the run becomes; with the semester's dates, if they were asked for."""
        given = self.cleaned_data
        told = {name: given[name] for name in (*DATES, *WORDS, "languages", "places")}
        told["min_group"] = given["min_group"] or 0
        told |= {name: _texts(given, name) for name in PAIRS}
        told["contact"] = _person(self.people, given["contact"])
        told["prices"] = self._lines()
        if self.data.get("do") == "semester":
            term = self.plan.intake.term
            told |= {"starts_on": term.starts_on, "ends_on": term.ends_on}
        return told

    def _lines(self) -> list[dict[str, Any]]:
        given = self.cleaned_data
        return [
            {
                "kind": given[f"price-{n}-kind"],
                "text": _texts(given, f"price-{n}-text"),
                "net_cents": int(given[f"price-{n}-net"] * CENTS),
                "vat_percent": f"{given[f'price-{n}-vat_percent'] or Decimal(0):.2f}",
                "vat_reason": given[f"price-{n}-vat_reason"],
            }
            for n in range(self.price_count)
            if given[f"price-{n}-net"] is not None
        ]


def _dates() -> dict[str, forms.Field]:
    return {
        "opens_on": _date(
            _("Applications open on"),
            _("Empty: as soon as the run is published."),
        ),
        "own_deadline": _date(
            _("Own last day to apply"),
            _("Empty: the semester's own deadline holds."),
        ),
        "starts_on": _date(_("Studies start on")),
        "ends_on": _date(_("Studies end on")),
        "decide_by": _date(
            _("Decide by, whether the group is large enough"),
            _("Empty: nothing is decided by a date."),
        ),
    }


def _organised() -> dict[str, forms.Field]:
    return {
        "languages": forms.MultipleChoiceField(
            label=_("Language of study"),
            choices=STUDY_LANGUAGES,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "mode": forms.ChoiceField(label=_("Form of study"), choices=Mode.choices),
        "admission_mode": forms.ChoiceField(
            label=_("Who gets a place"), choices=AdmissionMode.choices
        ),
        "payment_rule": forms.ChoiceField(
            label=_("What is paid before studies"), choices=PaymentRule.choices
        ),
        "places": forms.IntegerField(
            label=_("Places"), required=False, min_value=1, max_value=MOST_PLACES
        ),
        "min_group": forms.IntegerField(
            label=_("Smallest group"),
            help_text=_("0: it runs with any number of people."),
            required=False,
            min_value=0,
            max_value=MOST_PLACES,
        ),
    }


def _price_fields(number: int, line: Mapping[str, Any]) -> dict[str, forms.Field]:
    text = line.get("text", {})
    net = line.get("net_cents")
    fields: dict[str, forms.Field] = {
        "kind": forms.ChoiceField(
            label=_("What for"),
            choices=PriceKind.choices,
            initial=line.get("kind", PriceKind.FEE),
        ),
        "net": forms.DecimalField(
            label=_("Euros without VAT"),
            required=False,
            min_value=0,
            max_value=MOST_EUROS,
            decimal_places=2,
            initial=None if net is None else Decimal(net) / CENTS,
        ),
        "vat_percent": forms.DecimalField(
            label=_("VAT, %"),
            required=False,
            min_value=0,
            max_value=99,
            decimal_places=2,
            initial=line.get("vat_percent", "0.00"),
        ),
        "vat_reason": forms.ChoiceField(
            label=_("Why this VAT"),
            choices=VatReason.choices,
            initial=line.get("vat_reason", VatReason.DEGREE_STUDY),
        ),
    }
    for code in LANGUAGES:
        fields[f"text_{code}"] = forms.CharField(
            label=IN_LANGUAGE[code],
            required=False,
            max_length=200,
            initial=text.get(code, ""),
            widget=forms.TextInput(attrs={"lang": code}),
        )
    return {f"price-{number}-{name}": field for name, field in fields.items()}


class LiveRun(forms.Form):
    """What may change while people see the run and rely on it."""

    use_required_attribute = False

    def __init__(
        self, run: Run, data: Mapping[str, Any] | None, *, people: list[Person]
    ) -> None:
        super().__init__(data)
        self.people = people
        self.fields["own_deadline"] = _date(
            _("Own last day to apply"),
            _("Once people have seen a deadline, it only moves later."),
        )
        self.fields["own_deadline"].initial = run.own_deadline
        self.fields["contact"] = _contact(people, run.contact)
        _pair(self, "place", run.place, rows=2)
        _pair(self, "fee_includes", run.fee_includes, rows=3)

    def pair(self, name: str) -> list[forms.BoundField]:
        return [self[f"{name}_{code}"] for code in LANGUAGES]

    @property
    def places_pair(self) -> list[forms.BoundField]:
        return self.pair("place")

    @property
    def includes_pair(self) -> list[forms.BoundField]:
        return self.pair("fee_includes")

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            **{name: _texts(given, name) for name in PAIRS},
            "own_deadline": given["own_deadline"],
            "contact": _person(self.people, given["contact"]),
        }
