"""What each letter of this room is called, and so when it is sent."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "received": _("An application has come"),
    "question": _("A question to the applicant"),
    "offer": _("A place is offered"),
    "rejection": _("No place is offered"),
    "waiting": _("On the waiting list"),
    "place_free": _("A place has become free"),
    "waiting_ended": _("The waiting list has ended"),
    "reminder": _("A reminder before a deadline"),
    "conditions": _("A place with conditions is accepted"),
    "conditions_met": _("All conditions are met"),
    "conditions_not_met": _("Conditions were not met in time"),
    "enrolled": _("Enrolled"),
    "offer_lapsed": _("An offer has ended"),
    "not_paid": _("Not paid in time"),
    "paid_too_late": _("A payment came too late"),
    "withdrawn": _("The applicant took the application back"),
    "offer_withdrawn": _("We take an offer back"),
    "reversal": _("A rejection was a mistake"),
    "called_off": _("A run is called off"),
    "deferred": _("A place is moved to a later run"),
    "not_deferred": _("A place stays in this run"),
    "entered": _("Staff have entered an application"),
    "enquiry_copy": _("A question from the web has come"),
    "enquiry_answer": _("The answer to a question from the web"),
    "enquiry_new": _("To the contact person: a question from the web"),
}


def name_of(template: str) -> str:
    """The name of one of these letters, from its file; a plain word for any other."""
    stem = template.rpartition("/")[2].removesuffix(".md")
    return str(NAMES.get(stem, _("A letter")))
