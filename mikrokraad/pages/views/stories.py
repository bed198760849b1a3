"""One story, and its picture, once they are shown."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mikrokraad.catalogue.models import Story
from mikrokraad.catalogue.stories.queries import shown_story
from mikrokraad.pages import told
from mikrokraad.pages.keeping import kept_for_visitors


@require_safe
@kept_for_visitors()
def story(request: HttpRequest, slug: str) -> HttpResponse:
    found = _shown(slug)
    context = {"story": told.stories([found])[0], "also": told.programmes_of(found)}
    return render(request, "pages/story.html", context)


@require_safe
def story_picture(_request: HttpRequest, slug: str) -> FileResponse:
    """Made anew by us, so that it is a picture and nothing else."""
    found = _shown(slug)
    if not found.picture:
        raise Http404
    answer = FileResponse(found.picture.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "public, max-age=600"
    return answer


def _shown(slug: str) -> Story:
    found = shown_story(slug)
    if found is None:
        raise Http404
    return found
