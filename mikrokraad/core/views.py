"""Pages of the design system: the stylesheet and every component in every state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mikrokraad.core import stylesheet as sheet
from mikrokraad.core.components import samples


@require_safe
def stylesheet(_request: HttpRequest, digest: str) -> HttpResponse:
    """The joined stylesheet. An outdated address leads to the current one."""
    css, current = sheet.current()
    if digest != current:
        return redirect("core_machines:stylesheet", current)
    answer = HttpResponse(css, content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "core/components.html", samples.everything())
