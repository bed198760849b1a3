"""The lots of a run, open to all: so that anybody can draw them again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mikrokraad.admissions import lots, ordered


@require_safe
def lottery(request: HttpRequest, run: UUID) -> HttpResponse:
    found = get_object_or_404(ordered.open_lotteries(), run=run)
    seed = request.GET.get("seed", "")[:200]
    tried = request.GET.get("id", "")[:64].strip()
    context = {
        "run": found.run,
        "lottery": found,
        "lots": ordered.lots_of(found),
        "seed": seed or (found.seed if found.drawn_at else ""),
        "tried": tried,
        "lot": lots.lot_of(seed, tried) if seed and tried else "",
        "proved": lots.commitment(found.seed) if found.drawn_at else "",
    }
    return render(request, "admissions/lottery.html", context)
