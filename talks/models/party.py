"""Parties, and the names they went by."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q

from sources.fields import PartialDateField, choice_check, partial_date_check
from sources.models import Outlet
from sources.triggers import keep_history, keep_partial_dates, queue_changes
from talks.enums import NameKind, PartyKind


class PartyQuerySet(models.QuerySet["Party"]):
    def chronological(self) -> Self:
        return self.order_by("name", "pk")


@keep_history
class Party(models.Model):
    """Anyone who can fight, talk, promise, broker or be accused: a government, a group.

    `name` is what editors call it; the names that readers see, with the periods
    in which each was its own, are its `names`.
    """

    name = models.CharField(max_length=200, unique=True, help_text="Its usual name in English.")
    short_name = models.CharField(
        max_length=40, blank=True, help_text="An abbreviation that readers know: HNC, UN."
    )
    slug = models.SlugField(
        max_length=80, unique=True, help_text="Its name in web addresses and in the filter."
    )
    kind = models.CharField(max_length=20, choices=PartyKind, help_text="What sort of actor it is.")
    outlet = models.OneToOneField(
        Outlet,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="party",
        help_text="The outlet through which it publishes, if it is one of ours: a monitor's "
        "bulletins.",
    )

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "parties"
        triggers = queue_changes("party")
        constraints = (choice_check("kind", PartyKind),)

    def __str__(self) -> str:
        return self.name


@keep_history
class PartyName(models.Model):
    """One name of a party in one language, and the period in which it was used.

    Two official names in one language may not overlap over what is certain of
    their periods: from the latest possible beginning to the earliest possible end.
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="names")
    text = models.CharField(max_length=200, help_text="The name, in its own script.")
    kind = models.CharField(
        max_length=8,
        choices=NameKind,
        default=NameKind.VARIANT,
        help_text="Official: its own name in that period. Variant: any other that sources use.",
    )
    language = models.CharField(
        max_length=35,
        default="en",
        validators=[
            RegexValidator(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", "Use a tag such as en or ar.")
        ],
        help_text="The language of the name, as a BCP 47 tag: en, ar, ru.",
    )
    script = models.CharField(
        max_length=4,
        blank=True,
        validators=[
            RegexValidator(r"^[A-Z][a-z]{3}\Z", "Use an ISO 15924 code such as Latn or Arab.")
        ],
        help_text="Its script, as an ISO 15924 code: Latn, Arab, Cyrl.",
    )
    since_edtf = PartialDateField(
        prefix="since_",
        verbose_name="since",
        help_text="When it took this name. Empty: not recorded.",
    )
    until_edtf = PartialDateField(
        prefix="until_", verbose_name="until", help_text="When it gave it up. Empty: not recorded."
    )

    class Meta:
        triggers = (
            keep_partial_dates(("since_edtf", "since_"), ("until_edtf", "until_")),
            *queue_changes("party", "party_id"),
        )
        constraints = (
            partial_date_check("since_"),
            partial_date_check("until_"),
            choice_check("kind", NameKind),
            models.UniqueConstraint(
                fields=["party", "text", "language", "kind", "since_edtf"],
                name="%(app_label)s_%(class)s_given_once",
                violation_error_message="The party already has this name.",
            ),
            ExclusionConstraint(
                name="talks_partyname_official_names_apart",
                expressions=[
                    ("party", "="),
                    ("language", "="),
                    (
                        Func(
                            F("since_latest"), F("until_earliest"), function="sources_certain_core"
                        ),
                        "&&",
                    ),
                ],
                condition=Q(kind=NameKind.OFFICIAL),
                violation_error_message="Two official names of the party in this language "
                "overlap in time.",
            ),
            models.CheckConstraint(
                condition=Q(since_earliest__isnull=True)
                | Q(until_latest__isnull=True)
                | Q(since_earliest__lte=F("until_latest")),
                name="%(app_label)s_%(class)s_since_before_until",
                violation_error_message="The name ends before it begins.",
            ),
        )

    def __str__(self) -> str:
        return self.text
