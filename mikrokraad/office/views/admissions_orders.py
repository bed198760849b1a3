"""What the templates of ranked runs, lotteries and open-to-all runs are given."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mikrokraad.admissions import cases, ordered, wording
from mikrokraad.admissions.actions import Prepared
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import AdmissionMode
from mikrokraad.core.calendar import end_of
from mikrokraad.core.texts import said
from mikrokraad.office.views.admissions_parts import kind_of
from mikrokraad.seats.queries import places_left

Context = dict[str, Any]
MOST_NAMED = 12


def places_of(run: Run, *, at: datetime) -> int:
    places = places_left([run], at=at).get(run.pk)
    return places.size if places else 0


def way_of(run: Run) -> Context:
    """How this run gives its places, and where that is done."""
    pages = {
        AdmissionMode.RANKED: ("order", _("Ranking")),
        AdmissionMode.LOTTERY: ("order", _("Lots")),
        AdmissionMode.EVERYONE: ("offer_everyone", _("Offer to everybody eligible")),
    }
    page = pages.get(AdmissionMode(run.admission_mode))
    return {
        "way": wording.PLACES_GIVEN[run.admission_mode],
        "way_href": reverse(f"office:admissions_{page[0]}", args=[run.pk])
        if page
        else "",
        "way_label": page[1] if page else "",
    }


def order_page(run: Run, *, at: datetime) -> Context:
    by_lot = run.admission_mode == AdmissionMode.LOTTERY
    return {
        "run": run,
        "by_lot": by_lot,
        "over": at >= end_of(run.deadline),
        "way": wording.PLACES_GIVEN[run.admission_mode],
        "places": places_of(run, at=at),
        **(_lots(run) if by_lot else _ranking(run)),
    }


def _ranking(run: Run) -> Context:
    criteria = ordered.criteria_of(run)
    rows = [
        {
            **_row(each.application),
            "place": n if each.score is not None else "–",
            "score": f"{float(each.score) * 100:.1f}" if each.score is not None else "",
            "reviewers": each.reviewers,
            "score_href": reverse(
                "office:admissions_score", args=[each.application.pk]
            ),
        }
        for n, each in enumerate(ordered.ranking_of(run), start=1)
    ]
    return {
        "criteria": [
            {"text": said(each.text), "weight": each.weight, "most": each.most}
            for each in criteria
        ],
        "rows": rows,
        "unscored": sum(row["score"] == "" for row in rows),
    }


def _lots(run: Run) -> Context:
    lottery = ordered.lottery_of(run)
    lots = {key: lot for lot, key in ordered.lots_of(lottery)} if lottery else {}
    rows = [
        {**_row(each), "place": n, "lot": lots[str(each.pk)]}
        for n, each in enumerate(ordered.order_of(run), start=1)
    ]
    return {
        "lottery": lottery,
        "rows": rows,
        "taking_part": ordered.eligible(run).count(),
    }


def _row(case: Application) -> Context:
    return {
        "href": reverse("office:admissions_application", args=[case.pk]),
        "name": case.person.name,
        "sent": case.submitted_at,
        "state": State(case.state).label,
        "kind": kind_of(case.state),
    }


def everyone_page(run: Run, *, at: datetime) -> Context:
    """How many are eligible at once, and who waits for a person."""
    eligible = ordered.eligible(run).count()
    undecided = cases.undecided_of(run).count()
    return {
        "run": run,
        "eligible": eligible,
        "figures": [
            {"figure": eligible, "label": _("meet every condition")},
            {"figure": undecided - eligible, "label": _("wait for a person")},
            {"figure": places_of(run, at=at), "label": _("places")},
        ],
    }


def tell_prepared(request: HttpRequest, report: Prepared) -> None:
    """What one press prepared, and who was left out and why."""
    told = _(
        "Prepared: offers {offers}, waiting list {waiting}, rejections {rejections}."
    ).format(offers=report.offers, waiting=report.waiting, rejections=report.rejections)
    messages.success(request, told)
    tell_skipped(request, report.skipped)


def tell_skipped(request: HttpRequest, skipped: list[tuple[Application, str]]) -> None:
    for case, why in skipped[:MOST_NAMED]:
        messages.warning(
            request,
            _("Left out: {name}. {why}").format(name=case.person.name, why=why),
        )
    if len(skipped) > MOST_NAMED:
        more = len(skipped) - MOST_NAMED
        messages.warning(request, _("Left out as well: {count}.").format(count=more))
