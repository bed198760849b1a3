"""All programmes of one semester by language of study, to read through and to print."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mikrokraad.catalogue import queries as catalogue
from mikrokraad.catalogue.models import Intake, Run
from mikrokraad.catalogue.rules import Applying
from mikrokraad.core.texts import said
from mikrokraad.pages.wording import languages_text, mode_text

Context = dict[str, Any]
LANGUAGES = ("et", "en")
ROWS = 300


def semester_list(
    intake: Intake, *, language: str, page: str | None, at: datetime
) -> Context:
    """Titles with volume, form, deadline and contact person, in alphabetical order."""
    wanted = language if language in LANGUAGES else ""
    runs = catalogue.runs_of_intake(intake)
    shown = Paginator(_by_title(_in_language(runs, wanted)), ROWS).get_page(page)
    return {
        "intake": intake,
        "wanted": wanted,
        "in_language": languages_text([wanted]) if wanted else "",
        "chips": _chips(runs, wanted),
        "page": shown,
        "rows": [_row(run, intake, at=at) for run in shown],
    }


def _in_language(runs: QuerySet[Run], language: str) -> QuerySet[Run]:
    """Languages are a list in JSON; a code stands in it between quotes."""
    return runs.filter(languages__icontains=f'"{language}"') if language else runs


def _by_title(runs: QuerySet[Run]) -> list[Run]:
    return sorted(runs, key=lambda run: said(run.version.title).casefold())


def _chips(runs: QuerySet[Run], wanted: str) -> list[Context]:
    choices = [("", _("all languages"))]
    choices += [(code, languages_text([code])) for code in LANGUAGES]
    return [
        {
            "label": label,
            "href": f"?language={code}" if code else "?",
            "current": code == wanted,
            "count": _in_language(runs, code).count(),
        }
        for code, label in choices
    ]


def _row(run: Run, intake: Intake, *, at: datetime) -> Context:
    standing = catalogue.how_it_stands(run, at=at)
    return {
        "title": said(run.version.title),
        "href": f"{run.version.programme.get_absolute_url()}?semester={intake.term_id}",
        "kind": said(run.version.programme.kind.name),
        "ects": run.version.ects,
        "study": f"{mode_text(run)}, {languages_text(run.languages)}",
        "deadline": run.deadline,
        "own": run.deadline != intake.default_deadline,
        "is_over": standing == Applying.OVER,
        "run": run.pk,
        "contact": run.contact.name,
    }
