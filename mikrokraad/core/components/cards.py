"""Cards of programmes for the component page."""

from typing import Any

from mikrokraad.core.components.words import say
from mikrokraad.core.money import euros
from mikrokraad.core.weave import COLOURS

SEEDS = (
    "data-science",
    "administrative-law",
    "creative-industries",
    "ecology",
    "psychology",
    "biology",
)


def cards() -> list[dict[str, Any]]:
    fields = [
        ("Infotehnoloogia", "Information technology"),
        ("Õigus", "Law"),
        ("Kultuur", "Culture"),
        ("Loodus", "Nature"),
        ("Psühholoogia", "Psychology"),
        ("Haridus", "Education"),
    ]
    titles = [
        ("Andmeteadus", "Data Science"),
        ("Haldusõigus praktikutele", "Administrative Law for Practitioners"),
        (
            "Loovettevõtluse projektijuhtimine",
            "Project Management in Creative Industries",
        ),
        (
            "Ökoloogia ja looduskaitse globaalmuutuste tingimustes",
            "Ecology and Conservation in a Changing World",
        ),
        ("Soorituspsühholoogia praktikule", "Performance Psychology in Practice"),
        (
            "Bioloogia õpetamine gümnaasiumis",
            "Teaching Biology in Upper Secondary School",
        ),
    ]
    metas = [
        (
            "24 EAP · sessioonõpe Tartus · inglise keeles",
            "24 ECTS · block mode in Tartu · in English",
        ),
        (
            "18 EAP · sessioonõpe Tallinnas · eesti keeles",
            "18 ECTS · block mode in Tallinn · in Estonian",
        ),
        ("15 EAP · veebis · inglise keeles", "15 ECTS · online · in English"),
        ("14 EAP · sessioonõpe Tartus", "14 ECTS · block mode in Tartu"),
        ("12 EAP · põimõpe Tartus", "12 ECTS · blended in Tartu"),
        ("14 EAP · sessioonõpe Tartus", "14 ECTS · block mode in Tartu"),
    ]
    ends = [
        (240_000, say("7 kohta vaba", "7 places left"), "", ""),
        (189_000, say("21. jaanuarini", "until 21 January"), "", ""),
        (150_000, say("31. jaanuarini", "until 31 January"), "", ""),
        (90_000, say("täis", "full"), say("ootenimekiri", "waiting list"), "wait"),
        (132_000, say("12 kohta vaba", "12 places left"), "", ""),
        (0, say("õpetajatele", "for teachers"), say("tasuta", "free"), "good"),
    ]
    return [
        {
            "seed": SEEDS[n],
            "colour": COLOURS[n],
            "field": say(*fields[n]),
            "title": say(*titles[n]),
            "meta": say(*metas[n]),
            "figure": euros(ends[n][0]),
            "note": ends[n][1],
            "tag": ends[n][2],
            "tag_kind": ends[n][3],
        }
        for n in range(len(SEEDS))
    ]
