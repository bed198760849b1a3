"""What studies say about themselves, in the page's language."""

from datetime import date

from babel.dates import format_date
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrokraad.catalogue.models import Session
from mikrokraad.core.calendar import day_of, day_text, zone
from mikrokraad.core.texts import said
from mikrokraad.studies.models import Ending, Enrolment
from mikrokraad.studies.rules import PASSED, Earned, EnrolmentState, Grade

STATE_KIND = {
    EnrolmentState.REGISTERED: "info",
    EnrolmentState.ACTIVE: "info",
    EnrolmentState.COMPLETED: "good",
    EnrolmentState.PARTIALLY_COMPLETED: "good",
    EnrolmentState.INTERRUPTED: "plain",
    EnrolmentState.CANCELLED: "plain",
}


def weekday_text(on: date) -> str:
    """“Thursday 11 February”, “neljapäev, 11. veebruar”."""
    if (translation.get_language() or "en")[:2] == "et":
        return format_date(on, "EEEE, d. MMMM", locale="et")
    return format_date(on, "EEEE d MMMM", locale="en_GB")


def hours_text(session: Session) -> str:
    """“16:15 to 19:30”, in Estonian with full stops; local time."""
    sign = "." if (translation.get_language() or "en")[:2] == "et" else ":"
    ends = [
        timezone.localtime(at, zone()).strftime(f"%H{sign}%M")
        for at in (session.starts_at, session.ends_at)
    ]
    return "–".join(ends)


def where_text(session: Session) -> str:
    if session.room:
        return session.room
    return _("online") if session.link else ""


def session_text(session: Session) -> str:
    """“Thursday 11 February, 16:15 to 19:30: Introduction to Data Science, room …”."""
    told = ", ".join(
        filter(None, [said(session.section.course.title), where_text(session)])
    )
    when = f"{weekday_text(day_of(session.starts_at))}, {hours_text(session)}"
    return f"{when}: {told}"


def state_text(enrolment: Enrolment) -> str:
    """The state in words; who was assessed and passed nothing was not interrupted."""
    completion = getattr(enrolment, "completion", None)
    if completion is not None and completion.earned == Earned.NOTHING:
        return _("ended without a passed course")
    return str(EnrolmentState(enrolment.state).label)


def grade_kind(grade: str) -> str:
    return "good" if grade in PASSED else "bad"


def grade_text(grade: str) -> str:
    return str(Grade(grade).label) if grade else ""


def notice_text(ending: Ending) -> str:
    """How long before the start studies ended; refund rules count from that."""
    days = (ending.enrolment.run.starts_on - day_of(ending.opened_at)).days
    if days <= 0:
        return _("after the studies began")
    return ngettext(
        "{n} day before the studies begin", "{n} days before the studies begin", days
    ).format(n=days)


def about_ending(ending: Ending) -> list[tuple[str, str]]:
    """What the finance desk has to know to decide about the money."""
    told = [
        (_("Programme"), said(ending.enrolment.run.version.title)),
        (_("Studies ended"), day_text(day_of(ending.opened_at))),
        (_("Notice"), notice_text(ending)),
        (_("Reason"), ending.reason),
    ]
    if ending.money:
        told += [
            (_("Decided"), str(ending.get_money_display())),
            (_("Why"), ending.note),
        ]
    return told
