"""One learner's facts, as the tests of badges and documents use them."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mikrokraad.credentials.crypto import did, openbadge, statuslist
from mikrokraad.credentials.crypto.contexts import Contexts, Document
from mikrokraad.credentials.crypto.facts import Bilingual, Facts, checked

AT = datetime(2027, 7, 2, 9, 0, tzinfo=UTC)
ISSUER = did.did_web("https://mikrokraad.example.org")
CREDENTIAL_ID = "https://mikrokraad.example.org/c/2027-00124/"
LIST_URL = "https://mikrokraad.example.org/status/1"
KEY = Ed25519PrivateKey.from_private_bytes(sha256(b"a key for tests only").digest())
STATUS = openbadge.StatusEntry(list_url=LIST_URL, position=90_210)
NOTHING_REVOKED = statuslist.encoded([])


def both(estonian: str, english: str) -> Bilingual:
    return {"et": estonian, "en": english}


def outcome(estonian: str, english: str, *, passed: bool = True) -> dict[str, Any]:
    return {
        "text": both(estonian, english),
        "assessment": both("projekt ja selle kaitsmine", "a project and its defence"),
        "passed": passed,
    }


def course(
    code: str, estonian: str, english: str, ects: float, grade: str
) -> dict[str, Any]:
    return {
        "code": code,
        "title": both(estonian, english),
        "ects": ects,
        "grade": grade,
        "scale": "letter" if len(grade) == 1 else "pass_fail",
        "lecturer": "Kaarel Kask",
        "passed_on": "2027-06-11",
    }


def raw_facts(**changes: object) -> dict[str, Any]:
    """Liis Maasikas has passed all of Data Science, 24 ECTS."""
    facts: dict[str, Any] = {
        "number": "2027-00124",
        "kind": "certificate",
        "language": "et",
        "learner": {
            "id": "urn:uuid:6a2f41a3-c54c-4ba3-a6a8-5b0f0a6f4f10",
            "name": "Liis Maasikas",
            "given_name": "Liis",
            "family_name": "Maasikas",
            "birth_date": "1990-02-10",
            "sealed_code_sha256": None,
        },
        "institution": {
            "name": both("Näidisülikool", "Example University"),
            "registry_code": "74001073",
            "country": "EE",
            "place": both("Tartu", "Tartu"),
            "url": "https://mikrokraad.example.org/",
        },
        "programme": {
            "title": both("Andmeteadus", "Data Science"),
            "kind": both("mikrokraadiprogramm", "micro-degree programme"),
            "version": "1.0",
            "register_code": "218341",
            "isced_f": "0613",
            "ects": 24,
            "url": "https://mikrokraad.example.org/en/programmes/data-science/",
        },
        "ects": 24,
        "hours": 624,
        "eqf_level": 7,
        "period": {"starts": "2027-02-08", "ends": "2027-06-18"},
        "issued_on": "2027-07-02",
        "outcomes": [
            outcome(
                "sõnastab tööalase küsimuse andmeülesandena",
                "turns a question from work into a data problem",
            ),
            outcome(
                "valmistab andmed ette nii, et teine inimene saab töö korrata",
                "prepares data so that somebody else can repeat the work",
            ),
            outcome(
                "valib, treenib ja hindab mudelit ning selgitab selle vigu",
                "chooses, trains and assesses a model and explains its mistakes",
            ),
        ],
        "courses": [
            course(
                "LTAT.02.002",
                "Andmeteaduse alused",
                "Introduction to Data Science",
                6,
                "A",
            ),
            course("LTAT.02.004", "Masinõpe", "Machine Learning", 6, "B"),
            course(
                "LTAT.03.015", "Andmete visualiseerimine", "Data Visualisation", 3, "A"
            ),
            course("LTAT.02.026", "Andmekaeve projekt", "Data Mining Project", 6, "C"),
            course(
                "LTAT.05.014",
                "Andmekaitse ja eetika",
                "Data Protection and Ethics",
                3,
                "passed",
            ),
        ],
        "participation": both(
            "sessioonõpe koos tasemeõppe üliõpilastega",
            "block mode, alongside degree students",
        ),
        "assessment_type": both(
            "eksam, projekt ja kirjalik töö", "examination, project and written work"
        ),
        "quality_assurance": both(
            "institutsionaalne akrediteerimine; sisehindamine igal aastal",
            "institutional accreditation; internal review every year",
        ),
        "prerequisites": both("bakalaureusekraad", "a bachelor's degree"),
        "supervision": both(
            "eksamil kohapeal, isikut tõendava dokumendi alusel",
            "examination on site, against an identity document",
        ),
        "stackability": both(
            "kõik ained kuuluvad tasemeõppe õppekavasse",
            "all courses belong to a degree curriculum",
        ),
        "counts_towards": [
            {
                "curriculum": both(
                    "Andmeteadus, magistriõpe", "Data Science, master's studies"
                )
            }
        ],
        "lecturers": ["Kaarel Kask", "Anu Tamm", "Mihkel Kuusk"],
        "seal_note": None,
    }
    return {**facts, **changes}


def facts(**changes: object) -> Facts:
    return checked(raw_facts(**changes))


def credential(**changes: object) -> Document:
    return openbadge.credential_from(
        facts(**changes),
        issuer_did=ISSUER,
        credential_id=CREDENTIAL_ID,
        status=STATUS,
        valid_from=AT,
    )


def signed_credential(**changes: object) -> Document:
    return openbadge.signed(credential(**changes), KEY, AT)


def all_contexts(shared: Path) -> Contexts:
    """Every published context, also those that are not shipped: vectors use them."""
    folder = shared / "standards" / "contexts"
    index = json.loads((folder / "index.json").read_text())
    return {
        url: json.loads((folder / each["file"]).read_text())
        for url, each in index.items()
    }
