"""Outcomes, checks and reasons of a verification, in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mikrokraad.core.calendar import day_of, day_text
from mikrokraad.core.texts import said
from mikrokraad.credentials.crypto.facts import Facts, Language
from mikrokraad.credentials.crypto.narrative import volume
from mikrokraad.credentials.crypto.reading import Shared
from mikrokraad.credentials.crypto.verify import Check
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.rules import CredentialKind, CredentialState
from mikrokraad.credentials.verification import Answer

OUTCOMES = {
    "valid": ("success", _("This document is genuine and in force")),
    "invalid": ("problem", _("Do not rely on this: it is not what was issued")),
    "revoked": ("problem", _("This document was genuine, but it has been revoked")),
    "superseded": ("warning", _("This document has been replaced by a newer one")),
    "expired": ("warning", _("This document is genuine, but its time is over")),
    "not_yet_valid": ("warning", _("This document is not in force yet")),
    "issuer_unknown": (
        "warning",
        _("Unchanged since it was signed, but we do not know who signed it"),
    ),
    "status_unknown": (
        "warning",
        _("Genuine, but we cannot tell here whether it is still in force"),
    ),
    "not_checkable": ("warning", _("This cannot be checked here")),
}

CHECKS = {
    "readable": _("It can be read"),
    "structure": _("It is a whole certificate"),
    "proof": _("The signature fits: nothing was changed after signing"),
    "issuer": _("The issuer is known here"),
    "status": _("It has not been revoked"),
    "not_over": _("Its time is not over"),
    "begun": _("It is already in force"),
    "register": _("The number is in the register"),
    "replaced": _("It has not been replaced"),
    "file": _("The document is the very file that was issued"),
}

REASONS = {
    "too-large": _("The file is larger than any certificate."),
    "not-json": _("The text is not JSON, the form that digital certificates have."),
    "no-badge-inside": _(
        "There is no digital certificate inside this PDF. Ask for the original file, "
        "not a scan, or check the number."
    ),
    "not-a-credential": _("The file is JSON, but not a certificate."),
    "broken-structure": _("Parts that every certificate has are missing or broken."),
    "too-much-work": _("It is built in a way that no ordinary certificate is."),
    "no-proof": _("It carries no signature."),
    "unsupported-proof": _("It is signed in a way that we do not know."),
    "key-of-somebody-else": _(
        "It is signed with a key that does not belong to the issuer it names."
    ),
    "key-unknown": _("The key it was signed with cannot be found here."),
    "signature-mismatch": _(
        "The signature does not fit: at least one letter was changed after signing."
    ),
    "wrong-purpose": _("The signature was not made to certify anything."),
    "malformed-proof": _("The signature is damaged."),
    "proof-expired": _("The signature has expired."),
    "unknown-context": _(
        "It uses a vocabulary that we do not keep, and we never fetch one from outside."
    ),
    "undefined-term": _(
        "It contains words that its signature does not cover, so they prove nothing."
    ),
    "not-json-ld": _("Its vocabulary is broken, so the signature cannot be checked."),
    "issuer-unknown": _(
        "We cannot tell who owns the key. Ask the issuer it names, or check it there."
    ),
    "revoked": _("The issuer has revoked it."),
    "superseded": _("The issuer has issued a newer one in its place."),
    "status-list-unknown": _("The list that says whether it still holds is not here."),
    "status-method-unknown": _("It tells its status in a way that we do not know."),
    "malformed-status": _("What it says about its status is damaged."),
    "expired": _("Its last day is over."),
    "not-yet-valid": _("Its first day has not come."),
    "not-in-register": _("It is signed with our key, but no such number was issued."),
    "file-changed": _(
        "The digital certificate inside is genuine, but the pages around it are not the "
        "file that was issued. Trust only what is written below."
    ),
    "file-not-sealed": _(
        "The digital certificate inside is genuine. Compare the pages with what is "
        "written below: they carry no signature of their own."
    ),
}
UNCHANGED = _("Not one letter was changed since it was signed, and it still holds.")
DAMAGED_LIST = _("The list that says whether it still holds is damaged.")


@dataclass(frozen=True, slots=True)
class Line:
    """One check as a person reads it."""

    text: str
    state: str
    note: str = ""


def told(answer: Answer) -> tuple[str, str]:
    """Kind of notice, and the headline of a verification."""
    kind, words = OUTCOMES[_outcome(answer)]
    return kind, str(words)


def lines(answer: Answer) -> list[Line]:
    """Every check that was made, with the reason where it failed."""
    return [_line(each) for each in answer.checks]


def why(answer: Answer) -> str:
    """The one sentence that matters most."""
    failed = [
        _line(each).note for each in answer.checks if each.outcome == answer.outcome
    ]
    return failed[0] if answer.outcome != "valid" and failed else str(UNCHANGED)


def standing(credential: Credential) -> tuple[str, str]:
    """Kind of notice, and the headline of our own record."""
    outcome = {
        CredentialState.ISSUED: "valid",
        CredentialState.SUPERSEDED: "superseded",
        CredentialState.REVOKED: "revoked",
        CredentialState.EXPIRED: "expired",
    }[CredentialState(credential.state)]
    kind, words = OUTCOMES[outcome]
    return kind, str(words)


def ended(credential: Credential, facts: Facts) -> tuple[str, str]:
    """Headline and sentence of one that holds no longer. Why is told to its holder alone."""
    assert credential.ended_at is not None  # held by a database constraint
    headline = {
        CredentialKind.CERTIFICATE: gettext("This certificate is no longer valid"),
        CredentialKind.STATEMENT: gettext("This statement is no longer valid"),
    }[CredentialKind(credential.kind)]
    sentence = {
        CredentialState.SUPERSEDED: gettext(
            "{institution} issued a newer one in its place on {day}. "
            "Ask the holder for a link to it."
        ),
        CredentialState.REVOKED: gettext(
            "{institution} revoked it on {day}, and has told its holder why."
        ),
    }.get(
        CredentialState(credential.state), gettext("It has not been valid since {day}.")
    )
    return headline, sentence.format(
        institution=said(facts["institution"]["name"]),
        day=day_text(day_of(credential.ended_at)),
    )


def about(credential: Credential, facts: Facts) -> list[tuple[str, str]]:
    """What was issued, when and by whom; never to whom."""
    language: Language = "et" if get_language() == "et" else "en"
    institution = facts["institution"]
    return [
        (gettext("Document"), str(credential.get_kind_display()).capitalize()),
        (
            gettext("Programme"),
            f"{said(facts['programme']['title'])} · {said(facts['programme']['kind'])}",
        ),
        (gettext("Volume passed"), volume(facts["ects"], facts["hours"], language)),
        (gettext("Level"), gettext("EQF {level}").format(level=facts["eqf_level"])),
        (
            gettext("Issued by"),
            gettext("{name}, registry code {code}").format(
                name=said(institution["name"]), code=institution["registry_code"]
            ),
        ),
        (gettext("Issued on"), day_text(date.fromisoformat(facts["issued_on"]))),
        (gettext("Number"), credential.number),
    ]


def inside(shared: Shared, issuer: str) -> list[tuple[str, str]]:
    """What a verified file says, in its own language."""
    return [
        (gettext("Name"), shared["learner_name"]),
        (gettext("Programme"), shared["title"]),
        (gettext("Volume passed"), shared["workload"]),
        (gettext("Level"), gettext("EQF {level}").format(level=shared["eqf_level"])),
        (gettext("Issued by"), f"{shared['awarding_body']} ({issuer})"),
        (gettext("Issued on"), day_text(date.fromisoformat(shared["issued_on"]))),
        (gettext("Number"), shared["number"]),
    ]


def _outcome(answer: Answer) -> str:
    record = answer.credential
    superseded = record is not None and record.state == CredentialState.SUPERSEDED
    return (
        "superseded" if answer.outcome == "revoked" and superseded else answer.outcome
    )


def _line(check: Check) -> Line:
    if check.passed:
        return Line(str(CHECKS[check.name]), "met")
    reason = REASONS.get(check.reason, DAMAGED_LIST)
    state = (
        "missing" if check.outcome in {"invalid", "revoked", "expired"} else "unknown"
    )
    return Line(str(CHECKS[check.name]), state, str(reason))
