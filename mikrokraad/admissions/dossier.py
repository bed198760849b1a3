"""One application as its pages show it: its parts, what happened, what was written."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mikrokraad.admissions import previews, queries, wording
from mikrokraad.admissions.models import (
    Application,
    Decision,
    Evidence,
    Message,
)
from mikrokraad.admissions.questions import asked as asked_of
from mikrokraad.admissions.rules import Mover
from mikrokraad.catalogue import requiring
from mikrokraad.catalogue.models import (
    Course,
    Programme,
    ProgrammeVersion,
    Question,
    Requirement,
    Run,
)
from mikrokraad.catalogue.rules import Education
from mikrokraad.catalogue.stories.pictures import PictureNotAccepted, made_anew
from mikrokraad.core.calendar import day_of, day_text, moment_text
from mikrokraad.core.models import OutboxMessage
from mikrokraad.core.money import euros
from mikrokraad.core.texts import said
from mikrokraad.fees.models import Invoice
from mikrokraad.fees.queries import owed_on
from mikrokraad.fees.rules import PayerKind
from mikrokraad.people.models import Person, RegisterEntry
from mikrokraad.people.register import named

# Evidence that belongs to no single requirement.
EDUCATION_EVIDENCE = "education"
ANSWER_EVIDENCE = "answer"


@dataclass(frozen=True)
class Part:
    """One page of the application: what it asks and what was answered."""

    key: str
    title: str
    href: str
    done: bool = False
    lines: list[tuple[str, str]] = field(default_factory=list)
    files: list[Evidence] = field(default_factory=list)
    about: str = ""  # the requirement itself, in the words of the programme

    @property
    def name(self) -> str:
        """The name of the section as `actions.save_section` knows it."""
        return self.key.partition(":")[0]


def with_everything(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Fetch what the pages of an application need, in a fixed number of queries."""
    return applications.select_related(
        "person",
        "run__intake__term",
        "run__contact",
        "run__version__programme__kind",
        "run__version__field",
        "version__programme",
        "fee_agreement__quote",
    ).prefetch_related(
        Prefetch(
            "evidence", Evidence.objects.filter(removed_at=None).order_by("uploaded_at")
        ),
    )


def version_of(application: Application) -> ProgrammeVersion:
    """The wording this application answers: frozen once it is submitted (C3)."""
    return application.version or application.run.version


def files_of(application: Application, key: str) -> list[Evidence]:
    return [file for file in application.evidence.all() if file.requirement == key]


def asks_for_diploma(application: Application) -> bool:
    return version_of(application).minimum_education == Education.HIGHER


def parts_of(application: Application) -> list[Part]:
    """Every page of this application, in the order they are asked."""
    version = version_of(application)
    parts = [_about(application), _education(application)]
    asked = version.requirements.order_by("position")
    parts += [_requirement(application, each) for each in asked]
    questions = list(version.questions.order_by("position"))
    if questions:
        parts.append(_questions(application, questions))
    missing = queries.missing_sections(application)
    return [
        replace(part, done=part.key not in missing)
        for part in [*parts, _payer(application)]
    ]


def next_href(application: Application, *, after: str = "") -> str:
    """The page to go to after the one that was saved; at the end, the review."""
    parts = parts_of(application)
    keys = [part.key for part in parts]
    start = keys.index(after) + 1 if after in keys else 0
    for part in [*parts[start:], *parts[:start]]:
        if not part.done and part.key != after:
            return part.href
    return reverse("admissions:submit", args=[application.pk])


def _about(application: Application) -> Part:
    person = application.person
    lines = [(_("Name"), f"{person.given_name} {person.family_name}".strip())]
    if person.birth_date:
        lines.append((_("Date of birth"), day_text(person.birth_date)))
    lines.append((_("E-mail"), person.email))
    href = reverse("admissions:about_you", args=[application.pk])
    return Part("about", _("About you"), href, lines=lines)


def _education(application: Application) -> Part:
    lines = []
    if application.education:
        level = Education(application.education).label
        lines = [(_("Completed"), str(level))]
        lines.append((_("Where, what and when"), application.education_about))
    files = files_of(application, EDUCATION_EVIDENCE)
    href = reverse("admissions:education", args=[application.pk])
    return Part("education", _("Education"), href, lines=lines, files=files)


def answer_to(application: Application, key: str) -> dict[str, Any]:
    answers: dict[str, dict[str, Any]] = application.answers.get("requirements", {})
    return answers.get(key, {})


def _requirement(application: Application, requirement: Requirement) -> Part:
    answer = answer_to(application, requirement.key)
    files = files_of(application, requirement.key)
    href = reverse("admissions:requirement", args=[application.pk, requirement.key])
    return Part(
        f"requirements:{requirement.key}",
        str(wording.REQUIREMENT_TITLES[requirement.kind]),
        href,
        lines=list(_answer_lines(answer)),
        files=files,
        about=said(requirement.text),
    )


def _chosen() -> list[tuple[str, str, dict[Any, Any]]]:
    """Answers kept as a code: their label and the words of each code."""
    return [
        ("field", _("Field"), dict(requiring.BroadField.choices)),
        ("sector", _("Place of work"), dict(requiring.Sector.choices)),
        ("country", _("Country"), dict(requiring.countries_here())),
    ]


def _answer_lines(answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if answer.get("met"):
        yield _("Answer"), _("Yes") if answer["met"] == "yes" else _("No")
    if answer.get("years") is not None:
        yield _("Years"), f"{answer['years']:g}"
    if answer.get("level"):
        level = answer["level"]
        yield _("Level"), _("mother tongue") if level == "native" else level
    for name, label, told in _chosen():
        if answer.get(name):
            yield label, str(told.get(answer[name], answer[name]))
    if answer.get("about"):
        yield _("In your words"), answer["about"]


def _questions(application: Application, questions: list[Question]) -> Part:
    answers = application.answers.get("questions", {})
    lines = [
        (said(question.text), chosen(question, answers.get(question.key, "")))
        for question in asked_of(questions, answers)
    ]
    href = reverse("admissions:questions", args=[application.pk])
    return Part(
        "questions",
        _("Questions from the programme"),
        href,
        lines=lines if answers else [],
    )


def chosen(question: Question, answer: str) -> str:
    """The words of an answer: a choice is kept by its number."""
    if question.choices and answer.isdigit() and int(answer) < len(question.choices):
        return said(question.choices[int(answer)])
    return answer


def _payer(application: Application) -> Part:
    lines = payer_lines(application)
    href = reverse("admissions:payer", args=[application.pk])
    return Part("payer", _("Who pays"), href, lines=lines)


def payer_lines(application: Application) -> list[tuple[str, str]]:
    if not application.payer_kind:
        return []
    labels = {
        "name": _("Organisation"),
        "registry_code": _("Registry code"),
        "email": _("E-mail for invoices"),
        "purchase_order": _("Purchase order"),
    }
    payer = application.payer
    kind = str(PayerKind(application.payer_kind).label)
    return [
        (_("Payer"), kind),
        *[(label, payer[key]) for key, label in labels.items() if payer.get(key)],
    ]


def history_of(application: Application) -> QuerySet[RegisterEntry]:
    """What happened with this application, oldest first."""
    return (
        RegisterEntry.objects.filter(thing=named(application))
        .select_related("by")
        .order_by("at", "pk")
    )


def letters_of(application: Application) -> list[previews.Letter]:
    """Letters about this application to its own applicant, newest first.

    Those whose text is not kept any more are known by whom they were for.
    """
    whose = Q(payload__person=str(application.person_id)) | Q(
        payload__to=application.person.email
    )
    letters = OutboxMessage.objects.filter(
        whose, kind="letter", about=named(application)
    )
    return [previews.sent(each) for each in letters.order_by("-created_at", "-pk")]


def evidence_for(person: Person) -> QuerySet[Evidence]:
    """Files of this person's own applications."""
    return Evidence.objects.filter(
        application__person=person, removed_at=None
    ).select_related("application")


def moments(application: Application, move: queries.Move) -> list[dict[str, Any]]:
    """What happened, and the next thing to come, for the timeline component."""
    past = [
        {
            "when": moment_text(entry.at),
            "title": wording.TOLD[entry.verb],
            "state": "done",
        }
        for entry in history_of(application)
        if entry.verb in wording.TOLD
    ]
    if move.mover == Mover.NOBODY:
        return past
    turn = _("Your move: {what}") if move.mover == Mover.APPLICANT else "{what}"
    title = turn.format(what=move.text)
    coming = {"when": last_day(move.by), "title": capfirst(title), "state": "now"}
    return [*past, coming]


def last_day(by: datetime | None) -> str:
    """The last day that is in time; `by` is the first moment that is not."""
    if by is None:
        return ""
    day = day_text(day_of(by - timedelta(microseconds=1)))
    return _("by {day}").format(day=day)


def messages_of(application: Application) -> list[Message]:
    return list(application.messages.select_related("by").order_by("at", "pk"))


def released_decision(application: Application) -> Decision | None:
    return queries.standing_decision(application)


def last_decision(application: Application) -> Decision | None:
    """The decision that is prepared or stands."""
    kept = application.decisions.filter(dropped_at=None, undone_at=None)
    return kept.select_related("by", "application").order_by("-staged_at").first()


def undone_decisions(application: Application) -> list[Decision]:
    """Decisions that were a mistake, oldest first."""
    undone = application.decisions.filter(undone_at__isnull=False)
    return list(undone.select_related("by", "undone_by").order_by("undone_at"))


def staged_decision(application: Application) -> Decision | None:
    staged = application.decisions.filter(released_at=None, dropped_at=None)
    return staged.select_related("application__person", "application__run").first()


def courses_of(run: Run) -> list[Course]:
    """The courses in which a learner of this run takes a seat."""
    sections = run.run_sections.filter(required=True).select_related(
        "section__course__field"
    )
    return [each.section.course for each in sections.order_by("section__course__code")]


def invoice_of(application: Application) -> Invoice | None:
    """The invoice of the studies; before there is one, that of the application fee."""
    agreement = application.agreement or application.fee_agreement
    if agreement is None:
        return None
    return agreement.invoices.order_by("-issued_on", "-sequence").first()


def fee_line(application: Application) -> list[tuple[str, str]]:
    """The application fee and whether it has come, where there is one."""
    fee = application.fee_agreement
    if fee is None:
        return []
    amount = euros(fee.quote.total_cents)
    told = _("{amount}, not paid") if owed_on(fee) else _("{amount}, paid")
    return [(_("Application fee"), told.format(amount=amount))]


def download(file: Evidence) -> FileResponse:
    """The file as an attachment of a plain type: never opened on our own address."""
    answer = FileResponse(
        file.file.open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def preview(file: Evidence) -> HttpResponse:
    """A small picture made anew of a picture that was added; nothing of it runs.

    Raises Http404 of what is no picture.
    """
    try:
        with file.file.open("rb") as kept:
            made = made_anew(kept)
    except PictureNotAccepted as refusal:
        raise Http404(refusal.message) from refusal
    answer = HttpResponse(made, content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def href_of(application: Application, requirement: str) -> str:
    """The page on which this evidence was added."""
    if requirement == EDUCATION_EVIDENCE:
        return reverse("admissions:education", args=[application.pk])
    return reverse("admissions:requirement", args=[application.pk, requirement])


def title_of(programme: Programme) -> str:
    """The programme's title in its newest wording. Needs `versions` to be fetched."""
    versions = sorted(programme.versions.all(), key=lambda each: each.number)
    return said(versions[-1].title) if versions else programme.slug
