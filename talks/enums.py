"""The code lists of talks. Party kinds follow PA-X's actor types (PAA-X)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlaceKind(models.TextChoices):
    """What sort of place a place is, from the widest to the narrowest."""

    COUNTRY = "country", _("country")
    REGION = "region", _("region")
    DISTRICT = "district", _("district")
    AREA = "area", _("area")
    SETTLEMENT = "settlement", _("settlement")
    SITE = "site", _("site")


class PlacePrecision(models.IntegerChoices):
    """How exactly a place is known (UCDP GED's where_prec)."""

    EXACT = 1, _("1 · exact place")
    NEAR = 2, _("2 · near a place, or a limited area")
    DISTRICT = 3, _("3 · district")
    PROVINCE = 4, _("4 · province")
    VAGUE = 5, _("5 · larger than a province, a line, or vague")
    COUNTRY = 6, _("6 · whole country")
    SEA_OR_AIR = 7, _("7 · at sea or in international airspace")


class PartyKind(models.TextChoices):
    """What sort of actor a party is (PAA-X's actor_type)."""

    STATE = "state", _("country or state")
    GOVERNMENT = "government", _("government")
    MILITARY = "military", _("military")
    ARMED_ORGANISATION = "armed_organisation", _("armed organisation")
    UMBRELLA = "umbrella", _("umbrella")
    POLITICAL_PARTY = "political_party", _("political party")
    CIVIL_SOCIETY = "civil_society", _("civil society")
    IGO = "igo", _("intergovernmental organisation")
    STATE_COALITION = "state_coalition", _("state coalition")
    COLLECTIVE = "collective", _("collective whose members are not listed")
    OTHER = "other", _("other")


class NameKind(models.TextChoices):
    """Whether a name is the party's own at the time, or another that sources use."""

    OFFICIAL = "official", _("official")
    VARIANT = "variant", _("variant")


class TieKind(models.TextChoices):
    """How one party stands to another."""

    MEMBER_OF = "member_of", _("is a member of")
    BACKS = "backs", _("backs")
    SPLIT_FROM = "split_from", _("split from")
    MERGED_INTO = "merged_into", _("merged into")
    RENAMED_TO = "renamed_to", _("was renamed to")
    FORMAL_TIES = "formal_ties", _("has formal ties with")
    ACTS_FOR = "acts_for", _("acts for")


class Phase(models.TextChoices):
    """Which moment of a tie or an office its record dates."""

    BEGINS = "begins", pgettext_lazy("tie or office", "begins")
    HOLDS = "holds", pgettext_lazy("tie or office", "holds")
    ENDS = "ends", pgettext_lazy("tie or office", "ends")


class RoundStatus(models.TextChoices):
    """Whether a round took place; a round that is only expected is never shown as held."""

    EXPECTED = "expected", pgettext_lazy("round", "expected")
    ANNOUNCED = "announced", pgettext_lazy("round", "announced")
    HELD = "held", pgettext_lazy("round", "held")
    POSTPONED = "postponed", pgettext_lazy("round", "postponed")
    CANCELLED = "cancelled", pgettext_lazy("round", "cancelled")


class RoundFormat(models.TextChoices):
    """How the parties talk."""

    NOT_RECORDED = "", _("not recorded")
    DIRECT = "direct", _("direct talks")
    PROXIMITY = "proximity", _("proximity talks")
    SHUTTLE = "shuttle", _("shuttle diplomacy")


class ConveningRole(models.TextChoices):
    """What a party does for a round that it does not negotiate in."""

    ORGANISER = "organiser", _("organiser")
    MEDIATOR = "mediator", _("mediator")
    HOST = "host", _("host")
    OBSERVER = "observer", _("observer")


class Capacity(models.TextChoices):
    """In what capacity a delegation comes."""

    PARTY = "party", pgettext_lazy("delegation", "party")
    OBSERVER = "observer", pgettext_lazy("delegation", "observer")
    GUARANTOR = "guarantor", pgettext_lazy("delegation", "guarantor")
    MEDIATOR = "mediator", pgettext_lazy("delegation", "mediator")
    NOT_RECORDED = "", pgettext_lazy("delegation", "not recorded")


class Attendance(models.TextChoices):
    """Whether a delegation came; an attendance that is announced is never shown as sat."""

    NOT_RECORDED = "", pgettext_lazy("attendance", "not recorded")
    EXPECTED = "expected", pgettext_lazy("attendance", "expected")
    ANNOUNCED = "announced", pgettext_lazy("attendance", "announced")
    SAT = "sat", pgettext_lazy("attendance", "sat")
    ABSENT = "absent", pgettext_lazy("attendance", "absent")


class DecisionKind(models.TextChoices):
    """What a party decides about a round."""

    CONFIRMS = "confirms", _("confirms attendance")
    CONSIDERS_BOYCOTT = "considers_boycott", _("considers a boycott")
    BOYCOTTS = "boycotts", _("boycotts")
    WITHDRAWS = "withdraws", _("withdraws")
    ARRIVES = "arrives", _("arrives")
    NAMES_HEAD = "names_head", _("names its head")


class DevelopmentKind(models.TextChoices):
    """What happened outside talks and truces that a reader needs."""

    BATTLE = "battle", _("battle")
    OFFENSIVE = "offensive", _("offensive")
    SPLIT = "split", _("split")
    TOLL = "toll", _("toll")
    POLITICAL = "political", _("political event")
    HUMANITARIAN = "humanitarian", _("humanitarian event")
    OTHER = "other", _("other")


class LinkKind(models.TextChoices):
    """How an editor ties two records. None of them says that one is right."""

    CONTRADICTS = "contradicts", _("contradicts")
    EARLIER_ACCOUNT_OF = "earlier_account_of", _("is an earlier account of")
    FOLLOWS = "follows", _("follows")
    POSSIBLE_DUPLICATE = "possible_duplicate", _("is possibly a duplicate of")
