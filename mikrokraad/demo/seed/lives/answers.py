"""How applicants of the demonstration answer what a programme asks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from babel import Locale
from django.core.files.uploadedfile import SimpleUploadedFile

from mikrokraad.admissions import actions
from mikrokraad.admissions.acceptance import CITIZENSHIP
from mikrokraad.admissions.models import Application
from mikrokraad.catalogue.models import ProgrammeVersion, Question, Requirement
from mikrokraad.catalogue.rules import Education, RequirementKind
from mikrokraad.demo.seed import texts
from mikrokraad.demo.seed.lives.papers import paper
from mikrokraad.demo.seed.lives.plans import Plan, Stop
from mikrokraad.demo.seed.lives.town import Town
from mikrokraad.fees.rules import PayerKind
from mikrokraad.people.models import Organisation, Person

Say = Callable[[str], str]
HOMES = ["EE", "FI", "GE", "IN", "LV"]  # of those whose home is told nowhere


def fill_in(application: Application, plan: Plan, town: Town) -> None:
    """Answer page after page; a draft that is left stops after the first two."""
    at, by = town.at, application.person
    left = plan.stop == Stop.DRAFT
    for section, given in _pages(application, plan, town)[: 2 if left else None]:
        at += timedelta(seconds=town.rng.randint(10, 50))
        actions.save_section(application, section, given, by=by, at=at)
    if not left:
        _add_files(application, at)


def _pages(
    application: Application, plan: Plan, town: Town
) -> list[tuple[str, dict[str, Any]]]:
    version, rng = application.run.version, town.rng
    say = partial(town.say, language=application.person.language)
    pages = [
        ("about", _about(application)),
        ("education", _education(version, plan, say)),
    ]
    asked = {
        each.key: _answer(each, say, rng)
        for each in version.requirements.order_by("position")
    }
    if asked:
        pages.append(("requirements", asked))
    questions = list(version.questions.order_by("position"))
    if questions:
        told = {
            each.key: str(rng.randrange(len(each.choices)))
            if each.choices
            else _written(each, application.person, say, rng)
            for each in questions
        }
        pages.append(("questions", told))
    return [*pages, ("payer", _payer(plan.employer, rng))]


def _written(asked: Question, person: Person, say: Say, rng: Random) -> str:
    if asked.key != CITIZENSHIP:
        return say("question")
    homes = {row["email"]: row["country"] for row in texts.people()}
    code = homes.get(person.email) or rng.choice(HOMES)
    return str(Locale(person.language).territories[code])


def _about(application: Application) -> dict[str, Any]:
    person = application.person
    assert person.birth_date is not None  # everybody of the cast has one
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": person.birth_date.isoformat(),
    }


def _education(version: ProgrammeVersion, plan: Plan, say: Say) -> dict[str, Any]:
    """Who will be rejected has too little of it."""
    level = Education(version.minimum_education)
    if plan.rejected:
        level = list(Education)[max(0, list(Education).index(level) - 1)]
    return {"education": level, "education_about": say(f"education_{level}")}


def _answer(asked: Requirement, say: Say, rng: Random) -> dict[str, Any]:
    kind = RequirementKind(asked.kind)
    if kind == RequirementKind.DOCUMENT:
        return {}
    if kind == RequirementKind.FREE_TEXT:
        return {"about": say("question")}
    if kind == RequirementKind.LANGUAGE:
        level = rng.choice([asked.params.get("level", "B2"), "C1"])
        return {"level": level, "about": say("language")}
    answer: dict[str, Any] = {"met": "yes", "about": say(kind.value)}
    if kind == RequirementKind.EXPERIENCE and asked.params.get("years"):
        answer["years"] = float(asked.params["years"] + rng.randint(0, 6))
    return answer


def _add_files(application: Application, at: datetime) -> None:
    for each in application.run.version.requirements.order_by("position"):
        if each.needs_evidence or each.kind == RequirementKind.DOCUMENT:
            upload = SimpleUploadedFile(f"{each.key}.pdf", paper(), "application/pdf")
            actions.attach_evidence(
                application, each.key, upload, by=application.person, at=at
            )


def _payer(employer: str, rng: Random) -> dict[str, Any]:
    if not employer:
        return {"payer_kind": PayerKind.SELF}
    organisation = Organisation.objects.get(registry_code=employer)
    return {
        "payer_kind": PayerKind.EMPLOYER,
        "name": organisation.name,
        "registry_code": organisation.registry_code,
        "email": organisation.email,
        "purchase_order": f"T-{rng.randint(100, 999)}",
    }
