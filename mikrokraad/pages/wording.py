"""How pages say languages, forms of study, places and fees."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import Mode, PriceKind
from mikrokraad.core.money import euros
from mikrokraad.core.texts import said
from mikrokraad.fees.rules import Price
from mikrokraad.seats.queries import Places


def languages_text(codes: Iterable[str]) -> str:
    """“in Estonian and English”."""
    names = {
        "et": pgettext("language of study", "Estonian"),
        "en": pgettext("language of study", "English"),
        "ru": pgettext("language of study", "Russian"),
    }
    named = [names.get(code, code) for code in codes]
    told = _(" and ").join([", ".join(named[:-1]), named[-1]] if named[1:] else named)
    return _("in {languages}").format(languages=told) if told else ""


def mode_text(run: Run) -> str:
    """“block mode, Tartu”."""
    mode, place = Mode(run.mode).label, said(run.place)
    return f"{mode}, {place}" if place and run.mode != Mode.ONLINE else str(mode)


def places_text(places: Places) -> str:
    """“7 of 30 places left”; nothing while nobody has said how many there are."""
    if not places.size:
        return ""
    if not places.left:
        return _("full")
    return ngettext("{left} place left", "{left} places left", places.left).format(
        left=places.left
    )


def fee_text(price: Price, kind: PriceKind) -> str:
    """“€2,400” or “free”: the lines of one kind together, VAT included."""
    cents = fee_cents(price, kind)
    return euros(cents) if cents else _("free")


def figure(run: Run, price: Price) -> str:
    """What somebody pays, as the largest thing on a card or a page."""
    if run.commissioned_by_id:
        return _("Your employer pays")
    text = fee_text(price, PriceKind.FEE)
    return text[:1].upper() + text[1:]


def fee_cents(price: Price, kind: PriceKind) -> int:
    return sum(
        line["net_cents"] + line["vat_cents"]
        for line in price.lines
        if line["kind"] == kind
    )
