"""Arrivals from campaigns, counted where somebody opens a page from such a link.

The link's own words and the day are all that is written down: see
`catalogue/arrivals`. No cookie is set and nothing is asked of anybody else.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from mikrokraad.catalogue.arrivals.actions import count_arrival
from mikrokraad.catalogue.arrivals.rules import Campaign, campaign_of, is_machine
from mikrokraad.core import clock

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
log = structlog.get_logger()


def arrivals_counted(view: View[P]) -> View[P]:
    """A page that counts who was brought to it by a campaign's link."""

    @wraps(view)
    def counting(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        campaign = campaign_of(request.GET) if "utm_source" in request.GET else None
        if campaign and answer.status_code == HTTPStatus.OK and _is_visit(request):
            _count(campaign, page=view.__name__, slug=str(kwargs.get("slug", "")))
        return answer

    return counting


def _is_visit(request: HttpRequest) -> bool:
    """Somebody looks: it is not a program, and not a browser that looks ahead."""
    ahead = request.headers.get("Sec-Purpose") or request.headers.get("Purpose")
    agent = request.headers.get("User-Agent", "")
    return request.method == "GET" and not ahead and not is_machine(agent)


def _count(campaign: Campaign, *, page: str, slug: str) -> None:
    """A count that cannot be written is lost: the page matters more."""
    try:
        count_arrival(campaign, page=page, slug=slug, day=clock.today())
    except DatabaseError as error:
        log.warning("arrival.not_counted", error=type(error).__name__)
