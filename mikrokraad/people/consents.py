"""What a person may agree to, in the exact words and the version of those words.

A wording that changes gets a new version; who agreed to the old one is asked anew.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Purpose:
    key: str
    version: str
    title: Promise
    text: Promise


EMPLOYER = Purpose(
    "employer",
    "2026-11",
    _("My employer may see whether I finish"),
    _(
        "If an employer pays for your studies, it sees whether you finished and your "
        "certificate, but not your grades."
    ),
)
PURPOSES = {purpose.key: purpose for purpose in (EMPLOYER,)}
