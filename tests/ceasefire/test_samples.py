"""Samples: a file is read, checked and loaded, all or nothing."""

from typing import Any

import pytest
from django.apps import apps

from ceasefire.services import samples
from ceasefire.services.samples import Outcome
from sources.models import Outlet, Record
from talks.models import Conflict

SMALL = """
scheme: truceline_sample
conflicts:
  syria: {name: Syria}
outlets:
  bbc: {name: BBC, kind: broadcaster}
parties:
  russia: {name: Russia, kind: state}
sources:
  report: {outlet: bbc, title: A report}
records:
  shelling:
    kind: incident
    facts: [F1]
    title: Shelling
    conflict: syria
    act: shelling
    when: 2017-01-15
    citations:
      - source: report
"""


def file_with(old: str, new: str = "") -> str:
    assert old in SMALL
    return SMALL.replace(old, new)


def load(text: str, *, by: Any = None) -> samples.Count:
    return samples.load(samples.read(text), by=by, reason="try")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (SMALL, "a: b: c", "The file is not YAML: mapping values are not allowed here in"),
        (SMALL, "- a", "The file: give “field: value” here."),
        ("parties:", "partys:", "The file has no section “partys”; it has: scheme, conflicts,"),
        (
            "scheme: truceline_sample",
            "scheme: 7",
            "scheme: name the scheme of the records' external ids.",
        ),
        ("    act: shelling", "    act: shelling\n    act: arrest", "“act” comes twice"),
        ("{name: Syria}", "Syria", "syria: give “field: value” here."),
        ("name: Syria", "7: Syria", "syria: “7” is no name of a field."),
        ("act: shelling", "act:", "shelling: act: this is empty; leave it out instead."),
        ("kind: incident", "kind: accident", "shelling: kind: “accident” is none of: round,"),
        ("    kind: incident\n", "", "shelling: kind: “missing” is none of: round,"),
        ("facts: [F1]", "facts: F1", "shelling: facts: list the numbers of the facts that it"),
        ("- source: report", "source: report", "shelling: citations: give a list here."),
        ("- source: report", "- report", "shelling: citations 1: give “field: value” here."),
        ("- source: report", "- source: paper", "shelling: citations 1: source: no source “paper”"),
        ("conflict: syria", "conflict: libya", "shelling: conflict: no conflict “libya” stands"),
        ("conflict: syria", "place: homs", "shelling: place: no place “homs” stands above this."),
        ("    conflict: syria\n", "", "shelling: conflict: this is missing."),
        ("act: shelling", "deed: shelling", "shelling: there is no field “deed”; there is: title,"),
        (
            "act: shelling",
            "act: shouting",
            "shelling: act: Value 'shouting' is not a valid choice.",
        ),
        ("2017-01-15", "2017-02-30", "shelling: when: 30 February 2017 does not exist."),
        (
            "- source: report",
            "- source: report\n        figures: [{group: people, harm: killed, low: nine}]",
            "shelling: citations 1: figures 1: low: “nine” value must be an integer.",
        ),
        (
            "- source: report",
            "- source: report\n        figures: [{group: people, harm: killed}]",
            "shelling: Give at least one of low, best and high.",
        ),
        (
            "- source: report",
            "- source: report\n        fields: [weather]",
            "shelling: fields: A incident has no field “weather”.",
        ),
        (
            "- source: report",
            "- {source: report, stance: context}",
            "shelling: A published record needs at least one supporting citation: “Shelling” has",
        ),
        (
            "act: shelling",
            "act: shelling\n    linked_truces: [{truce: shelling}]",
            "shelling: linked_truces 1: truce: no truce “shelling” stands above this.",
        ),
        (
            "{name: Russia, kind: state}",
            "{name: Russia, kind: state, names: [{text: Россия, script: cyrillic}]}",
            "russia: names 1: script: ",
        ),
        (
            "    kind: incident",
            "    kind: development\n    development: battle",
            "shelling: there is no field “act”",
        ),
        (
            "- source: report",
            (
                "- source: report\n  again: {kind: incident, facts: [F1], title: Again, "
                "conflict: syria, act: arrest}"
            ),
            "again: Another record already has this id in this scheme.",
        ),
    ],
)
def test_bad_file_is_refused_with_the_entry_and_the_field(
    db: None, old: str, new: str, message: str
) -> None:
    with pytest.raises(samples.BadSample) as refusal:
        load(file_with(old, new))
    assert str(refusal.value)[: len(message)] == message
    assert not Conflict.objects.exists()


def test_only_an_incident_is_attributed(db: None) -> None:
    text = file_with("kind: incident", "kind: development")
    text = text.replace("act: shelling", "development: battle")
    text = text.replace("- source: report", "- {source: report, attributions: [{claimed_by: x}]}")
    with pytest.raises(samples.BadSample) as refusal:
        load(text)
    assert str(refusal.value) == "shelling: citations 1: attributions: only an incident has any."


def test_record_of_another_kind_is_not_overwritten(db: None) -> None:
    load(SMALL)
    text = file_with("kind: incident", "kind: development")
    with pytest.raises(samples.BadSample) as refusal:
        load(text.replace("act: shelling", "development: battle"))
    assert str(refusal.value) == "shelling: kind: the record of this id is a Incident."
    assert [record.kind for record in Record.objects.all()] == ["incident"]


def test_field_that_the_file_no_longer_states_is_emptied(db: None) -> None:
    load(SMALL)
    count = load(file_with("    when: 2017-01-15\n"))
    assert Record.objects.get().when_edtf == ""
    assert count.records == {Outcome.CREATED: 0, Outcome.RESTORED: 1, Outcome.UNCHANGED: 0}


def test_rule_between_records_is_said_in_plain_words(db: None) -> None:
    text = file_with("parties:", "processes:\n  geneva: {conflict: syria, name: Geneva}\nparties:")
    text += """
  talks:
    {kind: round, facts: [F2], title: Talks, process: geneva, round_status: expected,
     citations: [{source: report}]}
  delegation:
    {kind: delegation, facts: [F3], title: Delegation, round: talks, attendance: sat,
     citations: [{source: report}]}
"""
    with pytest.raises(samples.BadSample) as refusal:
        load(text)
    assert str(refusal.value) == (
        "delegation: A delegation cannot have sat at a round that is not recorded as held."
    )


def test_person_who_loads_is_named_in_the_history(db: None, django_user_model: Any) -> None:
    editor = django_user_model.objects.create_superuser("editor")
    load(SMALL, by=editor)
    history = apps.get_model("sources", "RecordHistory")._default_manager.latest("pgh_id")
    assert history.pgh_context.metadata == {"user": editor.pk, "reason": "try"}


def test_rule_of_the_database_is_said_in_plain_words(db: None) -> None:
    Outlet.objects.create(name="BBC", slug="the-bbc", kind="broadcaster")
    with pytest.raises(samples.BadSample) as refusal:
        load(SMALL)
    assert str(refusal.value) == "bbc: name: Outlet with this Name already exists."
