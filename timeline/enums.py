"""The code lists of the derived timeline."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Verdict(models.TextChoices):
    """What an incident comes to under a truce. Always read as “if it happened as alleged”."""

    VIOLATION = "violation", _("violation, if as alleged")
    POSSIBLE = "possible", _("possible violation")
    NOT_COVERED = "not_covered", _("not covered")


class Answer(models.TextChoices):
    """The answer to one of the five questions."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNDETERMINED = "undetermined", _("undetermined")


class Standing(models.TextChoices):
    """What cited violation records say of a pair of truce and incident, beside its verdict."""

    NONE = "", pgettext_lazy("claim", "no claim recorded")
    ALLEGED = "alleged", pgettext_lazy("claim", "alleged")
    UPHELD = "upheld", pgettext_lazy("claim", "upheld")
    REJECTED = "rejected", pgettext_lazy("claim", "rejected")
    DISPUTED = "disputed", pgettext_lazy("claim", "upheld by one and rejected by another")


class Evidence(models.TextChoices):
    """How many independent origins stand behind a statement."""

    ORIGIN_UNKNOWN = "origin_unknown", _("origin unknown")
    SINGLE_ORIGIN = "single_origin", _("single origin")
    CORROBORATED = "corroborated", _("corroborated")
    VERIFIED = "verified", _("verified by a monitor")


class Topic(models.TextChoices):
    """What a pending change, a label or a use refers to."""

    RECORD = "record", _("record")
    CONFLICT = "conflict", _("conflict")
    PROCESS = "process", _("process")
    PARTY = "party", _("party")
    PERSON = "person", _("person")
    PLACE = "place", _("place")
    OUTLET = "outlet", _("outlet")
    SOURCE = "source", _("source")
    EVERYTHING = "everything", _("everything")


class RedactionReason(models.TextChoices):
    """Why something was taken out of older revisions."""

    RESTRICTED = "restricted", _("a source became restricted")
    SAFETY = "safety", _("for somebody's safety")


class Period(models.TextChoices):
    """How long a stretch of time is of which entries are counted; days are not: see PeriodCount."""

    MONTH = "month", "month"
    YEAR = "year", "year"
    EVER = "ever", "ever"


class Mention(models.TextChoices):
    """What an entry may mention several of, and is counted under each."""

    PARTY = "party", "party in any role"
    ACCUSED = "accused", "party that is accused"
    ORIGIN = "origin", "origin"
    REGION = "region", "region"


class Question(models.TextChoices):
    """The five questions of docs/verdict.md, in its order: the columns of an assessment."""

    PERIOD = "period", _("Period")
    AREA = "area", _("Area")
    BOUND = "bound", _("Bound party")
    PROTECTED = "protected", _("Protected target")
    PROHIBITED = "prohibited", _("Prohibited act")


#: Why a question was answered as it was: what each code of docs/verdict.md means, in words.
REASONS: dict[str, dict[str, Promise]] = {
    Question.PERIOD: {
        "never_took_effect": _("the truce never took effect"),
        "incident_undated": _("the incident has no date"),
        "before_start": _("before the truce began"),
        "after_end": _("after the truce ended"),
        "start_not_recorded": _("when the truce began is not recorded"),
        "not_attested": _("nothing attests that the truce was in force after it began"),
        "suspended": _("the truce was, or may have been, suspended"),
        "within": _("while the truce was in force"),
        "within_from_declaration": _("while the truce was in force, counted from its declaration"),
        "start_day": _("perhaps before the truce began: one of the two dates is not exact enough"),
        "end_day": _("perhaps after the truce ended: one of the two dates is not exact enough"),
        "after_last_attested": _(
            "after the last day on which the truce is attested; no end recorded"
        ),
        "hour_not_recorded": _("the truce holds at certain hours; the incident's is not recorded"),
        "outside_hours": _("outside the hours at which the truce holds"),
    },
    Question.AREA: {
        "whole_area": _("the truce covers the whole area of the conflict"),
        "coverage_not_recorded": _("coverage not recorded"),
        "place_not_recorded": _("the incident's place is not recorded"),
        "left_out": _("the truce leaves this place out"),
        "partly_left_out": _("the truce leaves out a part of this place"),
        "listed_place": _("the truce lists this place, or one that it lies in"),
        "place_too_wide": _("the incident's place is wider than what the truce lists"),
        "outside": _("outside the places that the truce lists"),
    },
    Question.BOUND: {
        "excluded": _("the truce excludes the accused"),
        "bound": _("the truce binds the accused"),
        "exclusion_unclear": _("whether the truce excludes the accused is unclear"),
        "bound_unclear": _("whether the truce binds the accused is unclear"),
        "not_then": _("the truce did not bind the accused at that time"),
        "not_bound": _("the accused is not among the bound parties, all of which are recorded"),
        "not_listed": _("the accused is not among the bound parties that are recorded"),
        "no_bound_party_recorded": _("no bound party recorded"),
        "nobody_accused": _("nobody is accused, and no party involved is recorded"),
        "all_involved_bound": _("nobody is accused, but the truce binds every party involved"),
        "none_involved_bound": _("nobody is accused, and the truce binds no party involved"),
        "involved_not_all_bound": _(
            "nobody is accused, and not every party involved is known bound"
        ),
    },
    Question.PROTECTED: {
        "population": _("those hit are protected by any truce"),
        "target_unclear": _("whether the truce protects the target is unclear"),
        "target_bound": _("the truce binds the party that was hit"),
        "target_excluded": _("the truce excludes the party that was hit"),
        "target_not_bound": _("the truce does not bind the party that was hit"),
        "target_not_recorded": _("target not recorded"),
    },
    Question.PROHIBITED: {
        "terms_conflict": _("one term prohibits the act, another permits or exempts it"),
        "justification_claimed": _(
            "prohibited, but for a justification that the accused side claims"
        ),
        "prohibited": _("a term prohibits the act"),
        "permitted": _("a term permits or exempts the act"),
        "not_mentioned": _("no term mentions the act, and all terms are recorded"),
        "act_not_mentioned": _("no recorded term mentions the act"),
        "terms_not_recorded": _("terms not recorded"),
    },
}
