"""The life of one application, from its first page to a paid place."""

from mikrokraad.admissions import actions
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.catalogue.models import Run
from mikrokraad.demo.seed.lives.answers import fill_in
from mikrokraad.demo.seed.lives.diary import Life
from mikrokraad.demo.seed.lives.paying import paying, paying_to_be_read
from mikrokraad.demo.seed.lives.plans import Answer, Plan, Stop
from mikrokraad.demo.seed.lives.town import Town
from mikrokraad.people.actions import give_consent
from mikrokraad.people.consents import EMPLOYER
from mikrokraad.people.models import Person

AGREES = 2 / 3  # of those whose employer pays, to show how it ends


def applying(town: Town, run: Run, person: Person, plan: Plan) -> Life:
    yield plan.begins
    application = actions.start_application(run, by=person, at=town.at)
    fill_in(application, plan, town)
    if plan.stop == Stop.DRAFT:
        return
    yield town.home()
    application = actions.submit(application, by=person, at=town.at)
    if application.state == State.FEE_DUE:
        if plan.stop == Stop.FEE:
            return
        yield from paying_to_be_read(town, application)
    if plan.stop != Stop.SENT:
        yield from _deciding(town, application, plan)


def _deciding(town: Town, application: Application, plan: Plan) -> Life:
    yield town.office(plan.read_days)
    actions.open_review(application, by=town.officer(), at=town.at)
    if plan.stop == Stop.READ:
        return
    if plan.asked or plan.stop == Stop.ASKED:
        yield from _asking(town, application, plan)
    if plan.stop == Stop.ASKED:
        return
    yield town.office(plan.decide_days)
    _stage(town, application, plan)
    if plan.stop == Stop.STAGED:
        return
    yield town.office(plan.release_days)
    actions.release(application.run, by=town.officer(), at=town.at)
    if not plan.rejected and plan.answer != Answer.IGNORE:
        yield from _answering(town, application, plan)


def _asking(town: Town, application: Application, plan: Plan) -> Life:
    yield town.office()
    person = application.person
    question = town.say("ask", person.language)
    actions.ask(application, question, by=town.officer(), at=town.at)
    if plan.stop != Stop.ASKED:
        yield town.home(1)
        reply = town.say("reply", person.language)
        actions.answer(application, reply, by=person, at=town.at)


def _stage(town: Town, application: Application, plan: Plan) -> None:
    by, at = town.officer(), town.at
    if plan.rejected:
        reasons = ["education_too_low"]
        actions.stage_rejection(application, reasons=reasons, by=by, at=at)
    else:
        reasons = ["requirements_met"]
        actions.stage_offer(application, reasons=reasons, by=by, at=at)


def _answering(town: Town, application: Application, plan: Plan) -> Life:
    yield town.home(plan.answer_days)
    application.refresh_from_db()
    if not _is_open(application, town):
        return
    person = application.person
    if plan.answer == Answer.DECLINE:
        actions.decline_offer(application, by=person, at=town.at)
    elif plan.answer == Answer.WITHDRAW:
        actions.withdraw(application, by=person, at=town.at)
    else:
        application = actions.accept_offer(application, by=person, at=town.at)
        if plan.employer and town.rng.random() < AGREES:
            give_consent(person, EMPLOYER.key, at=town.at)
        yield from paying(town, application, plan)


def _is_open(application: Application, town: Town) -> bool:
    """Whether there is an offer that can still be answered."""
    ends = application.move_by
    return application.state == State.OFFERED and ends is not None and town.at < ends
