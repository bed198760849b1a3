"""A learner's start: what waits for them, what they study, what they have earned."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from mikrokraad.admissions import wording as admission_words
from mikrokraad.admissions.enquiring import enquiries_of
from mikrokraad.admissions.models import Application, Enquiry
from mikrokraad.admissions.queries import applications_of, whose_move
from mikrokraad.admissions.rules import LADDER, Mover, State
from mikrokraad.core import clock
from mikrokraad.core.calendar import day_of, day_text, until_text
from mikrokraad.core.texts import said
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.queries import certificates_of
from mikrokraad.fees.queries import invoices_of, paid_by_employers_of
from mikrokraad.pages import asking
from mikrokraad.pages.navigation import desks_of
from mikrokraad.people.models import Person
from mikrokraad.studies.models import Enrolment
from mikrokraad.studies.queries import enrolments_of
from mikrokraad.studies.rules import EnrolmentState

Row = dict[str, Any]


def my_start(person: Person) -> dict[str, Any]:
    """Studies, applications under way, certificates; what is over comes last."""
    applications = [_application(one) for one in applications_of(person)]
    return {
        "name": person.given_name,
        "desks": _found(desks_of(person)),
        "waiting": [
            *(one for one in applications if one["mine"]),
            *_owed_for_others(person),
        ],
        "studies": [_study(one) for one in enrolments_of(person)],
        "applications": [
            one for one in applications if not one["over"] and not one["mine"]
        ],
        "questions": [_question(one) for one in enquiries_of(person)],
        "alerts": asking.mine(person),
        "certificates": [_certificate(one) for one in certificates_of(person)],
        "links": [*links(), *_employing(person)],
        "earlier": [one for one in applications if one["over"] and not one["enrolled"]],
    }


def _owed_for_others(person: Person) -> list[Row]:
    """Invoices that an employer has still to pay for somebody; earliest day first."""
    owed = invoices_of(person).filter(Q(owed_cents__gt=0))
    return [
        {
            "href": _address("fees:invoice", invoice.pk),
            "title": invoice.number,
            "move": _("Your move: pay the invoice of {name}").format(
                name=invoice.agreement.person.name
            ),
            "when": f"{_due(invoice.due_on)} · {said(invoice.agreement.run.version.title)}",
        }
        for invoice in owed.exclude(agreement__person=person).order_by("due_on")
    ]


def _due(day: date) -> str:
    """“Until 21 January”; of a day that is over, that it is."""
    if day >= clock.today():
        return _capital(until_text(day))
    return _("Was due on {day}").format(day=day_text(day, year=False))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def links() -> list[dict[str, str]]:
    """Other pages of one's own."""
    return _found(
        {
            "fees:invoices": _("Invoices"),
            "pathways:my_degrees": _("Where my credits count"),
            "people:my_account": _("My account"),
        }
    )


def _employing(person: Person) -> list[dict[str, str]]:
    if not paid_by_employers_of(person).exists():
        return []
    return _found({"pages:our_people": _("The people we pay for")})


def _found(named: dict[str, str]) -> list[dict[str, str]]:
    """Those of these pages that this installation has."""
    return [
        {"label": label, "url": address}
        for name, label in named.items()
        if (address := _address(name))
    ]


def _address(name: str, *facts: object) -> str:
    try:
        return reverse(name, args=facts)
    except NoReverseMatch:
        return ""


def _application(application: Application) -> Row:
    state = State(application.state)
    move, words = whose_move(application), admission_words.STATES[state]
    mine, over = move.mover == Mover.APPLICANT, LADDER.flags[state].terminal
    return {
        "href": application.get_absolute_url(),
        "title": said(application.run.version.title),
        "note": said(application.run.intake.name),
        "tag": words.headline,
        "tag_kind": words.kind,
        "mine": mine,
        "text": move.text if mine else "" if over else words.text,
        "move": _("Your move: {what}").format(what=move.text),
        "when": _when(application, move.by),
        "over": over,
        "enrolled": state == State.ENROLLED,
    }


def _when(application: Application, by: datetime | None) -> str:
    """“Until 29 November · Data Science · Spring 2027”."""
    until = until_text(day_of(by)) if by else ""
    run = application.run
    told = [
        _capital(until),
        said(run.version.title),
        said(run.intake.name),
    ]
    return " · ".join(one for one in told if one)


def _question(enquiry: Enquiry) -> Row:
    is_open = enquiry.answered_at is None
    return {
        "href": enquiry.run.version.programme.get_absolute_url(),
        "title": said(enquiry.run.version.title),
        "note": f"{enquiry.run.contact.name} · {day_text(day_of(enquiry.asked_at))}",
        "tag": _("waits for an answer") if is_open else _("answered"),
        "tag_kind": "wait" if is_open else "good",
        "question": enquiry.question,
        "answer": enquiry.answer,
    }


def _study(enrolment: Enrolment) -> Row:
    run = enrolment.run
    return {
        "href": _address("studies:study", enrolment.pk),
        "title": said(run.version.title),
        "note": f"{day_text(run.starts_on)} – {day_text(run.ends_on)}",
        "tag": EnrolmentState(enrolment.state).label,
        "tag_kind": "info",
    }


def _certificate(credential: Credential) -> Row:
    run = credential.completion.enrolment.run
    return {
        "href": reverse("credentials:certificate", args=[credential.number]),
        "title": said(run.version.title),
        "note": f"{credential.number} · {day_text(day_of(credential.issued_at))}",
    }
