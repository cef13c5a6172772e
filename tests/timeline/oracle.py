"""docs/verdict.md in plain Python: what `timeline/sql/assess.sql` must say, row for row.

Naive on purpose. It reads the records through the ORM, one pair at a time, and follows the
definition in its order and its words; a table there is a ladder of `if`s here. The property tests
of test_verdict.py hold the two together.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from django.db.models import Model, QuerySet

from ceasefire.enums import (
    ACT_PARENTS,
    AreaRelation,
    Completeness,
    Coverage,
    Justification,
    Population,
    Recorded,
    TermRule,
    TruceEventType,
    TruceLinkKind,
    TruceOutcome,
    TruceRole,
    ViolationStanding,
)
from ceasefire.models import Attribution, Incident, Truce, TruceEvent, TruceParty, Violation
from sources.enums import Extent, OriginKind, OutletKind, Stance, Status
from sources.models import Citation, Record
from talks.enums import Phase, TieKind
from talks.models import PartyTie, Place

Kind = TypeVar("Kind", bound=Record)
#: A truce, an incident and an attribution (0 for none).
Key = tuple[int, int, int]

YES, NO, UNDETERMINED = "yes", "no", "undetermined"
MAYBE = "maybe"

DAY = timedelta(days=1)

VIOLATION, POSSIBLE, NOT_COVERED = "violation", "possible", "not_covered"

ENDINGS = (TruceEventType.COLLAPSED, TruceEventType.EXPIRED, TruceEventType.SUPERSEDED)
ATTESTING = (
    TruceEventType.ANNOUNCED,
    TruceEventType.AGREED,
    TruceEventType.SIGNED,
    TruceEventType.IN_FORCE,
    TruceEventType.EXTENDED,
    TruceEventType.AMENDED,
    TruceEventType.STRAINED,
)
OF_AN_ACT = (TermRule.PROHIBITS, TermRule.PERMITS, TermRule.EXEMPTS)
EXCUSES = {
    Justification.SELF_DEFENCE: TermRule.SELF_DEFENCE,
    Justification.RETALIATION: TermRule.RETALIATION,
}


@dataclass(frozen=True)
class Answer:
    """The answer to one of the five questions, and its reason."""

    answer: str
    code: str


@dataclass(frozen=True)
class Judgement:
    """One row of `timeline_assessment`, without the words."""

    period: Answer
    area: Answer
    bound: Answer
    protected: Answer
    prohibited: Answer
    verdict: str
    standing: str

    @property
    def counts_as(self) -> str:
        """Return the verdict, unless a violation record outranks it."""
        return {"upheld": VIOLATION, "rejected": NOT_COVERED}.get(self.standing, self.verdict)


@dataclass(frozen=True)
class Dates:
    """The earliest and the latest day; either may be missing."""

    earliest: date | None
    latest: date | None

    def __bool__(self) -> bool:
        """Return whether anything is recorded."""
        return self.earliest is not None or self.latest is not None

    @property
    def bounds(self) -> tuple[date | None, date | None]:
        return self.earliest, self.latest

    @property
    def order(self) -> date:
        """Return the day by which the first of several is found."""
        return self.earliest or self.latest or date.max


def dates(of: Model, prefix: str = "") -> Dates:
    """Return the bounds of a partial date: the record's own, or those of `since_` and the like."""
    return Dates(getattr(of, f"{prefix}earliest"), getattr(of, f"{prefix}latest"))


@dataclass(frozen=True)
class Membership:
    """That a party belongs to an umbrella, and when."""

    party: int
    umbrella: int
    since: Dates
    until: Dates
    attested_from: date | None


@dataclass(frozen=True)
class World:
    """What is not a truce's or an incident's own."""

    parents: dict[int, int | None]
    memberships: list[Membership]


def judge_all() -> dict[Key, Judgement]:
    """Return every judgement, by truce, incident and attribution (0 for none)."""
    world = World(
        parents=dict(Place.objects.values_list("pk", "parent_id")), memberships=memberships()
    )
    truces = published(Truce).prefetch_related(
        "events",
        "areas",
        "parties",
        "terms",
        "windows",
        "linked_incidents",
        "violations",
        "links_from_truces__from_truce",
    )
    incidents = (
        published(Incident)
        .filter(is_aggregate=False)
        .prefetch_related("attributions", "parties", "targets")
    )
    judgements = {}
    for truce in truces:
        for incident in incidents:
            if is_judged(truce, incident):
                attributions: list[Attribution | None] = [*incident.attributions.all()]
                for attribution in attributions or [None]:
                    key = (truce.pk, incident.pk, 0 if attribution is None else attribution.pk)
                    judgements[key] = judge(truce, incident, attribution, world)
    return judgements


def published(model: type[Kind]) -> QuerySet[Kind]:
    """Return the published records of a kind."""
    return QuerySet(model).filter(status=Status.PUBLISHED)


def is_judged(truce: Truce, incident: Incident) -> bool:
    """Return whether the two are of one conflict, and linked or near enough in time."""
    if truce.conflict_id != incident.conflict_id:
        return False
    for link in truce.linked_incidents.all():
        if link.incident_id == incident.pk:
            return True
    if claims(truce, incident):
        return True
    ie, il = dates(incident).bounds
    start, end = start_of(truce)[0], end_of(truce)
    if start.earliest and il and (start.earliest - il).days > 1:
        return False
    return not (end.latest and ie and (ie - end.latest).days > 1)


def judge(
    truce: Truce, incident: Incident, attribution: Attribution | None, world: World
) -> Judgement:
    """Return the five answers and what follows from them."""
    answers = (
        period(truce, incident),
        area(truce, incident, world),
        bound(truce, incident, attribution, world),
        protected(truce, incident, world),
        prohibited(truce, incident, attribution),
    )
    given = [answer.answer for answer in answers]
    if NO in given:
        verdict = NOT_COVERED
    elif UNDETERMINED in given:
        verdict = POSSIBLE
    else:
        verdict = VIOLATION
    return Judgement(*answers, verdict=verdict, standing=standing(truce, incident))


def standing(truce: Truce, incident: Incident) -> str:
    """Return how the published violation records of the pair stand, taken together."""
    found = {violation.standing for violation in claims(truce, incident)}
    if {ViolationStanding.UPHELD, ViolationStanding.REJECTED} <= found:
        return "disputed"
    for one in (ViolationStanding.UPHELD, ViolationStanding.REJECTED, ViolationStanding.ALLEGED):
        if one in found:
            return one.value
    return ""


def claims(truce: Truce, incident: Incident) -> list[Violation]:
    """Return the published violation records of the pair."""
    # The managers of all kinds of record are typed as that of Record.
    violations = cast("Iterable[Violation]", truce.violations.all())
    return [
        violation
        for violation in violations
        if violation.status == Status.PUBLISHED and violation.incident_id == incident.pk
    ]


# 1. Period


def start_of(truce: Truce) -> tuple[Dates, str]:
    """Return the window in which the truce began, and what says so."""
    effective = dates(truce, "effective_")
    if effective:
        return effective, "effective"
    in_force = first_event(truce, [TruceEventType.IN_FORCE])
    if in_force:
        return dates(in_force), "in_force"
    declared = dates(truce, "declared_")
    return declared, "declared" if declared else ""


def end_of(truce: Truce) -> Dates:
    """Return the window in which the truce ended, empty where that is not recorded."""
    end = dates(truce, "end_")
    if end:
        return end
    ending = first_event(truce, ENDINGS)
    if ending:
        return dates(ending)
    starts = []
    for link in truce.links_from_truces.all():
        later = link.from_truce
        if link.kind == TruceLinkKind.REPLACES and later.status == Status.PUBLISHED:
            effective = dates(later, "effective_")
            start = effective or dates(later, "declared_")
            if start:
                starts.append((start.order, later.pk, start))
    return min(starts)[2] if starts else Dates(None, None)


def published_events(truce: Truce, types: Iterable[str]) -> list[TruceEvent]:
    """Return the published events of these types that have any date, in order."""
    events = [
        event
        for event in cast("Iterable[TruceEvent]", truce.events.all())
        if event.status == Status.PUBLISHED and event.event in types and dates(event)
    ]
    return sorted(events, key=lambda event: (dates(event).order, event.pk))


def first_event(truce: Truce, types: Iterable[str]) -> TruceEvent | None:
    """Return the first of them."""
    return next(iter(published_events(truce, types)), None)


def attested_until(truce: Truce) -> date | None:
    """Return the last day on which a record speaks of the truce as in place."""
    days = [dates(truce, "last_attested_").earliest]
    for event in published_events(truce, ATTESTING):
        throughout = event.extent == Extent.THROUGHOUT
        days += [dates(event).latest if throughout else dates(event).earliest]
    return max((day for day in days if day), default=None)


def period(truce: Truce, incident: Incident) -> Answer:
    """Answer whether the incident lies in the truce's time."""
    answer = period_in_days(truce, incident)
    windows = [*truce.windows.all()]
    if answer.answer != YES or not windows:
        return answer
    instant = instant_of(incident)
    if instant is None:
        return Answer(UNDETERMINED, "hour_not_recorded")
    for window in windows:
        hour = instant.astimezone(ZoneInfo(window.time_zone)).time()
        if window.starts_at <= hour < window.ends_at:
            return answer
    return Answer(NO, "outside_hours")


def period_in_days(truce: Truce, incident: Incident) -> Answer:
    """Answer it by the day, leaving the windows of each day aside."""
    ie, il = dates(incident).bounds
    start, start_from = start_of(truce)
    end = end_of(truce)
    if truce.outcome == TruceOutcome.NEVER_TOOK_EFFECT:
        return Answer(NO, "never_took_effect")
    if ie is None and il is None:
        return Answer(UNDETERMINED, "incident_undated")
    if il and start.earliest and il < start.earliest:
        return Answer(NO, "before_start")
    if ie and end.latest and ie > end.latest:
        return Answer(NO, "after_end")
    begins_at, happens_at = instant_of_start(truce), instant_of(incident)
    timed = False
    if start_from == "effective" and start.earliest == start.latest == ie == il:
        timed = begins_at is not None and happens_at is not None
        if begins_at and happens_at and happens_at < begins_at:
            return Answer(NO, "before_start")
    if start.latest is None:
        return Answer(UNDETERMINED, "start_not_recorded")
    certain_until = end.earliest - DAY if end.earliest else attested_until(truce)
    if end.latest and certain_until:
        certain_until = min(certain_until, end.latest - DAY)
    if certain_until is None:
        return Answer(UNDETERMINED, "not_attested")
    core_from = start.latest if timed else start.latest + DAY
    if lies_in(incident, core_from, certain_until):
        if touches_a_suspension(truce, incident):
            return Answer(UNDETERMINED, "suspended")
        return Answer(YES, "within_from_declaration" if start_from == "declared" else "within")
    reaches_start = il is None or start.earliest is None or il >= start.earliest
    if reaches_start and (ie is None or ie <= start.latest):
        return Answer(UNDETERMINED, "start_day")
    return Answer(UNDETERMINED, "end_day" if end else "after_last_attested")


def instant_of(incident: Incident) -> datetime | None:
    """Return when exactly it happened, if its first day and its hour are known."""
    return instant(dates(incident).earliest, incident.time_of_day, incident.time_zone)


def instant_of_start(truce: Truce) -> datetime | None:
    """Return when exactly it took effect, if the hour is known; only a day can have one."""
    day = dates(truce, "effective_").earliest
    return instant(day, truce.effective_time, truce.effective_zone)


def instant(day: date | None, hour: time | None, zone: str) -> datetime | None:
    """Return the instant of an hour of a day in a zone."""
    if day is None or hour is None:
        return None
    return datetime.combine(day, hour, ZoneInfo(zone))


def lies_in(incident: Incident, core_from: date, core_until: date) -> bool:
    """Return whether the incident lies in the certain core."""
    ie, il = dates(incident).bounds
    if ie and il and incident.extent == Extent.WITHIN:
        return core_from <= ie and il <= core_until
    if ie and il:
        return max(ie, core_from) <= min(il, core_until)
    only = ie or il
    throughout = incident.extent == Extent.THROUGHOUT
    return throughout and only is not None and core_from <= only <= core_until


def touches_a_suspension(truce: Truce, incident: Incident) -> bool:
    """Return whether the truce may have been suspended when the incident happened."""
    ie, il = dates(incident).bounds
    for suspended in published_events(truce, [TruceEventType.SUSPENDED]):
        earliest, latest = dates(suspended).bounds
        first_day, last_day = earliest or latest, None
        for again in published_events(truce, [TruceEventType.IN_FORCE]):
            if dates(again).order > (latest or earliest or date.max):
                last_day = dates(again).latest or dates(again).earliest
                break
        from_then = il is None or first_day is None or il >= first_day
        until_then = ie is None or last_day is None or ie <= last_day
        if from_then and until_then:
            return True
    return False


# 2. Area


def area(truce: Truce, incident: Incident, world: World) -> Answer:
    """Answer whether the incident lies in the truce's area."""
    listed = {listing.place_id: listing.relation for listing in truce.areas.all()}
    whole = truce.coverage == Coverage.ALL
    silent = truce.coverage == Coverage.NOT_RECORDED
    if incident.place_id is None:
        if whole and AreaRelation.LEFT_OUT not in listed.values():
            return Answer(YES, "whole_area")
        if silent and not listed:
            return Answer(UNDETERMINED, "coverage_not_recorded")
        return Answer(UNDETERMINED, "place_not_recorded")
    nearest = None
    for place in upwards(incident.place_id, world):
        if place in listed:
            nearest = listed[place]
            break
    below = [
        listed[place]
        for place in listed
        if place != incident.place_id and incident.place_id in upwards(place, world)
    ]
    if nearest == AreaRelation.LEFT_OUT:
        return Answer(NO, "left_out")
    if nearest == AreaRelation.COVERED or whole:
        if AreaRelation.LEFT_OUT in below:
            return Answer(UNDETERMINED, "partly_left_out")
        return Answer(YES, "listed_place" if nearest else "whole_area")
    if silent:
        return Answer(UNDETERMINED, "coverage_not_recorded")
    if AreaRelation.COVERED in below:
        return Answer(UNDETERMINED, "place_too_wide")
    return Answer(NO, "outside")


def upwards(place: int, world: World) -> list[int]:
    """Return the place and all that contain it, from the narrowest."""
    path = []
    above: int | None = place
    while above is not None:
        path.append(above)
        above = world.parents[above]
    return path


# 3. Bound party


def memberships() -> list[Membership]:
    """Return the published memberships, each with the bounds that it takes from others."""
    ties = [
        tie
        for tie in published(PartyTie).filter(tie=TieKind.MEMBER_OF)
        if tie.party_id is not None and tie.other_party_id is not None
    ]
    found = []
    for tie in ties:
        pair = [
            other
            for other in ties
            if (other.party_id, other.other_party_id) == (tie.party_id, tie.other_party_id)
        ]
        assert tie.party_id is not None
        assert tie.other_party_id is not None
        within = tie.extent == Extent.WITHIN
        found.append(
            Membership(
                party=tie.party_id,
                umbrella=tie.other_party_id,
                since=own_since(tie) or taken_since(tie, pair),
                until=own_until(tie) or taken_until(tie, pair),
                attested_from=dates(tie).latest if within else dates(tie).earliest,
            )
        )
    return found


def own_since(tie: PartyTie) -> Dates:
    """Return when the record itself says that the tie began."""
    since = dates(tie, "since_")
    if not since and tie.phase == Phase.BEGINS:
        return dates(tie)
    return since


def own_until(tie: PartyTie) -> Dates:
    """Return when the record itself says that the tie ended."""
    until = dates(tie, "until_")
    if not until and tie.phase == Phase.ENDS:
        return dates(tie)
    return until


def taken_until(tie: PartyTie, pair: list[PartyTie]) -> Dates:
    """Return the first end among the pair's ties that is not before this one's beginning."""
    begun = own_since(tie).earliest
    candidates = []
    for other in pair:
        until = own_until(other)
        if until and (begun is None or until.latest is None or until.latest >= begun):
            candidates.append((until.latest or date.max, other.pk, until))
    return min(candidates)[2] if candidates else Dates(None, None)


def taken_since(tie: PartyTie, pair: list[PartyTie]) -> Dates:
    """Return the last beginning among the pair's ties that is not after this one's end."""
    ended = own_until(tie).latest
    candidates = []
    for other in pair:
        since = own_since(other)
        if since and (ended is None or since.earliest is None or since.earliest <= ended):
            candidates.append((since.earliest or date.min, -other.pk, since))
    return max(candidates)[2] if candidates else Dates(None, None)


def row_applies(row: TruceParty, incident: Incident) -> str:
    """Return whether the role held at the incident's date: yes, maybe or no."""
    ie, il = dates(incident).bounds
    joined = dates(row, "joined_")
    left = dates(row, "left_")
    if (joined.earliest and il and joined.earliest > il) or (
        left.latest and ie and left.latest < ie
    ):
        return NO
    had_joined = not joined or (joined.latest and ie and joined.latest <= ie)
    had_not_left = not left or (left.earliest and il and left.earliest > il)
    return YES if had_joined and had_not_left else MAYBE


def membership_applies(membership: Membership, incident: Incident) -> str:
    """Return whether the party was a member at the incident's date: yes, maybe or no."""
    ie, il = dates(incident).bounds
    since, until = membership.since, membership.until
    if (since.earliest and il and since.earliest > il) or (
        until.latest and ie and until.latest < ie
    ):
        return NO
    begun_by = since.latest if since else membership.attested_from
    had_begun = begun_by and ie and ie >= begun_by
    had_not_ended = not until or (until.earliest and il and until.earliest > il)
    return YES if had_begun and had_not_ended else MAYBE


def stands(party: int, truce: Truce, incident: Incident, world: World) -> str:
    """Return where the party stands to the truce at the incident's date."""
    rows = [row for row in truce.parties.all() if row.role in (TruceRole.BOUND, TruceRole.EXCLUDED)]
    own = [(row, row_applies(row, incident)) for row in rows if row.party_id == party]
    firm, unclear = set(), set()
    for row in rows:
        for membership in world.memberships:
            if (membership.party, membership.umbrella) != (party, row.party_id):
                continue
            both = {row_applies(row, incident), membership_applies(membership, incident)}
            if row.binds_members == Recorded.NO or NO in both:
                continue
            if row.binds_members == Recorded.YES and both == {YES} and not row.contested_by:
                firm.add(row.role)
            else:
                unclear.add(row.role)

    def own_row(role: str, holds: Callable[[TruceParty, str], bool]) -> bool:
        return any(row.role == role and holds(row, applies) for row, applies in own)

    def firmly(row: TruceParty, applies: str) -> bool:
        return applies == YES and not row.contested_by

    def at_all(row: TruceParty, applies: str) -> bool:
        return applies != NO

    ladder = (
        ("excluded", own_row(TruceRole.EXCLUDED, firmly)),
        ("bound", own_row(TruceRole.BOUND, firmly)),
        ("exclusion_unclear", own_row(TruceRole.EXCLUDED, at_all)),
        ("bound_unclear", own_row(TruceRole.BOUND, at_all)),
        ("not_then", bool(own)),
        ("excluded", TruceRole.EXCLUDED in firm),
        ("bound", TruceRole.BOUND in firm),
        ("exclusion_unclear", TruceRole.EXCLUDED in unclear),
        ("bound_unclear", TruceRole.BOUND in unclear),
        ("not_bound", truce.bound_recorded == Completeness.COMPLETE),
        ("not_listed", any(row.role == TruceRole.BOUND for row in rows)),
        ("no_bound_party_recorded", True),
    )
    return next(standing for standing, holds in ladder if holds)


def is_bound(standing: str) -> str:
    """Return the answer that a standing gives."""
    if standing == "bound":
        return YES
    return NO if standing in ("excluded", "not_then", "not_bound") else UNDETERMINED


def bound(
    truce: Truce, incident: Incident, attribution: Attribution | None, world: World
) -> Answer:
    """Answer whether whoever did it was bound by the truce."""
    if attribution is not None and attribution.accused_id is not None:
        code = stands(attribution.accused_id, truce, incident, world)
        return Answer(is_bound(code), code)
    involved = [
        is_bound(stands(party.party_id, truce, incident, world)) for party in incident.parties.all()
    ]
    if not involved:
        return Answer(UNDETERMINED, "nobody_accused")
    if all(answer == YES for answer in involved):
        return Answer(YES, "all_involved_bound")
    if all(answer == NO for answer in involved):
        return Answer(NO, "none_involved_bound")
    return Answer(UNDETERMINED, "involved_not_all_bound")


# 4. Protected target


def protected(truce: Truce, incident: Incident, world: World) -> Answer:
    """Answer whether the truce protects what was hit."""
    targets = []
    for target in incident.targets.all():
        if target.party_id is not None:
            code = stands(target.party_id, truce, incident, world)
            answer = is_bound(code)
            if answer == YES:
                targets.append(Answer(YES, "target_bound"))
            elif answer == NO and code == "excluded":
                targets.append(Answer(NO, "target_excluded"))
            elif answer == NO:
                targets.append(Answer(NO, "target_not_bound"))
            else:
                targets.append(Answer(UNDETERMINED, "target_unclear"))
        elif target.population == Population.COMBATANTS:
            targets.append(Answer(UNDETERMINED, "target_unclear"))
        else:
            targets.append(Answer(YES, "population"))
    if not targets:
        return Answer(UNDETERMINED, "target_not_recorded")
    for decisive in (Answer(YES, "population"), Answer(YES, "target_bound")):
        if decisive in targets:
            return decisive
    if all(target.answer == NO for target in targets):
        excluded = Answer(NO, "target_excluded")
        return excluded if excluded in targets else Answer(NO, "target_not_bound")
    return Answer(UNDETERMINED, "target_unclear")


# 5. Prohibited act


def prohibited(truce: Truce, incident: Incident, attribution: Attribution | None) -> Answer:
    """Answer whether the truce prohibits what was done."""
    terms = [(term.rule, term.act) for term in truce.terms.all()]
    acts = [incident.act]
    while acts[-1] in ACT_PARENTS:
        acts.append(ACT_PARENTS[acts[-1]])
    rules: set[str] = set()
    for act in acts:
        rules = {rule for rule, about in terms if about == act and rule in OF_AN_ACT}
        if rules:
            break
    if rules == {TermRule.PROHIBITS}:
        justification = attribution.justification if attribution else ""
        for claimed, rule in EXCUSES.items():
            if justification == claimed and any((rule, act) in terms for act in acts):
                return Answer(UNDETERMINED, "justification_claimed")
        return Answer(YES, "prohibited")
    if TermRule.PROHIBITS in rules:
        return Answer(UNDETERMINED, "terms_conflict")
    if rules:
        return Answer(NO, "permitted")
    if truce.terms_recorded == Completeness.COMPLETE:
        return Answer(NO, "not_mentioned")
    if truce.terms_recorded == Completeness.PARTIAL or terms:
        return Answer(UNDETERMINED, "act_not_mentioned")
    return Answer(UNDETERMINED, "terms_not_recorded")


# After the five answers


def gravest(verdicts: Iterable[str]) -> str:
    """Return the verdict of an entry: the gravest of all, empty where there is none."""
    found = [*verdicts]
    return next((one for one in (VIOLATION, POSSIBLE, NOT_COVERED) if one in found), "")


def evidence(record: Record, judged: Iterable[Key] | None = None) -> str:
    """Return how well it is attested that it happened.

    `judged` are the keys of `judge_all()`, for a caller who has them.
    """
    return weigh(record, supporting(record), judged)


def evidence_who(incident: Incident, judged: Iterable[Key] | None = None) -> str:
    """Return how well it is attested who did it, empty where no citation backs an attribution."""
    attributions = [*incident.attributions.all()]
    citations = [
        citation
        for citation in supporting(incident)
        if any(backs(citation, attribution) for attribution in attributions)
    ]
    return weigh(incident, citations, judged) if citations else ""


def backs(citation: Citation, attribution: Attribution) -> bool:
    """Return whether the citation, one of the incident's, backs the attribution."""
    if "attributions" in citation.fields or citation.pk == attribution.citation_id:
        return True
    return attribution.citation_id is None and not citation.fields


def supporting(record: Record) -> list[Citation]:
    """Return the record's supporting citations."""
    return [citation for citation in record.citations.all() if citation.stance == Stance.SUPPORTS]


def weigh(record: Record, citations: list[Citation], judged: Iterable[Key] | None) -> str:
    """Return how well these citations of the record attest what they say."""
    truces = [key[0] for key in (judge_all() if judged is None else judged) if key[1] == record.pk]
    monitors = {
        row.party.outlet_id
        for truce in published(Truce).filter(pk__in=truces)
        for row in TruceParty.objects.filter(truce=truce, role=TruceRole.MONITOR)
        if row.party.outlet_id is not None
    }
    origins, independent = set(), set()
    for citation in citations:
        origin = origin_of(citation)
        if origin is None:
            continue
        origins.add(origin)
        if not is_aligned(citation):
            independent.add(origin)
        if citation.is_verification and origin[0] == "outlet" and origin[1] in monitors:
            return "verified"
    if len(independent) > 1:
        return "corroborated"
    return "single_origin" if origins else "origin_unknown"


def origin_of(citation: Citation) -> tuple[str, int | str] | None:
    """Return whose knowledge the passage is."""
    if citation.origin == OriginKind.OUTLET:
        return "outlet", citation.source.outlet_id
    if citation.origin == OriginKind.OTHER_OUTLET:
        assert citation.attributed_outlet_id is not None
        return "outlet", citation.attributed_outlet_id
    if citation.origin == OriginKind.SPEAKER:
        return "speaker", citation.attributed_speaker
    return None


def is_aligned(citation: Citation) -> bool:
    """Return whether the origin speaks for a party to the conflict."""
    if citation.origin == OriginKind.SPEAKER:
        return citation.is_speaker_aligned
    outlet = citation.attributed_outlet or citation.source.outlet
    return outlet.kind == OutletKind.PARTY_AFFILIATED
