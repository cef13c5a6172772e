"""The code lists of truces and incidents (ETH/PRIO CF for truces, ACLED's sub-events for acts)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Recorded(models.TextChoices):
    """Yes, no, and the two ways of not knowing: the source is unclear, or says nothing."""

    NOT_RECORDED = "", _("not recorded")
    YES = "yes", _("yes")
    NO = "no", _("no")
    UNCLEAR = "unclear", _("unclear")


class Completeness(models.TextChoices):
    """How much of a list we have. Only a complete list lets its silence count."""

    NOT_RECORDED = "", _("not recorded")
    PARTIAL = "partial", _("some are recorded")
    COMPLETE = "complete", _("all are recorded")


class TruceClass(models.TextChoices):
    """CF's classes (Clayton et al.), and its short informal truce."""

    CESSATION = "cessation", _("cessation of hostilities")
    PRELIMINARY = "preliminary", _("preliminary ceasefire")
    DEFINITIVE = "definitive", _("definitive ceasefire")
    TRUCE = "truce", _("short informal truce")
    HUMANITARIAN_PAUSE = "humanitarian_pause", _("humanitarian pause")
    UNCLEAR = "unclear", _("unclear")
    NOT_RECORDED = "", _("not recorded")


class TruceSide(models.TextChoices):
    """By how many sides it was declared."""

    UNILATERAL = "unilateral", pgettext_lazy("truce", "unilateral")
    BILATERAL = "bilateral", pgettext_lazy("truce", "bilateral")
    MULTILATERAL = "multilateral", pgettext_lazy("truce", "multilateral")
    UNCLEAR = "unclear", pgettext_lazy("truce", "unclear")
    NOT_RECORDED = "", pgettext_lazy("truce", "not recorded")


class TruceForm(models.TextChoices):
    """In what form it was given."""

    VERBAL = "verbal", pgettext_lazy("truce", "verbal")
    WRITTEN = "written", pgettext_lazy("truce", "written")
    UNCLEAR = "unclear", pgettext_lazy("truce", "unclear")
    NOT_RECORDED = "", pgettext_lazy("truce", "not recorded")


class Purpose(models.TextChoices):
    """What it is for; several may hold (CF's p_ flags)."""

    HUMANITARIAN = "humanitarian", pgettext_lazy("purpose", "humanitarian")
    PEACE_PROCESS = "peace_process", pgettext_lazy("purpose", "peace process")
    HOLIDAY = "holiday", pgettext_lazy("purpose", "holiday")
    ELECTION = "election", pgettext_lazy("purpose", "election")
    OTHER = "other", pgettext_lazy("purpose", "other")
    UNCLEAR = "unclear", pgettext_lazy("purpose", "unclear")


class Enforcement(models.TextChoices):
    """Who enforces it (CF)."""

    NONE = "none", pgettext_lazy("enforcement", "none")
    STATE = "state", pgettext_lazy("enforcement", "a state")
    ORGANISATION = "organisation", pgettext_lazy("enforcement", "an organisation")
    BOTH = "both", pgettext_lazy("enforcement", "both")
    UNCLEAR = "unclear", pgettext_lazy("enforcement", "unclear")
    NOT_RECORDED = "", pgettext_lazy("enforcement", "not recorded")


class TruceOutcome(models.TextChoices):
    """What became of it (CF's `ended`)."""

    HOLDS = "holds", pgettext_lazy("truce", "holds")
    EXPIRED = "expired", pgettext_lazy("truce", "expired as planned")
    BROKE_DOWN = "broke_down", pgettext_lazy("truce", "broke down")
    SUPERSEDED = "superseded", pgettext_lazy("truce", "superseded or renewed")
    NEVER_TOOK_EFFECT = "never_took_effect", pgettext_lazy("truce", "never took effect")
    UNCLEAR = "unclear", pgettext_lazy("truce", "unclear")
    NOT_RECORDED = "", pgettext_lazy("truce", "not recorded")


class Coverage(models.TextChoices):
    """Where it applies."""

    NOT_RECORDED = "", _("not recorded")
    ALL = "all", _("the whole area of the conflict")
    LISTED = "listed", _("the listed places only")


class AreaRelation(models.TextChoices):
    """Whether a listed place is covered, or left out of what is covered."""

    COVERED = "covered", _("covered")
    LEFT_OUT = "left_out", _("left out")


class TruceRole(models.TextChoices):
    """What a party is to a truce."""

    BOUND = "bound", pgettext_lazy("party to a truce", "bound")
    EXCLUDED = "excluded", pgettext_lazy("party to a truce", "excluded")
    BROKER = "broker", pgettext_lazy("party to a truce", "broker")
    GUARANTOR = "guarantor", pgettext_lazy("party to a truce", "guarantor")
    MONITOR = "monitor", pgettext_lazy("party to a truce", "monitor")


class ExclusionBasis(models.TextChoices):
    """How an exclusion names whom it excludes."""

    NAMED = "named", _("by name")
    DESIGNATION = "designation", _("by a designation list")
    AFFILIATES = "affiliates", _("as an affiliate of another")
    NOT_RECORDED = "", _("not recorded")


class TermRule(models.TextChoices):
    """What a term does with an act."""

    PROHIBITS = "prohibits", pgettext_lazy("term", "prohibits")
    PERMITS = "permits", pgettext_lazy("term", "permits")
    SELF_DEFENCE = "self_defence", pgettext_lazy("term", "permits in self-defence")
    RETALIATION = "retaliation", pgettext_lazy("term", "permits in retaliation")
    EXEMPTS = "exempts", pgettext_lazy("term", "exempts")
    OBLIGES = "obliges", pgettext_lazy("term", "obliges to")


class Act(models.TextChoices):
    """What is done. Every act of force falls under `hostilities`; see `ACT_PARENTS`."""

    HOSTILITIES = "hostilities", _("hostilities (any use of force)")
    BOMBARDMENT = "bombardment", _("bombardment (air or artillery)")
    AIR_STRIKE = "air_strike", _("air or drone strike")
    SHELLING = "shelling", _("shelling, artillery or missile attack")
    GROUND_ATTACK = "ground_attack", _("ground attack")
    ARMED_CLASH = "armed_clash", _("armed clash")
    SNIPING = "sniping", _("sniping or small-arms fire")
    EXPLOSIVE_DEVICE = "explosive_device", _("mine, car bomb or other explosive device")
    CHEMICAL_WEAPON = "chemical_weapon", _("use of a chemical weapon")
    ATTACK_ON_CIVILIANS = "attack_on_civilians", _("attack on civilians")
    ABDUCTION = "abduction", _("abduction or forced disappearance")
    ARREST = "arrest", _("arrest")
    SIEGE = "siege", _("siege or blocking of aid")
    SERVICES_CUT = "services_cut", _("cutting of water, power or other services")
    TROOP_MOVEMENT = "troop_movement", _("troop movement or reinforcement")
    FORTIFICATION = "fortification", _("fortification")
    OVERFLIGHT = "overflight", _("overflight")
    LOOTING = "looting", _("looting or destruction of property")
    DISPLACEMENT = "displacement", _("forced displacement")
    OTHER = "other", _("other")


#: The wider act that each act falls under; a term about the wider one covers it.
ACT_PARENTS: dict[str, str] = {
    Act.BOMBARDMENT: Act.HOSTILITIES,
    Act.AIR_STRIKE: Act.BOMBARDMENT,
    Act.SHELLING: Act.BOMBARDMENT,
    Act.GROUND_ATTACK: Act.HOSTILITIES,
    Act.ARMED_CLASH: Act.HOSTILITIES,
    Act.SNIPING: Act.HOSTILITIES,
    Act.EXPLOSIVE_DEVICE: Act.HOSTILITIES,
    Act.CHEMICAL_WEAPON: Act.HOSTILITIES,
    Act.ATTACK_ON_CIVILIANS: Act.HOSTILITIES,
}


class TruceLinkKind(models.TextChoices):
    """How one truce stands to another."""

    RENEWS = "renews", _("renews")
    EXTENDS = "extends", _("extends")
    REPLACES = "replaces", _("replaces")
    REAFFIRMS = "reaffirms", _("reaffirms")
    PART_OF = "part_of", _("is part of")


class TruceEventType(models.TextChoices):
    """A moment in the life of a truce."""

    PROPOSED = "proposed", pgettext_lazy("truce event", "proposed")
    ANNOUNCED = "announced", pgettext_lazy("truce event", "announced")
    AGREED = "agreed", pgettext_lazy("truce event", "agreed")
    SIGNED = "signed", pgettext_lazy("truce event", "signed")
    IN_FORCE = "in_force", pgettext_lazy("truce event", "in force")
    EXTENDED = "extended", pgettext_lazy("truce event", "extended")
    AMENDED = "amended", pgettext_lazy("truce event", "amended")
    STRAINED = "strained", pgettext_lazy("truce event", "strained")
    SUSPENDED = "suspended", pgettext_lazy("truce event", "suspended")
    COLLAPSED = "collapsed", pgettext_lazy("truce event", "collapsed")
    EXPIRED = "expired", pgettext_lazy("truce event", "expired")
    SUPERSEDED = "superseded", pgettext_lazy("truce event", "superseded")


class Population(models.TextChoices):
    """Whom or what an act hit, where that is not a party."""

    CIVILIANS = "civilians", _("civilians")
    CIVILIAN_OBJECTS = "civilian_objects", _("homes, markets, schools")
    MEDICAL = "medical", _("medical staff or facilities")
    HUMANITARIAN = "humanitarian", _("humanitarian workers or aid")
    MONITORS = "monitors", _("monitors or peacekeepers")
    JOURNALISTS = "journalists", _("journalists")
    INFRASTRUCTURE = "infrastructure", _("water, power or other infrastructure")
    COMBATANTS = "combatants", _("combatants of an unnamed party")


class AttributionStanding(models.TextChoices):
    """How the attribution of an act to a party stands."""

    ALLEGED = "alleged", pgettext_lazy("attribution", "alleged")
    CONFIRMED = "confirmed", pgettext_lazy("attribution", "confirmed")
    CONTESTED = "contested", pgettext_lazy("attribution", "contested")
    DENIED = "denied", pgettext_lazy("attribution", "denied")


class Justification(models.TextChoices):
    """What the accused side says for itself."""

    NOT_RECORDED = "", pgettext_lazy("justification", "none recorded")
    SELF_DEFENCE = "self_defence", pgettext_lazy("justification", "self-defence")
    RETALIATION = "retaliation", pgettext_lazy("justification", "retaliation")
    AGAINST_EXCLUDED = (
        "against_excluded",
        pgettext_lazy("justification", "it was aimed at an excluded party"),
    )
    OTHER = "other", pgettext_lazy("justification", "another")


class ViolationStanding(models.TextChoices):
    """How a claim that the truce was violated stands."""

    ALLEGED = "alleged", pgettext_lazy("claim", "alleged")
    UPHELD = "upheld", pgettext_lazy("claim", "upheld")
    REJECTED = "rejected", pgettext_lazy("claim", "rejected")


class Counted(models.TextChoices):
    """What a tally counts."""

    VIOLATIONS = "violations", _("violations")
    INCIDENTS = "incidents", _("incidents")
    EXPLOSIONS = "explosions", _("explosions")
    OTHER = "other", _("other")


class ImportFormat(models.TextChoices):
    """The forms of file that can be imported."""

    UCDP_GED = "ucdp-ged", _("UCDP Georeferenced Event Dataset (GED)")
    TRUCELINE_CSV = "truceline-csv", _("Truceline's own CSV")


class ImportState(models.TextChoices):
    """Where an import stands. Only `checked` waits for a person; see `services.imports.runs`."""

    WAITING = "waiting", _("waiting to be checked")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked: waiting for your choice")
    CONFIRMED = "confirmed", _("waiting to be written")
    APPLYING = "applying", _("being written")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused: nothing was written")
    INTERRUPTED = "interrupted", _("interrupted: nothing was written")


class ImportScope(models.TextChoices):
    """What becomes of a file in which some rows are at fault."""

    ALL_OR_NOTHING = "all", _("all rows or none")
    GOOD_ROWS = "good", _("the good rows only")


class RowOutcome(models.TextChoices):
    """What an import made of a row."""

    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")
    UNCHANGED = "unchanged", _("unchanged")
    CONFLICT = "conflict", _("edited here since: the edit was kept")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn upstream: the record was kept")


class ProposalState(models.TextChoices):
    """What an editor made of a proposed duplicate."""

    OPEN = "open", _("not decided")
    CONFIRMED = "confirmed", _("one event: joined")
    REJECTED = "rejected", _("two events")
