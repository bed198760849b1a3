"""Moving a place to a later run: the applicant asks, staff answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions import deferring, queries
from mikrokraad.admissions.actions.carrying import answers_of, copy_files
from mikrokraad.admissions.actions.endings import end
from mikrokraad.admissions.actions.steps import locked, tell
from mikrokraad.admissions.models import Application, Deferral
from mikrokraad.admissions.rules import (
    LADDER,
    AlreadyAnswered,
    NothingLater,
    ReasonsNeeded,
    State,
    Step,
)
from mikrokraad.catalogue.models import Run
from mikrokraad.core.calendar import end_of
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.people.models import Person
from mikrokraad.people.register import record

WHY = "deferred"


@transaction.atomic
def ask_to_defer(
    application: Application, words: str = "", *, by: Person, at: datetime
) -> Deferral:
    """Ask to study in a later run. The place is kept until staff answer. Twice is once.

    Refuses with StepNotAllowed, or NothingLater where no later run is known.
    """
    application = locked(application)
    asked = Deferral.objects.filter(application=application).first()
    if asked:
        return asked
    _require_movable(application)
    if not deferring.may_ask(application, at=at):
        raise NothingLater(
            _(
                "No later run of this programme is planned yet. "
                "Write to the contact person and ask when the next one will be."
            )
        )
    record("application: ask to defer", application, by=by, at=at)
    return Deferral.objects.create(
        application=application, words=words.strip(), asked_at=at
    )


@transaction.atomic
def defer(
    application: Application,
    run: Run | None,
    *,
    answer: str = "",
    by: Person,
    at: datetime,
) -> Application | None:
    """Move a place to `run`; None is one that is still planned. Twice is once.

    Seats are free at once, the invoice is credited and what was paid is the payer's
    again. In the new run a draft begins with the same answers and files.
    Refuses with StepNotAllowed and NothingLater.
    """
    Person.objects.select_for_update().get(pk=application.person_id)
    application = locked(application)
    wish = Deferral.objects.filter(application=application).first()
    if wish and wish.granted:
        return wish.made
    _require_movable(application)
    _require_later(application, run, at=at)
    end(application, Step.DEFER, WHY, by=by, at=at)
    made = _begin_again(application, run, by=by, at=at) if run else None
    wish = wish or Deferral(application=application, asked_at=at)
    wish.made = made
    _answer(wish, answer, granted=True, by=by, at=at)
    tell(application, "deferred", at=at, once=WHY, made=made, answer=wish.answer)
    return made


@transaction.atomic
def keep_in_this_run(
    application: Application, *, answer: str, by: Person, at: datetime
) -> Deferral:
    """Say no to a wish for a later run, with the reason; the place stays.

    Refuses with ReasonsNeeded, or AlreadyAnswered.
    """
    if not answer.strip():
        raise ReasonsNeeded(_("Say why. The applicant reads it in the letter."))
    application = locked(application)
    wish = Deferral.objects.filter(application=application, granted=None).first()
    if wish is None:
        raise AlreadyAnswered(_("This wish has been answered already."))
    _answer(wish, answer, granted=False, by=by, at=at)
    record("application: keep in this run", application, by=by, at=at)
    tell(application, "not_deferred", at=at, once="not deferred", answer=wish.answer)
    return wish


def _answer(
    wish: Deferral, words: str, *, granted: bool, by: Person, at: datetime
) -> None:
    wish.granted, wish.answer = granted, words.strip()
    wish.decided_by, wish.decided_at = by, at
    wish.save()


def _require_movable(application: Application) -> None:
    if not LADDER.allows(State(application.state), Step.DEFER):
        raise StepNotAllowed(
            _("Only a place that is accepted and not yet paid can be moved.")
        )


def _require_later(application: Application, run: Run | None, *, at: datetime) -> None:
    known = (
        deferring.later_runs(application, at=at).filter(pk=run.pk)
        if run
        else deferring.later_plans(application)
    )
    if not known.exists():
        raise NothingLater(_("Choose a later run of the same programme."))


def _begin_again(
    application: Application, run: Run, *, by: Person, at: datetime
) -> Application:
    """A draft in the later run with the same answers, unless one was begun there."""
    begun = queries.live_application(run, application.person)
    if begun:
        return begun
    made = Application.objects.create(
        run=run,
        person=application.person,
        started_at=at,
        changed_at=at,
        move_by=end_of(run.deadline),
        **answers_of(application),
    )
    copy_files(application, made)
    record("application: start", made, by=by, at=at, carried_from=str(application.pk))
    return made
