"""What somebody agreed to, as it was then: the version, the price, the terms."""

from typing import Any

from django.utils.translation import gettext as _

from mikrokraad.admissions import conditions, dossier, wording
from mikrokraad.admissions.models import Application
from mikrokraad.core.calendar import day_of, day_text, moment_text
from mikrokraad.core.money import euros
from mikrokraad.core.texts import said
from mikrokraad.fees.models import Agreement

Fact = tuple[str, str]


def terms_of(application: Application) -> dict[str, Any]:
    """Frozen when it was sent, and when the price was agreed on; words of that version."""
    version = dossier.version_of(application)
    return {
        "version": version,
        "sent": _sent(application),
        "agreed": _agreed(application),
        "lines": _lines(application.agreement),
        "outcomes": [said(each.text) for each in version.outcomes.order_by("position")],
        "courses": _courses(application),
        "conditions": conditions.conditions_of(application),
        "study": _study(application),
    }


def _sent(application: Application) -> list[Fact]:
    version, sent = dossier.version_of(application), application.submitted_at
    told = [(_("Programme version"), version.number)]
    if version.approved_at:
        told.append((_("Approved"), day_text(day_of(version.approved_at))))
    if sent:
        told.append((_("Sent"), moment_text(sent)))
        told.append((_("Conditions judged by rules"), application.verdict["rules"]))
    return told


def _study(application: Application) -> list[Fact]:
    version, run = dossier.version_of(application), application.run
    return [
        (_("Volume"), _("{ects} ECTS").format(ects=version.ects)),
        (_("Studies"), f"{day_text(run.starts_on)} – {day_text(run.ends_on)}"),
        (_("Form of participation"), said(version.participation)),
        (_("Type of assessment"), said(version.assessment_type)),
        (_("Who gets a place"), str(wording.PLACES_GIVEN[run.admission_mode])),
    ]


def _courses(application: Application) -> list[Any]:
    """The courses of the version that was agreed to, whatever came later."""
    version = dossier.version_of(application)
    parts = version.components.filter(group=None).select_related("course__field")
    return [each.course for each in parts.order_by("position")]


def _agreed(application: Application) -> list[Fact]:
    agreement = application.agreement
    if agreement is None:
        return []
    policy = agreement.quote.policy
    return [
        (_("Agreed"), moment_text(agreement.agreed_at)),
        (_("Price"), euros(agreement.quote.total_cents)),
        (_("Fee terms"), _version_of_terms(policy.number, policy.valid_from)),
        (_("Due"), _("{days} days after the invoice").format(days=_due(policy.body))),
        *(
            [(_("Ended"), moment_text(agreement.ended_at))]
            if agreement.ended_at
            else []
        ),
    ]


def _due(body: dict[str, Any]) -> str:
    return str(body.get("due_days", "–"))


def _version_of_terms(number: int, since: Any) -> str:  # noqa: ANN401 -- a moment
    return _("version {number}, in force since {day}").format(
        number=number, day=day_text(day_of(since))
    )


def _lines(agreement: Agreement | None) -> list[Fact]:
    """Each price line as it was quoted."""
    lines = agreement.quote.lines if agreement else []
    return [
        (said(each["text"]), euros(each["net_cents"] + each["vat_cents"]))
        for each in lines
    ]
