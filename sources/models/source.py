"""Sources: single documents of an outlet."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models

from sources.enums import Visibility
from sources.fields import (
    PartialDateField,
    choice_check,
    partial_date_check,
    validate_web_address,
    web_address_check,
)
from sources.identity import new_public_id
from sources.models.outlet import Outlet
from sources.triggers import keep_history, keep_partial_dates, queue_changes


class SourceQuerySet(models.QuerySet["Source"]):
    def chronological(self) -> Self:
        return self.order_by("published_earliest", "pk")

    def public(self) -> Self:
        return self.filter(visibility=Visibility.PUBLIC)


@keep_history
class Source(models.Model):
    """One document of an outlet: an article, a bulletin, a statement, a dataset's release.

    A restricted source's title, address, quote, locator and attributed-to reach
    no reader; what it supports is shown as resting on a “confidential source”.
    """

    public_id = models.CharField(max_length=40, unique=True, default=new_public_id, editable=False)
    outlet = models.ForeignKey(
        Outlet,
        models.PROTECT,
        related_name="sources",
        db_index=False,  # the index with the title begins with it
        help_text="Who published it.",
    )
    title = models.CharField(
        max_length=500, help_text="Its headline or title; if it has none, say what it is."
    )
    url = models.URLField(
        max_length=2000,
        blank=True,
        verbose_name="URL",
        validators=[validate_web_address],
        help_text="Where it was read, with http:// or https://. Leave empty if not known.",
    )
    author = models.CharField(
        max_length=200, blank=True, help_text="Its byline, as printed. Leave empty if it has none."
    )
    language = models.CharField(
        max_length=35,
        default="en",
        help_text="The language it is written in, as a BCP 47 tag: en, ar, ru.",
        validators=[
            RegexValidator(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", "Use a tag such as en or ar.")
        ],
    )
    published_edtf = PartialDateField(
        prefix="published_",
        verbose_name="published",
        help_text="When it appeared, as exactly as it says: 2017-01-16, 2017-01, 2017-01-16? if "
        "inferred.",
    )
    published_wording = models.CharField(
        max_length=200,
        blank=True,
        help_text="How the document dates itself, or why the date is inferred.",
    )
    accessed_on = models.DateField(null=True, blank=True, help_text="The day on which we read it.")
    archive_url = models.URLField(
        max_length=2000,
        blank=True,
        verbose_name="archive URL",
        validators=[validate_web_address],
        help_text="Where an archived copy stands, with http:// or https://.",
    )
    archive_sha256 = models.CharField(
        max_length=64,
        blank=True,
        verbose_name="SHA-256 of the archived copy",
        validators=[
            RegexValidator(r"^[0-9a-f]{64}\Z", "A SHA-256 has 64 digits from 0–9 and a–f.")
        ],
        help_text="64 hexadecimal digits, so that a reader can prove the copy unchanged.",
    )
    licence = models.CharField(
        max_length=200,
        blank=True,
        help_text="The licence under which it may be used, if it names one: CC BY 4.0.",
    )
    attribution = models.TextField(
        blank=True,
        help_text="How its publisher asks to be named wherever its content is shown.",
    )
    visibility = models.CharField(
        max_length=10,
        choices=Visibility,
        default=Visibility.PUBLIC,
        help_text="Restricted: readers learn only that a confidential source exists.",
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        triggers = (
            keep_partial_dates("published_edtf", prefix="published_"),
            *queue_changes("source"),
        )
        constraints = (
            partial_date_check("published_"),
            choice_check("visibility", Visibility),
            web_address_check("url"),
            web_address_check("archive_url"),
            models.CheckConstraint(
                condition=models.Q(archive_sha256="")
                | models.Q(archive_sha256__regex=r"^[0-9a-f]{64}$"),
                name="%(app_label)s_%(class)s_archive_sha256_is_hex",
                violation_error_message="A SHA-256 has 64 digits from 0–9 and a–f.",
            ),
        )
        # By which an import finds the document that a dataset names.
        indexes = (models.Index(fields=["outlet", "title"], name="sources_source_titles"),)

    def __str__(self) -> str:
        return f"{self.outlet.name}: {self.title}"
