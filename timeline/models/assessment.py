"""Assessments: incidents judged against truces."""

from typing import Any

from django.db import models
from django.db.models import Case, IntegerField, Min, Q, QuerySet, Value, When

from timeline.enums import Answer, Standing, Verdict
from timeline.models.version import Version, VersionQuerySet

#: The verdicts, the gravest first: what an incident with several counts as.
GRAVITY = (Verdict.VIOLATION, Verdict.POSSIBLE, Verdict.NOT_COVERED)


def _answer() -> "models.CharField[str, str]":
    return models.CharField(max_length=12, choices=Answer)


def _why() -> "models.CharField[str, str]":
    return models.CharField(max_length=32)


class AssessmentQuerySet(VersionQuerySet["Assessment"]):
    def gravest_under(self, truce_id: int) -> "QuerySet[Any, Any]":
        """Return one row an incident: `incident_id`, `gravity`, its place in GRAVITY, and `doubt`.

        `doubt` is 0 where some attribution of it certainly fell in the truce's time.
        """
        rank = Case(
            *(When(counts_as=verdict, then=Value(place)) for place, verdict in enumerate(GRAVITY)),
            output_field=IntegerField(),
        )
        judged = self.filter(truce_id=truce_id).order_by().values("incident_id")
        doubt = Case(
            When(period=Answer.YES, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return judged.annotate(gravity=Min(rank), doubt=Min(doubt))


class Assessment(Version):
    """One truce × one incident × one attribution (0: none), by docs/verdict.md.

    Each of the five questions has its answer and the code of its reason.
    """

    truce_id = models.BigIntegerField()
    incident_id = models.BigIntegerField()
    attribution_id = models.BigIntegerField()
    period = _answer()
    period_why = _why()
    area = _answer()
    area_why = _why()
    bound = _answer()
    bound_why = _why()
    protected = _answer()
    protected_why = _why()
    prohibited = _answer()
    prohibited_why = _why()
    verdict = models.CharField(max_length=12, choices=Verdict)
    standing = models.CharField(max_length=10, choices=Standing)
    counts_as = models.CharField(max_length=12, choices=Verdict)
    """The verdict, unless a cited violation record outranks it."""

    objects = AssessmentQuerySet.as_manager()  # type: ignore[misc]  # more than every version has

    class Meta(Version.Meta):
        indexes = (
            # With their end, as a truce that is edited often has ten times as many that are closed.
            models.Index(
                fields=["incident_id", "revision_to"], name="timeline_assessment_incident"
            ),
            models.Index(fields=["truce_id", "revision_to"], name="timeline_assessment_truce"),
            # What changed between two revisions: see file_stale.sql.
            models.Index(fields=["revision_from"], name="timeline_assessment_from"),
            models.Index(
                fields=["revision_to"],
                name="timeline_assessment_to",
                condition=Q(revision_to__isnull=False),
            ),
        )
        constraints = (
            *Version.Meta.constraints,
            models.UniqueConstraint(
                fields=["truce_id", "incident_id", "attribution_id"],
                condition=Q(revision_to__isnull=True),
                name="%(app_label)s_%(class)s_one_current",
                violation_error_message="A pair has one current assessment an attribution.",
            ),
        )

    def __str__(self) -> str:
        return f"Incident {self.incident_id} under truce {self.truce_id}: {self.verdict}"
