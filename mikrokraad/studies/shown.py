"""What the templates of studies are given."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import Session
from mikrokraad.core.calendar import day_of, day_text
from mikrokraad.core.texts import said
from mikrokraad.studies import choices, queries, timetable, wording
from mikrokraad.studies.models import Enrolment, SectionPlace
from mikrokraad.studies.rules import LIVE, Earned, EnrolmentState

Context = dict[str, Any]


def address(name: str, *args: object) -> str:
    """A page of a room above this one, by its name; nothing if it is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def colour_of(enrolment: Enrolment) -> str:
    field = enrolment.run.version.field
    return field.colour if field else "indigo"


def card(enrolment: Enrolment) -> Context:
    """One enrolment in the list."""
    run = enrolment.run
    progress = queries.progress_of(enrolment)
    return {
        "href": reverse("studies:study", args=[enrolment.pk]),
        "title": said(run.version.title),
        "seed": run.version.programme_id,
        "colour": colour_of(enrolment),
        "field": said(run.intake.name),
        "meta": f"{day_text(run.starts_on)} – {day_text(run.ends_on)}",
        "ects": run.version.ects,
        "passed": progress.passed_ects,
        "tag": wording.state_text(enrolment),
        "tag_kind": wording.STATE_KIND[EnrolmentState(enrolment.state)],
    }


def timetable_of(sessions: Sequence[Session], *, at: datetime) -> Context:
    """This week, the next session, the semester, and every day there is something."""
    today = day_of(at)
    following = queries.next_of(sessions, at=at)
    ahead = [each for each in sessions if each.ends_at > at]
    return {
        "next_session": following,
        "next_text": wording.session_text(following) if following else "",
        "week": [_day(each) for each in timetable.this_week(sessions, today=today)],
        "ahead": [_day(each) for each in timetable.by_day(ahead, today=today)],
        "weeks": timetable.strip(sessions),
        "has_clash": bool(timetable.clashes(sessions)),
    }


def _day(day: timetable.Day) -> Context:
    return {
        "name": wording.weekday_text(day.on),
        "is_today": day.is_today,
        "sessions": [
            {
                "hours": wording.hours_text(each),
                "title": said(each.section.course.title),
                "where": wording.where_text(each),
                "link": each.link,
                "is_exam": each.is_exam,
                "colour": each.section.course.field.colour
                if each.section.course.field
                else "indigo",
            }
            for each in day.sessions
        ],
    }


def study(enrolment: Enrolment) -> Context:
    """One enrolment: its courses with confirmed results, and what comes of it."""
    run, progress = enrolment.run, queries.progress_of(enrolment)
    return {
        "enrolment": enrolment,
        "run": run,
        "colour": colour_of(enrolment),
        "state": wording.state_text(enrolment),
        "state_kind": wording.STATE_KIND[EnrolmentState(enrolment.state)],
        "passed": progress.passed_ects,
        "courses": [_course(each) for each in enrolment.section_places.all()],
        "facts": [
            (_("Starts"), day_text(run.starts_on)),
            (_("Ends"), day_text(run.ends_on)),
            (_("Studies"), run.get_mode_display()),
            (_("Place"), said(run.place)),
            (_("Results confirmed"), f"{progress.confirmed} / {progress.courses}"),
        ],
        "outcome": _outcome(enrolment),
        **_choice(enrolment),
        "degrees_href": address("pathways:my_degrees"),
    }


def _choice(enrolment: Enrolment) -> Context:
    """Whether there is something to choose, and how much is still missing."""
    offered = choices.choices_of(enrolment)
    if not offered or enrolment.state not in LIVE:
        return {}
    return {
        "choose_href": reverse("studies:choose_courses", args=[enrolment.pk]),
        "missing_ects": sum(each.missing for each in offered),
    }


def _course(place: SectionPlace) -> Context:
    course, result = place.section.course, queries.result_of(place)
    lecturers = ", ".join(each.name for each in place.section.teachers.all())
    return {
        "title": said(course.title),
        "code": course.code,
        "ects": course.ects,
        "colour": course.field.colour if course.field else "indigo",
        "meta": lecturers,
        "grade": wording.grade_text(result.grade) if result else "",
        "grade_kind": wording.grade_kind(result.grade) if result else "",
        "confirmed_at": result.confirmed_at if result else None,
        "reason": result.reason if result else "",
    }


def _outcome(enrolment: Enrolment) -> Context | None:
    """What was earned, once it is decided."""
    completion = getattr(enrolment, "completion", None)
    if completion is None:
        return None
    href = address("credentials:my_certificates")
    told = {
        Earned.CERTIFICATE: (
            "success",
            _("You have completed the programme"),
            _(
                "You have earned a certificate. It is on your certificates page once it is issued."
            ),
        ),
        Earned.STATEMENT: (
            "success",
            _("You have completed part of the programme"),
            _(
                "You have earned a statement of results for what you passed. It is on your certificates page once it is issued."
            ),
        ),
        Earned.NOTHING: (
            "info",
            _("Your studies have ended"),
            _(
                "No course was passed, so there is no document. Write to the contact person if you want to try again."
            ),
        ),
    }
    kind, title, text = told[Earned(completion.earned)]
    has_document = completion.earned != Earned.NOTHING
    return {
        "kind": kind,
        "title": title,
        "text": text,
        "href": href if has_document else "",
    }
