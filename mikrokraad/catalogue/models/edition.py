"""What visitors see of the catalogue, as one number."""

from django.db import models


class Edition(models.Model):
    """One row. `number` grows with every change of what a visitor sees.

    Database triggers make it grow, in the transaction of the change, so that nothing
    derived from the catalogue can be taken for newer than it is. Drafts do not count.
    """

    id = models.PositiveSmallIntegerField(primary_key=True)
    number = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"edition {self.number}"
