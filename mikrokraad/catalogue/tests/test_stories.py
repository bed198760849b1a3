"""Stories: written, shown with consent alone, with pictures that are only pictures."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import override_settings
from PIL import Image

from mikrokraad.catalogue.models import ProgrammeVersion, Story
from mikrokraad.catalogue.stories import actions, queries
from mikrokraad.catalogue.stories.pictures import PictureNotAccepted
from mikrokraad.catalogue.tests import factories
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.core import clock
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ProgrammeVersion:
    return factories.version()


@pytest.fixture
def mari() -> Person:
    return people.staff(Duty.OFFICER)


def words(**other: Any) -> dict[str, Any]:  # noqa: ANN401 -- whatever is told
    return {
        "who": "Liis M",
        "about": both("From tables to answers"),
        "quote": both("It was worth it."),
        "body": both("It was frightening."),
        "picture_text": both("Liis by a window"),
        "consent_on": clock.today(),
        **other,
    }


def photo(
    form: str = "JPEG", size: tuple[int, int] = (60, 40), name: str = "liis.jpg"
) -> SimpleUploadedFile:
    made = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", size, "red").save(made, form, exif=exif)
    return SimpleUploadedFile(name, made.getvalue())


def written(version: ProgrammeVersion, by: Person, **other: Any) -> Story:  # noqa: ANN401 -- whatever is told
    facts = {"picture": None, "programmes": [str(version.programme_id)]}
    given = {name: other.pop(name, value) for name, value in facts.items()}
    return actions.write_story(None, words(**other), by=by, at=clock.now(), **given)


def test_a_story_is_shown_once_it_is_published(
    version: ProgrammeVersion, mari: Person
) -> None:
    story = written(version, mari)
    before = list(queries.shown_about(version.programme))

    actions.publish_story(story, by=mari, at=clock.now())
    actions.publish_story(story, by=mari, at=clock.now())

    assert before == []
    assert list(queries.shown_about(version.programme)) == [story]
    assert story.consent_noted_by == mari


def test_a_story_of_two_programmes_is_shown_at_both(
    version: ProgrammeVersion, mari: Person
) -> None:
    other = factories.version("Law")
    pks = [str(version.programme_id), str(other.programme_id)]
    story = written(version, mari, programmes=pks)
    actions.publish_story(story, by=mari, at=clock.now())

    assert list(queries.shown_about(other.programme)) == [story]
    assert list(queries.shown_about(version.programme)) == [story]


def test_without_consent_nothing_is_published(
    version: ProgrammeVersion, mari: Person
) -> None:
    story = written(version, mari, consent_on=None)

    with pytest.raises(actions.StoryNotReady, match="Nobody has noted"):
        actions.publish_story(story, by=mari, at=clock.now())

    story.refresh_from_db()
    assert story.published_at is None


def test_the_database_keeps_what_nobody_agreed_to_unseen(
    version: ProgrammeVersion, mari: Person
) -> None:
    written(version, mari, consent_on=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.update(published_at=clock.now())


def test_a_shown_story_cannot_lose_its_consent_by_being_written_anew(
    version: ProgrammeVersion, mari: Person
) -> None:
    story = written(version, mari)
    story = actions.publish_story(story, by=mari, at=clock.now())

    with pytest.raises(actions.StoryNotReady):
        actions.write_story(
            story,
            words(consent_on=None),
            programmes=[str(version.programme_id)],
            picture=None,
            by=mari,
            at=clock.now(),
        )

    assert Story.objects.get().consent_on == clock.today()


def test_one_language_is_not_enough(version: ProgrammeVersion, mari: Person) -> None:
    story = written(version, mari, quote={"en": "It was worth it."})

    with pytest.raises(actions.StoryNotReady, match="both languages"):
        actions.publish_story(story, by=mari, at=clock.now())


def test_taken_back_it_is_gone_and_so_is_the_consent(
    version: ProgrammeVersion, mari: Person
) -> None:
    story = actions.publish_story(written(version, mari), by=mari, at=clock.now())

    actions.withdraw_story(story, by=mari, at=clock.now())

    assert queries.shown_story(story.slug) is None
    assert Story.objects.get().consent_on is None


def test_two_people_of_one_name_have_two_addresses(
    version: ProgrammeVersion, mari: Person
) -> None:
    first, second = written(version, mari), written(version, mari)

    assert first.slug == "liis-m"
    assert second.slug.startswith("liis-m-")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_anew_without_what_it_hides(
    version: ProgrammeVersion, mari: Person, form: str
) -> None:
    story = written(version, mari, picture=photo(form, (3000, 1500)))

    with story.picture.open("rb") as kept, Image.open(kept) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (1200, 600)
        assert not picture.getexif()
    assert story.picture.name.startswith("stories/")
    assert "liis" not in story.picture.name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg onload='x'/>",
        b"GIF89a" + b"\0" * 50,
        b"\xff\xd8\xff\xe0broken",
        b"%PDF-1.4",
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(
    version: ProgrammeVersion, mari: Person, content: bytes
) -> None:
    with pytest.raises(PictureNotAccepted, match="whatever its name says"):
        written(version, mari, picture=SimpleUploadedFile("liis.jpg", content))

    assert not Story.objects.exists()


@override_settings(EVIDENCE_MAX_BYTES=100)
def test_a_picture_that_is_too_big_is_refused(
    version: ProgrammeVersion, mari: Person
) -> None:
    with pytest.raises(PictureNotAccepted, match="larger than"):
        written(version, mari, picture=photo())


def test_staff_see_the_stories_of_their_units_alone(
    version: ProgrammeVersion, mari: Person
) -> None:
    story = written(version, mari)
    elsewhere = people.staff(Duty.OFFICER, unit=people.unit("ELSEWHERE"))

    assert list(queries.stories_at(mari)) == [story]
    assert list(queries.stories_at(elsewhere)) == []
    assert queries.programmes_at(elsewhere) == []
