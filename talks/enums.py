"""The code lists of talks. Party kinds follow PA-X's actor types (PAA-X)."""

from django.db import models


class PlaceKind(models.TextChoices):
    """What sort of place a place is, from the widest to the narrowest."""

    COUNTRY = "country", "country"
    REGION = "region", "region"
    DISTRICT = "district", "district"
    AREA = "area", "area"
    SETTLEMENT = "settlement", "settlement"
    SITE = "site", "site"


class PlacePrecision(models.IntegerChoices):
    """How exactly a place is known (UCDP GED's where_prec)."""

    EXACT = 1, "1 · exact place"
    NEAR = 2, "2 · near a place, or a limited area"
    DISTRICT = 3, "3 · district"
    PROVINCE = 4, "4 · province"
    VAGUE = 5, "5 · larger than a province, a line, or vague"
    COUNTRY = 6, "6 · whole country"
    SEA_OR_AIR = 7, "7 · at sea or in international airspace"


class PartyKind(models.TextChoices):
    """What sort of actor a party is (PAA-X's actor_type)."""

    STATE = "state", "country or state"
    GOVERNMENT = "government", "government"
    MILITARY = "military", "military"
    ARMED_ORGANISATION = "armed_organisation", "armed organisation"
    UMBRELLA = "umbrella", "umbrella"
    POLITICAL_PARTY = "political_party", "political party"
    CIVIL_SOCIETY = "civil_society", "civil society"
    IGO = "igo", "intergovernmental organisation"
    STATE_COALITION = "state_coalition", "state coalition"
    COLLECTIVE = "collective", "collective whose members are not listed"
    OTHER = "other", "other"


class NameKind(models.TextChoices):
    """Whether a name is the party's own at the time, or another that sources use."""

    OFFICIAL = "official", "official"
    VARIANT = "variant", "variant"


class TieKind(models.TextChoices):
    """How one party stands to another."""

    MEMBER_OF = "member_of", "is a member of"
    BACKS = "backs", "backs"
    SPLIT_FROM = "split_from", "split from"
    MERGED_INTO = "merged_into", "merged into"
    RENAMED_TO = "renamed_to", "was renamed to"
    FORMAL_TIES = "formal_ties", "has formal ties with"
    ACTS_FOR = "acts_for", "acts for"


class Phase(models.TextChoices):
    """Which moment of a tie or an office its record dates."""

    BEGINS = "begins", "begins"
    HOLDS = "holds", "holds"
    ENDS = "ends", "ends"


class RoundStatus(models.TextChoices):
    """Whether a round took place; a round that is only expected is never shown as held."""

    EXPECTED = "expected", "expected"
    ANNOUNCED = "announced", "announced"
    HELD = "held", "held"
    POSTPONED = "postponed", "postponed"
    CANCELLED = "cancelled", "cancelled"


class RoundFormat(models.TextChoices):
    """How the parties talk."""

    NOT_RECORDED = "", "not recorded"
    DIRECT = "direct", "direct talks"
    PROXIMITY = "proximity", "proximity talks"
    SHUTTLE = "shuttle", "shuttle diplomacy"


class ConveningRole(models.TextChoices):
    """What a party does for a round that it does not negotiate in."""

    ORGANISER = "organiser", "organiser"
    MEDIATOR = "mediator", "mediator"
    HOST = "host", "host"
    OBSERVER = "observer", "observer"


class Capacity(models.TextChoices):
    """In what capacity a delegation comes."""

    PARTY = "party", "party"
    OBSERVER = "observer", "observer"
    GUARANTOR = "guarantor", "guarantor"
    MEDIATOR = "mediator", "mediator"
    NOT_RECORDED = "", "not recorded"


class Attendance(models.TextChoices):
    """Whether a delegation came; an attendance that is announced is never shown as sat."""

    NOT_RECORDED = "", "not recorded"
    EXPECTED = "expected", "expected"
    ANNOUNCED = "announced", "announced"
    SAT = "sat", "sat"
    ABSENT = "absent", "absent"


class DecisionKind(models.TextChoices):
    """What a party decides about a round."""

    CONFIRMS = "confirms", "confirms attendance"
    CONSIDERS_BOYCOTT = "considers_boycott", "considers a boycott"
    BOYCOTTS = "boycotts", "boycotts"
    WITHDRAWS = "withdraws", "withdraws"
    ARRIVES = "arrives", "arrives"
    NAMES_HEAD = "names_head", "names its head"


class DevelopmentKind(models.TextChoices):
    """What happened outside talks and truces that a reader needs."""

    BATTLE = "battle", "battle"
    OFFENSIVE = "offensive", "offensive"
    SPLIT = "split", "split"
    TOLL = "toll", "toll"
    POLITICAL = "political", "political event"
    HUMANITARIAN = "humanitarian", "humanitarian event"
    OTHER = "other", "other"


class LinkKind(models.TextChoices):
    """How an editor ties two records. None of them says that one is right."""

    CONTRADICTS = "contradicts", "contradicts"
    EARLIER_ACCOUNT_OF = "earlier_account_of", "is an earlier account of"
    FOLLOWS = "follows", "follows"
    POSSIBLE_DUPLICATE = "possible_duplicate", "is possibly a duplicate of"
