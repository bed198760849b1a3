"""The letter of acceptance: for who is accepted, where the kind of programme gives one."""

import re
from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions import acceptance, actions, documents
from mikrokraad.admissions.documents.wording import WORDS
from mikrokraad.admissions.models import AcceptanceLetter, Application
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests import factories as made
from mikrokraad.catalogue.models import Kind, Run
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.fees.tests.factories import pay
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.people.tests.factories import person
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db


def with_letter() -> Run:
    run = run_with_places(3)
    Kind.objects.filter(pk=run.version.programme.kind_id).update(acceptance_letter=True)
    return run


def lines_of(application: Application) -> dict[str, str]:
    return dict(acceptance._lines(application, WORDS["en"]))  # noqa: SLF001 -- what is printed


def address(application: Application) -> str:
    return reverse("admissions:acceptance_letter", args=[application.pk])


def test_accepting_a_place_numbers_a_letter_once() -> None:
    run = with_letter()
    first, second = made.admitted(run), made.admitted(run)
    actions.accept_offer(first, by=first.person, at=clock.now())

    letters = AcceptanceLetter.objects.order_by("number")

    assert [each.number for each in letters] == ["L2026-00001", "L2026-00002"]
    assert [each.application for each in letters] == [first, second]
    assert {each.issued_on for each in letters} == {clock.today()}


def test_other_kinds_of_programme_write_no_letter(client: Client) -> None:
    application = made.admitted()
    sign_in(client, application.person)

    assert not AcceptanceLetter.objects.exists()
    assert client.get(address(application)).status_code == 404


@pytest.mark.parametrize("make", [made.submitted, made.staged, made.released])
def test_nobody_has_it_before_acceptance(client: Client, make: object) -> None:
    application = make(with_letter())  # type: ignore[operator]
    sign_in(client, application.person)

    page = client.get(application.get_absolute_url()).content.decode()

    assert client.get(address(application)).status_code == 404
    assert "Letter of acceptance" not in page


def test_it_ends_with_the_place() -> None:
    application = made.admitted(with_letter())
    actions.withdraw(application, by=application.person, at=clock.now())

    with pytest.raises(Http404):
        acceptance.download(made.fresh(application), "en")


def test_the_letter_says_who_what_when_where_and_what_is_paid() -> None:
    run = with_letter()
    Run.objects.filter(pk=run.pk).update(place={"en": "Tartu", "et": "Tartu"})
    application = made.admitted(run)
    application.answers["questions"] = {"citizenship": "Brazil"}
    before = lines_of(application)

    assert application.agreement is not None
    pay(application.agreement.invoices.get())

    assert before["Name"] == application.person.name
    assert before["Date of birth"] == "10 February 1990"
    assert before["Citizenship"] == "Brazil"
    assert re.fullmatch(r"\d+ ECTS \(\d+ hours\)", before["Volume"])
    assert "–" in before["Dates"]
    assert before["Place"] == "Tartu"
    assert before["Fee"] == "€2,400, not paid yet, due on 8 December 2026"
    assert lines_of(application)["Fee"] == "€2,400, paid on 24 November 2026"


def test_what_is_not_known_is_left_out() -> None:
    application = made.admitted(with_letter())

    printed = acceptance._printed(  # noqa: SLF001 -- what is printed
        application, AcceptanceLetter.objects.get(), WORDS["en"]
    )

    assert "Citizenship" not in dict(printed["facts"])
    assert printed["signer"] == application.run.contact.name


def test_free_studies_are_said_to_be_free() -> None:
    run = with_letter()
    run.price_lines.update(net_cents=0)
    application = made.admitted(run)

    assert application.state == State.ENROLLED
    assert lines_of(application)["Fee"] == "the studies are free of charge"


def test_its_owner_downloads_it_in_english(client: Client) -> None:
    application = made.admitted(with_letter(), person(language="en"))
    sign_in(client, application.person)
    page = client.get(application.get_absolute_url()).content.decode()

    answer = client.get(address(application), {"in": "et"})

    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].endswith('-en.pdf"')
    assert "Letter of acceptance, in English (PDF)" in page
    assert "in Estonian (PDF)" not in page


def test_who_reads_estonian_has_it_in_both_languages(client: Client) -> None:
    application = made.admitted(with_letter(), person(language="et"))
    sign_in(client, application.person)
    page = client.get(application.get_absolute_url()).content.decode()

    files = [client.get(address(application), {"in": each}) for each in ("et", "en")]

    assert [each["Content-Disposition"][-7:-1] for each in files] == [
        "et.pdf",
        "en.pdf",
    ]
    assert "in Estonian (PDF)" in page


def test_strangers_do_not_find_it_and_officers_do(client: Client) -> None:
    application = made.admitted(with_letter())
    desk = reverse("office:admissions_acceptance", args=[application.pk])
    case = reverse("office:admissions_application", args=[application.pk])

    sign_in(client, person(), strong=True)
    assert client.get(address(application)).status_code == 404
    assert client.get(desk).status_code == 403
    sign_in(client, made.officer(), strong=True)
    assert client.get(desk).content.startswith(b"%PDF-")
    assert desk in client.get(case).content.decode()


def test_the_same_letter_gives_the_same_bytes() -> None:
    application = made.admitted(with_letter())
    letter = AcceptanceLetter.objects.get()

    one = acceptance.pdf(application, letter, "en")

    assert one == acceptance.pdf(application, letter, "en")
    assert one != acceptance.pdf(application, letter, "et")
    assert set(WORDS["et"]) == set(WORDS["en"])
    assert documents.day(clock.today(), "et") == "24. november 2026"


def test_the_letter_of_enrolment_says_where_it_is() -> None:
    application = made.admitted(with_letter())
    assert application.agreement is not None

    pay(application.agreement.invoices.get())

    enrolled = OutboxMessage.objects.get(key__contains="letter:enrolled")
    assert "letter of acceptance" in enrolled.payload["body"]
    assert enrolled.created_at - clock.now() == timedelta(0)
