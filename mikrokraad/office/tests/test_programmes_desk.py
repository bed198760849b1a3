"""The programme manager's desk: list, editor, review, runs and the register."""

import json
import re
from datetime import date
from html import unescape
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mikrokraad.catalogue import actions
from mikrokraad.catalogue.models import (
    Intake,
    PlannedRun,
    Programme,
    ProgrammeVersion,
    Run,
    Term,
)
from mikrokraad.catalogue.rules import Section, VersionState
from mikrokraad.catalogue.tests import factories
from mikrokraad.catalogue.tests.test_ehis import record
from mikrokraad.core import clock
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db
DESK = "/en/office/programmes/"


@pytest.fixture
def kadri(client: Client) -> Person:
    people.institution()
    member = people.staff(
        Duty.PROGRAMME_MANAGER, unit=people.unit(), given_name="Kadri"
    )
    sign_in(client, member, strong=True)
    return member


@pytest.fixture
def draft(kadri: Person) -> ProgrammeVersion:
    programme = factories.version().programme
    return actions.create_draft(programme, material=True, by=kadri, at=clock.now())


def page_of(version: ProgrammeVersion, section: str = "basics") -> str:
    return f"{DESK}{version.pk}/edit/{section}/"


def fields_of(client: Client, page: str) -> dict[str, str]:
    """What a browser would send back of an editor's page, unchanged."""
    form = client.get(page).context["form"]
    shown = client.get(page).context
    values = {name: "" if v is None else str(v) for name, v in form.initial.items()}
    return {**values, "revision": str(shown["revision"]), "seen": shown["seen"]}


def in_words(content: bytes) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", content.decode())))


# The list -------------------------------------------------------------------------------


def test_the_list_says_how_each_programme_stands(
    client: Client, kadri: Person, draft: ProgrammeVersion
) -> None:
    factories.run(contact=kadri)
    ProgrammeVersion.objects.filter(pk=draft.pk).update(eqf_level=None, lead={})

    told = in_words(client.get(DESK).content)

    assert "2 things are missing" in told
    assert "open until 21 January" in told
    assert "2 all programmes" in told


@pytest.mark.parametrize(
    ("show", "count"),
    [("", 2), ("drafts", 1), ("review", 0), ("open", 1), ("differs", 0), ("odd", 2)],
)
def test_a_count_leads_to_what_it_counts(
    client: Client, kadri: Person, draft: ProgrammeVersion, show: str, count: int
) -> None:
    factories.run(contact=kadri)

    answer = client.get(DESK, {"show": show})

    assert len(answer.context["rows"]) == count


@pytest.mark.parametrize(("q", "count"), [("science", 1), ("nowhere", 0), ("\0", 1)])
def test_programmes_are_found_by_title(
    client: Client, draft: ProgrammeVersion, q: str, count: int
) -> None:
    assert len(client.get(DESK, {"q": q}).context["rows"]) == count


def test_a_longer_list_asks_no_more_of_the_database(
    client: Client, kadri: Person
) -> None:
    factories.run(contact=kadri)
    client.get(DESK)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(DESK)
    for _n in range(4):
        factories.run(contact=kadri)
    with CaptureQueriesContext(connection) as many:
        client.get(DESK)

    assert len(many) == len(few)


# Beginning ------------------------------------------------------------------------------


def test_a_new_programme_begins_as_a_draft(client: Client, kadri: Person) -> None:
    kind = factories.kind()
    given = {"kind": kind.code, "unit": people.unit().code, "et": "Lõng", "en": "Yarn"}

    answer = client.post(f"{DESK}new/", given)

    version = ProgrammeVersion.objects.get(programme__slug="yarn")
    assert answer.headers["Location"] == page_of(version)


@pytest.mark.parametrize(("change", "number"), [("minor", "1.1"), ("major", "2.0")])
def test_a_typo_is_a_minor_version_and_a_change_that_counts_a_major_one(
    client: Client, kadri: Person, change: str, number: str
) -> None:
    version = factories.version()

    client.post(f"{DESK}{version.pk}/new-version/", {"change": change})

    draft = version.programme.versions.get(state=VersionState.DRAFT)
    assert draft.number == number


def test_a_second_draft_is_refused_in_words(
    client: Client, draft: ProgrammeVersion
) -> None:
    answer = client.post(f"{DESK}{draft.pk}/new-version/", {"change": "major"})

    assert "A draft of this programme is already being written." in in_words(
        answer.content
    )
    assert draft.programme.versions.count() == 2


# The editor -----------------------------------------------------------------------------


@pytest.mark.parametrize("section", [one for one in Section if one != Section.RUN])
def test_each_section_saves_without_a_change(
    client: Client, draft: ProgrammeVersion, section: str
) -> None:
    page = page_of(draft, section)

    answer = client.post(page, fields_of(client, page))

    assert answer.status_code == HTTPStatus.FOUND
    assert not hasattr(draft, "writing") or draft.writing.revision == 0


def test_what_is_missing_leads_to_its_very_field(
    client: Client, draft: ProgrammeVersion
) -> None:
    outcome = draft.outcomes.get(position=2)
    type(outcome).objects.filter(pk=outcome.pk).update(criterion={"et": "hea"})
    ProgrammeVersion.objects.filter(pk=draft.pk).update(lead={"et": "Algus"})

    meter = client.get(page_of(draft)).context["meter"]

    assert [(one.href, "outcome 2" in one.label) for one in meter.lacks] == [
        (f"{page_of(draft, 'outcomes')}#id_outcome-{outcome.pk}-criterion_en", True),
        (f"{page_of(draft)}#id_lead_en", False),
    ]
    for lack in meter.lacks:
        page, _hash, name = lack.href.partition("#")
        assert f'id="{name}"' in client.get(page).content.decode()


def test_a_wrong_number_is_told_and_the_rest_is_kept(
    client: Client, draft: ProgrammeVersion
) -> None:
    page = page_of(draft)
    given = {**fields_of(client, page), "ects": "twelve", "title_en": "Kept"}

    answer = client.post(page, given)

    draft.refresh_from_db()
    assert "Write a whole number, such as 12." in in_words(answer.content)
    assert b'value="twelve"' in answer.content
    assert (draft.title["en"], draft.ects) == ("Kept", 12)


def test_two_tabs_lose_nothing(client: Client, draft: ProgrammeVersion) -> None:
    page = page_of(draft)
    first, second = fields_of(client, page), fields_of(client, page)
    client.post(page, {**first, "title_en": "First", "lead_en": "First lead"})

    clash = client.post(
        page, {**second, "title_en": "Second", "content_en": "Second content"}
    )

    draft.refresh_from_db()
    told = in_words(clash.content)
    assert "Kadri Tamm wrote here meanwhile: “First”." in told
    assert 'value="Second"' in clash.content.decode()
    assert draft.title["en"] == "First"
    assert (draft.lead["en"], draft.content["en"]) == ("First lead", "Second content")
    again = {**second, "title_en": "Second", "content_en": "Second content"}
    again |= {"lead_en": "First lead", "seen": clash.context["seen"]}
    client.post(page, {**again, "revision": str(clash.context["revision"])})
    draft.refresh_from_db()
    assert draft.title["en"] == "Second"


def test_words_in_a_row_that_was_removed_meanwhile_are_shown(
    client: Client, draft: ProgrammeVersion
) -> None:
    page = page_of(draft, "outcomes")
    mine = fields_of(client, page)
    row = draft.outcomes.get(position=1)
    client.post(page, {**mine, "do": f"remove:outcome-{row.pk}"})

    answer = client.post(page, {**mine, f"outcome-{row.pk}-text_en": "My long work"})

    assert "My long work" in in_words(answer.content)
    assert draft.outcomes.count() == 2


def test_saving_by_itself_answers_with_what_changed(
    client: Client, draft: ProgrammeVersion
) -> None:
    page = page_of(draft)
    given = {**fields_of(client, page), "lead_en": ""}

    answer = client.post(page, given, headers={"X-Autosave": "yes"})

    assert "the introduction in English" in in_words(answer.content)
    assert b'id="save-revision" value="1"' in answer.content
    again = {**given, "lead_en": "Back", "revision": "1"}
    again["seen"] = answer.context["seen"]
    client.post(page, again, headers={"X-Autosave": "yes"})
    draft.refresh_from_db()
    assert draft.lead["en"] == "Back"


def test_saving_by_itself_beside_somebody_else_keeps_both(
    client: Client, draft: ProgrammeVersion
) -> None:
    page = page_of(draft)
    first, second = fields_of(client, page), fields_of(client, page)
    client.post(page, {**first, "title_en": "First"})
    header = {"X-Autosave": "yes"}

    one = client.post(page, {**second, "lead_en": "Mine"}, headers=header)
    state = {"seen": one.context["seen"], "revision": one.context["revision"]}
    client.post(page, {**second, **state, "lead_en": "Mine again"}, headers=header)

    draft.refresh_from_db()
    assert "changed something else meanwhile" in in_words(one.content)
    assert (draft.title["en"], draft.lead["en"]) == ("First", "Mine again")


def test_what_is_in_review_cannot_be_saved_and_stays_in_the_page(
    client: Client, draft: ProgrammeVersion
) -> None:
    page = page_of(draft)
    given = {**fields_of(client, page), "title_en": "Too late"}
    ProgrammeVersion.objects.filter(pk=draft.pk).update(state=VersionState.IN_REVIEW)

    answer = client.post(page, given)
    quiet = client.post(page, given, headers={"X-Autosave": "yes"})

    assert answer.status_code == HTTPStatus.CONFLICT
    assert b'value="Too late"' in answer.content
    assert "Not saved" in in_words(quiet.content)
    assert client.get(page).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("seen", ["", "[]", "{", "[" * 5000, '{"title_en": 7}'])
def test_odd_marks_harm_nothing(
    client: Client, draft: ProgrammeVersion, seen: str
) -> None:
    page = page_of(draft)
    given = {**fields_of(client, page), "seen": seen, "revision": "x"}

    assert client.post(page, given).status_code == HTTPStatus.FOUND


def test_a_course_is_found_and_added(client: Client, draft: ProgrammeVersion) -> None:
    page, course = page_of(draft, "courses"), factories.course("Big Data")
    found = client.get(page, {"find": "big d"})
    assert [one.code for one in found.context["found"]] == [course.code]

    given = fields_of(client, page)
    answer = client.post(page, {**given, "do": f"add:component:{course.code}"})

    assert draft.components.filter(course=course).exists()
    assert "18 of 12 ECTS" in in_words(client.get(answer.headers["Location"]).content)


def test_looking_for_a_course_keeps_what_was_written(
    client: Client, draft: ProgrammeVersion
) -> None:
    page = page_of(draft, "courses")

    answer = client.post(page, {**fields_of(client, page), "find": "Big Data & more"})

    assert answer.headers["Location"] == f"{page}?find=Big+Data+%26+more#found"


@pytest.mark.parametrize("section", ["run", "nowhere"])
def test_there_are_no_other_sections(
    client: Client, draft: ProgrammeVersion, section: str
) -> None:
    assert client.get(page_of(draft, section)).status_code == HTTPStatus.NOT_FOUND


# Review ---------------------------------------------------------------------------------


def test_a_version_goes_through_review(client: Client, draft: ProgrammeVersion) -> None:
    jaak = people.staff(Duty.OFFICER, given_name="Jaak")
    page = f"{DESK}{draft.pk}/review/"
    client.post(f"{page}ask/", {"reviewer": str(jaak.pk)})
    own = client.post(f"{page}approve/", follow=True)
    sign_in(client, jaak, strong=True)
    client.post(f"{page}comment/", {"section": "basics", "text": "Say how long."})
    early = client.post(f"{page}approve/", follow=True)
    said = draft.comments.get()
    client.post(f"{DESK}comments/{said.pk}/resolve/")
    client.post(f"{page}approve/")

    draft.refresh_from_db()
    assert "Another person has to approve the version." in in_words(own.content)
    assert "1 comment is not resolved yet." in in_words(early.content)
    assert "Say how long." in in_words(early.content)
    assert draft.state == VersionState.APPROVED


def test_sending_back_needs_a_reason(client: Client, draft: ProgrammeVersion) -> None:
    page = f"{DESK}{draft.pk}/review/"
    client.post(f"{page}ask/", {"reviewer": ""})

    silent = client.post(f"{page}send-back/", {"reason": " "})
    draft.refresh_from_db()
    before = draft.state
    client.post(f"{page}send-back/", {"reason": "Add criteria."})

    draft.refresh_from_db()
    assert "Say what should change." in in_words(silent.content)
    assert (before, draft.state) == (VersionState.IN_REVIEW, VersionState.DRAFT)
    assert "Add criteria." in in_words(client.get(page).content)


def test_an_empty_comment_is_not_kept(client: Client, draft: ProgrammeVersion) -> None:
    page = f"{DESK}{draft.pk}/review/comment/"

    client.post(page, {"section": "basics", "text": ""})
    client.post(page, {"section": "nowhere", "text": "Hm"})

    assert not draft.comments.exists()


def test_what_changed_is_marked_in_the_text(
    client: Client, draft: ProgrammeVersion
) -> None:
    ProgrammeVersion.objects.filter(pk=draft.pk).update(
        for_whom={**draft.for_whom, "en": "For people who work with words."}
    )

    page = client.get(f"{DESK}{draft.pk}/changes/").content.decode()

    assert re.search(r"<del>.*numbers</del><ins>.*words</ins>", page)


# Runs -----------------------------------------------------------------------------------


@pytest.fixture
def autumn() -> Intake:
    term = Term.objects.create(
        code="2027-autumn",
        name={"et": "Sügis 2027", "en": "Autumn 2027"},
        starts_on=date(2027, 8, 30),
        ends_on=date(2028, 1, 30),
    )
    return Intake.objects.create(
        term=term, name=term.name, default_deadline=date(2027, 8, 23)
    )


def fields_of_plan(client: Client, plan: PlannedRun) -> dict[str, object]:
    form = client.get(f"{DESK}plans/{plan.pk}/").context["form"]
    return {
        name: "" if form[name].value() is None else form[name].value()
        for name in form.fields
    }


def test_a_run_is_rolled_over_filled_in_and_published(
    client: Client, kadri: Person, autumn: Intake
) -> None:
    run = factories.run(contact=kadri)
    client.post(f"{DESK}runs/{run.pk}/again/", {"intake": str(autumn.pk)})
    plan = PlannedRun.objects.get()
    page = f"{DESK}plans/{plan.pk}/"
    early = client.post(f"{page}publish/", follow=True)
    given = {**fields_of_plan(client, plan), "places": "25"}
    client.post(page, {**given, "do": "semester"})

    told = [client.post(f"{page}publish/").headers["Location"] for _press in range(2)]

    again = Run.objects.get(intake=autumn)
    assert told == [f"{DESK}runs/{again.pk}/"] * 2
    assert "when it starts and ends" in in_words(early.content)
    assert (again.starts_on, again.ends_on) == (date(2027, 8, 30), date(2028, 1, 30))
    assert [line.net_cents for line in again.price_lines.all()] == [2400_00]
    assert again.published_at == clock.now()


def test_a_price_line_is_added_and_taken_away(
    client: Client, kadri: Person, autumn: Intake
) -> None:
    run = factories.run(contact=kadri)
    plan = actions.plan_run(
        run.version, autumn, like=run, places=9, by=kadri, at=clock.now()
    )
    page = f"{DESK}plans/{plan.pk}/"

    added = {"price-1-net": "25.50", "price-1-kind": "application_fee"}
    client.post(page, {**fields_of_plan(client, plan), **added})
    plan.refresh_from_db()
    two = [(line["kind"], line["net_cents"]) for line in plan.prices]
    client.post(page, {**fields_of_plan(client, plan), "price-0-net": ""})

    plan.refresh_from_db()
    assert two == [("fee", 2400_00), ("application_fee", 25_50)]
    assert [line["net_cents"] for line in plan.prices] == [25_50]


def test_a_new_run_is_planned_and_dropped(
    client: Client, kadri: Person, autumn: Intake
) -> None:
    version = factories.version()
    client.post(f"{DESK}{version.pk}/runs/", {"intake": str(autumn.pk)})
    plan = PlannedRun.objects.get()

    client.post(f"{DESK}plans/{plan.pk}/drop/")

    assert plan.contact == kadri
    assert not PlannedRun.objects.exists()


def test_a_live_runs_deadline_moves_only_later(client: Client, kadri: Person) -> None:
    run = factories.run(contact=kadri)
    page = f"{DESK}runs/{run.pk}/"
    given = {
        "place_et": "Narva",
        "place_en": "Narva",
        "fee_includes_et": "õpe",
        "fee_includes_en": "teaching",
        "contact": str(kadri.pk),
    }

    refused = client.post(page, {**given, "own_deadline": "2027-01-10"})
    run.refresh_from_db()
    before = run.place["en"]
    client.post(page, {**given, "own_deadline": "2027-01-25"})

    run.refresh_from_db()
    assert "It can be moved later, not earlier." in in_words(refused.content)
    assert (before, run.place["en"]) == ("Tartu", "Narva")
    assert run.own_deadline == date(2027, 1, 25)


# The register ---------------------------------------------------------------------------


def upload(client: Client, text: str, do: str) -> str:
    file = SimpleUploadedFile("register.json", text.encode())
    given = {"file": file, "unit": people.unit().code, "do": do}
    return in_words(client.post(f"{DESK}register/", given).content)


@pytest.mark.usefixtures("kadri")
def test_a_file_is_tried_and_then_taken_over(client: Client) -> None:
    factories.kind("micro-degree")
    factories.field("0613")
    text = json.dumps({"curricula": [record(), record(ehis_kood="999002", eap="x")]})

    tried = upload(client, text, "try")
    before = Programme.objects.count()
    taken = upload(client, text, "take")

    assert "What the file would do" in tried
    assert "1 new · 1 refused" in tried
    assert "eap: is “x”; it must be a number" in taken
    assert (before, Programme.objects.count()) == (0, 1)


@pytest.mark.usefixtures("kadri")
@pytest.mark.parametrize("text", ["", "\ufffe", "{}", "text"])
def test_what_is_no_register_file_is_told(client: Client, text: str) -> None:
    told = upload(client, text or " ", "take")

    assert "This is not the register's file" in told


def test_differences_stand_side_by_side(client: Client, kadri: Person) -> None:
    version = factories.version()
    ours = client.get(f"{DESK}register/ours.json").json()["curricula"]
    text = json.dumps({"curricula": [{**ours[0], "eap": 18}]})
    upload(client, text, "take")

    told = in_words(client.get(f"{DESK}{version.pk}/register/").content)

    assert "Volume (ECTS) 12 18" in told
    assert len(client.get(DESK, {"show": "differs"}).context["rows"]) == 1


# The preview ----------------------------------------------------------------------------


def test_the_preview_is_the_public_page(
    client: Client, draft: ProgrammeVersion
) -> None:
    answer = client.get(f"/en/office/programmes/{draft.pk}/preview/")

    names = {template.name for template in answer.templates}
    assert "pages/programme.html" in names
    assert "This is how visitors would see version 2.0." in in_words(answer.content)


def test_the_preview_asks_for_the_second_factor(
    client: Client, draft: ProgrammeVersion, kadri: Person
) -> None:
    sign_in(client, kadri)

    answer = client.get(f"/en/office/programmes/{draft.pk}/preview/")

    assert answer.status_code == HTTPStatus.FOUND
