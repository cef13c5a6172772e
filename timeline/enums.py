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
