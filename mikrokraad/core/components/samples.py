"""What the component page shows: realistic words, in both languages, nobody real."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.utils.translation import get_language

from mikrokraad.core.components.forms import Sample
from mikrokraad.core.money import euros
from mikrokraad.core.squares import ClothRow, Mark, semester_weeks
from mikrokraad.core.weave import COLOURS

FIRST, LAST = date(2027, 2, 8), date(2027, 6, 18)
SEEDS = (
    "data-science",
    "administrative-law",
    "creative-industries",
    "ecology",
    "psychology",
    "biology",
)


def say(et: str, en: str) -> str:
    """Samples are not interface wording, so they stay out of the catalogues."""
    return et if (get_language() or "et").startswith("et") else en


def _marks() -> list[Mark]:
    marks = []
    for number in range(9):
        thursday = FIRST + timedelta(days=14 * number + 3)
        marks += [
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
        *marks,
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


def _cards() -> list[dict[str, Any]]:
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


def _programme() -> dict[str, Any]:
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


def _links(
    words: list[tuple[str, int | None]], current: int = 0
) -> list[dict[str, Any]]:
    return [
        {"label": label, "count": count, "href": "#", "current": place == current}
        for place, (label, count) in enumerate(words)
    ]


def _desk() -> dict[str, Any]:
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


def _progress() -> dict[str, Any]:
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


def everything() -> dict[str, Any]:
    """Every sample, by the names that the template uses."""
    wrong = Sample({"email": "liis@", "mode": "", "agree": ""})
    wrong.is_valid()
    return {
        "programme": _programme(),
        "cards": _cards(),
        "desk": _desk(),
        "progress": _progress(),
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
        "weeks": semester_weeks(FIRST, LAST, _marks()),
        "page": Paginator(range(120), 24).page(2),
        "colours": COLOURS,
        "neutrals": ("paper", "sheet", "linen", "line", "edge", "ink-soft", "ink"),
        "belts": [
            (f"{seed}-{turn}", colour)
            for turn in (2, 3)
            for seed, colour in zip(SEEDS, COLOURS, strict=True)
        ],
        "cents": 240_050,
        "on": LAST,
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
        "words": _words(),
    }


def _words() -> dict[str, str]:
    pairs = {
        "data_science": ("Andmeteadus", "Data Science"),
        "apply": ("Kandideeri 21. jaanuarini", "Apply until 21 January"),
        "figure_note": (
            "kahes osas, käibemaksuta; maksta võib ka tööandja",
            "in two instalments, no VAT; your employer can pay",
        ),
        "contact_note": (
            "Programmijuht. Vastab tavaliselt tööpäeva jooksul.",
            "Programme manager. Answers usually within a working day.",
        ),
        "write": ("Kirjuta Mari Tammele", "Write to Mari Tamm"),
        "outcomes": ("Mida sa pärast oskad", "What you will be able to do"),
        "courses": ("Neli ainet, 24 EAP", "Four courses, 24 ECTS"),
        "semester": ("Sinu semester", "Your semester"),
        "semester_text": (
            "Neljapäevast laupäevani üle nädala, Tartus või veebis; juunis kaks eksamit. Koos iseseisva tööga umbes 17 tundi nädalas.",
            "Thursday to Saturday every second week, in Tartu or online; two exams in June. About 17 hours a week with your own work.",
        ),
        "conditions": ("Kas ma saan sisse?", "Can I get in?"),
        "notice": (
            "Vastus tuleb hiljemalt 30. novembril.",
            "You will hear from us by 30 November at the latest.",
        ),
        "notice_title": ("Avaldus on kohal", "We have your application"),
        "success": (
            "Makse 1200 € on kohal. Koht on sinu.",
            "Your payment of €1,200 has arrived. The place is yours.",
        ),
        "warning": (
            "Pakkumine kehtib veel kaks päeva, 1. detsembrini.",
            "The offer stands for two more days, until 1 December.",
        ),
        "problem": (
            "Viimane koht läks just ära. Kui mõni vabaneb, pakume selle ootenimekirjas järgmisele.",
            "The last place has just been taken. If one becomes free, the next person on the waiting list is offered it.",
        ),
        "refusal": (
            "Pakkumine lõppes 1. detsembril. Kui tahad siiski õppida, kirjuta programmi kontaktisikule.",
            "Your offer ended on 1 December. Write to the programme’s contact person if you still want to study.",
        ),
        "turn": ("Sinu käik: võta koht vastu", "Your move: take the place"),
        "by": (
            "1. detsembrini. Pärast seda pakume koha järgmisele.",
            "Until 1 December. After that the place is offered on.",
        ),
        "over": ("Koht pakuti edasi", "The place was offered on"),
        "empty": ("Avaldusi veel ei ole", "No applications yet"),
        "empty_text": (
            "Vastuvõtt avaneb 1. detsembril. Esimene avaldus ilmub siia kohe.",
            "Applications open on 1 December. The first one appears here at once.",
        ),
        "withdraw": ("Loobu kohast", "Give up the place"),
        "withdraw_text": (
            "Koht läheb ootenimekirjas järgmisele ja seda ei saa tagasi võtta. Alguseni on üle 30 päeva, seega saad tagasi 90% makstust.",
            "The place goes to the next person on the waiting list and cannot be taken back. There are more than 30 days to the start, so 90% of what you paid is returned.",
        ),
        "question": ("Kas tööandja võib maksta?", "Can my employer pay?"),
        "answer": (
            "Jah. Vali avalduses maksjaks tööandja ja kirjuta tema registrikood; arve läheb otse talle.",
            "Yes. Choose your employer as the payer and give their registry code; the invoice goes straight to them.",
        ),
        "table": ("Avaldused, mis ootavad", "Applications that wait"),
        "search": ("Mida tahad õppida?", "What would you like to learn?"),
        "search_value": ("andmeteadus õhtuti", "data science in the evening"),
        "long": (
            "Programmi pealkiri, mis on nii pikk, et peab ka telefonis kenasti mitmele reale murduma",
            "A programme title so long that it has to break well over several lines on a phone",
        ),
    }
    return {name: say(*pair) for name, pair in pairs.items()}
