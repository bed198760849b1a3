"""How many people a link brought, by day."""

from django.db import models
from django.db.models import Q

from mikrokraad.catalogue.models.offered import Programme


class Arrivals(models.Model):
    """How often one page was opened on one day from links of one campaign.

    Nothing of the visitor is kept: no person, address, browser or hour.
    """

    day = models.DateField()
    page = models.CharField(max_length=40)
    programme = models.ForeignKey(
        Programme, models.CASCADE, null=True, blank=True, related_name="arrivals"
    )
    source = models.CharField(max_length=40)
    medium = models.CharField(max_length=40, blank=True)
    campaign = models.CharField(max_length=40, blank=True)
    visits = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_count_per_page_day_and_campaign",
                fields=["day", "page", "source", "medium", "campaign"],
                condition=Q(programme__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_count_per_programme_day_and_campaign",
                fields=["day", "programme", "page", "source", "medium", "campaign"],
                condition=Q(programme__isnull=False),
            ),
        ]
        indexes = [models.Index(name="arrivals_of_a_day", fields=["day"])]

    def __str__(self) -> str:
        return f"arrivals {self.pk}"
