"""What is tried before applying and what is applied with give the same verdict (A4)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given as for_all
from hypothesis import strategies as st

from mikrokraad.admissions import eligibility, forms, queries, trying
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.tests import factories
from mikrokraad.catalogue import requiring
from mikrokraad.catalogue.models import Requirement
from mikrokraad.catalogue.rules import Education, RequirementKind
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.people.tests import factories as people
from mikrokraad.seats.tests.factories import run_with_places

KINDS = list(RequirementKind)
PARAMS = {
    RequirementKind.EXPERIENCE: st.sampled_from([{}, {"years": 1}, {"years": 2.5}]),
    RequirementKind.LANGUAGE: st.sampled_from([{}, {"level": "B1"}, {"level": "C1"}]),
    RequirementKind.EDUCATION: st.sampled_from(
        [
            {},
            {"least": "higher"},
            {"fields": "01 06"},
            {"least": "basic", "fields": "05"},
        ]
    ),
    RequirementKind.EMPLOYMENT: st.sampled_from([{}, {"sectors": "school health"}]),
    RequirementKind.CITIZENSHIP: st.sampled_from(
        [{}, {"gate": "deny", "countries": "RU BY"}, {"countries": "EEA CH"}]
    ),
    RequirementKind.RESIDENCE: st.sampled_from(
        [{"gate": "allow", "countries": "EE"}, {"gate": "deny", "countries": "EU"}]
    ),
}


@st.composite
def requirements(draw: st.DrawFn) -> list[Requirement]:
    kinds = draw(st.lists(st.sampled_from(KINDS), max_size=4))
    return [
        Requirement(
            key=f"asked-{number}",
            kind=kind,
            params=draw(PARAMS.get(kind, st.just({}))),
            needs_evidence=draw(st.booleans()),
        )
        for number, kind in enumerate(kinds)
    ]


@st.composite
def answered(draw: st.DrawFn, asked: list[eligibility.Asked]) -> dict[str, str]:
    """Every question answered in one way or another, years given or not."""
    ways = {
        trying.MET: st.sampled_from(["yes", "no"]),
        trying.FILE: st.sampled_from(["yes", "no"]),
        trying.LEVEL: st.sampled_from(eligibility.LEVELS),
        trying.YEARS: st.sampled_from(["", "0", "1", "2", "2.5", "40"]),
        trying.FIELD: st.sampled_from(requiring.BroadField.values),
        trying.SECTOR: st.sampled_from(requiring.Sector.values),
        trying.COUNTRY: st.sampled_from(["EE", "LV", "NO", "CH", "RU", "BY", "UA"]),
    }
    told = {"education": draw(st.sampled_from(Education.values))}
    for each in asked:
        for what in trying.asks(each):
            told[trying.named(each.key, what)] = draw(ways[what])
    return told


def applied_with(
    asked: list[Requirement], told: dict[str, str], minimum: str
) -> list[eligibility.Finding]:
    """The same answers through the forms of an application, with the files it asks for."""
    answers: dict[str, Any] = {}
    files: dict[str, int] = {}
    for each in asked:
        prefix = f"{each.key}-"
        data = {
            name.removeprefix(prefix): said
            for name, said in told.items()
            if name.startswith(prefix)
        }
        brings = data.pop(trying.FILE, "yes") == "yes"
        data["about"] = "Tartu, 2014"
        file = SimpleUploadedFile("a.pdf", factories.PDF)
        form = forms.RequirementAnswer(each, data, {"file": file})
        assert form.is_valid(), form.errors
        answers[each.key] = form.cleaned()
        files[each.key] = int(brings and "file" in form.fields)
    given = eligibility.Given(told["education"], answers, files)
    return eligibility.evaluate(minimum, queries.asked_by(asked), given)


@for_all(st.data())
def test_the_same_answers_give_the_same_verdict_tried_and_applied_with(
    data: st.DataObject,
) -> None:
    asked = data.draw(requirements())
    minimum = data.draw(st.sampled_from(Education.values))
    told = data.draw(answered(queries.asked_by(asked)))

    answers = trying.tried(queries.asked_by(asked), told)

    found = trying.findings(minimum, queries.asked_by(asked), answers)
    assert found == applied_with(asked, told, minimum)


@for_all(st.data())
def test_an_address_says_what_was_tried_and_says_it_again(data: st.DataObject) -> None:
    asked = queries.asked_by(data.draw(requirements()))
    answers = trying.tried(asked, data.draw(answered(asked)))

    assert trying.tried(asked, dict(answers.parameters)) == answers


@pytest.mark.parametrize(
    "years", ["", "many", "-1", "71", "2.55", "NaN", "Infinity", "1" * 9, "\0"]
)
def test_years_that_make_no_sense_were_not_said(years: str) -> None:
    asked = [eligibility.Asked("work", RequirementKind.EXPERIENCE, {"years": 2})]

    answers = trying.tried(asked, {"work-met": "yes", "work-years": years})

    assert answers.answers == {"work": {"met": "yes"}}


@pytest.mark.parametrize(
    "said",
    [{"work-met": "perhaps"}, {"education": "kindergarten"}, {"other-met": "no"}],
)
def test_what_nobody_asked_was_not_said(said: dict[str, str]) -> None:
    asked = [eligibility.Asked("work", RequirementKind.EMPLOYMENT)]

    assert not trying.tried(asked, said).is_anything


@pytest.mark.django_db
def test_an_application_begins_with_what_was_tried(client: Client) -> None:
    run, liis = run_with_places(5), people.person()
    Requirement.objects.create(
        version=run.version,
        position=1,
        key="work",
        kind=RequirementKind.EXPERIENCE,
        text=both("You have worked for two years."),
        params={"years": 2},
    )
    client.force_login(liis)
    told = "education=higher&work-met=yes&work-years=3"
    page = client.get(f"/en/apply/{run.pk}/?{told}").content.decode()

    client.post(f"/en/apply/{run.pk}/?{told}")

    begun = Application.objects.get()
    assert "is filled in for you" in page
    assert begun.education == "higher"
    assert begun.answers == {"requirements": {"work": {"met": "yes", "years": 3.0}}}
    assert queries.verdict_of(begun)["overall"] == eligibility.Met.MET
    assert queries.missing_sections(begun) == ["about", "education", "payer"]


@pytest.mark.django_db
def test_signing_in_brings_somebody_back_with_what_they_tried(client: Client) -> None:
    run = run_with_places(5)

    page = client.get(f"/en/apply/{run.pk}/?education=higher").content.decode()

    assert f"?next=/en/apply/{run.pk}/%3Feducation%3Dhigher" in page


@pytest.mark.django_db
def test_what_was_begun_stays_as_it_is(client: Client) -> None:
    begun = factories.answered()
    client.force_login(begun.person)

    client.post(f"/en/apply/{begun.run_id}/?education=basic")

    begun.refresh_from_db()
    assert begun.education == "higher"
