"""Every programme of the demonstration, with any one mandatory element taken away.

Each time publishing is refused, and names exactly that element.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from django.db import transaction

from mikrokraad.catalogue import actions
from mikrokraad.catalogue.completeness import KNOWN_AT_ISSUE, Element, Missing
from mikrokraad.catalogue.models import (
    Kind,
    Outcome,
    Programme,
    ProgrammeVersion,
    Run,
)
from mikrokraad.core import clock
from mikrokraad.demo.seed import university
from mikrokraad.people.models import Institution, Person

pytestmark = pytest.mark.django_db
Take = Callable[[ProgrammeVersion], object]
LANGUAGES = ("et", "en")
TEXTS = {
    Element.TITLE: "title",
    Element.LEAD: "lead",
    Element.CONTENT: "content",
    Element.FOR_WHOM: "for_whom",
    Element.PARTICIPATION: "participation",
    Element.ASSESSMENT: "assessment_type",
    Element.QUALITY: "quality_assurance",
}


def change(version: ProgrammeVersion, **values: object) -> None:
    ProgrammeVersion.objects.filter(pk=version.pk).update(**values)


def without_text(version: ProgrammeVersion, name: str, languages: set[str]) -> None:
    text = getattr(version, name)
    change(version, **{name: {k: v for k, v in text.items() if k not in languages}})


def with_two_outcomes(version: ProgrammeVersion) -> None:
    version.outcomes.filter(position__gt=2).delete()


def with_an_outcome_without(version: ProgrammeVersion, name: str) -> None:
    last = version.outcomes.order_by("position").last()
    Outcome.objects.filter(pk=last.pk).update(**{name: {}})  # type: ignore[union-attr]


def with_other_limits(_version: ProgrammeVersion) -> None:
    Kind.objects.update(min_ects=61, max_ects=62)


def without_the_institutions(_version: ProgrammeVersion, **values: object) -> None:
    Institution.objects.update(**values)


def without_a_course(version: ProgrammeVersion) -> None:
    version.components.filter(group=None).order_by("position")[0].delete()


def taken_from_versions() -> list[tuple[Missing, Take]]:
    """Every way to take one element out of a version."""
    ways: list[tuple[Missing, Take]] = [
        (Missing(Element.OUTCOMES), with_two_outcomes),
        (Missing(Element.OUTCOMES), partial(with_an_outcome_without, name="text")),
        (Missing(Element.WORKLOAD), with_other_limits),
        (Missing(Element.COURSES), without_a_course),
        (Missing(Element.FIELD), partial(change, field=None)),
        (Missing(Element.LEVEL), partial(change, eqf_level=None)),
        (Missing(Element.COUNTRY), partial(without_the_institutions, country="")),
        (Missing(Element.AWARDING_BODY), partial(without_the_institutions, name={})),
    ]
    ways += [
        (Missing(Element.OUTCOME_ASSESSMENT), partial(with_an_outcome_without, name=n))
        for n in ("assessment", "criterion")
    ]
    for element, name in TEXTS.items():
        take = partial(without_text, name=name)
        ways.append((Missing(element), partial(take, languages=set(LANGUAGES))))
        ways += [
            (Missing(element, (one,)), partial(take, languages={one}))
            for one in LANGUAGES
        ]
    return ways


def taken_from_runs() -> list[tuple[Missing, Callable[[Run], object]]]:
    def update(run: Run, **values: object) -> None:
        Run.objects.filter(pk=run.pk).update(**values)

    def nameless(run: Run) -> None:
        contact = Person.objects.filter(pk=run.contact_id)
        contact.update(given_name="", family_name="")

    return [
        (Missing(Element.LANGUAGES), partial(update, languages=[])),
        (Missing(Element.FEE_INCLUDES), partial(update, fee_includes={})),
        (Missing(Element.PRICE), lambda run: run.price_lines.all().delete()),
        (Missing(Element.CONTACT), nameless),
    ]


def refused(publish: Callable[[], object], take: Callable[[], object]) -> list[Missing]:
    """What publishing names as missing once something is taken away; all is undone."""
    with transaction.atomic():
        take()
        try:
            publish()
        except actions.SomethingIsMissing as refusal:
            found = refusal.missing
        else:
            found = []
        transaction.set_rollback(True)
    return found


def test_taking_any_one_element_away_is_refused_and_named(noon: datetime) -> None:
    university.build(at=noon, today=clock.today(), programmes=None)
    wrong = []
    for programme in Programme.objects.order_by("slug"):
        draft = actions.create_draft(programme, material=True, by=None, at=noon)
        submit = partial(actions.submit_for_review, draft, by=None, at=noon)
        for missing, take in taken_from_versions():
            found = refused(submit, partial(take, draft))
            if found != [missing]:
                wrong.append((programme.slug, missing, found))
        assert refused(submit, lambda: None) == []

    assert wrong == []


def test_taking_any_one_element_of_a_run_away_is_refused_and_named(
    noon: datetime,
) -> None:
    university.build(at=noon, today=clock.today(), programmes=None)
    Run.objects.update(published_at=None)
    wrong = []
    for run in Run.objects.select_related("version__programme"):
        publish = partial(actions.publish_run, run, by=None, at=noon)
        for missing, take in taken_from_runs():
            found = refused(publish, partial(take, run))
            if found != [missing]:
                wrong.append((run.version.programme.slug, missing, found))
        assert refused(publish, lambda: None) == []

    assert wrong == []


def test_every_element_is_taken_away_but_what_only_plans_or_certificates_lack() -> None:
    of_plans = {Element.DATES, Element.PLACES}  # tested where runs are planned
    ways = [*taken_from_versions(), *taken_from_runs()]

    assert {missing.element for missing, _take in ways} == (
        set(Element) - KNOWN_AT_ISSUE - of_plans
    )
