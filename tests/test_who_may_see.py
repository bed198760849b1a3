"""Every address, asked for by everybody: strangers, other learners, and each duty.

One university with one learner's whole life in it. A new address has to say here what
it shows (`SHOWS`), or these tests fail.
"""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from mikrokraad.admissions import actions as admission_actions
from mikrokraad.admissions.tests import factories as admissions
from mikrokraad.catalogue import actions as catalogue_actions
from mikrokraad.catalogue.alerts.actions import ask
from mikrokraad.catalogue.alerts.rules import AlertKind
from mikrokraad.catalogue.models import PlannedRun, Run, Story, Synonyms
from mikrokraad.catalogue.rules import Section
from mikrokraad.catalogue.stories import actions as story_actions
from mikrokraad.catalogue.tests import test_stories as stories
from mikrokraad.core import clock, outbox
from mikrokraad.credentials import actions as credential_actions
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.rules import RevocationReason, SharedField
from mikrokraad.credentials.tests import factories as credentials
from mikrokraad.demo.bank.statement import Transfer, statement
from mikrokraad.fees.actions import import_statement
from mikrokraad.fees.models import BankLine, Invoice
from mikrokraad.fees.tests import factories as fees
from mikrokraad.pathways.models import DegreeCurriculum, Equivalence, Module, Slot
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.studies.models import Ending, Enrolment
from mikrokraad.studies.tests import factories as studies
from tests.test_house_rules import named_urls

pytestmark = pytest.mark.django_db
OK, MOVED, NO, NOT_HERE, NOT_SO = (
    HTTPStatus.OK,
    HTTPStatus.FOUND,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
)

OPEN = {
    "admissions:apply",
    "admissions:enquire",
    "admissions:enquiry_sent",
    "admissions:lottery",
    "core:components",
    "credentials:verify",
    "pages:about",
    "pages:alert_asked",
    "pages:compare",
    "pages:confirm_alert",
    "pages:remind_me",
    "pages:save_search",
    "pages:shortlist",
    "pages:stop_alert",
    "pages:tell_me",
    "pages:accessibility",
    "pages:career",
    "pages:door",
    "pages:doors",
    "pages:home",
    "pages:programme_card",
    "pages:site_card",
    "pages:dates",
    "pages:feed",
    "pages:privacy",
    "pages:programme",
    "pages:programme_version",
    "pages:programmes",
    "pages:semester_list",
    "pages:stories",
    "pages:story",
    "pages:story_picture",
    "pages:summer_school",
    "pages:towards_a_degree",
    "people:sign_in",
}
DUTIES = {
    "admissions": {Duty.OFFICER, Duty.PROGRAMME_MANAGER},
    "arrivals": {Duty.OFFICER, Duty.PROGRAMME_MANAGER},
    "credentials": {Duty.OFFICER, Duty.ADMINISTRATOR},
    "enquiries": {Duty.OFFICER, Duty.PROGRAMME_MANAGER},
    "fees": {Duty.FINANCE},
    "letters": {Duty.OFFICER, Duty.ADMINISTRATOR},
    "outbox": {Duty.OFFICER},
    "pathways": {Duty.ASSESSOR},
    "places": {Duty.OFFICER, Duty.PROGRAMME_MANAGER},
    "programmes": {Duty.OFFICER, Duty.PROGRAMME_MANAGER},
    "search": {Duty.OFFICER, Duty.PROGRAMME_MANAGER},
    "stories": {Duty.OFFICER, Duty.PROGRAMME_MANAGER},
    "studies": {Duty.LECTURER},
    "studies_run": {Duty.OFFICER, Duty.PROGRAMME_MANAGER},
    "studies_runs": {Duty.OFFICER, Duty.PROGRAMME_MANAGER},
    "studies_interrupt": {Duty.OFFICER, Duty.PROGRAMME_MANAGER},
    "desk": set(Duty) - {Duty.LECTURER},
}
WHOLE_UNIVERSITY = (
    "office:fees",
    "office:letters",
    "office:outbox",
    "office:search_words",
)  # not parted by units


@dataclass
class World:
    """One learner, and everything of theirs that an address can name."""

    learner: Person
    run: Run
    shows: dict[str, dict[str, Any]]


def world() -> World:
    """Liis: an application, an invoice, studies, a certificate with a link."""
    at, liis = clock.now(), credentials.learner()
    application = admissions.submitted(by=liis)
    file = admissions.evidence(application)
    invoice = fees.invoice(person=liis)
    import_statement(statement([Transfer("Rita Varav", 100)], at=at), by=None, at=at)
    line = BankLine.objects.get()
    enrolment = studies.enrolment(learner=liis)
    place = studies.places_of(enrolment)[0]
    certificate = credentials.credential(liis)
    link = credential_actions.share(
        certificate, fields=list(SharedField), until=None, by=liis, at=at
    )
    asked = credential_actions.ask_revocation(
        certificate, RevocationReason.ERROR, by=admissions.officer(), at=at
    )
    letter = outbox.put("letter", key="dead", payload={}, at=at)
    alert = ask(
        AlertKind.DEADLINE,
        email="mari@example.org",
        language="en",
        run=application.run,
        at=at,
    )
    return World(
        liis,
        application.run,
        {
            "admissions": {"pk": application.pk},
            "admissions:apply": {"run": application.run_id},
            "admissions:condition": {"pk": (asks := admissions.asking(application)).pk},
            "admissions:enquire": {"run": application.run_id},
            "admissions:lottery": {"run": _with_lots(application.run).pk},
            "admissions:enquiry": {"run": application.run_id},
            "admissions:evidence": {"pk": file.pk},
            "admissions:remove_evidence": {"pk": file.pk},
            "admissions:evidence_preview": {"pk": file.pk},
            "admissions:replace_evidence": {"pk": file.pk},
            "admissions:requirement": {"pk": application.pk, "key": "none"},
            "credentials": {"number": certificate.number},
            "credentials:take_back": {"pk": link.pk},
            "fees": {"pk": invoice.pk},
            "office:admissions": {"pk": application.pk},
            "office:admissions_meet_condition": {"pk": asks.pk},
            "office:admissions_evidence": {"pk": file.pk},
            "office:admissions_evidence_preview": {"pk": file.pk},
            "office:admissions_release": {"pk": application.run_id},
            "office:admissions_order": {"pk": application.run_id},
            "office:admissions_criteria": {"pk": application.run_id},
            "office:admissions_announce_lottery": {"pk": application.run_id},
            "office:admissions_draw_lots": {"pk": application.run_id},
            "office:admissions_offer_everyone": {"pk": application.run_id},
            "office:admissions_group": {"pk": application.run_id},
            "office:admissions_go": {"pk": application.run_id},
            "office:admissions_ask_call_off": {"pk": application.run_id},
            "office:admissions_call_off": {"pk": application.run_id},
            "office:admissions_run": {"pk": application.run_id},
            "office:admissions_enter_for": {"pk": application.run_id},
            "office:credentials": {"number": certificate.number},
            "office:credentials_approve_revocation": {"pk": asked.pk},
            "office:credentials_cohort": {"pk": _run_of(certificate)},
            "office:credentials_issue_cohort": {"pk": _run_of(certificate)},
            "office:credentials_confirm_identity": {"pk": certificate.completion_id},
            "office:credentials_issue": {"pk": certificate.completion_id},
            "office:enquiries": {"pk": admissions.enquiry(application.run).pk},
            "office:fees": {"pk": invoice.pk},
            "office:fees_ending": {"pk": _ended(enrolment, invoice).pk},
            "office:fees_match": {"pk": line.pk},
            "office:letters": {"room": "admissions", "letter": "offer"},
            "office:outbox": {"pk": letter.pk},
            "office:pathways_curriculum": {"pk": _counted().slot.module.curriculum_id},
            "office:pathways_confirm_equivalence": {"pk": Equivalence.objects.get().pk},
            **_programmes(application.run),
            "office:search": {"pk": Synonyms.objects.create().pk},
            "office:stories": {"slug": (story := _story(application.run)).slug},
            "office:studies_section": {"pk": place.section_id},
            "office:studies_confirm_results": {"pk": place.section_id},
            "office:studies_correct_result": {"pk": place.pk},
            "office:studies_interrupt": {"pk": enrolment.pk},
            "office:studies_run": {"pk": enrolment.run_id},
            "office:places_run": {"pk": application.run_id},
            "office:places": {"pk": application.run_id, "thing": application.run_id},
            "office:places_keep": {
                "pk": application.run_id,
                "thing": application.run_id,
                "key": "micro",
            },
            "people:give_consent": {"purpose": "employer"},
            "people:withdraw_consent": {"purpose": "employer"},
            "pages:door": {"key": "refresh"},
            "pages": {"slug": application.run.version.programme.slug},
            "pages_machines:sitemap_part": {"number": 1},
            "pages:confirm_alert": {"token": alert.token},
            "pages:stop_alert": {"token": alert.token},
            "pages:stop_my_alert": {"pk": alert.pk},
            "pages:semester_list": {"term": application.run.intake.term_id},
            "pages:story": {"slug": story.slug},
            "pages:programme_version": {
                "slug": application.run.version.programme.slug,
                "number": application.run.version.number,
            },
            "studies": {"pk": enrolment.pk},
        },
    )


def _with_lots(run: Run) -> Run:
    admission_actions.announce_lottery(run, by=run.contact, at=clock.now())
    return run


def _story(run: Run) -> Story:
    at, mari = clock.now(), admissions.officer()
    told = stories.written(run.version, mari, picture=stories.photo())
    return story_actions.publish_story(told, by=mari, at=at)


def _programmes(run: Run) -> dict[str, dict[str, Any]]:
    """What the desk of programmes shows: a version, its runs, what was said about it."""
    at, version = clock.now(), run.version
    comment = catalogue_actions.comment(
        version, Section.BASICS, "Say how long.", by=run.contact, at=at
    )
    plan = PlannedRun.objects.create(
        version=version, intake=run.intake, contact=run.contact, created_at=at
    )
    return {
        "pages:preview": {"pk": version.pk},
        "office:programmes": {"pk": version.pk},
        "office:programmes_section": {"pk": version.pk, "section": "basics"},
        "office:programmes_resolve": {"pk": comment.pk},
        "office:programmes_run": {"pk": run.pk},
        "office:programmes_roll_over": {"pk": run.pk},
        "office:programmes_plan": {"pk": plan.pk},
        "office:programmes_publish": {"pk": plan.pk},
        "office:programmes_drop": {"pk": plan.pk},
    }


def _run_of(credential: Credential) -> Any:  # noqa: ANN401
    return credential.completion.enrolment.run_id


def _ended(enrolment: Enrolment, invoice: Invoice) -> Ending:
    return Ending.objects.create(
        enrolment=enrolment,
        reason="moved away",
        opened_at=clock.now(),
        agreement=invoice.agreement,
    )


def _counted() -> Equivalence:
    curriculum = DegreeCurriculum.objects.create(
        code="2474", title={"en": "MSc"}, level="master", ects=120, unit=people.unit()
    )
    module = Module.objects.create(
        curriculum=curriculum, position=1, title={"en": "Core"}, ects=30
    )
    slot = Slot.objects.create(module=module, position=1, title={"en": "A"}, ects=6)
    course = studies.sections_of(studies.taught_run(studies.lecturer()))[0].course
    return Equivalence.objects.create(
        course=course,
        slot=slot,
        ects=6,
        valid_from=clock.today() - timedelta(days=9),
        rule="The same course.",
    )


def addresses(made: World) -> dict[str, tuple[str, bool]]:
    """Each name with its address, and whether it names one thing."""
    found = {}
    for room, url in named_urls(get_resolver()):
        if room == "demo":
            continue  # open to all, and only there in the demonstration
        name = f"{room}:{url.name}"
        facts = _facts(made, name, url)
        found[name] = (reverse(name, kwargs=facts), bool(facts))
    return found


def _facts(made: World, name: str, url: URLPattern) -> dict[str, Any]:
    if not url.pattern.converters:
        return {}
    room, _colon, rest = name.partition(":")
    tries = [name, f"{room}:{rest.partition('_')[0]}", room]
    found = next((made.shows[each] for each in tries if each in made.shows), {})
    assert set(found) == set(url.pattern.converters), f"Say what {name} shows."
    return found


def answer_to(client: Client, address: str) -> tuple[int, str]:
    """What is answered, also to a POST where only that is allowed."""
    answer = client.get(address)
    if answer.status_code == NOT_SO:
        answer = client.post(address)
    answer.getvalue()  # read to the end, a download is closed
    return answer.status_code, answer.headers.get("Location", "")


def test_a_stranger_sees_what_is_public_and_is_asked_to_sign_in_for_the_rest(
    client: Client,
) -> None:
    wrong = {}
    for name, (address, _one) in addresses(world()).items():
        status, onward = answer_to(client, address)
        asked = status == MOVED and "sign-in" in onward
        if not (status == OK if name in OPEN else asked):
            wrong[name] = (status, onward)

    assert wrong == {}


def test_another_learner_finds_nothing_of_somebody_else(client: Client) -> None:
    made = world()
    sign_in(client, people.person("Rita"), strong=True)
    wrong = {}
    for name, (address, one) in addresses(made).items():
        status, _onward = answer_to(client, address)
        if name in OPEN or name.startswith("people:"):
            expected = {OK, MOVED}
        elif name.startswith("office:"):
            expected = {NO}
        else:
            expected = {NOT_HERE} if one else {OK}
        if status not in expected:
            wrong[name] = status

    assert wrong == {}


def test_staff_of_another_unit_find_nothing_of_this_one(client: Client) -> None:
    made, elsewhere = world(), people.unit("ELSEWHERE")
    member = people.staff(Duty.OFFICER, unit=elsewhere)
    for duty in set(Duty) - {Duty.OFFICER}:
        member.roles.create(duty=duty, unit=elsewhere)
    sign_in(client, member, strong=True)
    wrong = {
        name: status
        for name, (address, one) in addresses(made).items()
        if name.startswith("office:") and one and not name.startswith(WHOLE_UNIVERSITY)
        for status, _onward in [answer_to(client, address)]
        if status != NOT_HERE
    }

    assert wrong == {}


def test_whose_things_they_are_falls_over_none_of_them(client: Client) -> None:
    made = world()
    sign_in(client, made.learner)
    wrong = {}
    for name, (address, _one) in addresses(made).items():
        status, _onward = answer_to(client, address)
        if not name.startswith("office:") and status not in {OK, MOVED, NOT_HERE}:
            wrong[name] = status

    assert wrong == {}


def test_nobody_sends_to_what_is_not_theirs(client: Client) -> None:
    """A page that may be read and sent to is guarded both ways."""
    made, elsewhere = world(), people.unit("ELSEWHERE")
    member = people.person("Rita")
    for duty in set(Duty) - {Duty.FINANCE}:
        member.roles.create(duty=duty, unit=elsewhere)
    sign_in(client, member, strong=True)
    sealed = [
        (name, address)
        for name, (address, one) in addresses(made).items()
        if one and name not in OPEN and not name.startswith(("people:", "core:"))
        if not name.startswith(WHOLE_UNIVERSITY[1:])
    ]

    wrong = {
        name: answer.status_code
        for name, address in sealed
        for answer in [client.post(address)]
        if answer.status_code not in (NO, NOT_HERE, NOT_SO)
    }

    assert wrong == {}


@pytest.mark.parametrize("duty", sorted(Duty))
def test_a_duty_opens_its_own_desks_and_no_others(client: Client, duty: Duty) -> None:
    made = world()
    sign_in(client, people.staff(duty), strong=True)
    wrong = {}
    for name, (address, _one) in addresses(made).items():
        if not name.startswith("office:"):
            continue
        page = name.removeprefix("office:")
        may = DUTIES.get(page) or DUTIES[page.partition("_")[0]]
        answer = client.get(address)
        answer.getvalue()  # read to the end, a download is closed
        expected = {OK, MOVED, NOT_HERE, NOT_SO} if duty in may else {NO, NOT_SO}
        if answer.status_code not in expected:
            wrong[name] = answer.status_code

    assert wrong == {}
