"""Files of an application: looked at, replaced, and kept in the history."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mikrokraad.admissions import actions
from mikrokraad.admissions.models import Application, Evidence
from mikrokraad.admissions.rules import FileNotAccepted
from mikrokraad.admissions.tests import factories
from mikrokraad.core import clock
from mikrokraad.people.models import Duty, RegisterEntry
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db


def picture(name: str = "diploma.png") -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (3000, 1000), "teal").save(made, "PNG")
    return SimpleUploadedFile(name, made.getvalue(), content_type="image/png")


def attached(application: Application, file: SimpleUploadedFile) -> Evidence:
    return actions.attach_evidence(
        application, "education", file, by=application.person, at=clock.now()
    )


def test_a_picture_is_drawn_anew_and_smaller(client: Client) -> None:
    file = attached(factories.draft(), picture())
    client.force_login(file.application.person)

    answer = client.get(f"/en/evidence/{file.pk}/preview.jpg")

    drawn = Image.open(BytesIO(answer.content))
    assert (drawn.format, drawn.width) == ("JPEG", 1200)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_what_only_says_it_is_a_picture_is_not_drawn(client: Client) -> None:
    file = attached(factories.draft(), factories.pdf())
    Evidence.objects.filter(pk=file.pk).update(content_type="image/png")
    client.force_login(file.application.person)

    assert client.get(f"/en/evidence/{file.pk}/preview.jpg").status_code == 404


def test_nobody_else_sees_the_picture_but_staff_of_the_unit(client: Client) -> None:
    application = factories.answered()
    file = attached(application, picture())
    actions.submit(application, by=application.person, at=clock.now())
    address = f"/en/office/admissions/evidence/{file.pk}/preview.jpg"

    client.force_login(people.person("Other", "Person"))
    stranger = client.get(f"/en/evidence/{file.pk}/preview.jpg")
    sign_in(client, people.staff(Duty.OFFICER, unit=people.unit()), strong=True)
    staff = client.get(address)

    assert stranger.status_code == 404
    assert staff["Content-Type"] == "image/jpeg"


def test_a_better_file_takes_the_place_and_the_old_one_is_in_the_history(
    client: Client,
) -> None:
    application = factories.draft()
    old = attached(application, factories.pdf("blurred.pdf"))
    client.force_login(application.person)

    answer = client.post(
        f"/en/evidence/{old.pk}/replace/", {"file": picture("sharp.png")}
    )

    old.refresh_from_db()
    page = client.get(answer["Location"]).content.decode()
    assert old.removed_at is not None
    assert old.file.storage.exists(old.file.name)
    assert "sharp.png" in page
    assert "blurred.pdf" not in page
    told = RegisterEntry.objects.get(verb="application: replace file").facts
    assert told["old"] == str(old.pk)


def test_a_file_that_is_not_accepted_leaves_the_old_one(client: Client) -> None:
    application = factories.draft()
    old = attached(application, factories.pdf())
    svg = SimpleUploadedFile("x.png", b"<svg onload='alert(1)'></svg>")

    with pytest.raises(FileNotAccepted):
        actions.replace_evidence(old, svg, by=application.person, at=clock.now())

    old = Evidence.objects.get()
    assert old.removed_at is None


def test_among_the_most_files_one_can_still_be_replaced() -> None:
    application = factories.draft()
    files = [attached(application, factories.pdf(f"{n}.pdf")) for n in range(10)]

    with pytest.raises(FileNotAccepted, match="already"):
        attached(application, factories.pdf())
    actions.replace_evidence(
        files[0], factories.pdf("new.pdf"), by=application.person, at=clock.now()
    )

    assert application.evidence.filter(removed_at=None).count() == 10


def test_a_sent_application_keeps_its_files(client: Client) -> None:
    application = factories.answered()
    file = attached(application, factories.pdf())
    actions.submit(application, by=application.person, at=clock.now())
    client.force_login(application.person)

    answer = client.post(
        f"/en/evidence/{file.pk}/replace/", {"file": factories.pdf("other.pdf")}
    )

    assert answer["Location"] == application.get_absolute_url()
    assert Evidence.objects.get().name == "diploma.pdf"
