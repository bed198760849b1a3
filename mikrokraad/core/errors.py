"""The one family of errors a person is allowed to see."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from django.core.management.base import CommandError
from django.forms import BaseForm
from django.utils import translation


class Refusal(Exception):
    """The request was understood and the answer is no.

    A refusal is expected, safe to show and never a bug. Views print `message`
    beside the form; the API answers 409 with `code`; nothing is logged as an
    error. Anything that is not a Refusal is a fault of ours and may crash.
    """

    code: ClassVar[str] = "refused"
    message: str

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NeedsAnotherPerson(Refusal):
    """What one has begun oneself, somebody else has to agree to."""

    code = "needs-another-person"


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Show a refusal at the top of `form` instead of letting it escape."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(None, refusal.message)


@contextmanager
def refusals_on_the_command_line() -> Iterator[None]:
    """Say a refusal as a command says its own errors: in English, and exit 1."""
    try:
        with translation.override("en"):
            yield
    except Refusal as refusal:
        raise CommandError(refusal.message) from None
