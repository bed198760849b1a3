"""Which rooms have a desk, and the parts of it that exist."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

DESKS = [
    "admissions",
    "places",
    "enquiries",
    "programmes",
    "fees",
    "studies",
    "credentials",
    "pathways",
    "letters",
    "outbox",
    "search_words",
    "stories",
    "arrivals",
]


def parts(of: str) -> list[ModuleType]:
    """`office/<of>/<room>.py` of every room that has one, in the order of the desk."""
    return [
        import_module(f"mikrokraad.office.{of}.{room}")
        for room in DESKS
        if find_spec(f"mikrokraad.office.{of}.{room}")
    ]
