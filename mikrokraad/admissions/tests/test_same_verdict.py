"""The same answers, the same verdict: tried, begun, sent, and after a new version (A4)."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from mikrokraad.admissions import actions, queries, trying
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.tests import factories
from mikrokraad.admissions.tests.test_trying import answered, requirements
from mikrokraad.catalogue import actions as catalogue
from mikrokraad.catalogue.models import (
    Programme,
    ProgrammeVersion,
    Requirement,
    Run,
)
from mikrokraad.catalogue.rules import Education, RequirementKind, VersionState
from mikrokraad.catalogue.tests import factories as factory
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.core import clock
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db


def version_of(
    programme: Programme, asked: list[Requirement], minimum: str
) -> ProgrammeVersion:
    """The next version of a programme, approved, that asks this."""
    made = catalogue.create_draft(programme, material=True, by=None, at=clock.now())
    made.requirements.all().delete()
    for position, each in enumerate(asked, start=1):
        each.pk, each.version = None, made
        each.position, each.text = position, both("Asked.")
        each.save()
    made.minimum_education = minimum
    made.state, made.approved_at = VersionState.APPROVED, clock.now()
    made.save()
    return made


def begun_with(
    run: Run, asked: list[Requirement], told: dict[str, str]
) -> tuple[Application, list[dict[str, Any]]]:
    """An application begun with what was tried, with words and files added, and what was said on the page."""
    by = people.person()
    tried = queries.tried_for(run, told)
    minimum = run.version.minimum_education
    said = trying.findings(minimum, queries.asked_by(asked), tried)
    application = actions.start_application(run, by=by, at=clock.now(), tried=tried)
    words = {
        each.key: {
            **application.answers.get("requirements", {}).get(each.key, {}),
            "about": "Tartu, 2014",
        }
        for each in asked
    }
    at = clock.now()
    actions.save_section(application, "requirements", words, by=by, at=at)
    for each in asked:
        shown = each.needs_evidence or each.kind == RequirementKind.DOCUMENT
        if shown and told.get(trying.named(each.key, trying.FILE), "yes") == "yes":
            actions.attach_evidence(
                application, each.key, factories.pdf(), by=by, at=at
            )
    findings = [
        {"key": one.key, "kind": one.kind, "met": one.met, "reason": one.reason}
        for one in said
    ]
    return factories.fresh(application), findings


@settings(
    max_examples=settings().max_examples // 5,  # each makes two versions and a case
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@for_all(st.data())
def test_a_verdict_stays_when_sent_and_when_the_programme_has_a_new_version(
    data: st.DataObject,
) -> None:
    asked = data.draw(requirements())
    minimum = data.draw(st.sampled_from(Education.values))
    told = data.draw(answered(queries.asked_by(asked)))
    with transaction.atomic():
        people.institution()
        programme = factory.version().programme
        run = factory.run(of=version_of(programme, asked, minimum))
        application, said = begun_with(run, asked, told)
        begun = queries.verdict_of(application)

        sent = as_if_sent(application)
        newer = version_of(programme, data.draw(requirements()), "higher")
        Run.objects.filter(pk=run.pk).update(version=newer)

        assert begun["findings"] == said
        assert sent.verdict == begun
        again = factories.fresh(sent)
        assert again.run.version == newer
        assert queries.verdict_of(again) == begun
        transaction.set_rollback(True)


def as_if_sent(application: Application) -> Application:
    """Frozen as `submit` freezes it, whether or not something is missing."""
    application.version = application.run.version
    application.verdict = queries.verdict_of(application)
    application.submitted_at = clock.now()
    application.state = "submitted"
    application.save()
    return factories.fresh(application)


def test_what_was_tried_without_an_account_is_in_the_application_after_signing_in(
    client: Client,
) -> None:
    programme = factory.version(slug="data-science").programme
    asked = [
        Requirement(key="studied", kind="education", params={"fields": "01 06"}),
        Requirement(key="works", kind="employment", params={"sectors": "school"}),
        Requirement(key="citizen", kind="citizenship", params={"countries": "EU"}),
    ]
    run = factory.run(of=version_of(programme, asked, "higher"))
    told = "education=higher&studied-field=06&works-sector=state&citizen-country=LV"
    page = client.get(f"/en/programmes/data-science/?{told}").content.decode()
    href = re.search(r'href="(/en/apply/[^"]+)"', page)
    assert href
    liis = people.person()
    client.force_login(liis)

    client.post(unescape(href[1]))

    verdict = queries.verdict_of(liis.applications.get(run=run))
    assert [each["reason"] for each in verdict["findings"]] == [
        "education_enough",
        "field_fits",
        "sector_differs",
        "citizenship_fits",
    ]
    assert "The programme is for people who work elsewhere." in page
