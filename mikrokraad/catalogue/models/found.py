"""What search knows of words: their tokens, and which words mean the same."""

from django.db import models

from mikrokraad.core.texts import TextField


class SearchWord(models.Model):
    """One form of a word, folded, and the token that all its forms share.

    Derived from the dictionary by the worker, never by a web process; `seen` in the
    catalogue, or another form of a word that was. `parts` are the tokens of a
    compound's parts, parted by spaces. Rows only come.
    """

    language = models.CharField(max_length=2)
    form = models.CharField(max_length=80)
    token = models.CharField(max_length=80)
    parts = models.CharField(max_length=160, blank=True)
    seen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_form_has_each_token_once", fields=["form", "language", "token"]
            )
        ]
        indexes = [
            models.Index(
                name="words_of_the_catalogue",
                fields=["language", "form"],
                condition=models.Q(seen=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.form} ({self.language})"


class Synonyms(models.Model):
    """Words that mean the same to somebody who searches; parted by commas."""

    words = TextField()

    def __str__(self) -> str:
        return f"synonyms {self.pk}"
