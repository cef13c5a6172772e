"""Memberships: which party belonged to which umbrella, and when."""

from datetime import date
from typing import NamedTuple

from django.db import models

from timeline.models.version import Version


class Reach(NamedTuple):
    """Parties that a search for another one finds too, and from when to when; None: open."""

    party_ids: tuple[int, ...]
    since: date | None = None
    until: date | None = None


class Membership(Version):
    """One version of one published tie `member_of`, its period completed from the pair's others.

    Resolved when read, so that a change of an umbrella does not rewrite entries.
    """

    record_id = models.BigIntegerField()
    party_id = models.BigIntegerField()
    umbrella_id = models.BigIntegerField()
    since_earliest = models.DateField(null=True)
    since_latest = models.DateField(null=True)
    """The first day on which it certainly holds; NULL where nothing attests one."""
    until_earliest = models.DateField(null=True)
    until_latest = models.DateField(null=True)

    class Meta(Version.Meta):
        indexes = (
            models.Index(fields=["umbrella_id"], name="timeline_member_umbrella"),
            models.Index(fields=["party_id"], name="timeline_member_party"),
        )
        constraints = (
            *Version.Meta.constraints,
            models.UniqueConstraint(
                fields=["record_id"],
                condition=models.Q(revision_to__isnull=True),
                name="%(app_label)s_%(class)s_one_current",
                violation_error_message="A tie has one current membership.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party_id} in {self.umbrella_id}"
