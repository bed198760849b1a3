"""A change of career: which skills are in between, and which programmes teach them."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mikrokraad.catalogue import careers, filters
from mikrokraad.catalogue import queries as catalogue
from mikrokraad.catalogue.careers import Change, Skill
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.search.current import current
from mikrokraad.catalogue.search.finding import Found, Hit
from mikrokraad.catalogue.search.finding import matches as matching
from mikrokraad.catalogue.search.index import Index
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.core.texts import said
from mikrokraad.pages import listing
from mikrokraad.seats.seen import notice_edition

Context = dict[str, Any]
FOR_A_SKILL, MOST_CARDS = 2, 3


def career_page(asked: Mapping[str, str], *, at: datetime) -> Context:
    """Both questions; once it is known what somebody wants to be, the way there."""
    before, after = asked.get("from", ""), asked.get("to", "")
    way = careers.change(before, after)
    shown = {"before": _options(before), "after": _options(after), "way": way}
    return {**shown, **_way(way, at=at)} if way else shown


def _options(chosen: str) -> list[Context]:
    told = [
        {"value": one.key, "text": said(one.name), "chosen": one.key == chosen}
        for one in careers.occupations().values()
    ]
    return sorted(told, key=lambda option: option["text"].casefold())


def _way(way: Change, *, at: datetime) -> Context:
    index = current()
    notice_edition(index.number)
    found = {skill: _hits(skill, index, at=at) for skill in way.between}
    runs = {hit.run for hits in found.values() for hit in hits}
    told = {run.pk: run for run in catalogue.published_runs().filter(pk__in=runs)}
    best = Counter(hit.run for hits in found.values() for hit in hits)
    most = max(best.values(), default=0)
    first = [
        run
        for run, skills in best.most_common(MOST_CARDS)
        if skills == most or skills > 1
    ]
    return {
        "brought": [said(skill.name) for skill in way.brought],
        "rows": [
            {
                "skill": said(skill.name),
                "taught": [
                    _taught(told[hit.run], _outcome(skill, hit, index))
                    for hit in hits
                    if hit.run in told
                ],
            }
            for skill, hits in found.items()
        ],
        "cards": [
            {**card, "why": [_teaches(best[card["run"]], len(way.between))]}
            for card in listing.cards(first, at=at)
        ],
    }


def _hits(skill: Skill, index: Index, *, at: datetime) -> list[Hit]:
    """Programmes that teach a skill: those that have every word of its search."""
    want = filters.Wanted(q=said(skill.find))
    found = Found(index, want, Moment(at), language=get_language() or "et")
    whole = found.matches.whole if found.matches else 0
    return found.hits(0, min(FOR_A_SKILL, whole))


def _outcome(skill: Skill, hit: Hit, index: Index) -> str:
    """The outcome of a programme that says most of what the skill is."""
    matches = matching(said(skill.find), index, get_language() or "et")
    outcomes = [
        (sum(slot.is_answered_by(tokens) for slot in matches.slots), said(text))
        for part, text, tokens in index.explained(hit.place)
        if part == "outcomes"
    ]
    answered, text = max(outcomes, default=(0, ""))
    return text if answered else ""


def _teaches(some: int, every: int) -> dict[str, str]:
    """“Teaches: 3 of the 4 skills in between”."""
    text = ngettext(
        "{n} of the {every} skill in between",
        "{n} of the {every} skills in between",
        every,
    ).format(n=some, every=every)
    return {"where": _("Teaches"), "text": text}


def _taught(run: Run, outcome: str) -> Context:
    """A programme and the outcome (or course) that answers the skill."""
    programme = run.version.programme
    return {
        "title": said(run.version.title),
        "href": f"{programme.get_absolute_url()}?semester={run.intake.term_id}",
        "ects": run.version.ects,
        "colour": run.version.field.colour if run.version.field else "indigo",
        "outcome": outcome,
    }
