"""What staff keep about words."""

from django.db.models import QuerySet

from mikrokraad.catalogue.models import Synonyms


def synonyms() -> QuerySet[Synonyms]:
    """Words that mean the same, in the order they were written down."""
    return Synonyms.objects.order_by("pk")
