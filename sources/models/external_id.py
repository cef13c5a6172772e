"""External ids: what a record is called in other datasets."""

from django.db import models

from sources.models.record import Record
from sources.triggers import keep_history


@keep_history
class ExternalId(models.Model):
    """The identity of a record in a dataset; what makes an import idempotent."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="external_ids")
    scheme = models.CharField(
        max_length=40, help_text="The numbering: ged_event, acled_event, cf_uniq_id, pax_agt."
    )
    value = models.CharField(max_length=200, help_text="The id, as that dataset writes it.")
    dataset_version = models.CharField(
        max_length=80, blank=True, help_text="The release that it was read from."
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="%(app_label)s_%(class)s_unique_in_scheme",
                violation_error_message="Another record already has this id in this scheme.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
