"""What the templates of an application are given."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mikrokraad.admissions import (
    acceptance,
    conditions,
    deferring,
    dossier,
    queries,
    wording,
)
from mikrokraad.admissions.helping import help_after
from mikrokraad.admissions.models import Application, Condition
from mikrokraad.admissions.rules import LADDER, Mover, State, Step
from mikrokraad.admissions.views.waits import short_position, waits
from mikrokraad.catalogue.models import Run
from mikrokraad.core import clock
from mikrokraad.core.calendar import day_text, moment_text
from mikrokraad.core.money import euros
from mikrokraad.core.texts import said
from mikrokraad.fees.queries import application_fee_of, open_cents, study_price_of
from mikrokraad.seats.waiting import standing_of

Context = dict[str, Any]


def price_text(run: Run) -> str:
    price = study_price_of(run)
    return _("free") if price.is_free else euros(price.total_cents)


def application_fee(run: Run) -> str:
    """What is paid before the application is read; mostly nothing, and empty."""
    fee = application_fee_of(run)
    return "" if fee.is_free else euros(fee.total_cents)


def address(name: str, *args: object) -> str:
    """A page of a room above this one, by its name; nothing if it is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def whose_move(application: Application) -> Context:
    """“Your move: …” and by when, for the steps component."""
    move = queries.whose_move(application)
    turn = {
        Mover.APPLICANT: _("Your move: {what}"),
        Mover.STAFF: _("Our move: {what}"),
        Mover.NOBODY: "{what}",
    }[move.mover]
    by = dossier.last_day(move.by)
    return {
        "move": move,
        "turn": capfirst(turn.format(what=move.text)) + ".",
        "by": f"{capfirst(by)}." if by else "",
    }


def section(found: Application, key: str) -> Context:
    """One page of questions, and how far along it is."""
    parts = dossier.parts_of(found)
    part = next(part for part in parts if part.key == key)
    return {
        "application": found,
        "part": part,
        "asks_for_diploma": dossier.asks_for_diploma(found),
        "application_fee": application_fee(found.run),
        "kicker": _("Part {number} of {parts}").format(
            number=parts.index(part) + 1, parts=len(parts)
        ),
    }


def application_page(found: Application) -> Context:
    """Everything the page of one application shows."""
    parts = dossier.parts_of(found)
    move = whose_move(found)
    state = wording.shown(found.state)
    may = {
        f"may_{step.value}": LADDER.allows(State(found.state), step)
        for step in (Step.ANSWER, Step.ACCEPT, Step.WITHDRAW)
    }
    return {
        "application": found,
        "run": found.run,
        "kicker": _("Your application · {intake}").format(
            intake=said(found.run.intake.name)
        ),
        "said": wording.told(found.state),
        "steps": wording.steps(found.state),
        **move,
        **may,
        "is_draft": state == State.DRAFT,
        "is_enrolled": state == State.ENROLLED,
        "application_fee": application_fee(found.run),
        "parts": parts,
        "missing": [part for part in parts if not part.done],
        "next_href": dossier.next_href(found),
        "conditions": conditions.conditions_of(found),
        "promised": conditions.promised(found),
        "pending": found.state == State.CONDITIONS_PENDING,
        "moments": dossier.moments(found, move["move"]),
        "letters": dossier.letters_of(found),
        "messages_between": dossier.messages_of(found),
        "answer_files": dossier.files_of(found, dossier.ANSWER_EVIDENCE),
        "facts": _facts(found),
        "acceptance_letters": _letters(found),
        "wish": deferring.wish_of(found),
        "entered": queries.entered_for(found),
        "may_ask_to_defer": deferring.may_ask(found, at=clock.now()),
        **waits(found),
        **_place(found),
        **_decision(found),
    }


def _letters(found: Application) -> list[tuple[str, str]]:
    """Where the letter of acceptance is, in each language, and what to call it."""
    letter = queries.acceptance_letter_of(found)
    if letter is None:
        return []
    href = reverse("admissions:acceptance_letter", args=[found.pk])
    names = {
        "en": _("Letter of acceptance, in English (PDF)"),
        "et": _("Letter of acceptance, in Estonian (PDF)"),
    }
    return [
        (f"{href}?in={each}", names[each]) for each in acceptance.languages_of(found)
    ]


def _facts(found: Application) -> list[tuple[str, str]]:
    run = found.run
    facts = [
        (_("Starts"), day_text(run.starts_on)),
        (_("Volume"), _("{ects} ECTS").format(ects=dossier.version_of(found).ects)),
    ]
    if found.state == State.DRAFT:
        facts.insert(0, (_("Apply until"), day_text(run.deadline)))
    elif found.submitted_at:
        facts.append((_("Sent"), moment_text(found.submitted_at)))
    facts += dossier.fee_line(found)
    if found.state == State.WAITLISTED:
        position = short_position(standing_of(run, found.person))
        facts.insert(0, (_("Your place in the list"), position))
    return facts


def _place(found: Application) -> Context:
    """Price, deadline and courses: what somebody accepts, or has accepted."""
    offered = found.state == State.OFFERED
    holds = LADDER.flags[State(found.state)].holds_seat
    return {
        "price": price_text(found.run),
        "shows_courses": offered or holds,
        "courses": dossier.courses_of(found.run) if offered or holds else [],
        **_invoice(found),
        "studies_href": address("studies:my_studies"),
    }


def _invoice(found: Application) -> Context:
    invoice = dossier.invoice_of(found)
    if invoice is None:
        return {}
    return {
        "invoice_href": address("fees:invoice", invoice.pk),
        "owes": open_cents(invoice) > 0,
    }


def condition_page(found: Application, condition: Condition) -> Context:
    """One condition of the offer, and the files that show it."""
    shown = next(
        each for each in conditions.promised(found) if each["pk"] == condition.pk
    )
    return {"application": found, "run": found.run, "condition": shown}


def _decision(found: Application) -> Context:
    decision = dossier.released_decision(found)
    if decision is None or found.state not in (State.REJECTED, State.OFFERED):
        return {"decision": None, "reasons": []}
    return {
        "decision": decision,
        "reasons": wording.reasons(decision),
        "help": help_after(decision, found.run),
    }


def receipt(found: Application) -> Context:
    shown = application_page(found)
    sent = found.submitted_at
    return {
        **shown,
        "receipt": [
            (_("Programme"), said(found.run.version.title)),
            (_("Applicant"), found.person.name),
            (_("Arrived"), moment_text(sent) if sent else ""),
        ],
    }


def offer(found: Application) -> Context:
    shown = application_page(found)
    return {
        **shown,
        "agreement": _agreement(found.run),
        "offer": [
            (_("Programme"), said(found.run.version.title)),
            (_("Studies"), _span(found.run)),
            (_("Price"), shown["price"]),
            (_("Payer"), dict(dossier.payer_lines(found)).get(_("Payer"), "")),
            (_("Time to accept"), capfirst(dossier.last_day(found.move_by))),
        ],
    }


def _agreement(run: Run) -> str:
    """What somebody agrees to by accepting."""
    if study_price_of(run).is_free:
        return _(
            "By accepting you take a seat in the group and in each of these courses. "
            "There is nothing to pay."
        )
    return _(
        "By accepting you take a seat in the group and in each of these courses, and "
        "you agree to the price. The invoice comes at once and is due in {days} days."
    ).format(days=settings.INVOICE_DUE_DAYS)


def _span(run: Run) -> str:
    return f"{day_text(run.starts_on)} – {day_text(run.ends_on)}"


def before_applying(run: Run, *, at: datetime) -> Context:
    """What applying asks, costs and leads to; readable without an account."""
    why_not = conditions.why_closed(run, at=at)
    deadline = day_text(run.deadline)
    return {
        "run": run,
        "why_not": why_not,
        "may_apply": not why_not,
        "lead": said(run.version.lead),
        "price": price_text(run),
        "facts": [
            (_("Apply until"), deadline),
            (_("Starts"), day_text(run.starts_on)),
            (_("Volume"), _("{ects} ECTS").format(ects=run.version.ects)),
            (_("Time it takes"), _("about ten minutes")),
            (_("Who gets a place"), wording.PLACES_GIVEN[run.admission_mode]),
            *_fee_before(run),
        ],
        "conditions": conditions.conditions_before(run),
        "papers": conditions.papers(run),
        "coming": _coming(run),
    }


def _fee_before(run: Run) -> list[tuple[str, str]]:
    fee = application_fee(run)
    told = _("{amount}, not returned").format(amount=fee)
    return [(_("Application fee"), told)] if fee else []


def _coming(run: Run) -> list[dict[str, Any]]:
    fee = application_fee(run)
    paying = {
        "when": "",
        "title": _("You pay the application fee, {amount}").format(amount=fee),
        "text": _("Your application is read once it has come. It is not returned."),
        "state": "later",
    }
    return [
        {
            "when": day_text(run.deadline),
            "title": _("You answer a few questions and send the application"),
            "text": _("You can stop and come back; your answers stay."),
            "state": "now",
        },
        *([paying] if fee else []),
        {
            "when": "",
            "title": _("People of the programme read it and decide"),
            "text": _("You get the answer by e-mail, with the reasons."),
            "state": "later",
        },
        {
            "when": "",
            "title": _("You accept the place"),
            "text": _("It takes your seat in the group and in every course."),
            "state": "later",
        },
        {
            "when": day_text(run.starts_on),
            "title": _("You pay the invoice and begin"),
            "text": "",
            "state": "later",
        },
    ]
