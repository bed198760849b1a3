"""Letters about alerts: put in the outbox, and forgotten there once they are sent.

Each says how to stop it, in words and for the mail program's own button.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from mikrokraad.catalogue.models import Alert
from mikrokraad.core import outbox
from mikrokraad.core.models import OutboxMessage
from mikrokraad.core.prose import subject_and_body

KIND = "notice"  # as `integrations` knows letters of which nothing is kept


def write(
    name: str,
    alert: Alert,
    *,
    key: str,
    at: datetime,
    **facts: Any,  # noqa: ANN401 -- whatever the template needs
) -> OutboxMessage:
    """Put one letter to the alert's address in the outbox; the same key is one letter."""
    with translation.override(alert.language):
        confirm, stop = (
            settings.PUBLIC_URL + reverse(f"pages:{page}", args=[alert.token])
            for page in ("confirm_alert", "stop_alert")
        )
        text = render_to_string(
            f"catalogue/letters/{name}.md",
            {
                "alert": alert,
                "confirm": confirm,
                "stop": stop,
                "public_url": settings.PUBLIC_URL,
                **facts,
            },
        )
    subject, body = subject_and_body(text)
    letter = {
        "to": alert.email,
        "language": alert.language,
        "subject": subject,
        "body": body,
        "stop": stop,
    }
    return outbox.put(KIND, key=f"notice:{key}", payload=letter, at=at)
