"""What somebody can do after a rejection: for each reason a sentence and a next step."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mikrokraad.admissions.models import Decision
from mikrokraad.catalogue.models import Run

Words = str | Promise
PROGRAMME, TELL_ME, LIST = "pages:programme", "pages:tell_me", "pages:programmes"


@dataclass(frozen=True)
class Help:
    """What one could do instead, and the page for it."""

    text: Words
    label: Words
    href: str = ""


# By reason: the sentence, what the link says, and which page it leads to.
_HELP: dict[str, tuple[Words, Words, str]] = {
    "education_too_low": (
        _(
            "Other programmes ask for less. In the list you see which ones are open now."
        ),
        _("Programmes that are open"),
        LIST,
    ),
    "requirement_not_met": (
        _(
            "The programme's page says what each condition means. You can try your answers there before you apply again."
        ),
        _("The page of the programme"),
        PROGRAMME,
    ),
    "evidence_not_enough": (
        _(
            "Apply again with files in which the school, the day and your name can be read. Whole pages are best."
        ),
        _("The page of the programme"),
        PROGRAMME,
    ),
    "language_too_low": (
        _(
            "Look for programmes that are taught in a language you know better, or apply when you have learnt more."
        ),
        _("Programmes that are open"),
        LIST,
    ),
    "others_ranked_higher": (
        _(
            "Your application was good, and there were too few places. We can write to you when the programme runs again."
        ),
        _("Write to me when it runs again"),
        TELL_ME,
    ),
    "lot_not_drawn": (
        _(
            "It was chance and nothing else. We can write to you when the programme runs again."
        ),
        _("Write to me when it runs again"),
        TELL_ME,
    ),
    "no_answer": (
        _(
            "You can apply again while applications are open. Look into your e-mail now and then: we ask when something is missing."
        ),
        _("The page of the programme"),
        PROGRAMME,
    ),
}


def help_after(decision: Decision, run: Run) -> list[Help]:
    """For each reason of a rejection, once; nothing after an offer."""
    found = [_HELP[code] for code in decision.reasons if code in _HELP]
    if decision.outcome != "rejection":
        return []
    return [
        Help(text, label, _href(page, run))
        for text, label, page in dict.fromkeys(found)
    ]


def _href(page: str, run: Run) -> str:
    """A page of a room above this one; nothing where it is not installed."""
    try:
        if page == LIST:
            return f"{reverse(page)}?open=yes"
        return reverse(page, args=[run.version.programme.slug])
    except NoReverseMatch:
        return ""
