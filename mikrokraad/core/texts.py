"""Texts in several languages: a JSON object from language code to text."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

Text = dict[str, str]


def said(text: Mapping[str, str] | None, language: str | None = None) -> str:
    """The text in `language` (else the language of the page, else any other)."""
    if not text:
        return ""
    wanted = (language or translation.get_language() or settings.LANGUAGE_CODE)[:2]
    if text.get(wanted):
        return text[wanted]
    return next(
        (text[code] for code, _name in settings.LANGUAGES if text.get(code)), ""
    )


def missing_languages(text: Mapping[str, str] | None) -> list[str]:
    """Codes of the languages in which there is no text yet."""
    return [
        code
        for code, _name in settings.LANGUAGES
        if not (text or {}).get(code, "").strip()
    ]


def _require_texts(value: object) -> None:
    known = {code for code, _name in settings.LANGUAGES}
    good = isinstance(value, dict) and all(
        key in known and isinstance(words, str) for key, words in value.items()
    )
    if not good:
        raise ValidationError(_("Write one text for each language."))


class TextField(models.JSONField):
    """A text in each of the site's languages, as {"et": …, "en": …}."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- Django's own signature
        options.setdefault("default", dict)
        options.setdefault("blank", True)
        super().__init__(**options)
        self.validators = [*self.validators, _require_texts]
