"""Runs with places, for tests."""

from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.seats import actions

MANY = 100


def run_with_places(places: int, *, in_sections: int = MANY, **facts: object) -> Run:
    """An open run with `places`, and room for `in_sections` in each of its courses."""
    run = catalogue.run(**facts)  # type: ignore[arg-type]
    open_places(run, places, in_sections=in_sections)
    return run


def open_places(run: Run, places: int, *, in_sections: int = MANY) -> None:
    at = clock.now()
    actions.open_capacity(run, places, by=None, at=at)
    for section in run.sections.all():
        actions.open_capacity(section, in_sections, by=None, at=at)
