"""The verdict by examples: every code of docs/verdict.md, and the stories that they tell."""

from ceasefire.enums import Act, Completeness, Coverage, Population, TruceOutcome
from talks.enums import Phase
from tests.factories.ceasefire import (
    AttributionFactory,
    IncidentPartyFactory,
    IncidentTargetFactory,
    IncidentTruceFactory,
    TruceFactory,
    TruceLinkFactory,
    TruceTermFactory,
    TruceWindowFactory,
)
from tests.factories.talks import ConflictFactory, PartyFactory, PlaceFactory
from tests.timeline.scenes import (
    DAMASCUS,
    FIVE,
    NINE,
    NOON,
    Case,
    example,
    no,
    scene,
    undetermined,
    yes,
)

# The stories of the issue


@example
def a_bound_party_does_what_is_prohibited_in_time_and_place() -> Case:
    s = scene(truce={"coverage": Coverage.LISTED})
    s.lists(s.region)
    return s.expect(
        "violation",
        period=yes("within"),
        area=yes("listed_place"),
        bound=yes("bound"),
        protected=yes("population"),
        prohibited=yes("prohibited"),
    )


@example
def an_excluded_party_does_it() -> Case:
    s = scene(accused=False)
    jihadists = PartyFactory.create()
    s.binds(jihadists, "excluded", exclusion_basis="named")
    s.attribution = AttributionFactory.create(incident=s.incident, accused=jihadists)
    return s.expect("not_covered", bound=no("excluded"), prohibited=yes("prohibited"))


@example
def an_excluded_party_is_hit() -> Case:
    s = scene(hit=())
    jihadists = PartyFactory.create()
    s.binds(jihadists, "excluded")
    IncidentTargetFactory.create(incident=s.incident, population="", party=jihadists)
    return s.expect("not_covered", bound=yes("bound"), protected=no("target_excluded"))


@example
def it_happens_outside_the_area() -> Case:
    s = scene(truce={"coverage": Coverage.LISTED})
    s.lists(PlaceFactory.create())
    return s.expect("not_covered", area=no("outside"))


@example
def it_happens_the_day_before() -> Case:
    s = scene(incident={"when_edtf": "2016-12-31"})
    return s.expect("not_covered", period=no("before_start"))


@example
def nothing_is_recorded_of_the_truce() -> Case:
    # The sample: F8 under F5, agreed on 30 December and threatened by violations since.
    s = scene(
        truce={
            "effective_edtf": "",
            "last_attested_edtf": "",
            "coverage": "",
            "bound_recorded": "",
        },
        binding=False,
        terms=(),
    )
    s.happens("agreed", "2016-12-30")
    s.happens("strained", "2016-12-30/2017-01-16")
    return s.expect(
        "possible",
        period=undetermined("start_not_recorded"),
        area=undetermined("coverage_not_recorded"),
        bound=undetermined("no_bound_party_recorded"),
        protected=yes("population"),
        prohibited=undetermined("terms_not_recorded"),
    )


# What is judged


@example
def two_days_before_is_another_matter() -> Case:
    return scene(incident={"when_edtf": "2016-12-30"}).expect(None)


@example
def two_days_after_is_another_matter() -> Case:
    return scene(truce={"end_edtf": "2017-01-13"}).expect(None)


@example
def a_link_is_judged_whatever_the_dates() -> Case:
    s = scene(incident={"when_edtf": "2016-06"})
    IncidentTruceFactory.create(incident=s.incident, truce=s.truce)
    return s.expect("not_covered", period=no("before_start"))


@example
def a_claim_is_judged_whatever_the_dates() -> Case:
    s = scene(incident={"when_edtf": "2016-06"})
    s.is_claimed("alleged")
    return s.expect("not_covered", standing="alleged", period=no("before_start"))


@example
def a_claim_in_draft_judges_nothing() -> Case:
    s = scene(incident={"when_edtf": "2016-06"})
    s.is_claimed("upheld", published=False)
    return s.expect(None)


@example
def an_aggregate_is_no_single_incident() -> Case:
    return scene(incident={"is_aggregate": True}).expect(None)


@example
def a_draft_incident_is_not_judged() -> Case:
    return scene(incident={"published": False}).expect(None)


@example
def a_draft_truce_judges_nothing() -> Case:
    return scene(truce={"published": False}).expect(None)


@example
def another_conflict_is_another_matter() -> Case:
    s = scene(incident={"conflict": ConflictFactory.create()})
    IncidentTruceFactory.create(incident=s.incident, truce=s.truce)
    return s.expect(None)


# 1. Period


@example
def it_never_took_effect() -> Case:
    s = scene(truce={"outcome": TruceOutcome.NEVER_TOOK_EFFECT})
    return s.expect("not_covered", period=no("never_took_effect"))


@example
def the_incident_has_no_date() -> Case:
    s = scene(incident={"when_edtf": ""})
    return s.expect("possible", period=undetermined("incident_undated"))


@example
def it_happens_an_hour_before() -> Case:
    s = scene(
        truce={"effective_time": NOON, "effective_zone": DAMASCUS},
        incident={"when_edtf": "2017-01-01", "time_of_day": NINE, "time_zone": "UTC"},
    )
    return s.expect("not_covered", period=no("before_start"))


@example
def it_happens_as_it_takes_effect() -> Case:
    s = scene(
        truce={"effective_time": NOON, "effective_zone": "UTC"},
        incident={"when_edtf": "2017-01-01", "time_of_day": NOON, "time_zone": "UTC"},
    )
    return s.expect("violation", period=yes("within"))


@example
def it_happens_the_day_after() -> Case:
    s = scene(truce={"end_edtf": "2017-01-14"})
    return s.expect("not_covered", period=no("after_end"))


@example
def it_happens_after_the_collapse() -> Case:
    s = scene()
    s.happens("superseded", "")
    s.happens("collapsed", "2017-01-14")
    s.happens("expired", "2017-01-20")
    return s.expect("not_covered", period=no("after_end"))


@example
def it_happens_after_another_truce_replaced_it() -> Case:
    s = scene()
    for day, published in (("2017-01-13", False), ("2017-01-14", True), ("2017-01-20", True)):
        later = TruceFactory.create(declared_edtf=day, published=published)
        TruceLinkFactory.create(from_truce=later, to_truce=s.truce, kind="replaces")
    return s.expect("not_covered", period=no("after_end"))


@example
def nobody_says_when_it_began() -> Case:
    s = scene(truce={"effective_edtf": ""})
    return s.expect("possible", period=undetermined("start_not_recorded"))


@example
def it_is_said_to_be_in_force() -> Case:
    s = scene(truce={"effective_edtf": "", "declared_edtf": "2016-12-30"})
    s.happens("in_force", "2017-01-10")
    return s.expect("violation", period=yes("within"))


@example
def it_is_only_declared() -> Case:
    s = scene(truce={"effective_edtf": "", "declared_edtf": "2017-01-01"})
    return s.expect("violation", period=yes("within_from_declaration"))


@example
def nobody_speaks_of_it_again() -> Case:
    s = scene(truce={"last_attested_edtf": ""})
    s.happens("proposed", "2017-01-20")
    s.happens("strained", "../2017-01-20")
    return s.expect("possible", period=undetermined("not_attested"))


@example
def a_strain_attests_it_from_its_first_day() -> Case:
    s = scene(truce={"last_attested_edtf": ""})
    s.happens("strained", "2017-01-14/2017-01-20")
    return s.expect("possible", period=undetermined("after_last_attested"))


@example
def a_strain_throughout_attests_it_to_its_last_day() -> Case:
    s = scene(truce={"last_attested_edtf": ""})
    s.happens("strained", "2017-01-14/2017-01-20", extent="throughout")
    return s.expect("violation", period=yes("within"))


@example
def it_is_suspended() -> Case:
    s = scene()
    s.happens("suspended", "2017-01-10")
    s.happens("in_force", "2017-01-16")
    return s.expect("possible", period=undetermined("suspended"))


@example
def it_is_suspended_on_the_day_on_which_it_was_in_force() -> Case:
    s = scene()
    s.happens("in_force", "2017-01-10")
    s.happens("suspended", "2017-01-10")
    return s.expect("possible", period=undetermined("suspended"))


@example
def it_is_in_force_again() -> Case:
    s = scene()
    s.happens("suspended", "2017-01-10")
    s.happens("in_force", "2017-01-14")
    return s.expect("violation", period=yes("within"))


@example
def it_happens_on_the_first_day() -> Case:
    s = scene(incident={"when_edtf": "2017-01-01"})
    return s.expect("possible", period=undetermined("start_day"))


@example
def it_happens_as_the_end_may_have_come() -> Case:
    s = scene(truce={"end_edtf": "2017-01-14/2017-01-20"})
    return s.expect("possible", period=undetermined("end_day"))


@example
def it_is_spoken_of_after_it_had_ended() -> Case:
    s = scene(truce={"end_edtf": "../2017-01-16"}, incident={"when_edtf": "2017-01-15/2017-01-17"})
    return s.expect("possible", period=undetermined("end_day"))


@example
def it_happens_some_time_from_before_the_last_word() -> Case:
    s = scene(incident={"when_edtf": "2017-01-30/2017-02-02"})
    return s.expect("possible", period=undetermined("after_last_attested"))


@example
def it_lasts_from_before_the_last_word() -> Case:
    s = scene(incident={"when_edtf": "2017-01-30/..", "extent": "throughout"})
    return s.expect("violation", period=yes("within"))


@example
def nobody_says_at_what_hour() -> Case:
    s = scene()
    TruceWindowFactory.create(truce=s.truce, starts_at=NINE, ends_at=FIVE, time_zone="UTC")
    return s.expect("possible", period=undetermined("hour_not_recorded"))


@example
def it_happens_as_the_pause_of_the_day_ends() -> Case:
    s = scene(incident={"time_of_day": FIVE, "time_zone": "UTC"})
    TruceWindowFactory.create(truce=s.truce, starts_at=NINE, ends_at=FIVE, time_zone="UTC")
    return s.expect("not_covered", period=no("outside_hours"))


@example
def it_happens_in_the_pause_of_the_day_there() -> Case:
    s = scene(incident={"time_of_day": NINE, "time_zone": "UTC"})
    TruceWindowFactory.create(truce=s.truce, starts_at=NOON, ends_at=FIVE, time_zone="Etc/GMT-3")
    return s.expect("violation", period=yes("within"))


# 2. Area


@example
def it_holds_everywhere() -> Case:
    return scene().expect("violation", area=yes("whole_area"))


@example
def it_holds_everywhere_and_the_place_is_not_known() -> Case:
    return scene(incident={"place": None}).expect("violation", area=yes("whole_area"))


@example
def neither_place_is_known() -> Case:
    s = scene(truce={"coverage": ""}, incident={"place": None})
    return s.expect("possible", area=undetermined("coverage_not_recorded"))


@example
def the_place_may_be_one_left_out() -> Case:
    s = scene(incident={"place": None})
    s.lists(s.town, "left_out")
    return s.expect("possible", area=undetermined("place_not_recorded"))


@example
def the_town_is_left_out_of_the_region() -> Case:
    s = scene()
    s.lists(s.region)
    s.lists(s.town, "left_out")
    return s.expect("not_covered", area=no("left_out"))


@example
def the_town_is_covered_though_the_region_is_left_out() -> Case:
    s = scene()
    s.lists(s.region, "left_out")
    s.lists(s.town)
    return s.expect("violation", area=yes("listed_place"))


@example
def somewhere_in_a_region_with_a_town_left_out() -> Case:
    s = scene()
    s.lists(s.town, "left_out")
    s.incident.place = s.region
    s.incident.save()
    return s.expect("possible", area=undetermined("partly_left_out"))


@example
def somewhere_in_a_region_with_a_town_covered() -> Case:
    s = scene(truce={"coverage": Coverage.LISTED})
    s.lists(s.town)
    s.incident.place = s.region
    s.incident.save()
    return s.expect("possible", area=undetermined("place_too_wide"))


# 3. Bound party


@example
def its_exclusion_is_contested() -> Case:
    s = scene(binding=False)
    s.binds(s.government, "excluded", contested_by="a guarantor")
    return s.expect("possible", bound=undetermined("exclusion_unclear"))


@example
def it_joins_some_day_of_that_month() -> Case:
    s = scene(binding=False)
    s.binds(s.government, joined_edtf="2017-01")
    return s.expect("possible", bound=undetermined("bound_unclear"))


@example
def it_has_not_yet_joined() -> Case:
    s = scene(binding=False)
    s.binds(s.government, joined_edtf="2017-01-16")
    return s.expect("not_covered", bound=no("not_then"))


@example
def it_is_not_among_all_who_are_bound() -> Case:
    s = scene(binding=False)
    s.binds(s.rebels)
    return s.expect("not_covered", bound=no("not_bound"))


@example
def it_is_not_among_those_recorded() -> Case:
    s = scene(truce={"bound_recorded": Completeness.PARTIAL}, binding=False)
    s.binds(s.rebels)
    return s.expect("possible", bound=undetermined("not_listed"))


@example
def its_umbrella_is_bound_with_its_members() -> Case:
    s = scene(binding=False)
    umbrella = PartyFactory.create(kind="umbrella")
    s.binds(umbrella, binds_members="yes")
    s.joins(s.government, umbrella, "2017-01-15")
    return s.expect("violation", bound=yes("bound"))


@example
def its_umbrella_is_excluded_with_its_members() -> Case:
    s = scene(binding=False)
    umbrella = PartyFactory.create(kind="umbrella")
    s.binds(umbrella, "excluded", binds_members="yes")
    s.joins(s.government, umbrella, "", since_edtf="2016")
    return s.expect("not_covered", bound=no("excluded"))


@example
def nobody_says_whether_its_umbrella_binds_it() -> Case:
    s = scene(binding=False)
    umbrella = PartyFactory.create(kind="umbrella")
    s.binds(umbrella)
    s.joins(s.government, umbrella, "2017-01-15")
    return s.expect("possible", bound=undetermined("bound_unclear"))


@example
def its_umbrella_is_excluded_and_that_contested() -> Case:
    s = scene(binding=False)
    umbrella = PartyFactory.create(kind="umbrella")
    s.binds(umbrella, "excluded", binds_members="yes", contested_by="a guarantor")
    s.joins(s.government, umbrella, "2017-01-15")
    return s.expect("possible", bound=undetermined("exclusion_unclear"))


@example
def its_umbrella_does_not_bind_members() -> Case:
    s = scene(binding=False)
    umbrella = PartyFactory.create(kind="umbrella")
    s.binds(umbrella, binds_members="no")
    s.joins(s.government, umbrella, "2017-01-15")
    return s.expect("not_covered", bound=no("not_bound"))


@example
def it_had_left_its_umbrella() -> Case:
    # One record says that it joined, another that it left; neither bound stands in the first.
    s = scene(binding=False)
    umbrella = PartyFactory.create(kind="umbrella")
    s.binds(umbrella, binds_members="yes")
    s.joins(s.government, umbrella, "2016-01-01", phase=Phase.BEGINS)
    s.joins(s.government, umbrella, "2017-01-10", phase=Phase.ENDS)
    return s.expect("not_covered", bound=no("not_bound"))


@example
def it_left_its_umbrella_for_the_first_time_in_the_later_record() -> Case:
    s = scene(binding=False)
    umbrella = PartyFactory.create(kind="umbrella")
    s.binds(umbrella, binds_members="yes")
    s.joins(s.government, umbrella, "2016-12-01")
    s.joins(s.government, umbrella, "", since_edtf="2017-02-01", until_edtf="2017-03-01")
    s.joins(s.government, umbrella, "", until_edtf="2017-01-10")
    return s.expect("not_covered", bound=no("not_bound"))


@example
def it_came_back_to_its_umbrella() -> Case:
    s = scene(binding=False)
    umbrella = PartyFactory.create(kind="umbrella")
    s.binds(umbrella, binds_members="yes")
    s.joins(s.government, umbrella, "", since_edtf="2016-01-01", until_edtf="2016-06-01")
    s.joins(s.government, umbrella, "", since_edtf="2017-01-10")
    return s.expect("violation", bound=yes("bound"))


@example
def nothing_is_recorded_of_who_is_bound() -> Case:
    s = scene(truce={"bound_recorded": ""}, binding=False)
    return s.expect("possible", bound=undetermined("no_bound_party_recorded"))


@example
def nobody_is_accused() -> Case:
    return scene(accused=False).expect("possible", bound=undetermined("nobody_accused"))


@example
def whoever_did_it_is_bound() -> Case:
    s = scene(accused=False)
    for party in (s.government, s.rebels):
        IncidentPartyFactory.create(incident=s.incident, party=party)
    return s.expect("violation", bound=yes("all_involved_bound"))


@example
def whoever_did_it_is_not_bound() -> Case:
    s = scene(accused=False)
    IncidentPartyFactory.create(incident=s.incident)
    s.attribution = AttributionFactory.create(
        incident=s.incident, accused=None, accused_wording="unknown gunmen"
    )
    return s.expect("not_covered", bound=no("none_involved_bound"))


@example
def one_of_those_involved_is_not_bound() -> Case:
    s = scene(accused=False)
    IncidentPartyFactory.create(incident=s.incident)
    IncidentPartyFactory.create(incident=s.incident, party=s.rebels)
    return s.expect("possible", bound=undetermined("involved_not_all_bound"))


# 4. Protected target


@example
def combatants_of_an_unnamed_party_are_hit() -> Case:
    s = scene(hit=[Population.COMBATANTS])
    return s.expect("possible", protected=undetermined("target_unclear"))


@example
def a_bound_party_is_hit() -> Case:
    s = scene(hit=[Population.COMBATANTS])
    IncidentTargetFactory.create(incident=s.incident, population="", party=s.rebels)
    return s.expect("violation", protected=yes("target_bound"))


@example
def a_party_that_is_not_bound_is_hit() -> Case:
    s = scene(hit=())
    IncidentTargetFactory.create(incident=s.incident, population="", party=PartyFactory.create())
    return s.expect("not_covered", protected=no("target_not_bound"))


@example
def nobody_says_what_was_hit() -> Case:
    return scene(hit=()).expect("possible", protected=undetermined("target_not_recorded"))


# 5. Prohibited act


@example
def the_terms_contradict_each_other() -> Case:
    s = scene(terms=[("prohibits", Act.SHELLING), ("exempts", Act.SHELLING)])
    return s.expect("possible", prohibited=undetermined("terms_conflict"))


@example
def the_accused_claims_the_self_defence_that_is_permitted() -> Case:
    s = scene(
        terms=[("prohibits", Act.SHELLING), ("self_defence", Act.HOSTILITIES)],
        justification="self_defence",
    )
    return s.expect("possible", prohibited=undetermined("justification_claimed"))


@example
def the_accused_claims_a_retaliation_that_is_not_permitted() -> Case:
    s = scene(
        terms=[("prohibits", Act.SHELLING), ("self_defence", Act.HOSTILITIES)],
        justification="retaliation",
    )
    return s.expect("violation", prohibited=yes("prohibited"))


@example
def the_narrower_term_permits() -> Case:
    s = scene(terms=[("prohibits", Act.HOSTILITIES), ("permits", Act.BOMBARDMENT)])
    return s.expect("not_covered", prohibited=no("permitted"))


@example
def the_whole_text_is_silent() -> Case:
    s = scene(truce={"terms_recorded": Completeness.COMPLETE}, terms=[("prohibits", Act.SIEGE)])
    return s.expect("not_covered", prohibited=no("not_mentioned"))


@example
def what_is_known_of_the_text_is_silent() -> Case:
    s = scene(terms=())
    TruceTermFactory.create(truce=s.truce, rule="obliges", act=Act.OTHER)
    return s.expect("possible", prohibited=undetermined("act_not_mentioned"))


@example
def nothing_is_known_of_the_text() -> Case:
    return scene(terms=()).expect("possible", prohibited=undetermined("terms_not_recorded"))


# After the five answers


@example
def a_claim_is_upheld() -> Case:
    s = scene(terms=())
    s.is_claimed("upheld")
    s.is_claimed("alleged")
    s.is_claimed("rejected", published=False)
    return s.expect("possible", standing="upheld")


@example
def a_claim_is_rejected() -> Case:
    s = scene()
    s.is_claimed("rejected")
    return s.expect("violation", standing="rejected")


@example
def a_claim_is_disputed() -> Case:
    s = scene()
    s.is_claimed("rejected")
    s.is_claimed("upheld")
    return s.expect("violation", standing="disputed")
