"""Writing a draft: sections, rows, and two pages of one draft at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.catalogue import actions, drafting
from mikrokraad.catalogue.drafting import digests, flat, merge, step_from
from mikrokraad.catalogue.models import ProgrammeVersion, Writing
from mikrokraad.catalogue.rules import Section, VersionState
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people

WORDS = st.dictionaries(st.sampled_from("abcd"), st.text(max_size=3), min_size=4)


@pytest.fixture
def mari() -> Person:
    return people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit())


@pytest.fixture
def draft(mari: Person) -> ProgrammeVersion:
    people.institution()
    programme = factories.version().programme
    return actions.create_draft(programme, material=True, by=mari, at=clock.now())


def saved(
    draft: ProgrammeVersion,
    section: Section,
    by: Person,
    step: str = "",
    **values: str,
) -> actions.Saved:
    given = {name.replace("__", "-"): value for name, value in values.items()}
    return actions.edit_section(
        draft, section, given, step=step_from(step), by=by, at=clock.now()
    )


# Merging, without a database ------------------------------------------------------------


@given(seen=WORDS, mine=WORDS, now=WORDS)
def test_nothing_is_lost_when_two_save(
    seen: dict[str, str], mine: dict[str, str], now: dict[str, str]
) -> None:
    """Every value of mine is in, or was not mine, or is told as a clash."""
    merged = merge(mine, now, digests(seen))

    after = {**now, **merged.take}
    for name, value in mine.items():
        assert after[name] == value or value == seen[name] or name in merged.clashes
    for name, value in now.items():
        changed_by_both = name in merged.clashes
        assert after[name] == value or value == seen[name] or changed_by_both


def test_words_in_a_row_that_is_gone_are_told() -> None:
    merged = merge({"outcome-1-text_et": "uus"}, {}, digests({"outcome-1-text_et": ""}))

    assert merged.gone == {"outcome-1-text_et": "uus"}


@pytest.mark.parametrize(
    "text", ["", "save", "up", "up:unknown-1", "drop:outcome-1", "up:outcome-1;x"]
)
def test_any_other_button_is_no_step(text: str) -> None:
    assert step_from(text) is None


# Saving -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("section", [one for one in Section if one != Section.RUN])
def test_saving_what_is_there_changes_nothing(
    draft: ProgrammeVersion, mari: Person, section: Section
) -> None:
    before = flat(draft, section)

    done = actions.edit_section(draft, section, before, by=mari, at=clock.now())

    assert flat(draft, section) == before
    assert (done.revision, done.merged) == (0, drafting.Merged())


@pytest.mark.django_db
def test_a_change_is_kept_in_its_language(
    draft: ProgrammeVersion, mari: Person
) -> None:
    done = saved(draft, Section.BASICS, mari, title_en="Data, honestly", ects="15")

    draft.refresh_from_db()
    assert draft.title["en"] == "Data, honestly"
    assert draft.title["et"] != ""
    assert (draft.ects, done.revision) == (15, 1)


@pytest.mark.django_db
def test_two_pages_of_one_draft_keep_both_changes(
    draft: ProgrammeVersion, mari: Person
) -> None:
    seen = digests(flat(draft, Section.BASICS))
    jaak = people.staff(Duty.OFFICER, given_name="Jaak")
    saved(draft, Section.BASICS, jaak, title_en="Jaak's title", lead_en="Jaak's lead")
    mine = {**flat(draft, Section.BASICS), "title_en": "Data Science"}
    mine |= {"lead_en": "My lead", "content_en": "My content"}
    seen_by_me = dict(seen)

    done = actions.edit_section(
        draft,
        Section.BASICS,
        mine,
        revision=0,
        seen=seen_by_me,
        by=mari,
        at=clock.now(),
    )

    draft.refresh_from_db()
    assert draft.content["en"] == "My content"
    assert draft.title["en"] == "Jaak's title"
    assert draft.lead["en"] == "Jaak's lead"
    assert done.merged.clashes == {"lead_en": "Jaak's lead"}
    assert set(done.merged.theirs) == {"title_en"}
    assert done.before == jaak


@pytest.mark.django_db
def test_what_is_in_review_is_not_saved(draft: ProgrammeVersion, mari: Person) -> None:
    ProgrammeVersion.objects.filter(pk=draft.pk).update(state=VersionState.IN_REVIEW)

    with pytest.raises(actions.AlreadyApproved, match="no longer a draft"):
        saved(draft, Section.BASICS, mari, title_en="Too late")

    draft.refresh_from_db()
    assert draft.title["en"] == "Data Science"
    assert not Writing.objects.exists()


# Rows ---------------------------------------------------------------------------------------


def texts(draft: ProgrammeVersion) -> list[str]:
    return [one.text.get("en", "") for one in draft.outcomes.order_by("position")]


@pytest.mark.django_db
def test_outcomes_are_added_moved_and_removed(
    draft: ProgrammeVersion, mari: Person
) -> None:
    first, second, _third = draft.outcomes.order_by("position")

    added = saved(draft, Section.OUTCOMES, mari, step="add:outcome").added
    saved(draft, Section.OUTCOMES, mari, step=f"up:outcome-{second.pk}")
    saved(draft, Section.OUTCOMES, mari, step=f"up:outcome-{second.pk}")  # at the top
    saved(draft, Section.OUTCOMES, mari, step=f"down:{added}")  # at the end
    saved(draft, Section.OUTCOMES, mari, step=f"remove:outcome-{first.pk}")

    assert texts(draft) == ["does thing 2", "does thing 3", ""]


@pytest.mark.django_db
def test_a_row_of_another_version_is_out_of_reach(
    draft: ProgrammeVersion, mari: Person
) -> None:
    other = factories.version().outcomes.first()
    assert other is not None

    for verb in ("up", "remove"):
        saved(draft, Section.OUTCOMES, mari, step=f"{verb}:outcome-{other.pk}")

    other.refresh_from_db()
    assert other.position == 1
    assert len(texts(draft)) == 3


@pytest.mark.django_db
def test_courses_are_required_or_to_choose(
    draft: ProgrammeVersion, mari: Person
) -> None:
    course = factories.course("Big Data")

    saved(draft, Section.COURSES, mari, step="add:group")
    added = saved(draft, Section.COURSES, mari, step=f"add:component:{course.code}/A")
    again = saved(draft, Section.COURSES, mari, step=f"add:component:{course.code}")

    group = draft.elective_groups.get()
    assert draft.components.get(course=course).group == group
    assert (bool(added.added), again.added) == (True, "")

    saved(draft, Section.COURSES, mari, step=f"remove:group-{group.pk}")
    assert draft.components.get(course=course).group is None


@pytest.mark.django_db
def test_conditions_and_questions_carry_what_they_ask(
    draft: ProgrammeVersion, mari: Person
) -> None:
    added = saved(draft, Section.ADMISSION, mari, step="add:requirement:experience")
    asked = saved(draft, Section.ADMISSION, mari, step="add:question").added
    actions.edit_section(
        draft,
        Section.ADMISSION,
        {
            f"{added.added}-years": "2",
            f"{added.added}-text_et": "Kaks aastat tööd",
            f"{asked}-choices_et": "jah\nei",
            f"{asked}-choices_en": "yes\nno",
        },
        by=mari,
        at=clock.now(),
    )

    requirement, question = draft.requirements.get(), draft.questions.get()
    assert (requirement.key, requirement.params) == ("experience-1", {"years": 2})
    assert question.choices == [{"et": "jah", "en": "yes"}, {"et": "ei", "en": "no"}]


@pytest.mark.django_db
def test_nothing_unknown_is_added(draft: ProgrammeVersion, mari: Person) -> None:
    for step in ("add:requirement:magic", "add:component:NOWHERE"):
        assert saved(draft, Section.ADMISSION, mari, step=step).added == ""

    assert not draft.requirements.exists()


@pytest.mark.django_db
def test_there_is_an_end_to_rows(
    draft: ProgrammeVersion, mari: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mikrokraad.catalogue.actions.drafts.MOST_ROWS", 3)

    assert saved(draft, Section.OUTCOMES, mari, step="add:outcome").added == ""


@pytest.mark.django_db
def test_a_new_programme_is_an_empty_draft_with_an_address(mari: Person) -> None:
    title = {"et": "Andmed", "en": "Data"}

    def begun() -> ProgrammeVersion:
        return actions.create_programme(
            title,
            kind=factories.kind(),
            unit=people.unit(),
            by=mari,
            at=clock.now(),
        )

    first, pressed_twice = begun(), begun()
    saved(first, Section.BASICS, mari, ects="12")
    second = begun()

    assert pressed_twice == first
    assert [one.programme.slug for one in (first, second)] == ["data", "data-2"]
    assert (first.number, first.state, first.title) == ("1.0", "draft", title)
