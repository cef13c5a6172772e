"""The code lists of the derived timeline."""

from django.db import models


class Verdict(models.TextChoices):
    """What an incident comes to under a truce. Always read as “if it happened as alleged”."""

    VIOLATION = "violation", "violation, if as alleged"
    POSSIBLE = "possible", "possible violation"
    NOT_COVERED = "not_covered", "not covered"


class Answer(models.TextChoices):
    """The answer to one of the five questions."""

    YES = "yes", "yes"
    NO = "no", "no"
    UNDETERMINED = "undetermined", "undetermined"


class Standing(models.TextChoices):
    """What cited violation records say of a pair of truce and incident, beside its verdict."""

    NONE = "", "no claim recorded"
    ALLEGED = "alleged", "alleged"
    UPHELD = "upheld", "upheld"
    REJECTED = "rejected", "rejected"
    DISPUTED = "disputed", "upheld by one and rejected by another"


class Evidence(models.TextChoices):
    """How many independent origins stand behind a statement."""

    ORIGIN_UNKNOWN = "origin_unknown", "origin unknown"
    SINGLE_ORIGIN = "single_origin", "single origin"
    CORROBORATED = "corroborated", "corroborated"
    VERIFIED = "verified", "verified by a monitor"


class Topic(models.TextChoices):
    """What a pending change, a label or a use refers to."""

    RECORD = "record", "record"
    CONFLICT = "conflict", "conflict"
    PROCESS = "process", "process"
    PARTY = "party", "party"
    PERSON = "person", "person"
    PLACE = "place", "place"
    OUTLET = "outlet", "outlet"
    SOURCE = "source", "source"
    EVERYTHING = "everything", "everything"


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

    PERIOD = "period", "Period"
    AREA = "area", "Area"
    BOUND = "bound", "Bound party"
    PROTECTED = "protected", "Protected target"
    PROHIBITED = "prohibited", "Prohibited act"


#: Why a question was answered as it was: what each code of docs/verdict.md means, in words.
REASONS: dict[str, dict[str, str]] = {
    Question.PERIOD: {
        "never_took_effect": "the truce never took effect",
        "incident_undated": "the incident has no date",
        "before_start": "before the truce began",
        "after_end": "after the truce ended",
        "start_not_recorded": "when the truce began is not recorded",
        "not_attested": "nothing attests that the truce was in force after it began",
        "suspended": "the truce was, or may have been, suspended",
        "within": "while the truce was in force",
        "within_from_declaration": "while the truce was in force, counted from its declaration",
        "start_day": "perhaps before the truce began: one of the two dates is not exact enough",
        "end_day": "perhaps after the truce ended: one of the two dates is not exact enough",
        "after_last_attested": "after the last day on which the truce is attested; no end recorded",
        "hour_not_recorded": "the truce holds at certain hours; the incident's is not recorded",
        "outside_hours": "outside the hours at which the truce holds",
    },
    Question.AREA: {
        "whole_area": "the truce covers the whole area of the conflict",
        "coverage_not_recorded": "coverage not recorded",
        "place_not_recorded": "the incident's place is not recorded",
        "left_out": "the truce leaves this place out",
        "partly_left_out": "the truce leaves out a part of this place",
        "listed_place": "the truce lists this place, or one that it lies in",
        "place_too_wide": "the incident's place is wider than what the truce lists",
        "outside": "outside the places that the truce lists",
    },
    Question.BOUND: {
        "excluded": "the truce excludes the accused",
        "bound": "the truce binds the accused",
        "exclusion_unclear": "whether the truce excludes the accused is unclear",
        "bound_unclear": "whether the truce binds the accused is unclear",
        "not_then": "the truce did not bind the accused at that time",
        "not_bound": "the accused is not among the bound parties, all of which are recorded",
        "not_listed": "the accused is not among the bound parties that are recorded",
        "no_bound_party_recorded": "no bound party recorded",
        "nobody_accused": "nobody is accused, and no party involved is recorded",
        "all_involved_bound": "nobody is accused, but the truce binds every party involved",
        "none_involved_bound": "nobody is accused, and the truce binds no party involved",
        "involved_not_all_bound": "nobody is accused, and not every party involved is known bound",
    },
    Question.PROTECTED: {
        "population": "those hit are protected by any truce",
        "target_unclear": "whether the truce protects the target is unclear",
        "target_bound": "the truce binds the party that was hit",
        "target_excluded": "the truce excludes the party that was hit",
        "target_not_bound": "the truce does not bind the party that was hit",
        "target_not_recorded": "target not recorded",
    },
    Question.PROHIBITED: {
        "terms_conflict": "one term prohibits the act, another permits or exempts it",
        "justification_claimed": "prohibited, but for a justification that the accused side claims",
        "prohibited": "a term prohibits the act",
        "permitted": "a term permits or exempts the act",
        "not_mentioned": "no term mentions the act, and all terms are recorded",
        "act_not_mentioned": "no recorded term mentions the act",
        "terms_not_recorded": "terms not recorded",
    },
}
