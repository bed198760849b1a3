"""What pages tell in their own words: the way, questions, what is kept."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import ProgrammeVersion, Story
from mikrokraad.catalogue.queries import newest_versions
from mikrokraad.core.texts import said
from mikrokraad.people.models import Institution

PUBLIC = (
    "home",
    "programmes",
    "doors",
    "career",
    "towards_a_degree",
    "summer_school",
    "stories",
    "about",
    "accessibility",
    "privacy",
)


def way() -> list[dict[str, str]]:
    """From the first look to the degree."""
    return [
        {"title": title, "text": text, "state": "later"}
        for title, text in (
            (
                _("Find a programme"),
                _(
                    "Each page says the price, every session and what you need to get in."
                ),
            ),
            (
                _("Apply in one sitting"),
                _("Sign in with your e-mail and answer only what this programme asks."),
            ),
            (
                _("Accept your place"),
                _("You or your employer pays the invoice, by transfer or card."),
            ),
            (
                _("Study beside your job"),
                _(
                    "For one or two semesters, in block mode or online, alongside degree students."
                ),
            ),
            (
                _("Take the certificate with you"),
                _("Anybody can verify it in a minute, and the credits stay yours."),
            ),
        )
    ]


def questions() -> list[dict[str, str]]:
    """What people ask before they apply."""
    return [
        {"title": title, "text": text}
        for title, text in (
            (
                _("Do I need a degree?"),
                _(
                    "Upper secondary education is enough for many programmes. Some ask for higher education or for experience; each programme's page says so."
                ),
            ),
            (
                _("How much time does it take?"),
                _(
                    "One credit (ECTS) is 26 hours of work. A programme of 24 credits in one semester takes about half of a working week; over two semesters, a quarter."
                ),
            ),
            (
                _("Can my employer pay?"),
                _(
                    "Yes. You name the employer as the payer when you apply, and the invoice goes there."
                ),
            ),
            (
                _("What if the programme is full?"),
                _(
                    "You can still apply. Who is accepted joins the waiting list, and a freed place goes to the next in line, who has three days to take it."
                ),
            ),
            (
                _("What if I cannot finish?"),
                _(
                    "You get a statement of the courses that you passed. Their credits count like all others."
                ),
            ),
            (
                _("How does an employer know that the certificate is real?"),
                _(
                    "The certificate has a number and a code to scan. They lead to a page that says whether it is valid, and anybody can check the file itself."
                ),
            ),
        )
    ]


def stories(found: Iterable[Story]) -> list[dict[str, Any]]:
    told = list(found)
    newest = newest_versions(story.programme_id for story in told)
    return [_story(story, newest.get(story.programme_id)) for story in told]


def _story(story: Story, version: ProgrammeVersion | None) -> dict[str, Any]:
    return {
        "who": story.who,
        "about": said(story.about),
        "quote": said(story.quote),
        "body": said(story.body),
        "slug": story.slug,
        "page": story.get_absolute_url(),
        "picture": reverse("pages:story_picture", args=[story.slug])
        if story.picture
        else "",
        "picture_text": said(story.picture_text),
        "seed": story.programme.slug,
        "colour": version.field.colour if version and version.field else "indigo",
        "title": said(version.title) if version else "",
        "href": story.programme.get_absolute_url(),
    }


def programmes_of(story: Story) -> list[dict[str, str]]:
    """The programmes a story is told of, its own first."""
    programmes = [story.programme, *story.also.all()]
    newest = newest_versions(one.pk for one in programmes)
    return [
        {"title": said(newest[one.pk].title), "href": one.get_absolute_url()}
        for one in programmes
        if one.pk in newest
    ]


def whom_to_write_to() -> dict[str, Any]:
    """The institution, for pages that name it."""
    found = Institution.objects.first()
    return {
        "body": found,
        "body_name": said(found.name) if found else "",
        "email": found.email if found else settings.DEFAULT_FROM_EMAIL,
    }


def kept() -> list[tuple[str, str]]:
    """For how long what is kept."""
    return [
        (_("An application that was not sent"), _("6 months")),
        (_("A question to a contact person"), _("6 months")),
        (
            _("An address to be told by e-mail"),
            _(
                "until you stop it, of a saved search {days} days unless you go on; "
                "a week if it is not confirmed"
            ).format(days=settings.SAVED_SEARCH_DAYS),
        ),
        (
            _("The text of a letter to you"),
            _("{days} days; that we wrote, when and what about, stays known").format(
                days=settings.LETTERS_KEPT_DAYS
            ),
        ),
        (_("An application that was turned down"), _("1 year")),
        (_("Invoices and payments"), _("7 years, as the law on accounting asks")),
        (
            _("The register of certificates"),
            _("for good, so that a certificate can always be verified"),
        ),
    ]
