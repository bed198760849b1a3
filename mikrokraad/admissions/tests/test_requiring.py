"""What conditions can be about, and what is said when one is not met."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions import actions, eligibility, wording
from mikrokraad.admissions.eligibility import Asked, Given, Met
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.tests import factories
from mikrokraad.catalogue import requiring
from mikrokraad.catalogue.models import Requirement
from mikrokraad.catalogue.rules import RequirementKind
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.core import clock
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.seats.tests.factories import run_with_places

KIND = RequirementKind


def judged(
    kind: str, params: dict[str, Any], answer: dict[str, Any], education: str = "higher"
) -> tuple[str, str]:
    asked = Asked("it", kind, params)
    found = eligibility.evaluate("basic", [asked], Given(education, {"it": answer}, {}))
    return found[1].met, found[1].reason


@pytest.mark.parametrize(
    ("kind", "params", "answer", "expected"),
    [
        (KIND.EDUCATION, {"fields": "01 06"}, {"field": "06"}, "field_fits"),
        (KIND.EDUCATION, {"fields": "01 06"}, {"field": "other"}, "field_differs"),
        (KIND.EDUCATION, {"fields": "01"}, {}, "not_answered"),
        (KIND.EDUCATION, {"least": "higher"}, {}, "education_enough"),
        (KIND.EDUCATION, {}, {"met": "yes"}, "record_to_check"),
        (KIND.EMPLOYMENT, {"sectors": "school"}, {"sector": "school"}, "sector_fits"),
        (KIND.EMPLOYMENT, {"sectors": "school"}, {"sector": "state"}, "sector_differs"),
        (KIND.EMPLOYMENT, {"sectors": "school"}, {"sector": "none"}, "not_employed"),
        (KIND.EMPLOYMENT, {"sectors": "school"}, {"met": "yes"}, "not_answered"),
        (KIND.EMPLOYMENT, {}, {"met": "yes"}, "said_yes"),
        (KIND.COURSE, {"course_code": "LTAT.01.001"}, {"met": "no"}, "said_no"),
        (KIND.CERTIFICATE, {}, {"met": "yes"}, "record_to_check"),
        (KIND.CITIZENSHIP, {"countries": "EU"}, {"country": "LV"}, "citizenship_fits"),
        (
            KIND.CITIZENSHIP,
            {"countries": "EU"},
            {"country": "NO"},
            "citizenship_closed",
        ),
        (KIND.CITIZENSHIP, {"countries": "EEA"}, {"country": "NO"}, "citizenship_fits"),
        (KIND.CITIZENSHIP, {}, {"country": "BR"}, "citizenship_fits"),
        (
            KIND.CITIZENSHIP,
            {"gate": "deny", "countries": "RU BY"},
            {"country": "BY"},
            "citizenship_closed",
        ),
        (
            KIND.RESIDENCE,
            {"gate": "deny", "countries": "RU BY"},
            {"country": "EE"},
            "residence_fits",
        ),
        (KIND.RESIDENCE, {"countries": "EE"}, {"country": "LV"}, "residence_closed"),
        (KIND.RESIDENCE, {"countries": "EE"}, {"country": "XX"}, "not_answered"),
    ],
)
def test_a_condition_is_judged_by_what_it_is_about(
    kind: str, params: dict[str, Any], answer: dict[str, Any], expected: str
) -> None:
    assert judged(kind, params, answer)[1] == expected


def test_the_level_of_a_field_is_asked_of_the_same_education() -> None:
    params = {"least": "higher", "fields": "01"}

    assert judged(KIND.EDUCATION, params, {"field": "01"}) == (Met.MET, "field_fits")
    assert judged(KIND.EDUCATION, params, {"field": "01"}, "upper_secondary") == (
        Met.NOT_MET,
        "education_too_low",
    )


def test_staff_and_applicants_have_words_for_every_reason() -> None:
    assert set(wording.FINDINGS) == set(eligibility.REASONS)
    assert set(wording.REQUIREMENT_TITLES) == set(RequirementKind)


def test_countries_have_names_in_both_languages() -> None:
    assert requiring.countries("et")["LV"] == "Läti"
    assert requiring.countries("en")["LV"] == "Latvia"
    assert not requiring.is_country("EU")
    assert all(map(requiring.is_country, requiring.EEA))


def closed_to_latvia() -> Application:
    run = run_with_places(5)
    Requirement.objects.create(
        version=run.version,
        position=1,
        key="citizen",
        kind=KIND.CITIZENSHIP,
        text=both("You are a citizen of Estonia."),
        params={"countries": "EE", "source_href": "https://example.org/act"},
        source=both("Act on summer schools, § 7"),
    )
    application = factories.answered(run)
    return actions.save_section(
        application,
        "requirements",
        {"citizen": {"country": "LV"}},
        by=application.person,
        at=clock.now(),
    )


@pytest.mark.django_db
def test_every_no_names_its_rule_its_source_and_what_one_could_do(
    client: Client,
) -> None:
    application = closed_to_latvia()
    client.force_login(application.person)

    page = client.get(f"/en/applications/{application.pk}/submit/").content.decode()

    assert "The programme is not open to this citizenship." in page
    assert "If you have another citizenship, too, choose that one." in page
    assert "Condition “citizen” of version 1.0 of the programme" in page
    assert '<a href="https://example.org/act">Act on summer schools, § 7</a>' in page


@pytest.mark.django_db
def test_staff_see_the_rule_and_the_source_beside_the_verdict(client: Client) -> None:
    application = closed_to_latvia()
    actions.submit(application, by=application.person, at=clock.now())
    sign_in(client, people.staff(Duty.OFFICER, unit=people.unit()), strong=True)

    page = client.get(
        reverse("office:admissions_application", args=[application.pk])
    ).content.decode()

    assert "The programme is not open to this citizenship." in page
    assert "judged by rules 2026-11" in page
    assert "Act on summer schools, § 7" in page


@pytest.mark.django_db
def test_the_application_asks_for_the_country_by_its_name(client: Client) -> None:
    application = closed_to_latvia()
    client.force_login(application.person)
    href = f"/en/applications/{application.pk}/requirements/citizen/"

    page = client.get(href).content.decode()
    client.post(href, {"country": "EE"})

    application.refresh_from_db()
    assert '<option value="LV" selected>Latvia</option>' in page
    assert application.answers["requirements"]["citizen"] == {"country": "EE"}
