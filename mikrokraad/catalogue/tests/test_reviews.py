"""Review: asked of somebody, talked about, sent back or approved; letters go out."""

import pytest
from django.utils import translation

from mikrokraad.catalogue import actions
from mikrokraad.catalogue.desk import writing
from mikrokraad.catalogue.models import ProgrammeVersion, Review
from mikrokraad.catalogue.rules import Section, VersionState
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def kadri() -> Person:
    return people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit(), given_name="Kadri")


@pytest.fixture
def jaak() -> Person:
    return people.staff(Duty.OFFICER, given_name="Jaak")


@pytest.fixture
def draft(kadri: Person) -> ProgrammeVersion:
    people.institution()
    programme = factories.version().programme
    return actions.create_draft(programme, material=True, by=kadri, at=clock.now())


@pytest.fixture
def in_review(draft: ProgrammeVersion, kadri: Person, jaak: Person) -> ProgrammeVersion:
    return actions.submit_for_review(draft, reviewer=jaak, by=kadri, at=clock.now())


def letters() -> list[tuple[str, str]]:
    rows = OutboxMessage.objects.filter(kind="letter").order_by("pk")
    return [(row.payload["to"], row.payload["subject"]) for row in rows]


def test_the_named_reviewer_is_told(in_review: ProgrammeVersion, jaak: Person) -> None:
    review = writing.open_review(in_review)

    assert review is not None
    assert review.reviewer == jaak
    assert letters() == [(jaak.email, "Please look at a programme: Data Science")]


def test_without_a_reviewer_nobody_is_written_to(
    draft: ProgrammeVersion, kadri: Person
) -> None:
    actions.submit_for_review(draft, by=kadri, at=clock.now())

    assert letters() == []


def test_whoever_asked_hears_why_it_came_back(
    in_review: ProgrammeVersion, kadri: Person, jaak: Person
) -> None:
    Person.objects.filter(pk=kadri.pk).update(language="et")

    version = actions.send_back(
        in_review, reason="Lisa kriteeriumid.", by=jaak, at=clock.now()
    )

    letter = OutboxMessage.objects.get(payload__to=kadri.email)
    assert version.state == VersionState.DRAFT
    assert letter.payload["language"] == "et"
    assert letter.payload["subject"] == "Sulle tagasi saadetud: Andmeteadus" or (
        letter.payload["subject"].startswith("Sulle tagasi saadetud")
    )
    assert "Lisa kriteeriumid." in letter.payload["body"]
    assert writing.open_review(version) is None
    assert writing.last_sent_back(version) is not None


def test_approval_ends_the_review_and_is_told(
    in_review: ProgrammeVersion, kadri: Person, jaak: Person
) -> None:
    actions.approve(in_review, by=jaak, at=clock.now())

    review = Review.objects.get()
    assert (review.ended_by, review.ended_at) == (jaak, clock.now())
    assert letters()[-1] == (kadri.email, "Approved: Data Science")


@pytest.mark.parametrize("count", [1, 2])
def test_nothing_is_approved_over_an_open_comment(
    in_review: ProgrammeVersion, jaak: Person, count: int
) -> None:
    said = [
        actions.comment(in_review, Section.BASICS, f"Why {n}?", by=jaak, at=clock.now())
        for n in range(count)
    ]

    with pytest.raises(actions.CommentsAreOpen, match=f"{count} comment"):
        actions.approve(in_review, by=jaak, at=clock.now())

    in_review.refresh_from_db()
    assert in_review.state == VersionState.IN_REVIEW
    for one in said:
        actions.resolve_comment(one, by=jaak, at=clock.now())
    assert actions.approve(in_review, by=jaak, at=clock.now()).approved_at


def test_a_comment_sent_twice_is_one(in_review: ProgrammeVersion, jaak: Person) -> None:
    one, other = (
        actions.comment(in_review, Section.BASICS, "Why?", by=jaak, at=clock.now())
        for _n in range(2)
    )

    assert one == other
    assert in_review.comments.count() == 1


def test_resolving_twice_keeps_who_did_it_first(
    in_review: ProgrammeVersion, jaak: Person, kadri: Person
) -> None:
    said = actions.comment(in_review, Section.BASICS, "Why?", by=jaak, at=clock.now())

    actions.resolve_comment(said, by=kadri, at=clock.now())
    again = actions.resolve_comment(said, by=jaak, at=clock.now())

    assert again.resolved_by == kadri


def test_who_may_read_it_has_the_duty_over_its_unit(
    draft: ProgrammeVersion, kadri: Person, jaak: Person
) -> None:
    people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit("ELSEWHERE"))
    people.staff(Duty.FINANCE)
    other = people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit())

    found = writing.reviewers_for(draft, besides=kadri)

    assert set(found) == {jaak, other}


def test_a_review_waits_for_the_one_who_was_asked(
    in_review: ProgrammeVersion, kadri: Person, jaak: Person
) -> None:
    third = people.staff(Duty.OFFICER, given_name="Merike")

    waits = [writing.reviews_waiting_for(one).count() for one in (kadri, jaak, third)]

    assert waits == [0, 1, 0]


@pytest.mark.parametrize("language", ["et", "en"])
def test_letters_are_whole_in_each_language(
    in_review: ProgrammeVersion, jaak: Person, language: str
) -> None:
    with translation.override(language):
        actions.approve(in_review, by=jaak, at=clock.now())

    for row in OutboxMessage.objects.all():
        assert "http" in row.payload["body"]
        assert "%(" not in row.payload["body"] + row.payload["subject"]
