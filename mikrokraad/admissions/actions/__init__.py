"""Doors to applications: applying, deciding, taking places, enrolling."""

from mikrokraad.admissions.actions.conditional import end_unmet, meet_condition
from mikrokraad.admissions.actions.decisions import (
    Released,
    answer,
    ask,
    open_review,
    release,
    stage_offer,
    stage_rejection,
    stage_waiting,
    unstage,
)
from mikrokraad.admissions.actions.deferring import (
    ask_to_defer,
    defer,
    keep_in_this_run,
)
from mikrokraad.admissions.actions.drafts import (
    save_section,
    start_application,
)
from mikrokraad.admissions.actions.endings import (
    decline_offer,
    lapse_offers,
    lapse_unpaid,
    lapse_waiting,
    withdraw,
)
from mikrokraad.admissions.actions.enquiries import (
    answer_enquiry,
    ask_contact,
    forget_enquiries,
)
from mikrokraad.admissions.actions.enrolling import enrol_paid_applicant
from mikrokraad.admissions.actions.entering import Told, enter_for
from mikrokraad.admissions.actions.evidence import (
    attach_evidence,
    remove_evidence,
    replace_evidence,
)
from mikrokraad.admissions.actions.going import (
    ask_to_call_off,
    call_off,
    decide_go,
    finish_all,
)
from mikrokraad.admissions.actions.ordering import (
    Prepared,
    announce_lottery,
    draw_lots,
    offer_to_everyone,
    prepare_in_order,
    score,
    set_criteria,
)
from mikrokraad.admissions.actions.pending import keep_conditional_places
from mikrokraad.admissions.actions.places import (
    accept_offer,
    offer_freed_places,
    offer_when_freed,
)
from mikrokraad.admissions.actions.reminding import remind
from mikrokraad.admissions.actions.sending import read_after_the_fee, submit
from mikrokraad.admissions.actions.sharing import (
    Act,
    Report,
    act_on,
    add_note,
    assign,
)
from mikrokraad.admissions.actions.undoing import reverse, withdraw_by_school

__all__ = [
    "Act",
    "Prepared",
    "Released",
    "Report",
    "Told",
    "accept_offer",
    "act_on",
    "add_note",
    "announce_lottery",
    "answer",
    "answer_enquiry",
    "ask",
    "ask_contact",
    "ask_to_call_off",
    "ask_to_defer",
    "assign",
    "attach_evidence",
    "call_off",
    "decide_go",
    "decline_offer",
    "defer",
    "draw_lots",
    "end_unmet",
    "enrol_paid_applicant",
    "enter_for",
    "finish_all",
    "forget_enquiries",
    "keep_conditional_places",
    "keep_in_this_run",
    "lapse_offers",
    "lapse_unpaid",
    "lapse_waiting",
    "meet_condition",
    "offer_freed_places",
    "offer_to_everyone",
    "offer_when_freed",
    "open_review",
    "prepare_in_order",
    "read_after_the_fee",
    "release",
    "remind",
    "remove_evidence",
    "replace_evidence",
    "reverse",
    "save_section",
    "score",
    "set_criteria",
    "stage_offer",
    "stage_rejection",
    "stage_waiting",
    "start_application",
    "submit",
    "unstage",
    "withdraw",
    "withdraw_by_school",
]
