"""How long there is still time, in words; a day counts where the institution is."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrokraad.core.calendar import day_of, zone

EVENING = time(18)


def countdown(deadline: date, *, at: datetime) -> str:
    """“58 days left”, “1 day left”, and on the last day itself; nothing afterwards."""
    left = (deadline - day_of(at)).days
    if left < 0:
        return ""
    if left > 0:
        return ngettext("{n} day left", "{n} days left", left).format(n=left)
    if timezone.localtime(at, zone()).time() >= EVENING:
        return _("closes tonight at midnight")
    return _("the last day is today")
