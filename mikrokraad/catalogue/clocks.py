"""The clocks of the catalogue. Each is safe to run at any time, twice."""

from datetime import datetime

from mikrokraad.catalogue.alerts import clock as alerts


def tick(*, at: datetime) -> list[str]:
    return alerts.tick(at=at)
