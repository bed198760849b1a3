"""“Is it for you?”: seven reasons, each a door with a question or two behind it.

The answers are nothing but filters of the list: what a door shows is what the list
shows for the same question.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mikrokraad.catalogue import filters
from mikrokraad.catalogue import queries as catalogue
from mikrokraad.catalogue.filters import YES
from mikrokraad.catalogue.search.current import current
from mikrokraad.catalogue.search.finding import Found
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.core.texts import said
from mikrokraad.pages import listing
from mikrokraad.pages.degrees import level_text
from mikrokraad.pathways import queries as pathways
from mikrokraad.pathways.models import DegreeCurriculum
from mikrokraad.seats.seen import notice_edition

Context = dict[str, Any]
SHOWN, MOST_ROWS = 6, 12
SIZES = ("..6", "7..11", "12..17", "18..")
FEES = ("500", "1000", "1500")


@dataclass(frozen=True)
class Question:
    """One question; each option is a value and its words. Without options, free words."""

    name: str
    text: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Door:
    """A reason to come: its sentence, what is asked, and the filters always set."""

    key: str
    reason: str
    title: str
    colour: str
    questions: Callable[[Found], list[Question]]
    always: Mapping[str, str]


def doors() -> list[Door]:
    """The seven reasons, in the order in which people name them."""
    return [
        Door(
            "refresh",
            _("it is years since you studied, and you want to be up to date"),
            _("Up to date again"),
            "indigo",
            lambda found: [_field(found), _size()],
            {"open": YES},
        ),
        Door(
            "skill",
            _("you need one particular skill in a narrow field"),
            _("One particular skill"),
            "madder",
            lambda _found: [_words(), _size()],
            {},
        ),
        Door(
            "work",
            _("you want to be surer of your place in working life"),
            _("Surer in working life"),
            "moss",
            lambda found: [_field(found), _time()],
            {"open": YES},
        ),
        Door(
            "career",
            _("you are changing careers"),
            _("Another career"),
            "weld",
            lambda _found: [],
            {},
        ),
        Door(
            "courses",
            _("you want some courses, not a whole curriculum"),
            _("A few courses"),
            "lichen",
            lambda _found: [_size(), _fee()],
            {},
        ),
        Door(
            "degree",
            _("you want your studies to count towards a degree later"),
            _("Towards a degree"),
            "walnut",
            lambda _found: [],
            {},
        ),
        Door(
            "people",
            _("you want to meet people of your field"),
            _("People of your field"),
            "juniper",
            lambda found: [_field(found), _place(found)],
            {"mode": "block"},
        ),
    ]


def door(key: str) -> Door | None:
    return next((one for one in doors() if one.key == key), None)


OWN_PAGES = {"career": "pages:career", "degree": "pages:towards_a_degree"}


def leads_elsewhere(one: Door) -> bool:
    """Whether a page of its own is behind a door."""
    return one.key in OWN_PAGES


def address(one: Door) -> str:
    if leads_elsewhere(one):
        return reverse(OWN_PAGES[one.key])
    return reverse("pages:door", args=[one.key])


def reasons() -> list[dict[str, str]]:
    """Each reason with the way through its door."""
    return [
        {
            "key": one.key,
            "text": one.reason,
            "title": one.title,
            "colour": one.colour,
            "href": address(one),
        }
        for one in doors()
    ]


def behind(one: Door, asked: Mapping[str, str], *, at: datetime) -> Context:
    """The questions of a door, what was answered, and which programmes that leaves."""
    index = current()
    notice_edition(index.number)
    everything = Found(index, filters.Wanted(), Moment(at), language=_language())
    questions = one.questions(everything)
    answers = {
        q.name: asked[q.name] for q in questions if asked.get(q.name, "").strip()
    }
    want = filters.wanted({**one.always, **answers}, index.shelf.knows)
    found = Found(index, want, Moment(at), language=_language())
    hits = found.hits(0, SHOWN)
    return {
        "door": one,
        "questions": [
            {
                "name": q.name,
                "text": q.text,
                "hint": q.hint,
                "options": [
                    {"value": v, "text": text, "chosen": answers.get(q.name, "") == v}
                    for v, text in q.options
                ],
                "value": answers.get(q.name, ""),
            }
            for q in questions
        ],
        "answered": bool(answers),
        "count": found.count,
        "cards": listing.cards([hit.run for hit in hits], at=at),
        "list_href": f"{reverse('pages:programmes')}?{want.query}",
    }


def _language() -> str:
    return get_language() or "et"


ANY = ""


def _field(found: Found) -> Question:
    names = found.index.shelf.names.get("field", {})
    options = sorted(((key, said(name)) for key, name in names.items()), key=_by_name)
    return Question("field", _("In which field?"), ((ANY, _("any field")), *options))


def _place(found: Found) -> Question:
    names = found.index.shelf.names.get("place", {})
    options = sorted(((key, said(name)) for key, name in names.items()), key=_by_name)
    return Question("place", _("Where?"), ((ANY, _("anywhere")), *options))


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def _size() -> Question:
    texts = (
        _("a few weeks: up to 6 ECTS"),
        _("a small part of a semester: 7 to 11 ECTS"),
        _("half of a semester's work: 12 to 17 ECTS"),
        _("a whole semester's work or more: 18 ECTS and up"),
    )
    return Question(
        "ects",
        _("How much time have you got?"),
        ((ANY, _("as much as it takes")), *zip(SIZES, texts, strict=True)),
    )


def _fee() -> Question:
    options = [(value, _("up to €{sum}").format(sum=value)) for value in FEES]
    return Question("fee", _("What may it cost?"), ((ANY, _("any price")), *options))


def _time() -> Question:
    return Question(
        "evenings",
        _("When can you study?"),
        ((ANY, _("at any time")), (YES, _("only after 16:00 and at weekends"))),
    )


def _words() -> Question:
    return Question(
        "q",
        _("What do you want to be able to do?"),
        hint=_("In your own words, such as “analyse data” or “lead a team”."),
    )


# Towards a degree -----------------------------------------------------------------


def towards_degrees(chosen: str, *, at: datetime) -> Context:
    """Degrees that take in credits; of the chosen one, which programmes bring most."""
    known = list(pathways.curricula_fed())
    degree = next((one for one in known if str(one.pk) == chosen), None)
    return {
        "degrees": [
            {
                "value": str(one.pk),
                "text": _degree_text(one),
                "chosen": one is degree,
            }
            for one in known
        ],
        "degree": degree,
        "cards": _bringing(degree, at=at) if degree else [],
    }


def _degree_text(degree: DegreeCurriculum) -> str:
    """“Law, bachelor's degree, 180 ECTS”."""
    title = ", ".join(filter(None, [said(degree.title), level_text(degree.level)]))
    return _("{title}, {ects} ECTS").format(title=title, ects=degree.ects)


def _bringing(degree: DegreeCurriculum, *, at: datetime) -> list[Context]:
    """Cards of programmes with the ECTS they bring, most first."""
    counted: Mapping[UUID, int] = pathways.programmes_into(degree)
    most = dict(sorted(counted.items(), key=lambda pair: -pair[1])[:MOST_ROWS])
    runs = catalogue.best_runs(most, at=at)
    cards = listing.cards(
        [runs[programme].pk for programme in most if programme in runs], at=at
    )
    ects = {runs[programme].pk: n for programme, n in most.items() if programme in runs}
    return [{**card, "why": [_counts(ects[card["run"]], degree)]} for card in cards]


def _counts(ects: int, degree: DegreeCurriculum) -> dict[str, str]:
    """“Counts: up to 18 of 120 ECTS”."""
    text = _("up to {some} of {every} ECTS").format(some=ects, every=degree.ects)
    return {"where": _("Counts"), "text": text}
