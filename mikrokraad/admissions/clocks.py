"""The clocks of admissions. Each is safe to run at any time, twice.

Two act by themselves, each with a switch: an offer lapses, a hold on places expires.
The others offer what is free, and remind.
"""

from datetime import datetime

from django.conf import settings

from mikrokraad.admissions import actions


def tick(*, at: datetime) -> list[str]:
    said = []
    if settings.OFFERS_LAPSE:
        said.append((actions.lapse_offers(at=at), "offers lapsed."))
        said.append((actions.lapse_waiting(at=at), "people waited in vain."))
    actions.keep_conditional_places(at=at)
    said.append((actions.finish_all(at=at), "people of runs called off were told."))
    said.append((actions.offer_freed_places(at=at), "free places were offered."))
    said.append((actions.remind(at=at), "reminders were written."))
    said.append((actions.forget_enquiries(at=at), "old questions were taken out."))
    return [f"{count} {words}" for count, words in said if count]
