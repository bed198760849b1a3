"""Of a condition that is not met: which rule says so, where it comes from, what one could do."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrokraad.admissions.eligibility import EDUCATION_KEY, RULES
from mikrokraad.catalogue.models import ProgrammeVersion, Requirement
from mikrokraad.catalogue.rules import RequirementKind
from mikrokraad.core.texts import said

Words = str | Promise
LEAST = gettext_lazy(
    "The least education is decided by the programme. Ask the contact person whether what you have done since counts instead."
)

# By what the condition is about; by the reason where that says more.
INSTEAD: dict[str, Words] = {
    "education_too_low": LEAST,
    "citizenship_closed": gettext_lazy(
        "If you have another citizenship, too, choose that one. Other programmes do not ask for it."
    ),
    "residence_closed": gettext_lazy(
        "If you will live elsewhere when the studies begin, write to the contact person."
    ),
    RequirementKind.EXPERIENCE: gettext_lazy(
        "Voluntary and part-time work may count: ask."
    ),
    RequirementKind.EMPLOYMENT: gettext_lazy(
        "If you have worked there before, or will begin to, tell the contact person."
    ),
    RequirementKind.LANGUAGE: gettext_lazy(
        "A language course before you apply could bring you there."
    ),
    RequirementKind.DOCUMENT: gettext_lazy("Ask whether something else will do."),
    RequirementKind.PRIOR_PROGRAMME: gettext_lazy("You can begin with that one."),
    RequirementKind.COURSE: gettext_lazy(
        "You can take that course first, or ask whether another one counts."
    ),
    RequirementKind.CERTIFICATE: gettext_lazy(
        "You can get that certificate first, or ask whether another one counts."
    ),
    RequirementKind.EDUCATION: gettext_lazy(
        "Studies or work in the field since then may count: write to the contact person about them."
    ),
}


@dataclass(frozen=True)
class Told:
    """What is said beside “not met”."""

    instead: str
    rule: str
    source: str = ""
    source_href: str = ""


def instead_of(reason: str, kind: str) -> str:
    return str(INSTEAD.get(reason) or INSTEAD.get(kind, ""))


def rule_of(key: str, version: ProgrammeVersion, rules: str = RULES) -> str:
    """The rule and its versions, to be found again years later."""
    return _(
        "Condition “{key}” of version {version} of the programme, judged by rules {rules}."
    ).format(key=key, version=version.number, rules=rules)


def source_of(requirement: Requirement | None) -> tuple[str, str]:
    """Which law, regulation or decision asks it, and where it can be read."""
    if requirement is None:
        return "", ""
    href = str(requirement.params.get("source_href", ""))
    return said(requirement.source) or href, href


def told_of(
    finding: dict[str, Any],
    version: ProgrammeVersion,
    *,
    rules: str = RULES,
) -> Told:
    """Of one finding that is not met. Needs the version's requirements to be fetched."""
    asked = {each.key: each for each in version.requirements.all()}
    key = finding["key"]
    source, href = source_of(asked.get(key))
    kind = RequirementKind.EDUCATION if key == EDUCATION_KEY else finding["kind"]
    return Told(
        instead_of(finding["reason"], kind),
        rule_of(key, version, rules),
        source,
        href,
    )
