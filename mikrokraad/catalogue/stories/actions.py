"""Writing stories, showing them with consent, and taking them back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import Programme, Story
from mikrokraad.catalogue.stories.pictures import made_anew
from mikrokraad.core.errors import Refusal
from mikrokraad.people.models import Person
from mikrokraad.people.register import record

WORDS = ("who", "about", "quote", "body", "picture_text", "consent_on")
LONGEST_NAME = 40


class StoryNotReady(Refusal):
    code = "story-not-ready"


@transaction.atomic
def write_story(
    story: Story | None,
    words: Mapping[str, Any],
    *,
    programmes: list[str],
    picture: UploadedFile | None,
    by: Person,
    at: datetime,
) -> Story:
    """Keep a story as it is written; the first of `programmes` is the one it is told of.

    Refuses with PictureNotAccepted, and with StoryNotReady when a shown story would
    lose its consent or one of its languages.
    """
    told = story or Story(slug=_free_slug(words["who"]))
    if words["consent_on"] != told.consent_on:
        told.consent_noted_by = by if words["consent_on"] else None
    for name in WORDS:
        setattr(told, name, words[name])
    told.programme_id = programmes[0]
    if told.published_at is not None:
        require_ready(told)
    if picture is not None:
        made = ContentFile(made_anew(picture))
        told.picture.save(f"stories/{uuid4().hex}.jpg", made, save=False)
    told.save()
    told.also.set(Programme.objects.filter(pk__in=programmes[1:]))
    record("story: write", told, by=by, at=at)
    return told


@transaction.atomic
def publish_story(story: Story, *, by: Person, at: datetime) -> Story:
    """Show it to everybody. Twice is once. Refuses with StoryNotReady."""
    story = Story.objects.select_for_update().get(pk=story.pk)
    if story.published_at is None:
        require_ready(story)
        story.published_at = at
        story.save(update_fields=["published_at"])
        record("story: publish", story, by=by, at=at)
    return story


@transaction.atomic
def withdraw_story(story: Story, *, by: Person, at: datetime) -> Story:
    """Show it to nobody any more, and forget the consent: whoever takes it back may.

    Twice is once.
    """
    story = Story.objects.select_for_update().get(pk=story.pk)
    if story.published_at is not None:
        story.published_at = story.consent_on = story.consent_noted_by = None
        story.save(update_fields=["published_at", "consent_on", "consent_noted_by"])
        record("story: withdraw", story, by=by, at=at)
    return story


def require_ready(story: Story) -> None:
    """Refuse to show what its person has not agreed to, or what lacks a language."""
    if story.consent_on is None:
        raise StoryNotReady(
            _(
                "Nobody has noted that the person agrees. Ask them, write down the day "
                "of their consent, then publish."
            )
        )
    texts = [story.about, story.quote, story.body]
    if story.picture:
        texts.append(story.picture_text)
    if any(not text.get(code) for text in texts for code in ("et", "en")):
        raise StoryNotReady(
            _(
                "Title, quote, story and the words for the picture are needed in both languages."
            )
        )


def _free_slug(who: str) -> str:
    """An address made of the name, and of chance where that is taken."""
    slug = slugify(who)[:LONGEST_NAME] or "story"
    taken = Story.objects.filter(slug=slug).exists()
    return f"{slug}-{uuid4().hex[:6]}" if taken else slug
