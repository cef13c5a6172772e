"""Uses: how many current entries mention a thing."""

from django.db import models

from timeline.enums import Topic


class Usage(models.Model):
    """The builder's own count, kept by difference: at zero the thing's label is closed."""

    pk = models.CompositePrimaryKey("topic", "ref")
    topic = models.CharField(max_length=10, choices=Topic)
    ref = models.BigIntegerField()
    uses = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.topic} {self.ref}: {self.uses}"
