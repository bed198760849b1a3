"""Asking to be told by e-mail, confirming it, and stopping it. Nobody has to sign in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from mikrokraad.catalogue.alerts import actions, queries
from mikrokraad.catalogue.models import Alert
from mikrokraad.catalogue.queries import RunPage, run_page
from mikrokraad.core import clock
from mikrokraad.pages import asking
from mikrokraad.pages.asking import Wish
from mikrokraad.pages.forms import AskToBeTold
from mikrokraad.people.limits import too_often

RATES = "10/h/ip,5/h/key"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def tell_me(request: HttpRequest, slug: str) -> HttpResponse:
    return _asked(request, asking.of_opening(_page(slug), at=clock.now()))


@require_http_methods(METHODS)
def remind_me(request: HttpRequest, slug: str) -> HttpResponse:
    wish = asking.of_deadline(_page(slug), request.GET, at=clock.now())
    return _asked(request, wish)


@require_http_methods(METHODS)
def save_search(request: HttpRequest) -> HttpResponse:
    return _asked(request, asking.of_search(request.GET, at=clock.now()))


def _asked(request: HttpRequest, wish: Wish) -> HttpResponse:
    """The form, and once it is filled in, the letter that asks whether it is wanted."""
    form = AskToBeTold(request.POST if request.method == "POST" else None)
    if not wish.instead and form.is_valid() and _is_from_a_person(request, form):
        actions.ask(
            wish.kind,
            email=form.cleaned_data["email"],
            language=get_language() or "et",
            at=clock.now(),
            **wish.facts,
        )
    if not wish.instead and form.is_valid():
        return redirect("pages:alert_asked")
    return render(request, "pages/tell_me.html", {"wish": wish, "form": form})


def _is_from_a_person(request: HttpRequest, form: AskToBeTold) -> bool:
    """Whether to write. A machine is told that all went well; haste is said so."""
    if form.cleaned_data["website"]:
        return False
    email = form.cleaned_data["email"].lower()
    if too_often(request, "ask_to_be_told", rates=RATES, key=email):
        form.add_error(
            None,
            _("We have just written to you several times. Try again in an hour."),
        )
        return False
    return True


@require_safe
def alert_asked(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/alert_asked.html")


@require_http_methods(METHODS)
def confirm_alert(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the letter's link. It takes a press: mail programs open links too."""
    alert = _alert(token)
    if request.method == "POST":
        actions.confirm(alert, at=clock.now())
        return redirect("pages:confirm_alert", token=token)
    return render(request, "pages/confirm_alert.html", asking.told(alert))


@csrf_exempt  # a mail program posts here by itself: RFC 8058, section 3.1
@require_http_methods(METHODS)
def stop_alert(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the letter may stop it, and sees at once that it has stopped."""
    if request.method == "POST":
        actions.stop(_alert(token), at=clock.now())
    return render(request, "pages/stop_alert.html", asking.told(_alert(token)))


def _alert(token: str) -> Alert:
    alert = queries.alert_of(token)
    if alert is None:
        raise Http404
    return alert


def _page(slug: str) -> RunPage:
    page = run_page(slug)
    if page is None:
        raise Http404
    return page
