"""Applications in every state, brought there through the real doors."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from mikrokraad.admissions import actions
from mikrokraad.admissions.actions import steps
from mikrokraad.admissions.models import (
    Application,
    Condition,
    Decision,
    Enquiry,
    Evidence,
    Outcome,
)
from mikrokraad.admissions.rules import Asks, State, Step
from mikrokraad.catalogue.models import Run
from mikrokraad.core import clock
from mikrokraad.fees.events import PaymentRuleMet
from mikrokraad.fees.tests.factories import pay, with_application_fee
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.seats import actions as seats
from mikrokraad.seats import queries as seat_queries
from mikrokraad.seats.tests.factories import run_with_places

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PLACES = 20


def pdf(name: str = "diploma.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def draft(run: Run | None = None, by: Person | None = None) -> Application:
    """Begun, with nothing answered."""
    people.institution()
    return actions.start_application(
        run or run_with_places(PLACES), by=by or people.person(), at=clock.now()
    )


def answered(run: Run | None = None, by: Person | None = None) -> Application:
    """A draft with every answer a programme without requirements asks for."""
    application = draft(run, by)
    sections: dict[str, dict[str, Any]] = {
        "about": {
            "given_name": application.person.given_name,
            "family_name": application.person.family_name,
            "birth_date": date(1990, 2, 10).isoformat(),
        },
        "education": {
            "education": "higher",
            "education_about": "Tartu, law, 2012",
        },
        "payer": {"payer_kind": "self"},
    }
    for section, answers in sections.items():
        application = actions.save_section(
            application, section, answers, by=application.person, at=clock.now()
        )
    return application


def submitted(run: Run | None = None, by: Person | None = None) -> Application:
    application = answered(run, by)
    return actions.submit(application, by=application.person, at=clock.now())


def fee_due(run: Run | None = None, by: Person | None = None) -> Application:
    """Sent to a run with an application fee of 25 €, which has not come yet."""
    return submitted(with_application_fee(run or run_with_places(PLACES)), by)


def fee_due_and_paid(run: Run) -> Application:
    """Sent to a run with an application fee, which has come by transfer."""
    application = submitted(run)
    assert application.fee_agreement is not None
    pay(application.fee_agreement.invoices.get())
    return fresh(application)


def under_review(run: Run | None = None, by: Person | None = None) -> Application:
    return actions.open_review(submitted(run, by), by=officer(), at=clock.now())


def officer() -> Person:
    return people.staff(Duty.OFFICER)


def staged(
    run: Run | None = None, *, offer: bool = True, by: Person | None = None
) -> Application:
    application, staff, at = under_review(run, by), officer(), clock.now()
    if offer:
        actions.stage_offer(application, reasons=["requirements_met"], by=staff, at=at)
    else:
        actions.stage_rejection(
            application, reasons=["requirement_not_met"], by=staff, at=at
        )
    return fresh(application)


def released(
    run: Run | None = None, *, offer: bool = True, by: Person | None = None
) -> Application:
    application = staged(run, offer=offer, by=by)
    actions.release(application.run, by=officer(), at=clock.now())
    return fresh(application)


def admitted(run: Run | None = None, by: Person | None = None) -> Application:
    application = released(run, by=by)
    accepted = actions.accept_offer(application, by=application.person, at=clock.now())
    return fresh(accepted)


def conditional(run: Run | None = None, by: Person | None = None) -> Application:
    """Accepted on two conditions: one in ten days, one with a file in twenty."""
    application, staff, at = under_review(run, by), officer(), clock.now()
    actions.stage_offer(
        application,
        reasons=["requirements_met"],
        conditions=[
            Asks(
                {"en": "Finish your studies.", "et": "Lõpeta oma õpingud."},
                clock.today() + timedelta(days=10),
            ),
            Asks(
                {"en": "Show the diploma.", "et": "Näita diplomit."},
                clock.today() + timedelta(days=20),
                needs_file=True,
            ),
        ],
        by=staff,
        at=at,
    )
    actions.release(application.run, by=staff, at=at)
    actions.accept_offer(application, by=application.person, at=at)
    return fresh(application)


def enrolled(run: Run | None = None, by: Person | None = None) -> Application:
    application = admitted(run, by)
    assert application.agreement_id is not None
    actions.enrol_paid_applicant(PaymentRuleMet(application.agreement_id, clock.now()))
    return fresh(application)


def waitlisted(run: Run | None = None, by: Person | None = None) -> Application:
    """Accepted when every place was taken: 20 others have them."""
    application = released(run, by=by)
    at = clock.now()
    left = seat_queries.places_left([application.run], at=at)[application.run_id].left
    for _n in range(left):
        someone = people.person()
        seats.take_bundle(
            application.run, someone, hold_until=at + timedelta(days=60), at=at
        )
    actions.accept_offer(application, by=application.person, at=at)
    return fresh(application)


def application_in(state: State) -> Application:
    """An application that came to `state` as one does."""
    made = _WAYS[state]()
    assert made.state == state
    return made


def evidence(application: Application | None = None) -> Evidence:
    """A file with an application; it was added while this was a draft."""
    if application is None:
        application = draft()
    return Evidence.objects.create(
        application=application,
        requirement="education",
        file=pdf("evidence/0123456789abcdef.pdf"),
        name="diploma.pdf",
        content_type="application/pdf",
        size=len(PDF),
        uploaded_at=clock.now(),
    )


def asking(application: Application) -> Condition:
    """A condition of an offer that was released, whatever came after."""
    at = clock.now()
    decision = Decision.objects.create(
        application=application,
        outcome=Outcome.OFFER,
        reasons=["requirements_met"],
        staged_at=at,
        released_at=at,
    )
    return Condition.objects.create(
        decision=decision, position=1, due_on=clock.today() + timedelta(days=9)
    )


def enquiry(run: Run | None = None, by: Person | None = None) -> Enquiry:
    """A question to the contact person; of Piret, who is not signed in, unless said."""
    return actions.ask_contact(
        run or run_with_places(PLACES),
        "Are the evenings online?\nI live in Narva.",
        name=by.name if by else "Piret Saar",
        email=by.email if by else "piret@example.org",
        language=by.language if by else "et",
        by=by,
        at=clock.now(),
    )


def fresh(application: Application) -> Application:
    return Application.objects.select_related("person", "run__intake").get(
        pk=application.pk
    )


def _asked() -> Application:
    application = under_review()
    actions.ask(application, "Which year was it?", by=officer(), at=clock.now())
    return fresh(application)


def _declined() -> Application:
    application = released()
    return actions.decline_offer(application, by=application.person, at=clock.now())


def _lapsed() -> Application:
    application = released()
    assert application.move_by is not None
    actions.lapse_offers(at=application.move_by)
    return fresh(application)


def _withdrawn() -> Application:
    application = submitted()
    return actions.withdraw(application, by=application.person, at=clock.now())


def _stepped(make: Callable[[], Application], step: Step) -> Application:
    """Along the ladder alone, for states that no door leads to yet."""
    application = steps.locked(make())
    steps.move(application, step, by=officer(), at=clock.now())
    return fresh(application)


def _taken_back() -> Application:
    application = released()
    return actions.withdraw_by_school(
        application, reason="A mistake of ours.", by=officer(), at=clock.now()
    )


def _waiting_staged() -> Application:
    application = under_review()
    actions.stage_waiting(
        application,
        reasons=["others_ranked_higher"],
        rank=1,
        by=officer(),
        at=clock.now(),
    )
    return fresh(application)


def _called_off() -> Application:
    application, at = submitted(), clock.now()
    actions.ask_to_call_off(
        application.run, reason="Too few people came.", by=officer(), at=at
    )
    actions.call_off(application.run, by=officer(), at=at)
    return fresh(application)


def _accepted() -> Application:
    application = steps.locked(released())
    at = clock.now()
    application.bundle = seats.take_bundle(
        application.run, application.person, hold_until=at + timedelta(days=20), at=at
    )
    steps.move(application, Step.ACCEPT, by=application.person, at=at)
    return fresh(application)


_WAYS: dict[State, Callable[[], Application]] = {
    State.DRAFT: draft,
    State.FEE_DUE: fee_due,
    State.SUBMITTED: submitted,
    State.UNDER_REVIEW: under_review,
    State.INFO_REQUESTED: _asked,
    State.OFFER_STAGED: staged,
    State.REJECTION_STAGED: lambda: staged(offer=False),
    State.WAITING_STAGED: _waiting_staged,
    State.OFFERED: released,
    State.WAITLISTED: waitlisted,
    State.ACCEPTED: _accepted,
    State.CONDITIONS_PENDING: conditional,
    State.ADMITTED: admitted,
    State.ENROLLED: enrolled,
    State.REJECTED: lambda: released(offer=False),
    State.DECLINED: _declined,
    State.LAPSED: _lapsed,
    State.WITHDRAWN: _withdrawn,
    State.WITHDRAWN_BY_SCHOOL: _taken_back,
    State.DEFERRED: lambda: _stepped(_accepted, Step.DEFER),
    State.CALLED_OFF: _called_off,
}
