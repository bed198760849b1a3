"""A programme's page in words: what, when, for how much, and the one next step."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from mikrokraad.catalogue import queries as catalogue
from mikrokraad.catalogue.models import Component, ProgrammeVersion, Run
from mikrokraad.catalogue.queries import RunPage
from mikrokraad.catalogue.rules import Applying, PriceKind
from mikrokraad.catalogue.stories.queries import shown_about
from mikrokraad.core.calendar import day_text
from mikrokraad.core.texts import said
from mikrokraad.core.weave import COLOURS
from mikrokraad.fees.queries import prices_of
from mikrokraad.fees.rules import Price
from mikrokraad.fees.wording import vat_text
from mikrokraad.pages import told
from mikrokraad.pages.checklist import checklist
from mikrokraad.pages.degrees import Counting, counts_text, degrees
from mikrokraad.pages.places import places_told
from mikrokraad.pages.semester import HOURS_PER_ECTS, is_short, meetings, pace, weeks
from mikrokraad.pages.steps import ask_href, step, without_dates
from mikrokraad.pages.week import my_week
from mikrokraad.pages.wording import (
    fee_cents,
    fee_text,
    figure,
    languages_text,
    mode_text,
)
from mikrokraad.pathways.queries import counts_towards
from mikrokraad.people.models import Person
from mikrokraad.seats.queries import NO_PLACES, places_left

Context = dict[str, Any]


def programme_page(
    page: RunPage, given: QueryDict, *, person: Person | None, at: datetime
) -> Context:
    """The page of a programme, with the run of one semester or the next one.

    `given` are the parameters of its address: the semester, and what is tried.
    """
    semester = given.get("semester", "")
    run = page.run_in(semester) or page.next_run(at=at)
    version = _content_of(page, run)
    all_prices, all_places = prices_of(page.runs), places_left(page.runs, at=at)
    shown = {
        **version_parts(version, run),
        "page": page,
        "run": run,
        "prices": all_prices,
        "places": all_places,
    }
    if run is None:
        return {**shown, "step": without_dates(page.programme)}
    price, places = all_prices[run.pk], all_places.get(run.pk, NO_PLACES)
    week = my_week(run, given.getlist("week"))
    shown_weeks = weeks(run, colours_of(version), week["clashing"])
    tried = checklist(run, version, given, ask_href=ask_href(run), at=at)
    return {
        **shown,
        "kicker_semester": said(run.intake.name),
        "figure": figure(run, price),
        "fee_note": fee_note(run, price),
        "facts": facts(run, version, places_told(run, places, at=at)),
        "step": step(page, run, places, person, at=at, tried=tried["carried"]),
        "checklist": tried,
        "week": week,
        "kept": [("semester", semester)] if semester else [],
        "weeks": shown_weeks,
        "is_short": is_short(shown_weeks),
        "pace": pace(run, version),
        "coming": coming(run, price, at=at),
        "other_runs": [one for one in page.runs if one.pk != run.pk],
        "contact_href": ask_href(run),
    }


def _content_of(page: RunPage, run: Run | None) -> ProgrammeVersion:
    """The version of the run, with its contents as the page has fetched them."""
    if run is None:
        return page.current
    return next((v for v in page.versions if v.pk == run.version_id), page.current)


def version_parts(version: ProgrammeVersion, run: Run | None = None) -> Context:
    """What the page says of a version; with a run, also when its courses meet."""
    parts = list(version.components.all())
    counting = counts_towards(part.course_id for part in parts)
    return {
        "version": version,
        "colour": version.field.colour if version.field else "indigo",
        "outcomes": list(version.outcomes.all()),
        "courses": courses(version, counting, meetings(run) if run else {}),
        "degrees": degrees(parts, counting),
        "prior": catalogue.prior_programmes(version),
        "standard": standard(version),
        "stories": told.stories(shown_about(version.programme)),
    }


# Courses ----------------------------------------------------------------------------


def colours_of(version: ProgrammeVersion) -> dict[int, str]:
    """A colour for each course; the programme's own comes first."""
    own = version.field.colour if version.field else COLOURS[0]
    order = [own, *[colour for colour in COLOURS if colour != own]]
    return {
        part.course_id: order[number % len(order)]
        for number, part in enumerate(version.components.all())
    }


def courses(
    version: ProgrammeVersion, counting: Counting, met: dict[int, str]
) -> list[Context]:
    """Required courses first, then each group to choose from."""
    colours = colours_of(version)
    parts = list(version.components.all())
    required = [part for part in parts if part.group_id is None]
    told = {part.pk: _course(part, colours, counting, met) for part in parts}
    shown = [{"title": "", "courses": [told[part.pk] for part in required]}]
    shown += [
        {
            "title": _("Choose at least {ects} ECTS: {title}").format(
                ects=group.min_ects, title=said(group.title)
            ),
            "courses": [told[p.pk] for p in parts if p.group_id == group.pk],
        }
        for group in version.elective_groups.all()
    ]
    return [group for group in shown if group["courses"]]


def _course(
    part: Component, colours: dict[int, str], counting: Counting, met: dict[int, str]
) -> Context:
    course = part.course
    notes = [met.get(course.pk, ""), counts_text(counting.get(course.pk, []))]
    return {
        "title": said(course.title),
        "code": course.code,
        "ects": course.ects,
        "colour": colours[course.pk],
        "meta": said(course.assessment),
        "notes": [note for note in notes if note],
    }


def standard(version: ProgrammeVersion) -> list[tuple[str, str]]:
    """What certificates say in the words of the European standard."""
    told = [
        (_("Level"), _("EQF {level}").format(level=version.eqf_level)),
        (_("Form of participation"), said(version.participation)),
        (_("Assessment"), said(version.assessment_type)),
        (_("Supervision"), said(version.supervision)),
        (_("Quality assurance"), said(version.quality_assurance)),
        (_("Field of study"), said(version.field.name) if version.field else ""),
        (_("Code in the national register"), version.programme.register_code or ""),
        (_("Version"), version.number),
    ]
    return [(name, value) for name, value in told if value]


# Facts ------------------------------------------------------------------------------


def fee_note(run: Run, price: Price) -> str:
    """What the figure leaves open: VAT, an application fee, who may pay."""
    if run.commissioned_by_id:
        return _("A group of one employer's people")
    first = fee_cents(price, PriceKind.APPLICATION_FEE)
    if price.is_free:
        return vat_text(price)
    told = [vat_text(price)]
    if first:
        amount = fee_text(price, PriceKind.APPLICATION_FEE)
        told.append(_("an application fee of {amount} is added").format(amount=amount))
    told.append(_("your employer can pay"))
    return " ".join(f"{one[:1].upper()}{one[1:]}." for one in told)


def facts(run: Run, version: ProgrammeVersion, places: str) -> list[tuple[str, str]]:
    told = [
        (_("Places"), places),
        (_("Apply until"), "" if run.commissioned_by_id else day_text(run.deadline)),
        (_("Starts"), day_text(run.starts_on)),
        (_("Ends"), day_text(run.ends_on)),
        (
            _("Volume"),
            _("{ects} ECTS, {hours} hours").format(
                ects=version.ects, hours=version.ects * HOURS_PER_ECTS
            ),
        ),
        (_("Study"), mode_text(run)),
        (_("Language"), languages_text(run.languages)),
    ]
    return [(name, value) for name, value in told if value]


# What comes after --------------------------------------------------------------------


def coming(run: Run, price: Price, *, at: datetime) -> list[Context]:
    """From the application to the certificate, with dates; nothing once it is too late."""
    standing = catalogue.how_it_stands(run, at=at)
    if standing == Applying.OVER:
        return []
    rows = [
        (
            day_text(run.deadline),
            _("You apply"),
            _("You sign in with your e-mail and answer what this programme asks."),
        ),
        (
            "",
            _("The programme answers"),
            _("You get the decision by e-mail, with the reasons."),
        ),
        (
            "",
            _("You accept the place"),
            _("Accepting keeps your seat in the group and in every required course."),
        ),
    ]
    if not price.is_free:
        rows.append(
            (
                "",
                _("You or your employer pays"),
                _("The invoice comes when you accept; pay by transfer or card."),
            )
        )
    rows += [
        (
            day_text(run.starts_on),
            _("Studies begin"),
            said(run.version.participation),
        ),
        (
            day_text(run.ends_on),
            _("You get the certificate"),
            _("Anybody can verify it, and the credits count towards a degree."),
        ),
    ]
    now = 0 if standing == Applying.OPEN else None
    return [
        {
            "when": when,
            "title": title,
            "text": text,
            "state": "now" if number == now else "later",
        }
        for number, (when, title, text) in enumerate(rows)
    ]
