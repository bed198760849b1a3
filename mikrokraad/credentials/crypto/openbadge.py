"""The Open Badges 3.0 credential of a certificate, and the facts read back from one.

Sources: 1EdTech Open Badges 3.0, JSON Schema and context 3.0.3; W3C VC Data Model 2.0.
Where each element of the Council Recommendation goes: learner - credentialSubject.id and
identifier; title - achievement.name; country and awarding body - issuer; date -
awardedDate; outcomes - resultDescription and narrative; workload - creditsAvailable,
creditsEarned; level and quality assurance - alignment; assessment and participation -
narrative.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mikrokraad.credentials.crypto import did, integrity, narrative, statuslist
from mikrokraad.credentials.crypto.contexts import CREDENTIALS, OPEN_BADGES, Document
from mikrokraad.credentials.crypto.facts import (
    Course,
    Facts,
    hours_of,
    said,
    written,
)
from mikrokraad.credentials.crypto.instants import stamp

EQF = "http://data.europa.eu/snb/eqf/"
ISCED_F = "http://data.europa.eu/snb/isced-f/"
# Institution and programme numbers are numbers of Estonian registers.
REGISTRY_CODE = "ext:EstonianRegistryCode"
REGISTER_CODE = "ext:EstonianEducationRegisterCode"
MIDNIGHT = "T00:00:00Z"  # days have no hour; software wants one
TYPES = {"certificate": "MicroCredential", "statement": "ext:StatementOfResults"}
STATEMENT_OF = {"et": "Tõend: ", "en": "Statement of results: "}
GRADES = ["F", "E", "D", "C", "B", "A"]
SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """The certificate's place in a status list."""

    list_url: str
    position: int


def credential_from(
    facts: Facts,
    *,
    issuer_did: str,
    credential_id: str,
    status: StatusEntry,
    valid_from: datetime,
    hashed_email: Document | None = None,
) -> Document:
    """The unsigned OpenBadgeCredential. Facts must be `facts.checked`; ids must be absolute.

    `hashed_email` is made by `hashed_identity`, so that wallets can match the learner.
    """
    language = facts["language"]
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": credential_id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title(facts),
        "issuer": _issuer(facts, issuer_did),
        "validFrom": stamp(valid_from),
        "awardedDate": facts["issued_on"] + MIDNIGHT,
        "credentialSubject": {
            "id": facts["learner"]["id"],
            "type": ["AchievementSubject"],
            "identifier": [_name(facts), *([hashed_email] if hashed_email else [])],
            "licenseNumber": facts["number"],
            "activityStartDate": facts["period"]["starts"] + MIDNIGHT,
            "activityEndDate": facts["period"]["ends"] + MIDNIGHT,
            "creditsEarned": facts["ects"],
            "narrative": narrative.volume(facts["ects"], facts["hours"], language),
            "achievement": _achievement(facts),
            "result": list(_results(facts)),
        },
        "credentialStatus": statuslist.entry(status.list_url, status.position),
    }


def signed(credential: Document, key: Ed25519PrivateKey, created: datetime) -> Document:
    """The credential with its proof. Errors: rdfc.NotCanonical, before anything is signed."""
    method = did.verification_method(credential["issuer"]["id"], key.public_key())
    return integrity.with_proof(
        credential, key=key, verification_method=method, created=created
    )


def hashed_identity(email: str, salt: str) -> Document:
    """An e-mail address that can be checked but not read. `salt` is random, 16 letters or more."""
    digest = sha256((email.strip().lower() + salt).encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "identityType": "emailAddress",
        "hashed": True,
        "salt": salt,
        "identityHash": f"sha256${digest}",
    }


def title(facts: Facts) -> str:
    """The credential's name; a statement never passes for the whole programme."""
    opening = STATEMENT_OF[facts["language"]] if facts["kind"] == "statement" else ""
    return opening + said(facts["programme"]["title"], facts["language"])


def achievement_id(facts: Facts) -> str:
    """One address for each version of a programme, whoever earned it."""
    part = "-part" if facts["kind"] == "statement" else ""
    return f"{facts['programme']['url']}#v{quote(facts['programme']['version'], safe='.')}{part}"


def _issuer(facts: Facts, issuer_did: str) -> Document:
    institution, language = facts["institution"], facts["language"]
    return {
        "id": issuer_did,
        "type": ["Profile"],
        "name": said(institution["name"], language),
        "url": institution["url"],
        "address": {
            "type": ["Address"],
            "addressCountryCode": institution["country"],
            "addressLocality": said(institution["place"], language),
        },
        "otherIdentifier": [_identifier(REGISTRY_CODE, institution["registry_code"])],
    }


def _achievement(facts: Facts) -> Document:
    programme, language = facts["programme"], facts["language"]
    planned = narrative.volume(programme["ects"], hours_of(programme["ects"]), language)
    return {
        "id": achievement_id(facts),
        "type": ["Achievement"],
        "achievementType": TYPES[facts["kind"]],
        "name": title(facts),
        "description": SEPARATOR.join([said(programme["kind"], language), planned]),
        "inLanguage": language,
        "version": programme["version"],
        "fieldOfStudy": programme["isced_f"],
        "creditsAvailable": programme["ects"],
        "criteria": {"narrative": narrative.criteria(facts, planned)},
        "alignment": list(_alignments(facts)),
        "otherIdentifier": [_identifier(REGISTER_CODE, programme["register_code"])],
        "resultDescription": [
            *_outcome_descriptions(facts),
            *_course_descriptions(facts),
        ],
    }


def _alignments(facts: Facts) -> Iterator[Document]:
    level, field = str(facts["eqf_level"]), facts["programme"]["isced_f"]
    quality = said(facts["quality_assurance"], facts["language"])
    yield _alignment("ext:EQF", f"EQF {level}", EQF + level, code=level)
    yield _alignment(
        "ext:ISCED-F", f"ISCED-F {field}", ISCED_F + quote(field), code=field
    )
    yield _alignment("ext:QualityAssurance", quality, facts["institution"]["url"])


def _alignment(kind: str, name: str, url: str, *, code: str = "") -> Document:
    coded = {"targetCode": code} if code else {}
    return {
        "type": ["Alignment"],
        "targetType": kind,
        "targetName": name,
        "targetUrl": url,
        **coded,
    }


def _outcome_descriptions(facts: Facts) -> Iterator[Document]:
    for place, outcome in enumerate(facts["outcomes"], 1):
        yield {
            "id": _outcome_id(facts, place),
            "type": ["ResultDescription"],
            "name": said(outcome["text"], facts["language"]),
            "resultType": "Status",
        }


def _course_descriptions(facts: Facts) -> Iterator[Document]:
    language = facts["language"]
    unit = "EAP" if language == "et" else "ECTS"
    for course in facts["courses"]:
        credit = f"{written(course['ects'], language)} {unit}"
        letters = {"resultType": "LetterGrade", "allowedValue": GRADES}
        yield {
            "id": _course_id(facts, course),
            "type": ["ResultDescription"],
            "name": SEPARATOR.join(
                [course["code"], said(course["title"], language), credit]
            ),
            **(letters if course["scale"] == "letter" else {"resultType": "Result"}),
        }


def _results(facts: Facts) -> Iterator[Document]:
    for place, outcome in enumerate(facts["outcomes"], 1):
        if outcome["passed"]:
            yield {
                "type": ["Result"],
                "resultDescription": _outcome_id(facts, place),
                "status": "Completed",
            }
    for course in facts["courses"]:
        yield {
            "type": ["Result"],
            "resultDescription": _course_id(facts, course),
            "value": course["grade"],
        }


def _outcome_id(facts: Facts, place: int) -> str:
    return f"{achievement_id(facts)}-outcome-{place}"


def _course_id(facts: Facts, course: Course) -> str:
    return f"{achievement_id(facts)}-course-{quote(course['code'], safe='.')}"


def _name(facts: Facts) -> Document:
    name = facts["learner"]["name"]
    return {
        "type": "IdentityObject",
        "identityType": "name",
        "hashed": False,
        "identityHash": name,
    }


def _identifier(kind: str, value: str) -> Document:
    return {"type": "IdentifierEntry", "identifierType": kind, "identifier": value}
