"""What the component page shows: realistic words, in both languages, nobody real."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator

from mikrokraad.core.components import cards, desk, programme, progress, words
from mikrokraad.core.components.forms import Sample
from mikrokraad.core.components.words import say
from mikrokraad.core.squares import semester_weeks
from mikrokraad.core.weave import COLOURS


def _links(
    words: list[tuple[str, int | None]], current: int = 0
) -> list[dict[str, Any]]:
    return [
        {"label": label, "count": count, "href": "#", "current": place == current}
        for place, (label, count) in enumerate(words)
    ]


def everything() -> dict[str, Any]:
    """Every sample, by the names that the template uses."""
    wrong = Sample({"email": "liis@", "mode": "", "agree": ""})
    wrong.is_valid()
    return {
        "programme": programme.programme(),
        "cards": cards.cards(),
        "desk": desk.desk(),
        "progress": progress.progress(),
        "form": Sample(),
        "wrong": wrong,
        "chips": _links(
            [
                (say("Kevad 2027", "Spring 2027"), None),
                (say("Sügis 2027", "Autumn 2027"), None),
                (say("inglise keeles", "in English"), 7),
                (say("veebis", "online"), 12),
                (say("vabu kohti", "with places left"), 38),
            ]
        ),
        "tabs": _links(
            [
                (say("Avaldused", "Applications"), 14),
                (say("Pakkumised", "Offers"), 6),
                (say("Ootenimekiri", "Waiting list"), 3),
            ]
        ),
        "trail": [
            (say("Programmid", "Programmes"), "#"),
            (say("Infotehnoloogia", "Information technology"), "#"),
            (say("Andmeteadus", "Data Science"), ""),
        ],
        "weeks": semester_weeks(programme.FIRST, programme.LAST, programme.marks()),
        "page": Paginator(range(120), 24).page(2),
        "colours": COLOURS,
        "neutrals": ("paper", "sheet", "linen", "line", "edge", "ink-soft", "ink"),
        "belts": [
            (f"{cards.SEEDS[number % len(cards.SEEDS)]}-{turn}-{number}", colour)
            for turn in (2, 3)
            for number, colour in enumerate(COLOURS)
        ],
        "cents": 240_050,
        "on": programme.LAST,
        "at": datetime(2027, 1, 21, 23, 59, tzinfo=ZoneInfo("Europe/Tallinn")),
        "lead": say(
            "Õpid tööküsimusest tegema andmeid, mudelit ja vastust, mida kolleegid usaldavad. Neli magistriainet sessioonõppes, töö kõrvalt.",
            "Learn to turn a question at work into data, a model and an answer that colleagues trust. Four master’s courses, in block mode beside a job.",
        ),
        "kicker": say(
            "Kevad 2027 · Infotehnoloogia · Mikrokraad",
            "Spring 2027 · Information technology · Micro-degree",
        ),
        "outcomes": [
            say(
                "sõnastad tööalase küsimuse andmeülesandena ja ütled, millal andmed sellele ei vasta",
                "frame a business question as a data problem and say when data cannot answer it",
            ),
            say(
                "puhastad, ühendad ja kirjeldad andmeid Pythonis nii, et teine inimene saab töö korrata",
                "clean, join and describe data in Python so that another person can repeat it",
            ),
            say(
                "valid, treenid ja hindad mudelit ning selgitad selle vigu neile, kes sellele toetuvad",
                "choose, train and judge a model, and explain its errors to those who rely on it",
            ),
        ],
        "words": words.words(),
    }
