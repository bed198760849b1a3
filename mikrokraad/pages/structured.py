"""The facts of a page once more, for search engines: schema.org, as JSON-LD.

Nothing here is known by other means than on the page: the same prices, places and
deadlines, by the same functions. Texts are in the page's language.
Source: https://schema.org/Course and what it leads to; the terms are checked in
`tests/test_structured.py` against the published vocabulary.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mikrokraad.admissions.conditions import least_education
from mikrokraad.catalogue.models import Course, ProgrammeVersion, Run
from mikrokraad.catalogue.queries import RunPage, how_it_stands
from mikrokraad.catalogue.rules import Applying, Mode, PriceKind
from mikrokraad.core.calendar import day_of, end_of, zone
from mikrokraad.core.texts import said
from mikrokraad.fees.rules import Price
from mikrokraad.pages.semester import HOURS_PER_ECTS
from mikrokraad.pages.wording import fee_cents
from mikrokraad.people.models import Institution
from mikrokraad.seats.queries import NO_PLACES, Places

Node = dict[str, Any]
CONTEXT = "https://schema.org"
SECOND = timedelta(seconds=1)
COURSE_MODES = {
    Mode.BLOCK: ["onsite", "part-time"],
    Mode.ONLINE: ["online", "part-time"],
    Mode.BLENDED: ["blended", "part-time"],
}
ATTENDANCE = {
    Mode.BLOCK: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.BLENDED: "MixedEventAttendanceMode",
}
ISCED_F = "ISCED-F 2013"


def graph(*nodes: Node) -> Node:
    """Things of one page in one block."""
    return {"@context": CONTEXT, "@graph": list(nodes)}


def address(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def known(facts: Mapping[str, Any]) -> Node:
    """Without what nobody has said."""
    return {name: value for name, value in facts.items() if value not in ("", None, [])}


# The institution ----------------------------------------------------------------------


def home_page() -> Node:
    """The university, and this site."""
    site = {
        "@type": "WebSite",
        "@id": address("/#site"),
        "name": "Mikrokraad",
        "url": address(reverse("pages:home")),
        "inLanguage": get_language(),
        "publisher": giver(),
    }
    return graph(university(), site)


def giver() -> Node:
    """The university, where only named."""
    return {"@id": address("/#university")}


def university() -> Node:
    """The one that gives the programmes."""
    found = Institution.objects.first()
    node = {"@type": "CollegeOrUniversity", **giver()}
    if found is None:
        return {**node, "name": "Mikrokraad", "url": address("/")}
    return {
        **node,
        **known(
            {
                "name": said(found.name),
                "url": address(reverse("pages:home")),
                "email": found.email,
                "address": said(found.address),
                "vatID": found.vat_number,
                "identifier": _code(_("Registry code"), found.registry_code),
            }
        ),
    }


def _code(name: str, value: str | None) -> Node | None:
    if not value:
        return None
    return {"@type": "PropertyValue", "name": name, "value": value}


def crumbs(*steps: tuple[str, str]) -> Node:
    """The way to this page: names and paths, the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": name,
                "item": {"@id": address(path)},
            }
            for place, (name, path) in enumerate(steps, 1)
        ],
    }


# The list -----------------------------------------------------------------------------


def list_page(cards: Sequence[Mapping[str, Any]], *, count: int) -> Node:
    """The programmes on one page of the list, in its order."""
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "name": card["title"],
            "url": address(card["href"].partition("?")[0]),
        }
        for place, card in enumerate(cards, 1)
    ]
    found = {
        "@type": "ItemList",
        "name": _("Programmes"),
        "numberOfItems": count,
        "itemListElement": items,
    }
    way = crumbs((_("Programmes"), reverse("pages:programmes")))
    return graph(found, way)


# A programme --------------------------------------------------------------------------


def programme_page(
    page: RunPage,
    version: ProgrammeVersion,
    *,
    prices: Mapping[UUID, Price],
    places: Mapping[UUID, Places],
    at: datetime,
) -> Node:
    """A programme with every run that is not over, what it costs and what is left."""
    path = page.programme.get_absolute_url()
    coming = [one for one in page.runs if one.ends_on >= day_of(at)]
    offers = {
        run.pk: _offer(run, prices[run.pk], places.get(run.pk, NO_PLACES), at=at)
        for run in coming
        if how_it_stands(run, at=at) != Applying.OVER and not run.commissioned_by_id
    }
    program = {
        **_programme(page, version, address(path)),
        "offers": list(offers.values()),
        "hasCourseInstance": [
            _instance(run, places.get(run.pk, NO_PLACES), offers.get(run.pk))
            for run in coming
        ],
    }
    way = crumbs(
        (_("Programmes"), reverse("pages:programmes")), (said(version.title), path)
    )
    return graph(known(program), university(), way)


def _programme(page: RunPage, version: ProgrammeVersion, url: str) -> Node:
    outcomes = [said(one.text) for one in version.outcomes.all()]
    level = _("EQF {level}").format(level=version.eqf_level)
    return {
        "@type": ["Course", "EducationalOccupationalProgram"],
        "@id": f"{url}#programme",
        "url": url,
        "name": said(version.title),
        "description": said(version.lead),
        "image": f"{url}card.png",
        "provider": giver(),
        "courseCode": page.programme.register_code,
        "educationalLevel": level if version.eqf_level else "",
        "about": _field(version),
        "availableLanguage": sorted(
            {code for run in page.runs for code in run.languages}
        ),
        "numberOfCredits": _credits(version.ects),
        "timeRequired": _hours(version.ects),
        "teaches": outcomes,
        "coursePrerequisites": _asked(version),
        "audience": _audience(version),
        "educationalCredentialAwarded": _credential(page, version, outcomes),
        "hasCourse": [_course(part.course) for part in version.components.all()],
        "version": version.number,
    }


def _field(version: ProgrammeVersion) -> Node | None:
    if version.field is None:
        return None
    return {
        "@type": "DefinedTerm",
        "name": said(version.field.name),
        "termCode": version.field.code,
        "inDefinedTermSet": ISCED_F,
    }


def _credits(ects: int) -> Node:
    return {"@type": "QuantitativeValue", "value": ects, "unitText": "ECTS"}


def _hours(ects: int) -> str:
    return f"PT{ects * HOURS_PER_ECTS}H"


def _asked(version: ProgrammeVersion) -> list[str]:
    """What one needs to get in, as the page says it."""
    asked = [said(one.text) for one in version.requirements.all()]
    return [least_education(version), *asked]


def _audience(version: ProgrammeVersion) -> Node | None:
    if not said(version.for_whom):
        return None
    return {"@type": "EducationalAudience", "audienceType": said(version.for_whom)}


def _credential(
    page: RunPage, version: ProgrammeVersion, outcomes: Iterable[str]
) -> Node:
    return {
        "@type": "EducationalOccupationalCredential",
        "name": said(version.title),
        "credentialCategory": said(page.programme.kind.name),
        "competencyRequired": list(outcomes),
        "recognizedBy": giver(),
    }


def _course(course: Course) -> Node:
    return known(
        {
            "@type": "Course",
            "name": said(course.title),
            "courseCode": course.code,
            "numberOfCredits": _credits(course.ects),
            "provider": giver(),
            "description": "; ".join(said(text) for text in course.outcomes),
        }
    )


# A run --------------------------------------------------------------------------------


def _instance(run: Run, places: Places, offer: Node | None) -> Node:
    mode = Mode(run.mode)
    return known(
        {
            "@type": "CourseInstance",
            "@id": _run_address(run, "run"),
            "name": f"{said(run.version.title)}, {said(run.intake.name)}",
            "url": _run_address(run),
            "inLanguage": run.languages,
            "courseMode": COURSE_MODES[mode],
            "courseWorkload": _hours(run.version.ects),
            "startDate": run.starts_on.isoformat(),
            "endDate": run.ends_on.isoformat(),
            "eventStatus": f"{CONTEXT}/EventScheduled",
            "eventAttendanceMode": f"{CONTEXT}/{ATTENDANCE[mode]}",
            "location": _location(run),
            "organizer": giver(),
            "maximumAttendeeCapacity": places.size or None,
            "remainingAttendeeCapacity": places.left if places.size else None,
            "offers": {"@id": offer["@id"]} if offer else None,
        }
    )


def _location(run: Run) -> Node | None:
    if run.mode == Mode.ONLINE:
        return {"@type": "VirtualLocation", "url": _run_address(run)}
    place = said(run.place)
    return {"@type": "Place", "name": place, "address": place} if place else None


def _offer(run: Run, price: Price, places: Places, *, at: datetime) -> Node:
    fee = fee_cents(price, PriceKind.FEE)
    first = fee_cents(price, PriceKind.APPLICATION_FEE)
    return known(
        {
            "@type": "Offer",
            "@id": _run_address(run, "offer"),
            "name": said(run.intake.name),
            "url": _run_address(run),
            "category": "Paid" if price.total_cents else "Free",
            "price": _euros(fee),
            "priceCurrency": "EUR",
            "priceSpecification": _with_vat(fee),
            "addOn": _first(first) if first else None,
            "availability": f"{CONTEXT}/{availability(run, places, at=at)}",
            "validFrom": run.opens_at.astimezone(zone()).isoformat(),
            "validThrough": (end_of(run.deadline) - SECOND).isoformat(),
            "offeredBy": giver(),
        }
    )


def availability(run: Run, places: Places, *, at: datetime) -> str:
    """What schema.org calls it. Full means sold out, also while a waiting list is kept."""
    if how_it_stands(run, at=at) == Applying.NOT_YET:
        return "PreOrder"
    return "SoldOut" if places.size and not places.left else "InStock"


def _with_vat(cents: int) -> Node:
    return {
        "@type": "PriceSpecification",
        "price": _euros(cents),
        "priceCurrency": "EUR",
        "valueAddedTaxIncluded": True,
    }


def _first(cents: int) -> Node:
    return {
        "@type": "Offer",
        "name": _("Application fee"),
        "price": _euros(cents),
        "priceCurrency": "EUR",
    }


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def _run_address(run: Run, part: str = "") -> str:
    path = run.version.programme.get_absolute_url()
    end = f"#{part}-{run.pk}" if part else ""
    return f"{address(path)}?semester={run.intake.term_id}{end}"
