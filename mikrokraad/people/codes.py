"""Signing in with an e-mailed code. It works only in the browser that asked for it.

allauth's own process sends codes to known addresses alone. Ours sends one to every
address, so that nobody learns from it who has an account; whoever enters the first
right code of a new address becomes a person then.
"""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal
from mikrokraad.people import actions, code_letters, queries
from mikrokraad.people.models import Person


class TooManyCodes(Refusal):
    code = "too-many-codes"


class CodeSignIn(LoginCodeVerificationProcess):  # type: ignore[misc]
    """One code on its way: sent, tried, and used once."""

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 -- allauth's signature
        code, at = self.generate_code(), clock.now()
        self.state["late"] = not code_letters.send(code, to=email, at=at)

    def finish(self, redirect_url: str | None) -> HttpResponse:
        person = actions.welcome(
            self.state["email"], language=get_language() or "et", at=clock.now()
        )
        self._user = person
        self.stage.login.user = person
        answer: HttpResponse = super().finish(redirect_url)
        return answer


def send_code(request: HttpRequest, email: str) -> None:
    """Mail a code to `email`, known or not. Refuses with `TooManyCodes`.

    A mail server that is away only makes the letter late.
    """
    if not ratelimit.consume(request, action="request_login_code", key=email.lower()):
        raise TooManyCodes(
            _("We have sent several codes already. Wait a minute, then ask again.")
        )
    process = CodeSignIn(_stage(request, email, queries.active_person(email)))
    process.send()
    process.persist()


def waiting_code(request: HttpRequest) -> CodeSignIn | None:
    """The code that this browser waits for; None if it expired or was never asked."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    if stage is None:
        return None
    process: CodeSignIn | None = CodeSignIn(stage).abort_if_invalid()
    return process


def count_as_strong(request: HttpRequest, person: Person, kind: str) -> None:
    """Setting up a second factor proves that one has it; it need not be asked again."""
    record_authentication(request, person, "mfa", type=kind, reauthenticated=True)


def _stage(request: HttpRequest, email: str, person: Person | None) -> LoginByCodeStage:
    login = Login(user=person, email=email)
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    stage.state.update(CodeSignIn.initial_state(user=person, email=email))
    stage.state["initiated_by_user"] = True
    return stage
