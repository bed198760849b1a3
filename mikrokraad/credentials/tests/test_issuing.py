"""Issuing: frozen, numbered, signed, once."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import cast

import pytest
from django.db import DatabaseError, transaction

from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core.models import OutboxMessage
from mikrokraad.credentials import actions, gathering, queries, rules
from mikrokraad.credentials.crypto import reading
from mikrokraad.credentials.crypto.facts import Facts, belt_seed
from mikrokraad.credentials.models import (
    Credential,
    CredentialSeries,
    Rendering,
    StatusEntry,
)
from mikrokraad.credentials.rules import CredentialState, Format, ReissueReason
from mikrokraad.credentials.tests import factories
from mikrokraad.credentials.tests.factories import ISSUED
from mikrokraad.people.models import Duty, RegisterEntry
from mikrokraad.people.tests import factories as people
from mikrokraad.studies.rules import Earned

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_issue_freezes_what_the_records_say() -> None:
    learner = factories.learner("Liis", "Maasikas", language="et")
    run = catalogue.run()
    completion = factories.completion(learner, run)

    issued = actions.issue(completion, by=None, at=ISSUED)

    facts = queries.facts_of(issued)
    assert issued.number == "2026-00001"
    assert issued.kind == "certificate"
    assert facts["learner"]["name"] == "Liis Maasikas"
    assert facts["learner"]["birth_date"] == "1990-02-10"
    assert facts["language"] == "et"
    assert facts["programme"]["title"] == run.version.title
    assert (facts["ects"], facts["hours"]) == (12, 312)
    assert [each["grade"] for each in facts["courses"]] == ["A", "B"]
    assert all(each["passed"] for each in facts["outcomes"])
    assert facts["issued_on"] == "2026-11-24"
    assert sha256(issued.facts.encode()).hexdigest() == issued.facts_sha256


def test_a_statement_tells_only_what_was_passed() -> None:
    issued = factories.credential(earned=Earned.STATEMENT)

    facts = queries.facts_of(issued)
    assert issued.kind == "statement"
    assert facts["ects"] == 6
    assert len(facts["courses"]) == 1
    assert [each["text"]["en"] for each in facts["outcomes"]] == [
        "frames a question as a data problem"
    ]


def test_asked_twice_it_is_the_same_credential() -> None:
    completion = factories.completion()

    first = actions.issue(completion, by=None, at=ISSUED)
    second = actions.issue(completion, by=None, at=ISSUED + DAY)

    assert first == second
    assert CredentialSeries.objects.get().last == 1
    assert Rendering.objects.count() == 3
    assert OutboxMessage.objects.count() == 1


def test_all_renderings_say_the_same() -> None:
    issued = factories.credential()

    badge = json.loads(bytes(queries.rendering_of(issued, Format.OPEN_BADGE).content))

    assert reading.facts_in(badge) == reading.shared(queries.facts_of(issued))
    assert badge["id"] == f"http://localhost:8000/c/{issued.number}/"
    assert "1990-02-10" not in json.dumps(badge)
    assert "example.org" not in json.dumps(badge["credentialSubject"]["identifier"])


def test_places_in_the_status_list_do_not_follow_one_another() -> None:
    for name in ("Anna", "Berta", "Carl"):
        factories.credential(factories.learner(name))

    places = list(StatusEntry.objects.order_by("pk").values_list("index", flat=True))

    assert len({each - place for place, each in enumerate(places)}) > 1
    assert StatusEntry.objects.values("list").distinct().count() == 1


def test_nothing_earned_is_nothing_to_certify() -> None:
    completion = factories.completion(earned=Earned.NOTHING)

    with pytest.raises(rules.NothingEarned, match="nothing to certify"):
        actions.issue(completion, by=None, at=ISSUED)

    assert Credential.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"identity_confirmed_at": None}, "identity is not confirmed"),
        ({"family_name": ""}, "last name is missing"),
        ({"birth_date": None}, "birth date is missing"),
    ],
)
def test_a_name_that_nobody_checked_is_not_printed(
    change: dict[str, object], words: str
) -> None:
    completion = factories.completion(factories.learner(**change))  # type: ignore[arg-type]

    with pytest.raises((rules.IdentityNotConfirmed, rules.DetailsMissing), match=words):
        actions.issue(completion, by=None, at=ISSUED)

    assert CredentialSeries.objects.count() == 0


def test_missing_facts_are_named_and_take_no_number() -> None:
    completion = factories.completion()
    version = completion.enrolment.run.version
    type(version).objects.update(state="draft")  # an approved one never changes
    version.outcomes.all().delete()
    completion.basis = {**completion.basis, "outcomes": []}
    completion.save()

    with pytest.raises(rules.FactsMissing, match="outcomes"):
        actions.issue(completion, by=None, at=ISSUED)

    assert CredentialSeries.objects.count() == 0
    assert RegisterEntry.objects.count() == 0


def test_numbers_start_anew_each_year_where_the_institution_is() -> None:
    new_year_in_tallinn = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)

    numbers = [
        factories.credential(at=at).number
        for at in (ISSUED, ISSUED + DAY, new_year_in_tallinn)
    ]

    assert numbers == ["2026-00001", "2026-00002", "2027-00001"]


def test_a_cohort_is_issued_once_and_one_refusal_holds_nobody_back() -> None:
    run = catalogue.run()
    for name in ("Anna", "Berta"):
        factories.completion(factories.learner(name, "Kask"), run)
    unknown = factories.learner("Carl", "Mets", identity_confirmed_at=None)
    factories.completion(unknown, run)
    factories.completion(factories.learner("Dora", "Saar"), run, earned=Earned.NOTHING)
    officer = people.staff(Duty.OFFICER)

    issued, refused = actions.issue_cohort(run, by=officer, at=ISSUED)
    again, _ = actions.issue_cohort(run, by=officer, at=ISSUED)

    assert [each.person.given_name for each in issued] == ["Anna", "Berta"]
    assert [person for person, _refusal in refused] == [unknown]
    assert again == []
    assert CredentialSeries.objects.get().last == 2


def test_the_preview_shows_what_would_be_printed() -> None:
    run = catalogue.run()
    factories.completion(factories.learner("Anna", "Kask"), run)
    factories.completion(
        factories.learner("Carl", "Mets", identity_confirmed_at=None), run
    )
    factories.credential(factories.learner("Dora", "Saar"), run)

    preview = queries.cohort(run, at=ISSUED)

    assert [each.is_ready for each in preview] == [True, False, False]
    assert preview[0].facts is not None
    assert preview[0].facts["learner"]["name"] == "Anna Kask"
    assert "identity" in preview[1].problem
    assert preview[2].credential is not None
    assert Credential.objects.count() == 1


def test_the_preview_asks_as_many_queries_for_ten_as_for_two(
    django_assert_num_queries: object,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries_for(learners: int) -> int:
        run = catalogue.run()
        for number in range(learners):
            factories.completion(factories.learner(f"Anna{number}"), run)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            queries.cohort(run, at=ISSUED)
        return len(asked)

    assert queries_for(10) == queries_for(2)


def test_reissue_replaces_the_old_one_and_keeps_its_facts() -> None:
    old = factories.credential(factories.learner("Liis", "Maasikas"))
    before = old.facts
    person = old.person
    person.family_name = "Kask"
    person.save()

    new = actions.reissue(old, ReissueReason.NAME_CHANGED, by=None, at=ISSUED + DAY)

    old.refresh_from_db()
    assert old.state == CredentialState.SUPERSEDED
    assert old.superseded_by == new
    assert old.facts == before
    assert old.status_entry.set_at == ISSUED + DAY
    assert queries.facts_of(new)["learner"]["name"] == "Liis Kask"
    assert new.number == "2026-00002"
    assert new.status_entry.set_at is None
    assert (
        OutboxMessage.objects.filter(key__contains="credential-replaced").count() == 1
    )
    with pytest.raises(rules.NotInForce):
        actions.reissue(old, ReissueReason.CORRECTION, by=None, at=ISSUED + DAY)


def test_issuing_again_after_a_reissue_returns_the_newest() -> None:
    old = factories.credential()
    new = actions.reissue(old, ReissueReason.CORRECTION, by=None, at=ISSUED + DAY)

    assert actions.issue(old.completion, by=None, at=ISSUED + 2 * DAY) == new


def test_curricula_come_from_a_higher_room() -> None:
    before = gathering._curricula  # noqa: SLF001
    gathering.tell_curricula(
        lambda courses: [
            {"et": "Andmeteadus", "en": f"Data Science ({len(list(courses))})"}
        ]
    )
    try:
        facts = queries.facts_of(factories.credential())
    finally:
        gathering.tell_curricula(before)

    assert facts["counts_towards"][0]["curriculum"]["en"] == "Data Science (2)"
    assert facts["stackability"] is not None


@pytest.mark.parametrize(
    "change", [{"facts": "{}"}, {"number": "2026-99999"}, {"language": "et"}]
)
def test_the_database_itself_refuses_to_change_facts(change: dict[str, str]) -> None:
    issued = factories.credential()

    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        Credential.objects.filter(pk=issued.pk).update(**change)


def test_the_database_itself_refuses_to_change_a_rendering() -> None:
    issued = factories.credential()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Rendering.objects.filter(credential=issued).update(content=b"x")


def test_the_belt_tells_nothing_about_the_learner_and_is_another_on_each() -> None:
    liis = factories.credential()
    other = factories.credential(factories.learner("Carl", "Mets"))
    facts = json.loads(liis.facts)
    renamed = {**facts, "learner": {**facts["learner"], "birth_date": "1971-01-01"}}

    assert belt_seed(cast("Facts", renamed)) == liis.belt
    assert other.belt != liis.belt
