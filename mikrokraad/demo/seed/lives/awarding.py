"""Certificates of a finished run: issued, shared, replaced, revoked."""

from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import Grading
from mikrokraad.core.calendar import end_of
from mikrokraad.credentials import actions
from mikrokraad.credentials.models import Credential, Revocation, Share
from mikrokraad.credentials.queries import ready_in
from mikrokraad.credentials.rules import (
    ReissueReason,
    RevocationReason,
    SharedField,
)
from mikrokraad.demo.seed.lives.diary import Life
from mikrokraad.demo.seed.lives.town import Town
from mikrokraad.demo.seed.report import Example
from mikrokraad.studies.actions import correct_result
from mikrokraad.studies.models import SectionPlace
from mikrokraad.studies.rules import Grade

DAYS_TO_ISSUE = 9
OFFICER, SECOND = "jaak.solg", "merike.hobehelm"


def awarding(town: Town, run: Run, *, example: bool) -> Life:
    """Look at documents, issue to the whole run, and what became of some of them."""
    yield end_of(run.ends_on)
    yield town.office(DAYS_TO_ISSUE)
    officer = town.staff(OFFICER)
    for completion in ready_in(run):
        actions.confirm_identity(completion.enrolment.person, by=officer, at=town.at)
    issued, _refused = actions.issue_cohort(run, by=officer, at=town.at)
    if example:
        whole = sorted(
            (each for each in issued if each.kind == "certificate"),
            key=lambda each: (not _is_persona(town, each), each.number),
        )
        stories = [sharing, replacing, revoking, doubting, correcting]
        for tell, credential in zip(stories, whole, strict=False):
            town.diary.begin(tell(town, credential))


def _is_persona(town: Town, credential: Credential) -> bool:
    return credential.person in town.made.world.people.values()


def sharing(town: Town, credential: Credential) -> Life:
    """The holder shows it to an employer."""
    yield town.home(5)
    fields = [SharedField.OUTCOMES, SharedField.RESULTS, SharedField.FILES]
    made = actions.share(credential, fields=fields, by=credential.person, at=town.at)
    town.examples["issued"] = Example(credential.number, made.token)


def replacing(town: Town, credential: Credential) -> Life:
    """A grade was wrong: the result is corrected, and the certificate replaced."""
    yield town.office(8)
    _correct(town, credential)
    yield town.office(2)
    reason = ReissueReason.CORRECTION
    actions.reissue(credential, reason, by=town.staff(SECOND), at=town.at)
    _keep(town, "superseded", credential)


def revoking(town: Town, credential: Credential) -> Life:
    """It takes two people."""
    yield town.office(12)
    asked = _ask(town, credential)
    yield town.office(1)
    actions.approve_revocation(asked, by=town.staff(SECOND), at=town.at)
    _keep(town, "revoked", credential)


def doubting(town: Town, credential: Credential) -> Life:
    """One that waits for the second person today."""
    yield town.lately(1)
    _ask(town, credential)


def correcting(town: Town, credential: Credential) -> Life:
    """A result corrected after issue, which the office has to look at (R2)."""
    yield town.lately(2)
    _correct(town, credential)


def _ask(town: Town, credential: Credential) -> Revocation:
    return actions.ask_revocation(
        credential,
        RevocationReason.ERROR,
        note=town.say("revocation", "et"),
        by=town.staff(OFFICER),
        at=town.at,
    )


def _correct(town: Town, credential: Credential) -> None:
    enrolment = credential.completion.enrolment
    for place in enrolment.section_places.order_by("section__course__code"):
        grade = _better(place)
        if grade:
            lecturer = place.section.teachers.order_by("email")[0]
            why = town.say("correction", "et")
            correct_result(place, grade, why, by=lecturer, at=town.at)
            return


def _better(place: SectionPlace) -> str:
    """Another grade of the letter scale; "" for a course that is only passed."""
    letters = {Grade.A: Grade.B}
    if place.section.course.grading != Grading.LETTERS:
        return ""
    return letters.get(Grade(place.entered_grade), Grade.A)


def _keep(town: Town, state: str, credential: Credential) -> None:
    on_document = Share.objects.get(credential=credential, on_document=True)
    town.examples[state] = Example(credential.number, on_document.token)
