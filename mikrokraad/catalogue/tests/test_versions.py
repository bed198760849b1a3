"""A version is written, reviewed by somebody else, approved, and then stays as it is."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Model

from mikrokraad.catalogue import actions, facts
from mikrokraad.catalogue.completeness import Element
from mikrokraad.catalogue.models import (
    Component,
    ElectiveGroup,
    Outcome,
    ProgrammeVersion,
    Question,
    Requirement,
)
from mikrokraad.catalogue.rules import VersionState
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.core.errors import NeedsAnotherPerson
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.people.models import Duty, Person, RegisterEntry
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
Version = ProgrammeVersion


@pytest.fixture
def approved() -> ProgrammeVersion:
    """With a part of each kind."""
    people.institution()
    version = factories.version()
    Requirement.objects.create(
        version=version, position=1, key="english", kind="language", text={}
    )
    Question.objects.create(version=version, position=1, key="why", text={})
    group = ElectiveGroup.objects.create(version=version, key="A", min_ects=6)
    course = factories.course("Chosen", ects=6)
    Component.objects.create(version=version, course=course, group=group, position=3)
    return version


@pytest.fixture
def draft() -> ProgrammeVersion:
    people.institution()
    version = factories.version()
    Version.objects.update(state=VersionState.DRAFT)
    Version.objects.update(approved_at=None)
    version.refresh_from_db()
    return version


def manager() -> Person:
    return people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit())


def in_words(verb: str) -> list[RegisterEntry]:
    return list(RegisterEntry.objects.filter(verb=verb))


def test_a_draft_is_reviewed_and_approved_by_two(draft: ProgrammeVersion) -> None:
    author, dean = manager(), manager()
    at = clock.now()

    actions.submit_for_review(draft, by=author, at=at)
    version = actions.approve(draft, by=dean, at=at)

    assert (version.state, version.approved_at) == (VersionState.APPROVED, at)
    (said,) = in_words(actions.APPROVED)
    assert said.facts["fingerprint"] == facts.fingerprint(version)
    assert said.by == dean


def test_nobody_approves_what_they_submitted(draft: ProgrammeVersion) -> None:
    author = manager()
    actions.submit_for_review(draft, by=author, at=clock.now())

    with pytest.raises(NeedsAnotherPerson, match="Another person"):
        actions.approve(draft, by=author, at=clock.now())

    draft.refresh_from_db()
    assert draft.state == VersionState.IN_REVIEW
    assert draft.approved_at is None


def test_a_machine_finishes_only_what_a_machine_began(draft: ProgrammeVersion) -> None:
    actions.submit_for_review(draft, by=manager(), at=clock.now())
    with pytest.raises(NeedsAnotherPerson):
        actions.approve(draft, by=None, at=clock.now())
    actions.send_back(draft, reason="typos", by=manager(), at=clock.now())

    version = actions.publish_version(draft, by=None, at=clock.now())

    assert version.state == VersionState.APPROVED


def test_a_person_alone_cannot_publish(draft: ProgrammeVersion) -> None:
    with pytest.raises(NeedsAnotherPerson):
        actions.publish_version(draft, by=manager(), at=clock.now())

    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT


def test_what_is_sent_back_is_a_draft_again(draft: ProgrammeVersion) -> None:
    actions.submit_for_review(draft, by=manager(), at=clock.now())

    version = actions.send_back(draft, reason="a typo", by=manager(), at=clock.now())

    assert version.state == VersionState.DRAFT
    assert [e.facts["reason"] for e in in_words("catalogue.version.sent_back")] == [
        "a typo"
    ]


def leave_out_level(version: ProgrammeVersion) -> None:
    Version.objects.update(eqf_level=None)


def leave_out_course(version: ProgrammeVersion) -> None:
    version.components.filter(position=2).delete()


def leave_out_criterion(version: ProgrammeVersion) -> None:
    version.outcomes.filter(position=2).update(criterion={"et": "kõlbab"})


def leave_out_outcome(version: ProgrammeVersion) -> None:
    version.outcomes.filter(position=3).delete()


@pytest.mark.parametrize(
    ("leave_out", "element"),
    [
        (leave_out_level, Element.LEVEL),
        (leave_out_course, Element.COURSES),
        (leave_out_criterion, Element.OUTCOME_ASSESSMENT),
        (leave_out_outcome, Element.OUTCOMES),
    ],
)
def test_an_incomplete_draft_is_not_submitted(
    draft: ProgrammeVersion,
    leave_out: Callable[[ProgrammeVersion], None],
    element: Element,
) -> None:
    leave_out(draft)

    with pytest.raises(actions.SomethingIsMissing) as refused:
        actions.submit_for_review(draft, by=manager(), at=clock.now())

    assert [missing.element for missing in refused.value.missing] == [element]
    assert str(element.label) in refused.value.message
    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT


def test_electives_count_by_the_least_to_choose(draft: ProgrammeVersion) -> None:
    group = ElectiveGroup.objects.create(version=draft, key="A", min_ects=6)
    Version.objects.update(ects=18)

    def add(position: int, ects: int) -> None:
        Component.objects.create(
            version=draft,
            course=factories.course(ects=ects),
            group=group,
            position=position,
        )

    add(3, 3)
    with pytest.raises(actions.SomethingIsMissing, match="add up"):
        actions.submit_for_review(draft, by=manager(), at=clock.now())
    add(4, 6)
    actions.submit_for_review(draft, by=manager(), at=clock.now())


def test_texts_of_a_draft_change_and_are_written_down(draft: ProgrammeVersion) -> None:
    texts = {"title": factories.both("New"), "lead": draft.lead, "state": {"en": "x"}}

    version = actions.edit_texts(draft, texts, by=manager(), at=clock.now())
    actions.edit_texts(draft, texts, by=manager(), at=clock.now())

    assert version.title["en"] == "New"
    assert version.state == VersionState.DRAFT
    (entry,) = in_words("catalogue.version.edited")
    assert entry.facts["changed"] == ["title"]


@pytest.mark.parametrize(
    "state", [VersionState.IN_REVIEW, VersionState.APPROVED, VersionState.RETIRED]
)
def test_texts_change_in_no_later_state(
    approved: ProgrammeVersion, state: VersionState
) -> None:
    Version.objects.update(state=state)
    words = {"title": factories.both("New")}

    with pytest.raises(actions.AlreadyApproved, match="Begin a new version"):
        actions.edit_texts(approved, words, by=manager(), at=clock.now())

    approved.refresh_from_db()
    assert approved.title["en"] == "Data Science"


@pytest.mark.parametrize(
    ("material", "number"), [(False, "1.1"), (True, "2.0")], ids=["typo", "material"]
)
def test_a_change_is_a_new_version_with_the_same_contents(
    approved: ProgrammeVersion, *, material: bool, number: str
) -> None:
    draft = actions.create_draft(
        approved.programme, material=material, by=manager(), at=clock.now()
    )

    assert (draft.number, draft.state, draft.approved_at) == (
        number,
        VersionState.DRAFT,
        None,
    )
    for part in ("outcomes", "requirements", "questions", "elective_groups"):
        assert getattr(draft, part).count() == getattr(approved, part).count()
    assert [
        c.group.key if c.group else "" for c in draft.components.order_by("position")
    ] == [
        "",
        "",
        "A",
    ]
    draft.major, draft.minor = approved.major, approved.minor
    assert facts.fingerprint(draft) == facts.fingerprint(approved)


def test_two_drafts_are_one_too_many(draft: ProgrammeVersion) -> None:
    with pytest.raises(actions.DraftIsOpen):
        actions.create_draft(
            draft.programme, material=True, by=manager(), at=clock.now()
        )

    assert Version.objects.count() == 1


def test_a_programme_without_versions_gets_a_first_draft() -> None:
    programme = factories.version().programme
    Version.objects.update(state=VersionState.DRAFT)
    Component.objects.all().delete()
    programme.versions.all().delete()

    draft = actions.create_draft(programme, material=True, by=None, at=clock.now())

    assert (draft.number, draft.state) == ("1.0", VersionState.DRAFT)


def test_a_retired_version_keeps_its_words_and_runs_no_more(
    approved: ProgrammeVersion,
) -> None:
    before = facts.fingerprint(approved)

    version = actions.retire(approved, by=manager(), at=clock.now())

    assert version.state == VersionState.RETIRED
    assert facts.fingerprint(version) == before
    with pytest.raises(StepNotAllowed):
        actions.retire(approved, by=manager(), at=clock.now())


PARTS: list[type[Model]] = [Outcome, Requirement, Question, ElectiveGroup, Component]


@pytest.mark.parametrize("state", [VersionState.APPROVED, VersionState.RETIRED])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", {"en": "Another"}),
        ("content", {}),
        ("ects", 30),
        ("eqf_level", 6),
        ("minimum_education", "basic"),
        ("major", 7),
        ("approved_at", None),
    ],
)
def test_the_database_keeps_the_words_of_an_approved_version(
    approved: ProgrammeVersion, state: VersionState, name: str, value: object
) -> None:
    Version.objects.update(state=state)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Version.objects.update(**{name: value})
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=approved.pk)._raw_delete("default")  # noqa: SLF001


@pytest.mark.parametrize("part", PARTS)
def test_the_database_keeps_the_parts_of_an_approved_version(
    approved: ProgrammeVersion, part: type[Model]
) -> None:
    rows = part._default_manager.all()  # noqa: SLF001

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        rows.update(version=approved)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete("default")  # noqa: SLF001

    assert rows.count() > 0


@pytest.mark.parametrize("part", PARTS)
def test_parts_of_a_draft_come_and_go(
    approved: ProgrammeVersion, part: type[Model]
) -> None:
    Version.objects.update(state=VersionState.DRAFT)

    part._default_manager.all().delete()  # noqa: SLF001

    assert not part._default_manager.exists()  # noqa: SLF001
