"""The desk of stories: written in both languages, shown with consent, taken back."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mikrokraad.catalogue.models import Story
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.catalogue.stories import actions
from mikrokraad.catalogue.stories.queries import programmes_at, stories_at
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal, refusals_on
from mikrokraad.office.access import desk_of
from mikrokraad.office.story_forms import WriteStory, as_written
from mikrokraad.people.http import PersonRequest

writers = desk_of(*DESK_DUTIES)


@require_safe
@writers
def stories_list(request: PersonRequest) -> HttpResponse:
    titles = dict(programmes_at(request.user))
    rows = [
        (each, titles.get(str(each.programme_id), ""))
        for each in stories_at(request.user)
    ]
    return render(request, "office/stories_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def stories_new(request: PersonRequest) -> HttpResponse:
    return _written(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def stories_change(request: PersonRequest, slug: str) -> HttpResponse:
    return _written(request, get_object_or_404(stories_at(request.user), slug=slug))


@require_POST
@writers
def stories_publish(request: PersonRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(stories_at(request.user), slug=slug)
    try:
        actions.publish_story(story, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Everybody can read it now."))
    return redirect("office:stories_change", slug=slug)


@require_POST
@writers
def stories_withdraw(request: PersonRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(stories_at(request.user), slug=slug)
    actions.withdraw_story(story, by=request.user, at=clock.now())
    messages.success(request, _("Nobody can read it any more."))
    return redirect("office:stories_change", slug=slug)


@require_safe
@writers
def stories_picture(request: PersonRequest, slug: str) -> FileResponse:
    """The picture before it is shown to everybody."""
    story = get_object_or_404(stories_at(request.user), slug=slug)
    if not story.picture:
        raise Http404
    answer = FileResponse(story.picture.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _written(request: PersonRequest, story: Story | None) -> HttpResponse:
    """Show the form, or keep what was written and come back to it."""
    form = WriteStory(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        programmes=programmes_at(request.user),
        initial=as_written(story) if story else {},
    )
    if form.is_valid():
        with refusals_on(form):
            kept = actions.write_story(
                story,
                form.words(),
                programmes=form.programmes(),
                picture=form.cleaned_data["picture"],
                by=request.user,
                at=clock.now(),
            )
            messages.success(request, _("The story is saved."))
            return redirect("office:stories_change", slug=kept.slug)
    return render(request, "office/stories_change.html", {"story": story, "form": form})
