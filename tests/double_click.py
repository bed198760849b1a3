"""Every button that spends or issues: who presses it, where, and what is sent along."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions import actions as admission_actions
from mikrokraad.admissions import queries
from mikrokraad.admissions.tests import factories as admissions
from mikrokraad.catalogue import actions as catalogue_actions
from mikrokraad.catalogue.models import Intake, Term
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.credentials import actions as credential_actions
from mikrokraad.credentials.rules import RevocationReason
from mikrokraad.credentials.tests import factories as credentials
from mikrokraad.demo.bank.statement import Transfer, statement, transfer_for
from mikrokraad.fees.actions import import_statement
from mikrokraad.fees.models import BankLine
from mikrokraad.fees.tests import factories as fees
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.seats.tests.factories import run_with_places
from mikrokraad.studies import actions as study_actions
from mikrokraad.studies import choices
from mikrokraad.studies.models import Ending
from mikrokraad.studies.tests import factories as studies
from mikrokraad.studies.tests.test_choosing import run_to_choose_in

CHANGING = {"Session", "CachedValue"}  # kept by the framework; no promise of ours


@dataclass(frozen=True)
class Button:
    """A button on somebody's page. `sent` is made anew for each press: files are read."""

    by: Person
    address: str
    sent: Callable[[], dict[str, Any]] = dict

    def browser(self) -> Client:
        client = Client()
        sign_in(client, self.by, strong=True)
        return client

    def press(self, browser: Client) -> int:
        return browser.post(self.address, self.sent()).status_code


def census() -> Counter[str]:
    """How many rows each table has."""
    return Counter(
        {
            model.__name__: model.objects.count()  # type: ignore[attr-defined]
            for model in apps.get_models()
            if model.__name__ not in CHANGING and model.__module__.startswith("mikro")
        }
    )


def left_by_one_press(make: Callable[[], Button]) -> Counter[str]:
    """The rows that one press adds, once the first ever has opened series and keys."""
    first, second = make(), make()
    first.press(first.browser())
    browser, before = second.browser(), census()
    assert second.press(browser) in (200, 302)
    left = census() - before
    assert left, "This press does nothing."
    return left


def _at(name: str, *args: object) -> str:
    return reverse(name, args=args)


def apply() -> Button:
    people.institution()
    run = run_with_places(5)
    return Button(people.person(), _at("admissions:apply", run.pk))


def submit() -> Button:
    case = admissions.answered()
    return Button(case.person, _at("admissions:submit", case.pk))


def accept_offer() -> Button:
    case = admissions.released()
    return Button(case.person, _at("admissions:accept_offer", case.pk))


def join_waiting_list() -> Button:
    run = run_with_places(1)
    admissions.admitted(run, people.person("Rita"))
    case = admissions.released(run)
    return Button(case.person, _at("admissions:accept_offer", case.pk))


def decline_offer() -> Button:
    case = admissions.released()
    return Button(case.person, _at("admissions:decline_offer", case.pk))


def withdraw() -> Button:
    case = admissions.admitted()
    sent = {"reason": "not_said"}
    return Button(case.person, _at("admissions:withdraw", case.pk), lambda: sent)


def stage_offer() -> Button:
    case = admissions.under_review()
    sent = {"reasons": ["requirements_met"]}
    address = _at("office:admissions_offer", case.pk)
    return Button(people.staff(Duty.OFFICER), address, lambda: sent)


def release() -> Button:
    case = admissions.staged()
    admissions.staged(case.run, offer=False, by=people.person("Rita"))
    address = _at("office:admissions_release", case.run_id)
    return Button(people.staff(Duty.OFFICER), address)


def reverse_a_rejection() -> Button:
    case = admissions.released(offer=False)
    sent = {"reason": "The diploma was in the second file."}
    address = _at("office:admissions_reverse", case.pk)
    return Button(people.staff(Duty.OFFICER), address, lambda: sent)


def take_an_offer_back() -> Button:
    case = admissions.released()
    sent = {"reason": "The diploma was another person's."}
    address = _at("office:admissions_withdraw_by_school", case.pk)
    return Button(people.staff(Duty.OFFICER), address, lambda: sent)


def meet_the_last_condition() -> Button:
    first, last = queries.conditions_of(admissions.conditional())
    admission_actions.meet_condition(first, by=admissions.officer(), at=clock.now())
    address = _at("office:admissions_meet_condition", last.pk)
    return Button(people.staff(Duty.OFFICER), address)


def call_a_run_off() -> Button:
    case = admissions.admitted()
    admission_actions.ask_to_call_off(
        case.run,
        reason="Too few people came.",
        by=admissions.officer(),
        at=clock.now(),
    )
    address = _at("office:admissions_call_off", case.run_id)
    return Button(people.staff(Duty.OFFICER), address)


def import_a_statement() -> Button:
    owed = fees.invoice()
    content = statement([transfer_for(owed, cents=owed.total_cents)], at=clock.now())

    def sent() -> dict[str, Any]:
        return {"file": SimpleUploadedFile("statement.xml", content)}

    return Button(people.staff(Duty.FINANCE), _at("office:fees_statement"), sent)


def match_a_payment() -> Button:
    owed, at = fees.invoice(), clock.now()
    import_statement(statement([Transfer("Rita Varav", 100)], at=at), by=None, at=at)
    line = BankLine.objects.latest("pk")
    address = _at("office:fees_match", line.pk)
    return Button(people.staff(Duty.FINANCE), address, lambda: {"number": owed.number})


def credit_an_invoice() -> Button:
    owed = fees.invoice()
    ending = Ending.objects.create(
        enrolment=studies.enrolment(learner=people.person("Rita")),
        reason="moved away",
        opened_at=clock.now(),
        agreement=owed.agreement,
    )
    sent = {"money": "credited", "note": "The studies had not begun."}
    address = _at("office:fees_ending", ending.pk)
    return Button(people.staff(Duty.FINANCE), address, lambda: sent)


def confirm_results() -> Button:
    teacher = studies.lecturer()
    enrolment = studies.enrolment(studies.taught_run(teacher))
    place = studies.places_of(enrolment)[0]
    study_actions.enter_grade(place, "A", by=teacher, at=clock.now())
    return Button(teacher, _at("office:studies_confirm_results", place.section_id))


def choose_courses() -> Button:
    enrolment = studies.enrolment(run_to_choose_in())
    first = choices.electives_in(enrolment.run)[0]
    address = _at("studies:choose_courses", enrolment.pk)
    return Button(enrolment.person, address, lambda: {"group-0": [str(first.pk)]})


def end_studies() -> Button:
    enrolment = studies.enrolment()
    address = _at("office:studies_interrupt", enrolment.pk)
    return Button(people.staff(Duty.OFFICER), address, lambda: {"reason": "Moved."})


def issue() -> Button:
    completion = credentials.completion()
    address = _at("office:credentials_issue", completion.pk)
    return Button(people.staff(Duty.OFFICER), address)


def issue_cohort() -> Button:
    completion = credentials.completion()
    credentials.completion(credentials.learner("Rita"), completion.enrolment.run)
    address = _at("office:credentials_issue_cohort", completion.enrolment.run_id)
    return Button(people.staff(Duty.OFFICER), address)


def ask_revocation() -> Button:
    number = credentials.credential().number
    address = _at("office:credentials_ask_revocation", number)
    return Button(people.staff(Duty.OFFICER), address, lambda: {"reason": "error"})


def approve_revocation() -> Button:
    asked = credential_actions.ask_revocation(
        credentials.credential(),
        RevocationReason.ERROR,
        by=people.staff(Duty.OFFICER),
        at=clock.now(),
    )
    address = _at("office:credentials_approve_revocation", asked.pk)
    return Button(people.staff(Duty.OFFICER, given_name="Juhan"), address)


def share() -> Button:
    made = credentials.credential()
    holder = made.completion.enrolment.person
    address = _at("credentials:certificate", made.number)
    return Button(holder, address, lambda: {"fields_shown": ["outcomes"]})


def autumn() -> Intake:
    term, _made = Term.objects.get_or_create(
        code="2027-autumn",
        defaults={"starts_on": date(2027, 8, 30), "ends_on": date(2028, 1, 30)},
    )
    deadline = {"default_deadline": date(2027, 8, 23)}
    return Intake.objects.get_or_create(term=term, defaults=deadline)[0]


def plan_a_run() -> Button:
    run, intake = catalogue.run(), autumn()
    address = _at("office:programmes_roll_over", run.pk)
    return Button(run.contact, address, lambda: {"intake": str(intake.pk)})


def publish_a_run() -> Button:
    run, at = catalogue.run(), clock.now()
    people.institution()
    plan = catalogue_actions.plan_run(
        run.version, autumn(), like=run, places=20, by=run.contact, at=at
    )
    dates = {"starts_on": date(2027, 9, 3), "ends_on": date(2027, 12, 17)}
    catalogue_actions.edit_plan(plan, dates, by=run.contact, at=at)
    return Button(run.contact, _at("office:programmes_publish", plan.pk))


BUTTONS: list[Callable[[], Button]] = [
    apply,
    submit,
    accept_offer,
    join_waiting_list,
    decline_offer,
    withdraw,
    stage_offer,
    release,
    reverse_a_rejection,
    take_an_offer_back,
    meet_the_last_condition,
    call_a_run_off,
    import_a_statement,
    match_a_payment,
    credit_an_invoice,
    confirm_results,
    choose_courses,
    end_studies,
    issue,
    issue_cohort,
    ask_revocation,
    approve_revocation,
    share,
    plan_a_run,
    publish_a_run,
]
