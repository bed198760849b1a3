"""The letter with a sign-in code: tried at once, not for long, and then by the worker.

While it waits its code is encrypted: no staff can read it. Sent or expired, it is gone.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.mail import get_connection
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from mikrokraad.core import clock, outbox
from mikrokraad.people import personal_codes

KIND = "sign-in code"
TEMPLATE = "account/email/login_code"
PURPOSE = "sign-in codes"


def send(code: str, *, to: str, at: datetime) -> bool:
    """Whether the letter is on its way; if not, it is tried again until the code expires."""
    ends = at + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    payload = {
        "to": to,
        "language": get_language() or "et",
        "subject": render_to_string(f"{TEMPLATE}_subject.txt").strip(),
        "sealed": personal_codes.sealed(code, purpose=PURPOSE).hex(),
        "ends": ends.isoformat(),
    }
    return outbox.put_and_deliver(
        KIND,
        key=f"{KIND}:{uuid4()}",
        payload=payload,
        at=at,
        deliver=partial(deliver, seconds=settings.SIGN_IN_EMAIL_TIMEOUT),
    )


def deliver(_key: str, letter: dict[str, Any], *, seconds: int | None = None) -> None:
    """Send it; what nobody can use any more is not sent.

    `seconds`: how long the mail server may be silent; as with all letters, if not said.
    """
    left = datetime.fromisoformat(letter["ends"]) - clock.now()
    if left <= timedelta(0):
        return
    facts = {
        "code": personal_codes.opened(bytes.fromhex(letter["sealed"]), purpose=PURPOSE),
        "minutes": max(1, int(left.total_seconds() // 60)),
        "public_url": settings.PUBLIC_URL,
    }
    with override(letter["language"]):
        mail = get_adapter().render_mail(TEMPLATE, letter["to"], facts)
    mail.connection = get_connection(timeout=seconds)
    mail.send()
