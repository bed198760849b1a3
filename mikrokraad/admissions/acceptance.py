"""The letter of acceptance: what it says about one accepted application."""

from datetime import date

from babel import Locale
from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import get_language, override

from mikrokraad.admissions import documents, dossier, queries
from mikrokraad.admissions.documents.wording import WORDS, Language
from mikrokraad.admissions.models import AcceptanceLetter, Application
from mikrokraad.catalogue.models import Run
from mikrokraad.core.calendar import day_text
from mikrokraad.core.money import euros
from mikrokraad.core.texts import said
from mikrokraad.fees.queries import paid_on
from mikrokraad.people.models import Institution

HOURS_IN_AN_ECTS = 26  # Estonia, Standard of Higher Education
CITIZENSHIP = "citizenship"  # the key of a programme's own question, where it is asked
Line = tuple[str, str]


def languages_of(application: Application) -> list[Language]:
    """In English; and in Estonian for who reads it."""
    return ["en", "et"] if application.person.language == "et" else ["en"]


def download(application: Application, wanted: str) -> HttpResponse:
    """The letter as a file; nothing is there before the place is accepted."""
    letter = queries.acceptance_letter_of(application)
    if letter is None:
        raise Http404
    offered: dict[str, Language] = {each: each for each in languages_of(application)}
    language = offered.get(wanted, "en")
    return HttpResponse(
        pdf(application, letter, language),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{letter.number}-{language}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


def pdf(
    application: Application, letter: AcceptanceLetter, language: Language
) -> bytes:
    with override(language):
        printed = _printed(application, letter, WORDS[language])
        return documents.acceptance_pdf(printed, language=language)


def _printed(
    application: Application, letter: AcceptanceLetter, words: dict[str, str]
) -> documents.Letter:
    school, run, person = (
        Institution.objects.get(pk=1),
        application.run,
        application.person,
    )
    return {
        "number": letter.number,
        "issued_on": letter.issued_on,
        "school": {
            "name": said(school.name),
            "address": [part.strip() for part in said(school.address).split(",")],
            "registry_code": school.registry_code,
            "email": school.email,
        },
        "place": said(school.place),
        "name": person.name,
        "born": _born(application),
        "title": said(dossier.version_of(application).title),
        "facts": [line for line in _lines(application, words) if line[1]],
        "signer": run.contact.name,
        "signer_email": run.contact.email,
        "demonstration": settings.DEMO,
    }


def _lines(application: Application, words: dict[str, str]) -> list[Line]:
    version, run = dossier.version_of(application), application.run
    ects = version.ects
    volume = words["hours"].format(ects=ects, hours=ects * HOURS_IN_AN_ECTS)
    return [
        (words["name"], application.person.name),
        (words["born"], day_text(_born(application))),
        (words["citizenship"], citizenship(application)),
        (words["programme"], said(version.title)),
        (words["kind"], said(version.programme.kind.name)),
        (words["dates"], f"{day_text(run.starts_on)} – {day_text(run.ends_on)}"),
        (words["volume"], volume),
        (words["place"], said(run.place)),
        (words["language"], _languages(run)),
        (words["fee"], _fee(application, words)),
        (words["includes"], said(run.fee_includes)),
    ]


def _born(application: Application) -> date:
    born = application.person.birth_date
    assert born is not None  # nobody sends an application without it
    return born


def _languages(run: Run) -> str:
    names = Locale(get_language() or "en").languages
    return ", ".join(names.get(code, code) for code in run.languages)


def citizenship(application: Application) -> str:
    """What the applicant answered, if the programme asks."""
    given: dict[str, str] = application.answers.get("questions") or {}
    return str(given.get(CITIZENSHIP, "")).strip()


def _fee(application: Application, words: dict[str, str]) -> str:
    invoice = dossier.invoice_of(application) if application.agreement else None
    if invoice is None:
        return words["free"]
    amount, paid = euros(invoice.total_cents), paid_on(invoice)
    if paid is None:
        return words["unpaid"].format(amount=amount, day=day_text(invoice.due_on))
    return words["paid"].format(amount=amount, day=day_text(paid))
