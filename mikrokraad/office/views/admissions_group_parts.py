"""What the templates of the go/no-go desk are given."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mikrokraad.admissions import groups
from mikrokraad.admissions.groups import Group
from mikrokraad.admissions.models import GroupDecision, GroupOutcome
from mikrokraad.catalogue.models import Run
from mikrokraad.core import clock
from mikrokraad.core.calendar import day_of, day_text, moment_text
from mikrokraad.core.money import euros
from mikrokraad.core.texts import said
from mikrokraad.office.views.admissions_parts import tabs
from mikrokraad.people.models import Person

Context = dict[str, Any]


def group_tabs() -> list[Context]:
    return tabs("groups")


def rows(runs: list[Run], *, at: datetime) -> list[Context]:
    found = groups.groups_of(runs)
    return [
        {
            "href": reverse("office:admissions_group", args=[run.pk]),
            "programme": said(run.version.title),
            "intake": said(run.intake.name),
            "decide_by": run.decide_by,
            "late": _late(run, at),
            **_standing(
                getattr(run, "group_decision", None), found[run.pk], due=_due(run, at)
            ),
            "group": found[run.pk],
        }
        for run in runs
    ]


def _late(run: Run, at: datetime) -> bool:
    decided = getattr(run, "group_decision", None)
    return bool(run.decide_by and run.decide_by < day_of(at) and decided is None)


def _due(run: Run, at: datetime) -> bool:
    """Whether the day to decide has come: before it, people may still apply."""
    return run.decide_by is None or run.decide_by <= day_of(at)


def _standing(decision: GroupDecision | None, group: Group, *, due: bool) -> Context:
    """The state of the decision as a tag: its words and its kind."""
    if decision is None:
        if group.missing:
            words = _("{count} missing").format(count=group.missing)
            return {"state": words, "kind": "bad" if due else "plain"}
        return {"state": _("large enough"), "kind": "good"}
    if decision.outcome == GroupOutcome.GO:
        return {"state": _("takes place"), "kind": "good"}
    if decision.approved_at:
        return {"state": _("called off"), "kind": "bad"}
    return {"state": _("second person needed"), "kind": "wait"}


def page(run: Run, person: Person) -> Context:
    group, decision = groups.groups_of([run])[run.pk], groups.decision_on(run)
    asked = bool(
        decision
        and decision.outcome == GroupOutcome.CALL_OFF
        and not decision.approved_at
    )
    return {
        "run": run,
        **_standing(decision, group, due=_due(run, clock.now())),
        "group": group,
        "figures": [
            {"figure": group.confirmed, "label": _("enrolled")},
            {"figure": group.likely, "label": _("accepted")},
            {"figure": group.pending, "label": _("may still come")},
            {"figure": group.least, "label": _("smallest group")},
        ],
        "money": _money(group),
        "decide_by": day_text(run.decide_by) if run.decide_by else "",
        "told": _told(decision),
        "decision": decision,
        "asked": asked,
        "may_approve": asked and decision is not None and decision.by_id != person.pk,
        "instead": [said(each.version.title) for each in _instead(decision)],
        "over": run.cancelled_at is not None,
    }


def _instead(decision: GroupDecision | None) -> list[Run]:
    if decision is None:
        return []
    return list(decision.alternatives.select_related("version"))


def _money(group: Group) -> list[tuple[str, str]]:
    return [
        (_("Fee of one person, without VAT"), euros(group.fee_cents)),
        (_("Break-even: the smallest group"), euros(group.needed_cents)),
        (_("Enrolled"), euros(group.sure_cents)),
        (_("With those who accepted"), euros(group.likely_cents)),
    ]


def _told(decision: GroupDecision | None) -> str:
    if decision is None:
        return ""
    if decision.approved_by and decision.approved_at:
        return _("Asked by {one}, called off by {other}, {moment}").format(
            one=decision.by.name,
            other=decision.approved_by.name,
            moment=moment_text(decision.approved_at),
        )
    return f"{decision.by.name}, {moment_text(decision.at)}"
