"""Programmes and their runs as the European Learning Model 3 tells them, as JSON-LD.

A version of a programme is a Qualification: the specification of what is learnt. Each
published run that has not ended is a LearningOpportunity for it.
Source: https://github.com/european-commission-empl/European-Learning-Model, the
context http://data.europa.eu/snb/model/context/edc-ap and the shapes edc-generic-full.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from mikrokraad.catalogue.models import Outcome, ProgrammeVersion, Run
from mikrokraad.catalogue.published import runs_of
from mikrokraad.core.calendar import day_of, end_of, start_of
from mikrokraad.core.money import CENTS
from mikrokraad.fees.queries import prices_of
from mikrokraad.fees.rules import Price
from mikrokraad.pages.semester import HOURS_PER_ECTS
from mikrokraad.people.models import Institution
from mikrokraad.people.queries import institution

Node = dict[str, Any]
Text = Mapping[str, str]
CONTEXT = "http://data.europa.eu/snb/model/context/edc-ap"
SNB = "http://data.europa.eu/snb"
AUTHORITY = "http://publications.europa.eu/resource/authority"
VERSION = "25831c2"  # of the vocabularies under SNB
SECOND = timedelta(seconds=1)
# Codes of the Publications Office for what ISO names with two letters.
LANGUAGES = {"et": "EST", "en": "ENG", "ru": "RUS"}
COUNTRIES = {"EE": "EST", "FI": "FIN", "LV": "LVA", "LT": "LTU", "SE": "SWE"}
# Words of the vocabularies that we use, as they are published.
ECTS = (f"{SNB}/education-credit/6fcec5c5af", "European Credit Transfer System")
SHORT = (f"{SNB}/learning-opportunity/74a4a268e8", "Short learning programme")


def document(versions: Sequence[ProgrammeVersion], *, at: datetime) -> Node:
    """Everything of these programmes, in a fixed number of queries."""
    giver = organisation(institution())
    found = runs_of(version.programme_id for version in versions)
    coming = {key: _to_come(runs, at=at) for key, runs in found.items()}
    prices = prices_of(run for runs in coming.values() for run in runs)
    graph = [giver] if giver else []
    for version in versions:
        graph.append(specification(version))
        graph += [
            opportunity(run, prices[run.pk], giver)
            for run in coming.get(version.programme_id, [])
            if giver
        ]
    return {"@context": [CONTEXT], "@graph": graph}


def _to_come(runs: Iterable[Run], *, at: datetime) -> list[Run]:
    today = day_of(at)
    return [
        run for run in runs if run.ends_on >= today and run.commissioned_by_id is None
    ]


# What is learnt -----------------------------------------------------------------------


def specification(version: ProgrammeVersion) -> Node:
    key = _urn(version.programme_id)
    return _known(
        {
            "@id": key,
            "@type": "Qualification",
            "identifier": _register_code(version),
            "title": version.title,
            "description": version.lead,
            "dcType": _concept(*SHORT, scheme=f"{SNB}/learning-opportunity/{VERSION}"),
            "homepage": _pages(version, key),
            "thematicArea": _field(version),
            "eqfLevel": _level(version),
            "isPartialQualification": True,
            "creditPoint": _credit(version.ects, key),
            "volumeOfLearning": f"PT{version.ects * HOURS_PER_ECTS}H",
            "entryRequirement": _asked(version, key),
            "learningOutcome": [_outcome(one) for one in version.outcomes.all()],
            "provenBy": _assessment(version, key),
        }
    )


def _register_code(version: ProgrammeVersion) -> Node | None:
    code = version.programme.register_code
    if not code:
        return None
    return {
        "@id": f"{_urn(version.programme_id)}:register",
        "@type": "Identifier",
        "notation": code,
        "schemeName": "EHIS",
    }


def _field(version: ProgrammeVersion) -> Node | None:
    if version.field is None:
        return None
    key = f"{SNB}/isced-f/{version.field.code}"
    return _concept(key, version.field.name, scheme=f"{SNB}/isced-f/{VERSION}")


def _level(version: ProgrammeVersion) -> Node | None:
    level = version.eqf_level
    if level is None:
        return None
    return _concept(
        f"{SNB}/eqf/{level}", f"Level {level}", scheme=f"{SNB}/eqf/{VERSION}"
    )


def _credit(ects: int, key: str) -> Node:
    return {
        "@id": f"{key}:credit",
        "@type": "CreditPoint",
        "framework": _concept(*ECTS, scheme=f"{SNB}/education-credit/{VERSION}"),
        "point": str(ects),
    }


def _asked(version: ProgrammeVersion, key: str) -> Node | None:
    lines: dict[str, list[str]] = {}
    for requirement in version.requirements.all():
        for code, words in requirement.text.items():
            lines.setdefault(code, []).append(words)
    text = {code: "\n".join(words) for code, words in lines.items()}
    return _note(f"{key}:entry", text) if text else None


def _outcome(outcome: Outcome) -> Node:
    return {
        "@id": f"{_urn(outcome.version_id)}:outcome:{outcome.position}",
        "@type": "LearningOutcome",
        "title": outcome.text,
    }


def _assessment(version: ProgrammeVersion, key: str) -> Node | None:
    if not version.assessment_type:
        return None
    return {
        "@id": f"{key}:assessment",
        "@type": "LearningAssessmentSpecification",
        "title": version.assessment_type,
    }


# When and by whom ---------------------------------------------------------------------


def opportunity(run: Run, price: Price, giver: Node) -> Node:
    """A run that one can still study in, with its price and its last day to apply."""
    version, key = run.version, _urn(run.pk)
    return _known(
        {
            "@id": key,
            "@type": "LearningOpportunity",
            "title": version.title,
            "description": version.lead,
            "homepage": _pages(version, key, run.intake.term_id),
            "temporal": {
                "@id": f"{key}:period",
                "@type": "PeriodOfTime",
                "startDate": _begins(run.starts_on),
                "endDate": _ends(run.ends_on),
            },
            "applicationDeadline": _ends(run.deadline),
            "defaultLanguage": _language(run.languages[0]) if run.languages else None,
            "priceDetail": _price(price, key),
            "providedBy": {"@id": giver["@id"], "@type": "Organisation"},
            "learningAchievementSpecification": {
                "@id": _urn(version.programme_id),
                "@type": "Qualification",
            },
        }
    )


def _price(price: Price, key: str) -> Node:
    return {
        "@id": f"{key}:price",
        "@type": "PriceDetail",
        "amount": {
            "@id": f"{key}:amount",
            "@type": "Amount",
            "value": f"{price.total_cents // CENTS}.{price.total_cents % CENTS:02}",
            "unit": _concept(
                f"{AUTHORITY}/currency/EUR", "euro", scheme=f"{AUTHORITY}/currency"
            ),
        },
    }


def organisation(found: Institution | None) -> Node | None:
    """The university; none before it was founded."""
    if found is None:
        return None
    key = f"{settings.PUBLIC_URL}/#university"
    code = COUNTRIES.get(found.country, found.country)
    country = f"{AUTHORITY}/country/{code}"
    return {
        "@id": key,
        "@type": "Organisation",
        "legalName": found.name,
        "registration": {
            "@id": f"{key}-registration",
            "@type": "LegalIdentifier",
            "notation": found.registry_code,
            "spatial": _concept(country, code, scheme=f"{AUTHORITY}/country"),
        },
        "location": {
            "@id": f"{key}-location",
            "@type": "Location",
            "address": {
                "@id": f"{key}-address",
                "@type": "Address",
                "fullAddress": _note(f"{key}-full-address", found.address),
                "countryCode": _concept(country, code, scheme=f"{AUTHORITY}/country"),
            },
        },
    }


# Parts --------------------------------------------------------------------------------


def _concept(key: str, label: Text | str, *, scheme: str) -> Node:
    return {
        "@id": key,
        "@type": "Concept",
        "inScheme": {"@id": scheme, "@type": "ConceptScheme"},
        "prefLabel": {"en": label} if isinstance(label, str) else label,
    }


def _language(code: str) -> Node:
    word = LANGUAGES.get(code, code.upper())
    scheme = f"{AUTHORITY}/language"
    return _concept(f"{scheme}/{word}", word, scheme=scheme)


def _pages(version: ProgrammeVersion, key: str, term: str = "") -> list[Node]:
    """The page in each language."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            path = reverse("pages:programme", args=[version.programme.slug])
        end = f"?semester={term}" if term else ""
        page = {
            "@id": f"{key}:page:{code}",
            "@type": "WebResource",
            "language": _language(code),
            "contentURL": f"{settings.PUBLIC_URL}{path}{end}",
        }
        found.append(page)
    return found


def _note(key: str, text: Text) -> Node:
    return {"@id": key, "@type": "Note", "noteLiteral": text}


def _urn(key: UUID) -> str:
    return f"urn:uuid:{key}"


def _begins(day: date) -> str:
    return start_of(day).isoformat()


def _ends(day: date) -> str:
    """The last second of a day."""
    return (end_of(day) - SECOND).isoformat()


def _known(facts: Mapping[str, Any]) -> Node:
    return {
        name: value for name, value in facts.items() if value not in ("", None, [], {})
    }
