"""The code lists of truces and incidents (ETH/PRIO CF for truces, ACLED's sub-events for acts)."""

from django.db import models


class Recorded(models.TextChoices):
    """Yes, no, and the two ways of not knowing: the source is unclear, or says nothing."""

    NOT_RECORDED = "", "not recorded"
    YES = "yes", "yes"
    NO = "no", "no"
    UNCLEAR = "unclear", "unclear"


class Completeness(models.TextChoices):
    """How much of a list we have. Only a complete list lets its silence count."""

    NOT_RECORDED = "", "not recorded"
    PARTIAL = "partial", "some are recorded"
    COMPLETE = "complete", "all are recorded"


class TruceClass(models.TextChoices):
    """CF's classes (Clayton et al.), and its short informal truce."""

    CESSATION = "cessation", "cessation of hostilities"
    PRELIMINARY = "preliminary", "preliminary ceasefire"
    DEFINITIVE = "definitive", "definitive ceasefire"
    TRUCE = "truce", "short informal truce"
    HUMANITARIAN_PAUSE = "humanitarian_pause", "humanitarian pause"
    UNCLEAR = "unclear", "unclear"
    NOT_RECORDED = "", "not recorded"


class TruceSide(models.TextChoices):
    """By how many sides it was declared."""

    UNILATERAL = "unilateral", "unilateral"
    BILATERAL = "bilateral", "bilateral"
    MULTILATERAL = "multilateral", "multilateral"
    UNCLEAR = "unclear", "unclear"
    NOT_RECORDED = "", "not recorded"


class TruceForm(models.TextChoices):
    """In what form it was given."""

    VERBAL = "verbal", "verbal"
    WRITTEN = "written", "written"
    UNCLEAR = "unclear", "unclear"
    NOT_RECORDED = "", "not recorded"


class Purpose(models.TextChoices):
    """What it is for; several may hold (CF's p_ flags)."""

    HUMANITARIAN = "humanitarian", "humanitarian"
    PEACE_PROCESS = "peace_process", "peace process"
    HOLIDAY = "holiday", "holiday"
    ELECTION = "election", "election"
    OTHER = "other", "other"
    UNCLEAR = "unclear", "unclear"


class Enforcement(models.TextChoices):
    """Who enforces it (CF)."""

    NONE = "none", "none"
    STATE = "state", "a state"
    ORGANISATION = "organisation", "an organisation"
    BOTH = "both", "both"
    UNCLEAR = "unclear", "unclear"
    NOT_RECORDED = "", "not recorded"


class TruceOutcome(models.TextChoices):
    """What became of it (CF's `ended`)."""

    HOLDS = "holds", "holds"
    EXPIRED = "expired", "expired as planned"
    BROKE_DOWN = "broke_down", "broke down"
    SUPERSEDED = "superseded", "superseded or renewed"
    NEVER_TOOK_EFFECT = "never_took_effect", "never took effect"
    UNCLEAR = "unclear", "unclear"
    NOT_RECORDED = "", "not recorded"


class Coverage(models.TextChoices):
    """Where it applies."""

    NOT_RECORDED = "", "not recorded"
    ALL = "all", "the whole area of the conflict"
    LISTED = "listed", "the listed places only"


class AreaRelation(models.TextChoices):
    """Whether a listed place is covered, or left out of what is covered."""

    COVERED = "covered", "covered"
    LEFT_OUT = "left_out", "left out"


class TruceRole(models.TextChoices):
    """What a party is to a truce."""

    BOUND = "bound", "bound"
    EXCLUDED = "excluded", "excluded"
    BROKER = "broker", "broker"
    GUARANTOR = "guarantor", "guarantor"
    MONITOR = "monitor", "monitor"


class ExclusionBasis(models.TextChoices):
    """How an exclusion names whom it excludes."""

    NAMED = "named", "by name"
    DESIGNATION = "designation", "by a designation list"
    AFFILIATES = "affiliates", "as an affiliate of another"
    NOT_RECORDED = "", "not recorded"


class TermRule(models.TextChoices):
    """What a term does with an act."""

    PROHIBITS = "prohibits", "prohibits"
    PERMITS = "permits", "permits"
    SELF_DEFENCE = "self_defence", "permits in self-defence"
    RETALIATION = "retaliation", "permits in retaliation"
    EXEMPTS = "exempts", "exempts"
    OBLIGES = "obliges", "obliges to"


class Act(models.TextChoices):
    """What is done. Every act of force falls under `hostilities`; see `ACT_PARENTS`."""

    HOSTILITIES = "hostilities", "hostilities (any use of force)"
    BOMBARDMENT = "bombardment", "bombardment (air or artillery)"
    AIR_STRIKE = "air_strike", "air or drone strike"
    SHELLING = "shelling", "shelling, artillery or missile attack"
    GROUND_ATTACK = "ground_attack", "ground attack"
    ARMED_CLASH = "armed_clash", "armed clash"
    SNIPING = "sniping", "sniping or small-arms fire"
    EXPLOSIVE_DEVICE = "explosive_device", "mine, car bomb or other explosive device"
    CHEMICAL_WEAPON = "chemical_weapon", "use of a chemical weapon"
    ATTACK_ON_CIVILIANS = "attack_on_civilians", "attack on civilians"
    ABDUCTION = "abduction", "abduction or forced disappearance"
    ARREST = "arrest", "arrest"
    SIEGE = "siege", "siege or blocking of aid"
    SERVICES_CUT = "services_cut", "cutting of water, power or other services"
    TROOP_MOVEMENT = "troop_movement", "troop movement or reinforcement"
    FORTIFICATION = "fortification", "fortification"
    OVERFLIGHT = "overflight", "overflight"
    LOOTING = "looting", "looting or destruction of property"
    DISPLACEMENT = "displacement", "forced displacement"
    OTHER = "other", "other"


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

    RENEWS = "renews", "renews"
    EXTENDS = "extends", "extends"
    REPLACES = "replaces", "replaces"
    REAFFIRMS = "reaffirms", "reaffirms"
    PART_OF = "part_of", "is part of"


class TruceEventType(models.TextChoices):
    """A moment in the life of a truce."""

    PROPOSED = "proposed", "proposed"
    ANNOUNCED = "announced", "announced"
    AGREED = "agreed", "agreed"
    SIGNED = "signed", "signed"
    IN_FORCE = "in_force", "in force"
    EXTENDED = "extended", "extended"
    AMENDED = "amended", "amended"
    STRAINED = "strained", "strained"
    SUSPENDED = "suspended", "suspended"
    COLLAPSED = "collapsed", "collapsed"
    EXPIRED = "expired", "expired"
    SUPERSEDED = "superseded", "superseded"


class Population(models.TextChoices):
    """Whom or what an act hit, where that is not a party."""

    CIVILIANS = "civilians", "civilians"
    CIVILIAN_OBJECTS = "civilian_objects", "homes, markets, schools"
    MEDICAL = "medical", "medical staff or facilities"
    HUMANITARIAN = "humanitarian", "humanitarian workers or aid"
    MONITORS = "monitors", "monitors or peacekeepers"
    JOURNALISTS = "journalists", "journalists"
    INFRASTRUCTURE = "infrastructure", "water, power or other infrastructure"
    COMBATANTS = "combatants", "combatants of an unnamed party"


class AttributionStanding(models.TextChoices):
    """How the attribution of an act to a party stands."""

    ALLEGED = "alleged", "alleged"
    CONFIRMED = "confirmed", "confirmed"
    CONTESTED = "contested", "contested"
    DENIED = "denied", "denied"


class Justification(models.TextChoices):
    """What the accused side says for itself."""

    NOT_RECORDED = "", "none recorded"
    SELF_DEFENCE = "self_defence", "self-defence"
    RETALIATION = "retaliation", "retaliation"
    AGAINST_EXCLUDED = "against_excluded", "it was aimed at an excluded party"
    OTHER = "other", "another"


class ViolationStanding(models.TextChoices):
    """How a claim that the truce was violated stands."""

    ALLEGED = "alleged", "alleged"
    UPHELD = "upheld", "upheld"
    REJECTED = "rejected", "rejected"


class Counted(models.TextChoices):
    """What a tally counts."""

    VIOLATIONS = "violations", "violations"
    INCIDENTS = "incidents", "incidents"
    EXPLOSIONS = "explosions", "explosions"
    OTHER = "other", "other"


class ImportFormat(models.TextChoices):
    """The forms of file that can be imported."""

    UCDP_GED = "ucdp-ged", "UCDP Georeferenced Event Dataset (GED)"
    TRUCELINE_CSV = "truceline-csv", "Truceline's own CSV"


class ImportState(models.TextChoices):
    """Where an import stands. Only `checked` waits for a person; see `services.imports.runs`."""

    WAITING = "waiting", "waiting to be checked"
    CHECKING = "checking", "being checked"
    CHECKED = "checked", "checked: waiting for your choice"
    CONFIRMED = "confirmed", "waiting to be written"
    APPLYING = "applying", "being written"
    DONE = "done", "done"
    REFUSED = "refused", "refused: nothing was written"
    INTERRUPTED = "interrupted", "interrupted: nothing was written"


class ImportScope(models.TextChoices):
    """What becomes of a file in which some rows are at fault."""

    ALL_OR_NOTHING = "all", "all rows or none"
    GOOD_ROWS = "good", "the good rows only"


class RowOutcome(models.TextChoices):
    """What an import made of a row."""

    CREATED = "created", "created"
    UPDATED = "updated", "updated"
    UNCHANGED = "unchanged", "unchanged"
    CONFLICT = "conflict", "edited here since: the edit was kept"
    REFUSED = "refused", "refused"
    WITHDRAWN = "withdrawn", "withdrawn upstream: the record was kept"


class ProposalState(models.TextChoices):
    """What an editor made of a proposed duplicate."""

    OPEN = "open", "not decided"
    CONFIRMED = "confirmed", "one event: joined"
    REJECTED = "rejected", "two events"
