"""Synonyms at the desk: what else people call the same thing when they search."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mikrokraad.catalogue.models import Synonyms
from mikrokraad.catalogue.search import actions, queries
from mikrokraad.core import clock
from mikrokraad.office.access import desk_of
from mikrokraad.people.http import PersonRequest
from mikrokraad.people.models import Duty

MOST_LETTERS = 400
KEEPERS = (Duty.OFFICER, Duty.PROGRAMME_MANAGER)


class Words(forms.Form):
    """At least two words or phrases, in either language or across both."""

    et = forms.CharField(
        label=gettext_lazy("In Estonian"), max_length=MOST_LETTERS, required=False
    )
    en = forms.CharField(
        label=gettext_lazy("In English"), max_length=MOST_LETTERS, required=False
    )

    @property
    def words(self) -> dict[str, str]:
        return {
            language: ", ".join(_phrases(self.cleaned_data[language]))
            for language in ("et", "en")
        }

    def clean(self) -> None:
        said = [self.cleaned_data.get(language, "") for language in ("et", "en")]
        if sum(len(_phrases(one)) for one in said) < 2:  # noqa: PLR2004 -- one means nothing else
            self.add_error(
                "et",
                _("Write at least two words, parted by commas, here or in English."),
            )


def _phrases(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.split(",") if one.strip()]


@require_safe
@desk_of(*KEEPERS)
def synonyms(request: PersonRequest) -> HttpResponse:
    return render(
        request, "office/search_words_synonyms.html", {"groups": queries.synonyms()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(*KEEPERS)
def add(request: PersonRequest) -> HttpResponse:
    form = Words(request.POST or None)
    if form.is_valid():
        actions.add_synonyms(form.words, by=request.user, at=clock.now())
        messages.success(request, _("Search knows these words from now on."))
        return redirect("office:search_words_synonyms")
    return render(request, "office/search_words_change.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(*KEEPERS)
def change(request: PersonRequest, pk: int) -> HttpResponse:
    group: Synonyms = get_object_or_404(queries.synonyms(), pk=pk)
    form = Words(request.POST or None, initial=group.words)
    if form.is_valid():
        actions.change_synonyms(group, form.words, by=request.user, at=clock.now())
        messages.success(request, _("Search knows these words from now on."))
        return redirect("office:search_words_synonyms")
    return render(
        request, "office/search_words_change.html", {"form": form, "group": group}
    )


@require_POST
@desk_of(*KEEPERS)
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(queries.synonyms(), pk=pk)
    actions.remove_synonyms(group, by=request.user, at=clock.now())
    messages.success(request, _("These words no longer stand for each other."))
    return redirect("office:search_words_synonyms")
