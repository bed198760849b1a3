"""The clocks of the catalogue. Each is safe to run at any time, twice."""

from datetime import datetime

from mikrokraad.catalogue.actions.checks import check_what_is_published
from mikrokraad.catalogue.alerts import clock as alerts


def tick(*, at: datetime) -> list[str]:
    found = check_what_is_published(at=at)
    told = [f"{found} things would not publish that did before."] if found else []
    return [*alerts.tick(at=at), *told]
