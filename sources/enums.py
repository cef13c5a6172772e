"""The code lists of evidence. Terms follow FIELD.md's datasets where they have one."""

from django.db import models


class Precision(models.TextChoices):
    """How far apart the earliest and the latest possible day of a date lie.

    The classes follow `date_prec` of UCDP GED (1 exact day; 2 within 2-6 days; 3 within a week;
    4 within a month; 5 longer, up to a year), with three more for what GED cannot say.
    """

    DAY = "day", "exact day"
    DAYS = "days", "within 2 to 6 days"
    WEEK = "week", "within a week"
    MONTH = "month", "within a month"
    YEAR = "year", "within a year"
    LONGER = "longer", "longer than a year"
    OPEN = "open", "open at one end"
    UNKNOWN = "unknown", "date not recorded"


class Extent(models.TextChoices):
    """Whether a thing happened at some time in its window, or all through it."""

    WITHIN = "within", "at some time within"
    THROUGHOUT = "throughout", "throughout"


class RecordKind(models.TextChoices):
    """What a record is: the values of the timeline's column `kind`."""

    ROUND = "round", "Talks round"
    DELEGATION = "delegation", "Delegation"
    DECISION = "decision", "Decision"
    STATEMENT = "statement", "Statement"
    DEVELOPMENT = "development", "Development"
    OFFICE = "office", "Office"
    TIE = "tie", "Party tie"
    TRUCE = "truce", "Truce"
    TRUCE_EVENT = "truce_event", "Truce event"
    INCIDENT = "incident", "Incident"
    TALLY = "tally", "Tally"
    VIOLATION = "violation", "Violation claim"


class Status(models.TextChoices):
    """Where a record stands on its way to the reader."""

    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"


class OutletKind(models.TextChoices):
    """What sort of body an outlet is."""

    WIRE_AGENCY = "wire_agency", "wire agency"
    BROADCASTER = "broadcaster", "broadcaster"
    NEWSPAPER = "newspaper", "newspaper"
    MONITORING_MISSION = "monitoring_mission", "monitoring mission"
    MONITORING_NGO = "monitoring_ngo", "monitoring NGO"
    NGO = "ngo", "NGO"
    IGO = "igo", "intergovernmental organisation"
    PARTY_AFFILIATED = "party_affiliated", "affiliated to a party to the conflict"
    DATASET = "dataset", "dataset"
    SOCIAL_MEDIA = "social_media", "social media"
    OTHER = "other", "other"
    NOT_RECORDED = "", "not recorded"


class Reliability(models.TextChoices):
    """Grade of an outlet on the Admiralty scale (NATO AJP-2.1)."""

    A = "A", "A · completely reliable"
    B = "B", "B · usually reliable"
    C = "C", "C · fairly reliable"
    D = "D", "D · not usually reliable"
    E = "E", "E · unreliable"
    F = "F", "F · not reliable so far as known"
    CANNOT_BE_JUDGED = "", "cannot be judged"


class Visibility(models.TextChoices):
    """Who may know of a source."""

    PUBLIC = "public", "public"
    RESTRICTED = "restricted", "restricted"


class Stance(models.TextChoices):
    """What a source does to the record that cites it."""

    SUPPORTS = "supports", "supports"
    CONTRADICTS = "contradicts", "contradicts"
    CONTEXT = "context", "gives context"


class OriginKind(models.TextChoices):
    """Whose knowledge a passage is: the origin over which independence is counted."""

    OUTLET = "outlet", "the outlet's own reporting"
    OTHER_OUTLET = "other_outlet", "another outlet that it names"
    SPEAKER = "speaker", "a speaker that it names or describes"
    UNKNOWN = "unknown", "unknown: it does not say who reports this"


class Credibility(models.IntegerChoices):
    """Grade of one passage on the Admiralty scale (NATO AJP-2.1)."""

    CONFIRMED = 1, "1 · confirmed by other sources"
    PROBABLY_TRUE = 2, "2 · probably true"
    POSSIBLY_TRUE = 3, "3 · possibly true"
    DOUBTFUL = 4, "4 · doubtful"
    IMPROBABLE = 5, "5 · improbable"
    CANNOT_BE_JUDGED = 6, "6 · cannot be judged"


class FigureGroup(models.TextChoices):
    """Whom a figure counts."""

    CIVILIANS = "civilians", "civilians"
    COMBATANTS = "combatants", "combatants"
    SIDE = "side", "one side's people"
    PEOPLE = "people", "people"
    UNKNOWN = "unknown", "not said"


class Harm(models.TextChoices):
    """What befell those whom a figure counts."""

    KILLED = "killed", "killed"
    INJURED = "injured", "injured"
    DISPLACED = "displaced", "displaced"
