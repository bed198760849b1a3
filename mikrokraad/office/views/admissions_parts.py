"""What the templates of the admissions desk are given."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mikrokraad.admissions import (
    cases,
    conditions,
    deferring,
    dossier,
    previews,
    queries,
    wording,
)
from mikrokraad.admissions.actions import Released
from mikrokraad.admissions.enquiring import enquiries_beside
from mikrokraad.admissions.models import Application, Decision, Outcome
from mikrokraad.admissions.rules import LADDER, WATCHED, Mover, State, Step
from mikrokraad.catalogue.models import Programme, Run
from mikrokraad.core import clock
from mikrokraad.core.calendar import day_of, day_text, moment_text
from mikrokraad.core.texts import said
from mikrokraad.office.views.admissions_forecast import dry_run
from mikrokraad.seats.queries import places_left

Context = dict[str, Any]
KEYS = ("programme", "run", "state", "mover", "assigned", "late")
ASSIGNED = ("me", "nobody")
LONGEST = 120
MOST_CHIPS = 8  # more of them are folded away


def tabs(current: str) -> list[Context]:
    return [
        {
            "label": label,
            "href": reverse(f"office:admissions_{name}"),
            "current": name == current,
        }
        for name, label in (
            ("queue", _("Applications")),
            ("runs", _("Runs")),
            ("groups", _("Groups")),
        )
    ]


# The queue --------------------------------------------------------------------


def wanted(request: HttpRequest) -> dict[str, str]:
    """The filters of the address; what makes no sense is left out."""
    given = {key: request.GET.get(key, "")[:LONGEST] for key in KEYS}
    if given["state"] not in State.values:
        given["state"] = ""
    if given["assigned"] not in ASSIGNED:
        given["assigned"] = ""
    given["late"] = "yes" if given["late"] == "yes" else ""
    given["run"] = _id(given["run"])
    if given["mover"] not in {mover.value for mover in Mover}:
        given["mover"] = ""
    return given


def _id(given: str) -> str:
    try:
        return str(UUID(given))
    except ValueError:
        return ""


def query(filters: dict[str, str], **other: str) -> str:
    kept = {key: value for key, value in {**filters, **other}.items() if value}
    return urlencode(kept)


def filters(
    chosen: dict[str, str],
    programmes: Iterable[Programme],
    everything: QuerySet[Application],
) -> list[Context]:
    """Whose move, state and programme, as chips with counts of the whole desk."""
    by_state = cases.counts_by_state(everything)
    named = [(each.slug, dossier.title_of(each), "") for each in programmes]
    states = [
        (state.value, str(state.label), by_state[state])
        for state in State
        if by_state.get(state)
    ]
    movers = {
        Mover.STAFF: _("ours"),
        Mover.APPLICANT: _("the applicant's"),
        Mover.NOBODY: _("ended"),
    }
    return [
        {
            "label": _("Whose move"),
            "chips": _chips(
                chosen,
                "mover",
                [
                    (
                        mover.value,
                        label,
                        sum(by_state.get(s, 0) for s in LADDER.where("mover", mover)),
                    )
                    for mover, label in movers.items()
                ],
            ),
        },
        {
            "label": _("Whose case"),
            "chips": _chips(
                chosen,
                "assigned",
                [("me", _("mine"), ""), ("nobody", _("nobody’s"), "")],
            ),
        },
        {
            "label": _("Time"),
            "chips": _chips(chosen, "late", [("yes", _("the day has passed"), "")]),
        },
        {
            "label": _("State"),
            "chips": _chips(chosen, "state", states),
            "folded": len(states) > MOST_CHIPS,
            "open": bool(chosen["state"]),
        },
        {
            "label": _("Programme"),
            "chips": _chips(
                chosen,
                "programme",
                named,
            ),
            "folded": len(named) > MOST_CHIPS,
            "open": bool(chosen["programme"]),
        },
    ]


def _chips(
    chosen: dict[str, str], key: str, values: Sequence[tuple[str, str, int | str]]
) -> list[Context]:
    every = [("", _("all"), "")]
    return [
        {
            "label": label,
            "href": f"?{query(chosen, **{key: value})}",
            "count": count,
            "current": chosen[key] == value,
        }
        for value, label, count in [*every, *values]
    ]


def queue_row(case: Application, *, at: datetime) -> Context:
    move = queries.whose_move(case)
    flagged = case.state in WATCHED
    late = bool(move.by and move.by < at and (move.mover == Mover.STAFF or flagged))
    return {
        "href": reverse("office:admissions_application", args=[case.pk]),
        "name": case.person.name,
        "programme": said(case.run.version.title),
        "intake": said(case.run.intake.name),
        "sent": case.submitted_at,
        "conditions": wording.verdict_in_short(case.verdict),
        "state": State(case.state).label,
        "kind": kind_of(case.state),
        "mover": mover_text(move.mover),
        "by": _due(move.by, late=late),
        "late": late,
        "pk": case.pk,
        "assigned": case.assigned_to.name if case.assigned_to else "",
    }


def mover_text(mover: Mover) -> str:
    return {
        Mover.STAFF: _("ours"),
        Mover.APPLICANT: _("the applicant's"),
        Mover.NOBODY: _("nobody's"),
    }[mover]


def kind_of(state: str) -> str:
    """A tag's kind: staged states are shown to staff as they are."""
    staged = {
        State.OFFER_STAGED: "good",
        State.REJECTION_STAGED: "bad",
        State.WAITING_STAGED: "wait",
    }
    return staged.get(State(state)) or wording.told(state).kind


def _due(by: datetime | None, *, late: bool) -> str:
    if by is None:
        return ""
    if late:
        return _("late since {day}").format(day=day_text(day_of(by), year=False))
    return dossier.last_day(by)


# One application -----------------------------------------------------------------


def case_page(case: Application) -> Context:
    move = queries.whose_move(case)
    parts = dossier.parts_of(case)
    state = State(case.state)
    return {
        "case": case,
        "kicker": f"{said(case.run.version.title)} · {said(case.run.intake.name)}",
        "state": state.label,
        "kind": kind_of(state),
        "turn": _turn(move),
        "by": capfirst(dossier.last_day(move.by)),
        "mover": mover_text(move.mover),
        "may": {step.value: LADDER.allows(state, step) for step in Step},
        "criteria": conditions.criteria_of(case),
        "other_parts": [part for part in parts if part.name in OTHER],
        "enquiries": list(enquiries_beside(case)),
        "messages_between": list(case.messages.all()),
        "answer_files": dossier.files_of(case, dossier.ANSWER_EVIDENCE),
        "register": [
            register_row(entry)
            for entry in dossier.history_of(case)
            if entry.verb != SAVED
        ],
        "decision": decision_row(dossier.last_decision(case)),
        **conditions_page(case, at=clock.now()),
        "undone": [undone_row(each) for each in dossier.undone_decisions(case)],
        "notes": list(cases.notes_of(case)),
        "wish": deferring.wish_of(case),
        "withdrawal": queries.withdrawal_of(case),
        "entered": queries.entered_for(case),
        "letters": dossier.letters_of(case),
        "facts": [
            (
                _("Whose case"),
                case.assigned_to.name if case.assigned_to else _("nobody’s"),
            ),
            (_("E-mail"), case.person.email),
            (_("Sent"), moment_text(case.submitted_at) if case.submitted_at else ""),
            (_("Programme version"), dossier.version_of(case).number),
            *dossier.fee_line(case),
        ],
        "has_letter": queries.acceptance_letter_of(case) is not None,
    }


def _turn(move: queries.Move) -> str:
    """What has to be done next, as staff read it."""
    if move.mover == Mover.APPLICANT:
        return _("The applicant's move: {what}").format(what=move.text)
    return capfirst(move.text)


SAVED = "application: save"  # as often as somebody pressed the button
OTHER = {"about", "questions", "payer"}


def register_row(entry: Any) -> Context:  # noqa: ANN401
    return {
        "at": entry.at,
        "words": wording.ACTS.get(entry.verb, entry.verb),
        "who": entry.by.name if entry.by else _("the clock"),
    }


def decision_row(decision: Decision | None) -> Context | None:
    if decision is None:
        return None
    outcome = Outcome(decision.outcome)
    case = decision.application
    return {
        "href": reverse("office:admissions_application", args=[case.pk]),
        "letter": reverse("office:admissions_letter", args=[case.pk]),
        "name": case.person.name,
        "label": {
            Outcome.OFFER: _("offer"),
            Outcome.REJECTION: _("rejection"),
            Outcome.WAITING: _("waiting list"),
        }[outcome],
        "kind": {
            Outcome.OFFER: "good",
            Outcome.REJECTION: "bad",
            Outcome.WAITING: "wait",
        }[outcome],
        "reasons": wording.reasons(decision),
        "note": decision.note,
        "by": decision.by.name if decision.by else _("the clock"),
        "at": decision.staged_at,
    }


def conditions_page(case: Application, *, at: datetime) -> Context:
    """What the offer asks, and what staff can do about it."""
    pending = case.state == State.CONDITIONS_PENDING
    return {
        "promised": conditions.promised(case),
        "may_meet": pending,
        "may_end": pending and bool(case.move_by and case.move_by <= at),
    }


def undone_row(decision: Decision) -> Context:
    """A decision that was taken back: what it was, by whom it was undone, and why."""
    return {
        **(decision_row(decision) or {}),
        "because": decision.undone_because,
        "undone_by": decision.undone_by.name if decision.undone_by else "",
        "undone_at": decision.undone_at,
    }


# Runs ---------------------------------------------------------------------------


def run_page(run: Run, *, at: datetime) -> Context:
    places = places_left([run], at=at).get(run.pk)
    staged = list(cases.staged_of(run))
    offers = cases.staged_offers(staged)
    left = places.left if places else 0
    too_many = _(
        "More offers are prepared than there are places left. Whoever accepts when no "
        "place is left goes to the waiting list."
    )
    lined_up = cases.waiting_of(run)
    return {
        "run": run,
        "dry_run": dry_run(
            run,
            prepared=offers,
            open_offers=cases.open_offers_of(run),
            places=left,
            waiting=len(lined_up),
        ),
        "figures": [
            {"figure": places.size if places else 0, "label": _("places")},
            {"figure": left, "label": _("places left")},
            {"figure": offers, "label": _("prepared offers")},
            {"figure": len(staged) - offers, "label": _("prepared rejections")},
        ],
        "staged_count": len(staged),
        "too_many": too_many if offers > left else "",
        "staged": [decision_row(decision) for decision in staged],
        "waiting": [waiting_row(entry) for entry in lined_up],
    }


def waiting_row(application: Application) -> Context:
    since = application.submitted_at
    return {
        "href": reverse("office:admissions_application", args=[application.pk]),
        "name": application.person.name,
        "note": _("sent {day}").format(day=day_text(since.date())) if since else "",
    }


def tell(request: HttpRequest, released: Released, fallen: list[Application]) -> None:
    """Say what went out, and what did not and why."""
    if not released.offers + released.rejections + released.waiting:
        messages.info(request, _("Nothing was prepared, so nothing went out."))
        return
    sent = _(
        "On their way: offers {offers}, rejections {rejections}, waiting list {waiting}."
    ).format(
        offers=released.offers,
        rejections=released.rejections,
        waiting=released.waiting,
    )
    left_out = [
        _("{name} took the application back.").format(name=each.person.name)
        for each in fallen
    ]
    messages.success(request, " ".join([sent, *left_out]))


def letter_of(case: Application, *, at: datetime) -> previews.Letter | None:
    """The letter of the decision that is prepared, if there is one."""
    decision = dossier.staged_decision(case)
    return previews.prepared(decision, at=at) if decision else None
