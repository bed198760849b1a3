"""“Can I get in?”, tried on a programme's page: asked, judged, and what else there is.

Nothing is kept: the answers are in the page's address, and the link to apply carries
them on, so that the application begins with them and says the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mikrokraad.admissions import advising, asking, trying, wording
from mikrokraad.admissions.conditions import least_education
from mikrokraad.admissions.eligibility import EDUCATION_KEY, Asked, Finding, Met
from mikrokraad.admissions.queries import asked_by
from mikrokraad.catalogue import queries as catalogue
from mikrokraad.catalogue.models import ProgrammeVersion, Run
from mikrokraad.catalogue.rules import Education, RequirementKind
from mikrokraad.core.texts import said

Context = dict[str, Any]
OTHERS = 3
STATES = {Met.MET: "met", Met.NOT_MET: "missing", Met.JUDGE: "judge"}
HAVE_IT = [
    ("yes", gettext_lazy("I have it, or can get it in time")),
    ("no", gettext_lazy("I do not have it")),
]
LEVELS = [("", gettext_lazy("Choose a level")), *asking.LEVELS]


@dataclass(frozen=True)
class Item:
    """One condition: what is asked, and once it is answered, whether it is met."""

    key: str
    text: str
    fields: list[forms.BoundField]
    state: str = "open"
    reason: str = ""
    note: str = ""
    told: advising.Told | None = (
        None  # the rule that says “not met”, and what would help
    )
    link: tuple[str, str] = ("", "")  # the programme it names: title and address


class Trying(forms.Form):
    """What the conditions of one version ask, for an address; nothing has to be said."""

    use_required_attribute = False

    def __init__(self, asked: list[Asked], data: Mapping[str, str] | None) -> None:
        super().__init__(data, auto_id="try-%s")
        self.fields[EDUCATION_KEY] = _one_of(
            _("What is the highest education you have completed?"), Education.choices
        )
        for each in asked:
            for what in trying.asks(each):
                self.fields[trying.named(each.key, what)] = _asked(each, what)


def _one_of(label: str, choices: list[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, required=False
    )


def _asked(asked: Asked, what: str) -> forms.Field:
    """As the application asks it; nothing has to be said, and the condition is the label."""
    if what in _FIELDS:
        return _FIELDS[what]()
    field = asking.ASKED[what](asked)
    field.required = False
    return field


_FIELDS: dict[str, Callable[[], forms.Field]] = {
    trying.FILE: lambda: _one_of("", HAVE_IT),
    trying.LEVEL: lambda: forms.ChoiceField(choices=LEVELS, required=False),
}


def checklist(
    run: Run,
    version: ProgrammeVersion,
    given: Mapping[str, str],
    *,
    ask_href: str,
    at: datetime,
) -> Context:
    """The conditions as questions; with answers in the address, what they lead to."""
    asked = asked_by(version.requirements.all())
    answers = trying.tried(asked, given)
    form = Trying(asked, given if answers.is_anything else None)
    found = trying.findings(version.minimum_education, asked, answers)
    items = _items(version, asked, answers, form, found)
    missing = [each for each in found if _state(each, asked, answers) == "missing"]
    return {
        "rows": items,
        "names": {EDUCATION_KEY, *form.fields},
        "carried": answers.parameters,
        "answered": answers.is_anything,
        **(_answer(items) if answers.is_anything else {}),
        "others": _others(run, missing, answers, at=at) if missing else [],
        "ask_href": ask_href,
    }


# One condition after the other --------------------------------------------------------


def _items(
    version: ProgrammeVersion,
    asked: list[Asked],
    answers: trying.Tried,
    form: Trying,
    found: list[Finding],
) -> list[Item]:
    texts = {each.key: said(each.text) for each in version.requirements.all()}
    prior = catalogue.prior_programmes(version)
    by_key = {each.key: each for each in asked}
    items = []
    for finding in found:
        key, each = finding.key, by_key.get(finding.key)
        state = _state(finding, asked, answers)
        names = (
            [trying.named(key, what) for what in trying.asks(each)]
            if each
            else [EDUCATION_KEY]
        )
        items.append(
            Item(
                key,
                texts.get(key) or least_education(version),
                [form[name] for name in names],
                state,
                _reason(finding, state),
                _note(each),
                advising.told_of(asdict(finding), version)
                if state == "missing"
                else None,
                _named(each, prior),
            )
        )
    return items


def _state(finding: Finding, asked: list[Asked], answers: trying.Tried) -> str:
    """ "met", "missing", "judge", or "open" while nothing was said about it."""
    each = next((one for one in asked if one.key == finding.key), None)
    answered = trying.is_answered(each, answers) if each else bool(answers.education)
    return STATES[finding.met] if answered else "open"


def _reason(finding: Finding, state: str) -> str:
    if state == "open":
        return ""
    if finding.reason == "file_missing":
        return _("The programme wants to see it before it decides.")
    return str(wording.FINDINGS[finding.reason])


def _note(asked: Asked | None) -> str:
    if asked is None:
        return ""
    if asked.kind == RequirementKind.EXPERIENCE and asked.params.get("sort"):
        return asking.is_it_so(asked)
    if asked.kind == RequirementKind.FREE_TEXT:
        return _("You write about it when you apply; people read it.")
    if asked.needs_evidence and asked.kind != RequirementKind.DOCUMENT:
        return _("When you apply, you add a file that shows it.")
    return ""


def _named(
    asked: Asked | None, prior: Mapping[str, ProgrammeVersion]
) -> tuple[str, str]:
    """The programme to be completed before: its title and its page."""
    code = asked.params.get("register_code") if asked else None
    before = prior.get(str(code))
    if before is None:
        return "", ""
    return said(before.title), before.programme.get_absolute_url()


# All of them together -----------------------------------------------------------------


def _answer(items: list[Item]) -> Context:
    """The sentence over all conditions, and how it looks."""
    states = [item.state for item in items]
    missing, unsaid = states.count("missing"), states.count("open")
    if missing:
        title = ngettext(
            "As you answered, {n} condition is not met.",
            "As you answered, {n} conditions are not met.",
            missing,
        ).format(n=missing)
        return {"title": title, "kind": "warning", "stands": "missing"}
    if unsaid:
        title = ngettext(
            "So far so good. Answer {n} more to know.",
            "So far so good. Answer {n} more to know.",
            unsaid,
        ).format(n=unsaid)
        return {"title": title, "kind": "info", "stands": "open"}
    if "judge" in states:
        title = _("You can apply. What is left open, a person will judge.")
        return {"title": title, "kind": "success", "stands": "judge"}
    title = _("You meet every condition.")
    return {"title": title, "kind": "success", "stands": "met"}


def _others(
    run: Run, missing: list[Finding], answers: trying.Tried, *, at: datetime
) -> list[Context]:
    """Programmes that are open now and do not ask what is not met."""
    kinds = {each.kind for each in missing if each.key != EDUCATION_KEY}
    runs = catalogue.runs_asking_less(
        run, without=kinds, education=answers.education, most=OTHERS, at=at
    )
    return [
        {
            "title": said(each.version.title),
            "href": each.version.programme.get_absolute_url(),
            "until": each.deadline,
        }
        for each in runs
    ]
