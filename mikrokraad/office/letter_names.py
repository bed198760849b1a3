"""The letters that staff may reword, and what the names in them stand for."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mikrokraad.admissions import letter_names

Name = str | Promise

ROOMS: dict[str, tuple[Name, dict[str, Name]]] = {
    "admissions": (_("Admission"), letter_names.NAMES),
    "fees": (
        _("Fees"),
        {
            "application_fee": _("The application fee is asked for"),
            "invoice": _("An invoice"),
            "credit_note": _("An invoice is cancelled"),
        },
    ),
    "studies": (
        _("Studies"),
        {
            "ended": _("Studies have ended early"),
            "fee_kept": _("The fee is not paid back"),
        },
    ),
    "credentials": (
        _("Certificates"),
        {
            "earned": _("A certificate is earned"),
            "ready": _("A certificate is ready"),
            "under_review": _("A certificate is looked at again"),
            "replaced": _("A certificate is replaced"),
            "revoked": _("A certificate is revoked"),
        },
    ),
}

MEANINGS: dict[str, Name] = {
    "amount": _("the sum, with its currency"),
    "answer": _("what staff answered in their own words"),
    "answered_by": _("the name of whoever answered"),
    "conditions": _(
        "the conditions, each with its last day; nothing if there are none"
    ),
    "contact": _("the name of the programme's contact person"),
    "day": _("the last day on which it is in time"),
    "decision": _("which decision was a mistake, and from when"),
    "due": _("the last day to pay"),
    "help": _("what one can do instead, by the reasons of the decision"),
    "how": _("who has entered the application, and from what"),
    "instead": _("the place or run to take instead, or other programmes"),
    "moment": _("the day and time at which it came"),
    "money": _("what happens to the fee"),
    "move": _("what has to be done"),
    "name": _("the reader's given name"),
    "new": _("the number of the new certificate"),
    "next": _("what happens next: it is issued, or one shows who one is"),
    "note": _("what staff added in their own words; nothing if they did not"),
    "number": _("the number of the document"),
    "old": _("the number of the old certificate"),
    "page": _("the address of the page where it is done"),
    "programmes": _("the address of the list of programmes"),
    "question": _("the question, as it was asked"),
    "questions": _("whom to ask, and where"),
    "reason": _("the reason"),
    "reasons": _("the reasons of the decision, as a list"),
    "reference": _("the reference number of the payment"),
    "result": _("how many credits were passed, and what was earned"),
    "start": _("the first day of studies"),
    "status": _("the address at which anybody can check the number"),
    "subject": _("what to do: nothing, or to show who one is"),
    "text": _("the question to the applicant"),
    "title": _("the title of the programme"),
    "visa": _("about the letter of acceptance; nothing where there is none"),
    "who": _("the person's name, and how to reach them"),
    "why": _("why there is no place at once, and what orders the list"),
}


def template_of(room: str, letter: str) -> str:
    """Its file. KeyError if staff may not reword such a letter."""
    _title, letters = ROOMS[room]
    if letter not in letters:
        raise KeyError(letter)
    return f"{room}/letters/{letter}.md"
