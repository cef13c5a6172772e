"""What conflicts, parties and places are called in other datasets."""

from django.db import models

from sources.triggers import keep_history
from talks.models.conflict import Conflict
from talks.models.party import Party
from talks.models.place import Place


class DatasetId(models.Model):
    """The identity of a thing in a dataset: unique in its scheme, and a thing may have several.

    A dataset may draw its lines elsewhere than we do. What UCDP keeps apart as a hundred conflicts
    and dyads can be one conflict here, which then has all their ids.
    """

    scheme = models.CharField(
        max_length=40, help_text="The numbering: ucdp_conflict, ucdp_dyad, ucdp_actor, gwno, iso3."
    )
    value = models.CharField(max_length=200, help_text="The id, as that dataset writes it.")
    name = models.CharField(
        max_length=300, blank=True, help_text="What the dataset calls it, if otherwise than we do."
    )

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="%(app_label)s_%(class)s_unique_in_scheme",
                violation_error_message="Something else already has this id in this scheme.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


@keep_history
class ConflictId(DatasetId):
    """A conflict's id in a dataset, or the id of a part of it: of a dyad."""

    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="dataset_ids")


@keep_history
class PartyId(DatasetId):
    """A party's id in a dataset."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="dataset_ids")


@keep_history
class PlaceId(DatasetId):
    """A place's id in a dataset."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="dataset_ids")
