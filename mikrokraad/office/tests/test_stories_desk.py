"""Stories at the desk: written, published, read by everybody, taken back."""

import pytest
from django.test import Client

from mikrokraad.catalogue.models import ProgrammeVersion, Story
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.catalogue.tests.test_stories import photo
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db
DESK = "/en/office/stories/"


@pytest.fixture
def mari(client: Client) -> Person:
    officer = people.staff(Duty.OFFICER)
    sign_in(client, officer, strong=True)
    return officer


@pytest.fixture
def version() -> ProgrammeVersion:
    return catalogue.version("Data Science", slug="data-science")


def filled_in(version: ProgrammeVersion, **other: object) -> dict[str, object]:
    texts = {
        f"{name}_{code}": f"{name} in {code}"
        for name in ("about", "quote", "body", "picture_text")
        for code in ("et", "en")
    }
    return {
        **texts,
        "who": "Liis M",
        "programme": str(version.programme_id),
        "consent_on": "2026-11-20",
        **other,
    }


def test_a_story_comes_to_its_pages_with_its_picture(
    client: Client, mari: Person, version: ProgrammeVersion
) -> None:
    client.post(f"{DESK}new/story/", filled_in(version, picture=photo()))
    unseen = [
        client.get(path).status_code
        for path in ("/en/stories/liis-m/", "/en/stories/liis-m/picture.jpg")
    ]

    done = client.post(f"{DESK}liis-m/publish/", follow=True).content.decode()

    story = client.get("/en/stories/liis-m/").content.decode()
    picture = client.get("/en/stories/liis-m/picture.jpg")
    programme = client.get("/en/programmes/data-science/").content.decode()
    assert unseen == [404, 404]
    assert "Everybody can read it now." in done
    assert "body in en" in story
    assert 'alt="picture_text in en"' in story
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(picture.streaming_content)[:3] == b"\xff\xd8\xff"  # type: ignore[attr-defined]
    assert "People who did this programme" in programme
    assert 'href="/en/stories/liis-m/"' in programme


def test_without_a_picture_the_woven_band_stands_there(
    client: Client, mari: Person, version: ProgrammeVersion
) -> None:
    client.post(f"{DESK}new/story/", filled_in(version))
    client.post(f"{DESK}liis-m/publish/")

    page = client.get("/en/stories/liis-m/").content.decode()

    assert "<img" not in page
    assert "belt" in page
    assert client.get("/en/stories/liis-m/picture.jpg").status_code == 404


def test_publishing_without_consent_is_refused_in_words(
    client: Client, mari: Person, version: ProgrammeVersion
) -> None:
    client.post(f"{DESK}new/story/", filled_in(version, consent_on=""))

    page = client.post(f"{DESK}liis-m/publish/", follow=True).content.decode()

    assert "Nobody has noted that the person agrees." in page
    assert Story.objects.get().published_at is None


def test_a_day_that_has_not_come_is_no_consent(
    client: Client, mari: Person, version: ProgrammeVersion
) -> None:
    page = client.post(
        f"{DESK}new/story/", filled_in(version, consent_on="2026-11-25")
    ).content.decode()

    assert "This day has not come yet." in page
    assert not Story.objects.exists()


def test_a_file_that_is_no_picture_is_said_so(
    client: Client, mari: Person, version: ProgrammeVersion
) -> None:
    broken = photo()
    broken.seek(0)
    broken.truncate(20)

    page = client.post(
        f"{DESK}new/story/", filled_in(version, picture=broken)
    ).content.decode()

    assert "whatever its name says" in page
    assert not Story.objects.exists()


def test_taken_back_nobody_reads_it(
    client: Client, mari: Person, version: ProgrammeVersion
) -> None:
    client.post(f"{DESK}new/story/", filled_in(version))
    client.post(f"{DESK}liis-m/publish/")

    client.post(f"{DESK}liis-m/withdraw/")

    assert client.get("/en/stories/liis-m/").status_code == 404
    assert "not shown" in client.get(DESK).content.decode()


def test_the_desk_shows_what_was_written_to_be_changed(
    client: Client, mari: Person, version: ProgrammeVersion
) -> None:
    client.post(f"{DESK}new/story/", filled_in(version))

    client.post(f"{DESK}liis-m/", filled_in(version, who="Liis Maasikas"))

    page = client.get(f"{DESK}liis-m/").content.decode()
    assert 'value="Liis Maasikas"' in page
    assert "body in et" in page
    assert "noted by Mari Tamm" in page
