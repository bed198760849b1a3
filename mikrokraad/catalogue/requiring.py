"""What a condition of admission can be about: fields, sectors, countries. Pure.

A condition keeps lists as words with a space between them: `"01 06"`, `"EE LV EU"`.
"""

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def words(listed: object) -> list[str]:
    """The words of a list; nothing of anything that is no text."""
    return listed.replace(",", " ").split() if isinstance(listed, str) else []


# Broad fields of ISCED-F 2013, by the first two digits of a field of study.
# Source: UNESCO Institute for Statistics, ISCED Fields of Education and Training 2013.
OTHER_FIELD = "other"


class BroadField(models.TextChoices):
    EDUCATION = "01", _("education, teaching")
    ARTS = "02", _("arts, languages, history, philosophy")
    SOCIAL = "03", _("social sciences, psychology, journalism")
    BUSINESS = "04", _("business, administration, law")
    SCIENCE = "05", _("natural sciences, mathematics, statistics")
    ICT = "06", _("information and communication technology")
    ENGINEERING = "07", _("engineering, manufacturing, construction")
    AGRICULTURE = "08", _("agriculture, forestry, fisheries, veterinary")
    HEALTH = "09", _("health, welfare, social work")
    SERVICES = "10", _("services, sports, tourism, security")
    OTHER = OTHER_FIELD, _("general education, or another field")


class Experience(models.TextChoices):
    """Which kind of experience counts."""

    IN_FIELD = "in_field", _("work in the field of the programme")
    LEADING = "leading", _("leading people or projects")
    TEACHING = "teaching", _("teaching or training others")
    VOLUNTARY = "voluntary", _("work of any kind, paid or voluntary")


NOT_EMPLOYED = "none"


class Sector(models.TextChoices):
    """Where somebody works."""

    STATE = "state", _("the state or another public body")
    LOCAL = "local", _("a city, a town or a rural municipality")
    SCHOOL = "school", _("a school, a kindergarten or a university")
    HEALTH = "health", _("health care or social work")
    CULTURE = "culture", _("culture, media or creative work")
    COMPANY = "company", _("a company, or my own business")
    NON_PROFIT = "non_profit", _("a non-profit organisation")
    NOT_EMPLOYED = NOT_EMPLOYED, _("I do not work at the moment")


class Gate(models.TextChoices):
    """Whether a list of countries says who may come, or who may not."""

    ALLOW = "allow", _("only from these countries")
    DENY = "deny", _("not from these countries")


# Source: Treaty on European Union, article 52; Agreement on the European Economic Area.
EU = frozenset(
    words(
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
    )
)
EEA = EU | {"IS", "LI", "NO"}
GROUPS = {"EU": EU, "EEA": EEA}
NO_COUNTRY = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "CQ", "DG"}
NO_COUNTRY |= {"EA", "IC", "TA"}
ALPHA_2 = 2


@lru_cache(maxsize=8)
def countries(language: str) -> dict[str, str]:
    """Every country by its two letters (ISO 3166-1), with its name in a language."""
    told = Locale(language).territories
    return {
        code: str(told[code])
        for code in sorted(told, key=lambda code: str(told[code]).casefold())
        if len(code) == ALPHA_2 and code.isalpha() and code not in NO_COUNTRY
    }


def is_country(code: object) -> bool:
    return code in countries("en")


def countries_here() -> list[tuple[str, str]]:
    """Countries to choose from, in the language of the page."""
    return list(countries((get_language() or "en")[:2]).items())


def listed_countries(listed: object) -> frozenset[str]:
    """The countries of a list, its groups opened."""
    return frozenset().union(
        *(GROUPS.get(word, frozenset([word])) for word in words(listed))
    )


def unknown_countries(listed: object) -> list[str]:
    return [
        word for word in words(listed) if word not in GROUPS and not is_country(word)
    ]


def labels(choices: Iterable[tuple[str, object]], listed: object) -> list[str]:
    """The words of those choices that a list names, in their order."""
    named = set(words(listed))
    return [str(label) for value, label in choices if value in named]
