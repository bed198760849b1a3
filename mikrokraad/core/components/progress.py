"""Steps, moments and a degree for the component page."""

from typing import Any

from mikrokraad.core.components.words import say
from mikrokraad.core.squares import ClothRow


def progress() -> dict[str, Any]:
    labels = [
        (
            say("Avaldus esitatud", "Application submitted"),
            "done",
            say("12. november", "12 November"),
        ),
        (say("Hindamine", "Assessment"), "done", say("20. november", "20 November")),
        (
            say("Koha vastuvõtmine", "Taking the place"),
            "now",
            say("kuni 1. detsembrini", "until 1 December"),
        ),
        (
            say("Tasumine", "Payment"),
            "later",
            say("arve tuleb e-kirjaga", "the invoice comes by e-mail"),
        ),
        (
            say("Õpingute algus", "Studies begin"),
            "later",
            say("8. veebruar", "8 February"),
        ),
    ]
    steps = [
        {"label": label, "state": state, "note": note} for label, state, note in labels
    ]
    return {
        "steps": steps,
        "stopped": [
            *steps[:2],
            {
                "label": say("Koht jäi vastu võtmata", "The place was not taken"),
                "state": "stopped",
                "note": say("1. detsember", "1 December"),
            },
        ],
        "moments": [
            {
                "when": note,
                "title": label,
                "state": state,
                "text": say("Saime kõik, mida vaja.", "We have everything we need.")
                if state == "done"
                else "",
            }
            for label, state, note in labels
        ],
        "cloth": [
            ClothRow(say("Alusmoodul", "Foundations"), 12, 0, 12, "indigo"),
            ClothRow(
                say("Erialamoodul", "Specialisation"),
                6,
                12,
                12,
                "moss",
                say("sobivad veel kaks mikrokraadi", "two more micro-degrees fit here"),
            ),
            ClothRow(say("Valikained", "Electives"), 6, 0, 0, "lichen"),
            ClothRow(
                say("Magistritöö", "Master’s thesis"),
                0,
                0,
                30,
                "walnut",
                say("alati ülikoolis", "always done at the university"),
            ),
        ],
    }
