"""What changed between two versions, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.catalogue import actions, comparing, queries
from mikrokraad.catalogue.comparing import IN, OUT, SAME, Piece, words_compared
from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.rules import Section
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock


def test_one_word_that_changed_stands_alone() -> None:
    assert words_compared("Learn to count fast.", "Learn to count well.") == [
        Piece(SAME, "Learn to count "),
        Piece(OUT, "fast"),
        Piece(IN, "well"),
        Piece(SAME, "."),
    ]


def test_texts_that_share_little_are_shown_whole() -> None:
    assert words_compared("one two three four", "a b c d") == [
        Piece(OUT, "one two three four"),
        Piece(IN, "a b c d"),
    ]


@given(old=st.text(max_size=60), new=st.text(max_size=60))
def test_pieces_are_all_of_both_texts(old: str, new: str) -> None:
    pieces = words_compared(old, new)

    assert "".join(one.text for one in pieces if one.kind != IN) == old
    assert "".join(one.text for one in pieces if one.kind != OUT) == new


@pytest.fixture
def pair() -> tuple[ProgrammeVersion, ProgrammeVersion]:
    old = factories.version()
    at = clock.now()
    return old, actions.create_draft(old.programme, material=True, by=None, at=at)


def told(
    old: ProgrammeVersion, new: ProgrammeVersion
) -> list[tuple[Section, str, str]]:
    whole = {
        one.pk: one for one in queries.with_contents(ProgrammeVersion.objects.all())
    }
    return [
        (part.section, change.label, change.language)
        for part in comparing.compared(whole[old.pk], whole[new.pk])
        for change in part.changes
    ]


@pytest.mark.django_db
def test_a_copy_says_the_same(pair: tuple[ProgrammeVersion, ProgrammeVersion]) -> None:
    assert told(*pair) == []


@pytest.mark.django_db
def test_every_kind_of_change_is_found(
    pair: tuple[ProgrammeVersion, ProgrammeVersion],
) -> None:
    old, new = pair
    ProgrammeVersion.objects.filter(pk=new.pk).update(
        title={"et": old.title["et"], "en": "Data, honestly"},
        ects=15,
        eqf_level=6,
        minimum_education="higher",
    )
    new.requirements.create(position=1, key="work", kind="employment", text={"en": "W"})
    new.components.order_by("position")[0].delete()
    new.elective_groups.create(key="A", title={"en": "Choose"}, min_ects=3)

    found = told(old, new)

    code = old.components.order_by("position")[0].course.code
    assert (Section.BASICS, "Title", "en") in found
    assert (Section.BASICS, "Volume (ECTS)", "") in found
    assert (Section.STANDARDS, "Level (EQF)", "") in found
    assert (Section.ADMISSION, "Least education", "") in found
    assert (Section.ADMISSION, "Condition", "en") in found
    assert (Section.COURSES, code, "") in found
    assert (Section.COURSES, "Group A", "en") in found


@pytest.mark.django_db
def test_an_outcome_put_in_between_leaves_the_others_alone(
    pair: tuple[ProgrammeVersion, ProgrammeVersion],
) -> None:
    old, new = pair
    new.outcomes.filter(position=3).update(position=4)
    new.outcomes.create(position=3, text={"en": "asks others"})

    assert told(old, new) == [(Section.OUTCOMES, "Outcome 3", "en")]
