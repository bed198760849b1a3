"""Applying: a draft and its answers."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions import deferring, marks, queries
from mikrokraad.admissions.actions.carrying import answers_of, copy_files
from mikrokraad.admissions.actions.steps import locked
from mikrokraad.admissions.models import Application, Deferral
from mikrokraad.admissions.rules import ApplicationsClosed, State
from mikrokraad.admissions.trying import Tried
from mikrokraad.catalogue.models import Run
from mikrokraad.core.calendar import day_text, end_of, moment_text
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.fees.rules import PayerKind
from mikrokraad.people.actions import change_details
from mikrokraad.people.models import Person
from mikrokraad.people.register import record


@transaction.atomic
def start_application(
    run: Run,
    *,
    by: Person,
    at: datetime,
    tried: Tried | None = None,
    person: Person | None = None,
) -> Application:
    """Begin, or go on with what was begun: one live application per person and run.

    It begins with the answers that were tried before, or with those of an application
    that was moved on to this run while it was planned. What was begun stays as it is.
    It is `person`'s, where staff enter it for somebody.

    Refuses with ApplicationsClosed.
    """
    person = person or by
    Person.objects.select_for_update().get(pk=person.pk)
    begun = queries.live_application(run, person)
    if begun:
        return begun
    require_open(run, at=at)
    moved = deferring.promised_before(run, person)
    application = Application.objects.create(
        run=run,
        person=person,
        started_at=at,
        changed_at=at,
        move_by=end_of(run.deadline),
        **(answers_of(moved) if moved else _as_tried(tried or Tried())),
    )
    record("application: start", application, by=by, at=at)
    if moved:
        copy_files(moved, application)
        Deferral.objects.filter(application=moved).update(made=application)
    return application


def _as_tried(tried: Tried) -> dict[str, Any]:
    answers = {"requirements": tried.to_begin_with()} if tried.answers else {}
    return {"education": tried.education, "answers": answers}


def require_open(run: Run, *, at: datetime) -> None:
    """Refuse before a run opens and after its deadline, whose day is still in time."""
    if run.published_at is None or run.cancelled_at is not None:
        raise ApplicationsClosed(_("This run takes no applications."))
    if at < run.opens_at:
        raise ApplicationsClosed(
            _("Applications open on {moment}. Come back then.").format(
                moment=moment_text(run.opens_at)
            )
        )
    if at >= end_of(run.deadline):
        raise ApplicationsClosed(
            _(
                "Applications closed on {day}. "
                "Write to the programme's contact person, or look for the next run."
            ).format(day=day_text(run.deadline))
        )


@transaction.atomic
def save_section(
    application: Application,
    section: str,
    answers: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
    seen: str = "",
    typing: bool = False,
) -> Application:
    """Keep the answers of one section of a draft; `forms` says their shapes.

    `seen` is the mark of what the page showed when it was opened. While somebody is
    `typing`, what they have not come to yet stays as it was, and no line is written
    in the register. Refuses with AnsweredElsewhere and as
    `people.actions.change_details` does.
    """
    application = locked(application)
    _require_draft(application)
    key = (
        f"requirements:{next(iter(answers), '')}"
        if section == "requirements"
        else section
    )
    before = marks.mark(application, key)
    if typing and section in _TYPED:
        answers = _TYPED[section](application, answers)
    if section == "about":
        _about(application.person, answers, by=by, at=at)
    else:
        _SECTIONS[section](application, dict(answers))
    if before != marks.mark(application, key):
        _require_seen(seen, before)
        application.changed_at = at
    application.save()
    if not typing:
        record("application: save", application, by=by, at=at, section=section)
    return application


def _require_seen(seen: str, before: str) -> None:
    if seen and seen != before:
        raise marks.AnsweredElsewhere(
            _(
                "This page was changed in another window since you opened it here, so "
                "nothing is written over. This page shows what is saved and what you have "
                "here: make it right and save again."
            )
        )


def _with_education(
    application: Application, answers: Mapping[str, Any]
) -> dict[str, Any]:
    kept = {
        "education": application.education,
        "education_about": application.education_about,
    }
    return {**kept, **answers}


def _with_requirement(
    application: Application, answers: Mapping[str, Any]
) -> dict[str, Any]:
    kept = application.answers.get("requirements", {})
    return {key: {**kept.get(key, {}), **given} for key, given in answers.items()}


def _with_questions(
    application: Application, answers: Mapping[str, Any]
) -> dict[str, Any]:
    return {**application.answers.get("questions", {}), **answers}


def _with_payer(application: Application, answers: Mapping[str, Any]) -> dict[str, Any]:
    return {"payer_kind": application.payer_kind, **application.payer, **answers}


_TYPED = {
    "education": _with_education,
    "requirements": _with_requirement,
    "questions": _with_questions,
    "payer": _with_payer,
}


def _about(
    person: Person, answers: Mapping[str, Any], *, by: Person, at: datetime
) -> None:
    """The name belongs to the person, not to the application."""
    change_details(
        person,
        given_name=answers["given_name"],
        family_name=answers["family_name"],
        birth_date=date.fromisoformat(answers["birth_date"]),
        by=by,
        at=at,
    )


def _education(application: Application, answers: dict[str, Any]) -> None:
    application.education = answers["education"]
    application.education_about = answers["education_about"]


def _requirements(application: Application, answers: dict[str, Any]) -> None:
    kept = application.answers.get("requirements", {})
    application.answers["requirements"] = {**kept, **answers}


def _questions(application: Application, answers: dict[str, Any]) -> None:
    application.answers["questions"] = answers


def _payer(application: Application, answers: dict[str, Any]) -> None:
    """Whoever pays alone leaves no organisation behind."""
    application.payer_kind = answers.pop("payer_kind")
    alone = application.payer_kind == PayerKind.SELF
    application.payer = {} if alone else answers


_SECTIONS = {
    "education": _education,
    "requirements": _requirements,
    "questions": _questions,
    "payer": _payer,
}


def _require_draft(application: Application) -> None:
    if application.state != State.DRAFT:
        raise StepNotAllowed(
            _("This application has been sent, so its answers stay as they are.")
        )
