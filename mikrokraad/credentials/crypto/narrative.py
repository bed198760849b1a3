"""The criteria of an Open Badge in words: one fact to a line, so that it reads back exactly.

Open Badges 3.0 has no terms for the form of participation, the type of assessment and the
like; its `criteria.narrative` (Markdown) is where they belong.
"""

from mikrokraad.credentials.crypto.facts import (
    Bilingual,
    Facts,
    Language,
    said,
    written,
)

LABELS: dict[Language, dict[str, str]] = {
    "et": {
        "volume": "Maht",
        "outcome": "Õpiväljund",
        "assessment": "Kuidas hinnati",
        "assessment_type": "Hindamise liik",
        "participation": "Osalemise vorm",
        "quality_assurance": "Kvaliteedi tagamine",
        "prerequisites": "Eeldused",
        "supervision": "Järelevalve ja isiku tuvastamine hindamisel",
        "stackability": "Jätkamine tasemeõppes",
        "counts_towards": "Arvestatakse õppekavas",
    },
    "en": {
        "volume": "Volume",
        "outcome": "Learning outcome",
        "assessment": "Assessed by",
        "assessment_type": "Type of assessment",
        "participation": "Form of participation",
        "quality_assurance": "Quality assurance",
        "prerequisites": "Prerequisites",
        "supervision": "Supervision and identity check during assessment",
        "stackability": "Going on to a degree",
        "counts_towards": "Counts towards the curriculum",
    },
}
SINGLE = (
    "assessment_type",
    "participation",
    "quality_assurance",
    "prerequisites",
    "supervision",
    "stackability",
)


def volume(ects: float, hours: float, language: Language) -> str:
    """“312 tundi (12 EAP)”, “312 hours (12 ECTS)”."""
    hour, unit = ("tundi", "EAP") if language == "et" else ("hours", "ECTS")
    return f"{written(hours, language)} {hour} ({written(ects, language)} {unit})"


def criteria(facts: Facts, planned_volume: str) -> str:
    """What is needed to earn the achievement."""
    language = facts["language"]
    texts: dict[str, Bilingual | None] = {
        "assessment_type": facts["assessment_type"],
        "participation": facts["participation"],
        "quality_assurance": facts["quality_assurance"],
        "prerequisites": facts["prerequisites"],
        "supervision": facts["supervision"],
        "stackability": facts["stackability"],
    }
    lines = [("volume", planned_volume)]
    for outcome in facts["outcomes"]:
        lines.append(("outcome", said(outcome["text"], language)))
        lines.append(("assessment", said(outcome["assessment"], language)))
    lines += [
        (name, said(texts[name], language))
        for name in SINGLE
        if said(texts[name], language)
    ]
    lines += [
        ("counts_towards", said(each["curriculum"], language))
        for each in facts["counts_towards"]
    ]
    return "\n\n".join(f"**{LABELS[language][name]}:** {text}" for name, text in lines)


def read(narrative: str, language: Language) -> dict[str, list[str]]:
    """Name of a fact -> its texts, in order."""
    names = {f"**{label}:** ": name for name, label in LABELS[language].items()}
    found: dict[str, list[str]] = {name: [] for name in LABELS[language]}
    for line in narrative.split("\n\n"):
        for opening, name in names.items():
            if line.startswith(opening):
                found[name].append(line.removeprefix(opening))
    return found
