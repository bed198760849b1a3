"""A desk of staff for the component page."""

from typing import Any

from mikrokraad.core.components.words import say
from mikrokraad.core.money import euros


def desk() -> dict[str, Any]:
    rows = [
        (
            say("Kask, Liis", "Kask, Liis"),
            say("Andmeteadus", "Data Science"),
            say("Esitatud", "Submitted"),
            "info",
            240_000,
            say("3 tööpäeva", "3 working days"),
        ),
        (
            say("Meri, Karl", "Meri, Karl"),
            say("Haldusõigus praktikutele", "Administrative Law for Practitioners"),
            say("Ootab lisa", "Waiting for evidence"),
            "wait",
            189_000,
            say("kandidaadi käik", "applicant’s move"),
        ),
        (
            say("Oja, Triin", "Oja, Triin"),
            say("Andmeteadus", "Data Science"),
            say("Vastu võetud", "Admitted"),
            "good",
            240_000,
            say("arve makstud", "invoice paid"),
        ),
        (
            say("Saar, Peeter", "Saar, Peeter"),
            say(
                "Bioloogia õpetamine gümnaasiumis",
                "Teaching Biology in Upper Secondary School",
            ),
            say("Ei saanud kohta", "Not admitted"),
            "bad",
            0,
            say("lõpetatud", "closed"),
        ),
    ]
    return {
        "columns": [
            {"label": say("Kandidaat", "Applicant")},
            {"label": say("Programm", "Programme")},
            {"label": say("Olek", "State")},
            {"label": say("Hind", "Fee"), "number": True},
        ],
        "rows": [
            [
                {"text": name, "href": "#", "note": note},
                programme,
                {"tag": state, "tag_kind": kind},
                euros(fee),
            ]
            for name, programme, state, kind, fee, note in rows
        ],
        "figures": [
            {
                "figure": 14,
                "label": say("ootab otsust", "to be decided"),
                "href": "#",
                "note": say("vanim 6 päeva", "oldest 6 days"),
            },
            {
                "figure": 3,
                "label": say("arvet tähtaja üle", "invoices overdue"),
                "href": "#",
            },
            {"figure": 27, "label": say("õppijat sees", "learners in"), "href": "#"},
            {
                "figure": 2,
                "label": say("tulemust kinnitamata", "results to confirm"),
                "href": "#",
            },
        ],
    }
