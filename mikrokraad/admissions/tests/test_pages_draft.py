"""Pages of a draft: beginning, answering part by part, adding files, sending."""

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from mikrokraad.admissions.models import Application, Evidence
from mikrokraad.admissions.rules import State
from mikrokraad.catalogue.models import Question, Requirement, Run
from mikrokraad.catalogue.rules import RequirementKind
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core.calendar import end_of
from mikrokraad.people.models import Person
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def run() -> Run:
    """A programme that asks for a language, with a file, and has one question."""
    version = catalogue.version()
    Requirement.objects.create(
        version=version,
        position=1,
        key="english",
        kind=RequirementKind.LANGUAGE,
        text={"et": "Sa oskad inglise keelt.", "en": "You know English at level B2."},
        params={"language": "en", "level": "B2"},
        needs_evidence=True,
    )
    Question.objects.create(
        version=version,
        position=1,
        key="goal",
        text={"et": "Milleks seda vajad?", "en": "What do you need it for?"},
    )
    return run_with_places(5, of=version)


@pytest.fixture
def liis(client: Client) -> Person:
    person = people.person("Liis", "Maasikas")
    sign_in(client, person)
    return person


@pytest.fixture
def draft(client: Client, liis: Person, run: Run) -> Application:
    client.post(page("apply", run))
    return Application.objects.get(person=liis)


def page(name: str, thing: Model, *more: str) -> str:
    return reverse(f"admissions:{name}", args=[thing.pk, *more])


def pdf(name: str = "certificate.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# Beginning ----------------------------------------------------------------------


def test_apply_says_what_it_asks_to_a_stranger(client: Client, run: Run) -> None:
    shown = text_of(client, page("apply", run))

    assert "You know English at level B2." in shown
    assert "?next=/en/apply/" in shown
    assert Application.objects.count() == 0


def test_apply_leads_a_stranger_to_sign_in_and_back(client: Client, run: Run) -> None:
    answer = client.post(page("apply", run))

    assert answer.status_code == 302
    assert (
        answer["Location"] == f"{reverse('people:sign_in')}?next={page('apply', run)}"
    )
    assert Application.objects.count() == 0


def test_apply_starts_one_application_however_often(
    client: Client, liis: Person, run: Run
) -> None:
    first = client.post(page("apply", run))
    second = client.post(page("apply", run))

    begun = Application.objects.get(person=liis)
    assert first["Location"] == page("about_you", begun)
    assert second["Location"] == page("application", begun)
    assert client.get(page("apply", run))["Location"] == page("application", begun)


def test_apply_to_a_closed_run_says_so_and_starts_nothing(
    client: Client, run: Run, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(end_of(run.deadline))
    sign_in(client, people.person())

    shown = text_of(client, page("apply", run))
    refused = client.post(page("apply", run))

    assert "Start the application" not in shown
    assert refused.status_code == 200
    assert Application.objects.count() == 0


def test_apply_to_a_run_nobody_published_is_not_found(
    client: Client, liis: Person
) -> None:
    hidden = catalogue.run(published_at=None)

    assert client.get(page("apply", hidden)).status_code == 404


# Answering ----------------------------------------------------------------------


def test_about_you_keeps_the_name_and_goes_on(
    client: Client, draft: Application
) -> None:
    answer = client.post(
        page("about_you", draft),
        {"given_name": "Liis", "family_name": "Kask", "birth_date": "1990-02-10"},
    )

    assert answer["Location"] == page("education", draft)
    assert 'value="Kask"' in text_of(client, page("about_you", draft))
    assert 'value="1990-02-10"' in text_of(client, page("about_you", draft))


def test_about_you_says_what_is_missing(client: Client, draft: Application) -> None:
    answer = client.post(page("about_you", draft), {"given_name": "Liis"})

    shown = answer.content.decode()
    assert "Write your family name." in shown
    assert "Write your date of birth." in shown


def test_education_is_kept_and_can_be_changed(
    client: Client, draft: Application
) -> None:
    given = {"education": "higher", "education_about": "Tartu, law, 2012"}

    client.post(page("education", draft), given)

    shown = text_of(client, page("education", draft))
    assert "Tartu, law, 2012" in shown
    draft.refresh_from_db()
    assert draft.education == "higher"


def test_requirement_keeps_the_answer_and_the_file(
    client: Client, draft: Application
) -> None:
    client.post(
        page("requirement", draft, "english"),
        {"level": "C1", "about": "Worked in Dublin", "file": pdf()},
    )

    shown = text_of(client, page("requirement", draft, "english"))
    assert "certificate.pdf" in shown
    assert "Worked in Dublin" in shown
    assert Evidence.objects.get().requirement == "english"


def test_requirement_with_a_wrong_file_keeps_the_answer(
    client: Client, draft: Application
) -> None:
    answer = client.post(
        page("requirement", draft, "english"),
        {
            "level": "C1",
            "about": "Worked in Dublin",
            "file": SimpleUploadedFile("cv.pdf", b"MZ\x90\x00 not a document at all"),
        },
    )

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "field__error" in shown
    assert "Worked in Dublin" in shown
    assert "Worked in Dublin" in text_of(client, page("requirement", draft, "english"))
    assert Evidence.objects.count() == 0


def test_requirement_with_a_file_too_big_keeps_the_answer(
    client: Client, draft: Application, settings: LazySettings
) -> None:
    settings.EVIDENCE_MAX_BYTES = 1_048_576
    big = SimpleUploadedFile("big.pdf", PDF + b" " * 1_048_576)

    answer = client.post(
        page("requirement", draft, "english"),
        {"level": "C1", "about": "Worked in Dublin", "file": big},
    )

    assert "field__error" in answer.content.decode()
    assert "Worked in Dublin" in text_of(client, page("requirement", draft, "english"))
    assert Evidence.objects.count() == 0


def test_an_unknown_requirement_is_not_found(
    client: Client, draft: Application
) -> None:
    assert client.get(page("requirement", draft, "french")).status_code == 404


def test_a_file_can_be_taken_out_again(client: Client, draft: Application) -> None:
    client.post(page("requirement", draft, "english"), {"level": "C1", "file": pdf()})
    file = Evidence.objects.get()

    client.post(page("remove_evidence", file))

    assert "certificate.pdf" not in text_of(
        client, page("requirement", draft, "english")
    )
    assert client.get(page("evidence", file)).status_code == 404


def test_questions_are_the_programmes_own(client: Client, draft: Application) -> None:
    assert "What do you need it for?" in text_of(client, page("questions", draft))

    empty = client.post(page("questions", draft), {"goal": ""})
    kept = client.post(page("questions", draft), {"goal": "For my work"})

    assert "Write an answer here." in empty.content.decode()
    assert kept.status_code == 302
    assert "For my work" in text_of(client, page("questions", draft))


def test_payer_asks_an_employer_for_what_the_invoice_needs(
    client: Client, draft: Application
) -> None:
    refused = client.post(page("payer", draft), {"payer_kind": "employer"})
    kept = client.post(
        page("payer", draft),
        {
            "payer_kind": "employer",
            "name": "Näidis OÜ",
            "registry_code": "12345678",
            "email": "arved@example.org",
        },
    )

    assert refused.content.decode().count("The invoice needs this.") == 6
    assert kept.status_code == 302
    draft.refresh_from_db()
    assert draft.payer_kind == "employer"
    assert draft.payer["name"] == "Näidis OÜ"


def test_who_pays_alone_leaves_no_organisation_behind(
    client: Client, draft: Application
) -> None:
    employer = {
        "payer_kind": "employer",
        "name": "Näidis OÜ",
        "registry_code": "12345678",
        "email": "arved@example.org",
        "purchase_order": "T-7",
    }
    client.post(page("payer", draft), employer)

    still_filled = {**employer, "payer_kind": "self", "email": "not an address"}
    kept = client.post(page("payer", draft), still_filled)

    assert kept.status_code == 302
    draft.refresh_from_db()
    assert (draft.payer_kind, draft.payer) == ("self", {})
    assert "Näidis OÜ" not in text_of(client, page("payer", draft))


# Sending ------------------------------------------------------------------------


def answer_everything(client: Client, draft: Application) -> None:
    client.post(
        page("about_you", draft),
        {"given_name": "Liis", "family_name": "Kask", "birth_date": "1990-02-10"},
    )
    client.post(
        page("education", draft),
        {"education": "higher", "education_about": "Tartu, law, 2012"},
    )
    client.post(page("requirement", draft, "english"), {"level": "C1", "file": pdf()})
    client.post(page("questions", draft), {"goal": "For my work"})
    client.post(page("payer", draft), {"payer_kind": "self"})


def test_application_says_what_is_missing(client: Client, draft: Application) -> None:
    shown = text_of(client, page("application", draft))

    assert shown.count("still to answer") == 5
    assert "Continue" in shown


def test_submit_with_something_missing_sends_nothing(
    client: Client, draft: Application
) -> None:
    shown = text_of(client, page("submit", draft))
    refused = client.post(page("submit", draft))

    assert "Still to answer" in shown
    assert "Send the application" not in shown
    assert refused.status_code == 200
    assert "error-summary" in refused.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_submit_shows_everything_as_it_will_be_read(
    client: Client, draft: Application
) -> None:
    answer_everything(client, draft)

    shown = text_of(client, page("submit", draft))

    for words in (
        "Liis Kask",
        "Tartu, law, 2012",
        "C1",
        "certificate.pdf",
        "For my work",
    ):
        assert words in shown
    assert "Send the application" in shown


def test_submit_twice_sends_one_application(client: Client, draft: Application) -> None:
    answer_everything(client, draft)

    first = client.post(page("submit", draft))
    second = client.post(page("submit", draft))

    assert first["Location"] == second["Location"] == page("submitted", draft)
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


def test_submitted_does_not_look_like_an_acceptance(
    client: Client, draft: Application
) -> None:
    answer_everything(client, draft)
    client.post(page("submit", draft))

    shown = text_of(client, page("submitted", draft))

    assert "Your application has arrived" in shown
    assert "You do not have a place" in shown


def test_answers_stay_as_they_are_once_sent(client: Client, draft: Application) -> None:
    answer_everything(client, draft)
    client.post(page("submit", draft))

    answer = client.post(
        page("education", draft), {"education": "basic", "education_about": "none"}
    )

    assert answer["Location"] == page("application", draft)
    draft.refresh_from_db()
    assert draft.education == "higher"
