"""One programme for the component page: facts, courses, conditions, semester."""

from datetime import date, timedelta
from typing import Any

from mikrokraad.core.components.words import say
from mikrokraad.core.squares import Mark

FIRST, LAST = date(2027, 2, 8), date(2027, 6, 18)


def programme() -> dict[str, Any]:
    return {
        "facts": [
            (say("Kohti", "Places"), say("7 vaba 30-st", "7 of 30 left")),
            (say("Algab", "Starts"), say("8. veebruaril 2027", "8 February 2027")),
            (say("Kestab", "Length"), say("ühe semestri", "one semester")),
            (say("Maht", "Volume"), say("24 EAP, 624 tundi", "24 ECTS, 624 hours")),
            (
                say("Õppevorm", "Mode"),
                say("sessioonõpe Tartus või veebis", "block mode, Tartu or online"),
            ),
            (say("Keel", "Language"), say("inglise keel", "English")),
            (say("Tase", "Level"), say("EKR 7", "EQF 7")),
        ],
        "courses": [
            {
                "title": say("Andmeteaduse alused", "Introduction to Data Science"),
                "ects": 6,
                "colour": "indigo",
                "code": "DEMO.01.001",
                "meta": say(
                    "eksam ja projekt · arvestatakse informaatika magistriõppes",
                    "exam and project · counts in Computer Science (master’s)",
                ),
            },
            {
                "title": say("Masinõpe", "Machine Learning"),
                "ects": 6,
                "colour": "moss",
                "code": "DEMO.01.014",
                "meta": say(
                    "eksam · arvestatakse andmeteaduse magistriõppes",
                    "exam · counts in Data Science (master’s)",
                ),
            },
            {
                "title": say("Andmetehnika", "Data Engineering"),
                "ects": 9,
                "colour": "lichen",
                "code": "DEMO.01.020",
                "meta": say("projekt", "project"),
            },
            {
                "title": say("Statistika praktikas", "Statistics in Practice"),
                "ects": 3,
                "colour": "weld",
                "code": "DEMO.02.003",
                "meta": say("kirjalik töö", "written work"),
            },
        ],
        "conditions": [
            {
                "text": say(
                    "Bakalaureusekraad või sellele vastav haridus",
                    "A bachelor’s degree or education of the same level",
                ),
                "state": "met",
                "note": say(
                    "Diplom laaditi üles 20. novembril.",
                    "Diploma uploaded on 20 November.",
                ),
            },
            {
                "text": say(
                    "Inglise keel vähemalt tasemel B2", "English at level B2 or better"
                ),
                "state": "missing",
                "note": say(
                    "Lisa tunnistus või kirjuta, kus oled inglise keeles õppinud.",
                    "Add a certificate, or write where you studied in English.",
                ),
            },
            {
                "text": say(
                    "Mõningane programmeerimisoskus: kursus või aasta tööd",
                    "Some programming: a course, or a year of work with code",
                ),
                "state": "unknown",
            },
        ],
    }


def marks() -> list[Mark]:
    found = []
    for number in range(9):
        thursday = FIRST + timedelta(days=14 * number + 3)
        found += [
            Mark(
                thursday,
                text=say(
                    "Andmeteaduse alused, 16.15–19.45",
                    "Introduction to Data Science, 16:15–19:45",
                ),
            ),
            Mark(
                thursday + timedelta(days=1),
                colour="moss",
                text=say("Masinõpe, 10.15–17.00", "Machine Learning, 10:15–17:00"),
            ),
            Mark(
                thursday + timedelta(days=2),
                colour="lichen",
                text=say("Andmetehnika, 10.15–14.00", "Data Engineering, 10:15–14:00"),
            ),
        ]
    return [
        *found,
        Mark(date(2027, 3, 16), "busy"),
        Mark(date(2027, 3, 30), "busy"),
        Mark(date(2027, 4, 8), "clash"),
        Mark(
            date(2027, 6, 11), "exam", say("eksam: masinõpe", "exam: Machine Learning")
        ),
        Mark(
            date(2027, 6, 17),
            "exam",
            say("eksam: andmeteaduse alused", "exam: Introduction to Data Science"),
        ),
    ]
