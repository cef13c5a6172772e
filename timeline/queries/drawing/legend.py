"""The legend of a picture: only what is in it, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from sources.enums import RecordKind
from talks.enums import LinkKind
from timeline.enums import Verdict
from timeline.queries.drawing.lanes import SORTS, Picture
from timeline.queries.drawing.marks import Mark
from timeline.queries.lines import variant_of

_LANE_OF = {kind: sort.code for sort in SORTS for kind in sort.kinds}


@dataclass(frozen=True)
class Key:
    """One sign and what it means; `lane` says in which hue it is drawn."""

    sign: str
    words: str
    lane: str = ""


def legend(picture: Picture) -> tuple[Key, ...]:
    marks = [mark for lane in picture.lanes for mark in lane.marks]
    return (*_kinds(marks), *_verdicts(marks), *_dates(picture, marks), *_ties(picture))


def _kinds(marks: list[Mark]) -> Iterator[Key]:
    held = {mark.entry.kind for mark in marks if not mark.is_expected}
    for kind in RecordKind:
        if kind in held and kind != RecordKind.TRUCE:
            yield Key(f"shape-{kind.value}", str(kind.label), _LANE_OF[kind])
    if any(mark.is_expected for mark in marks):
        yield Key("expected", gettext("Round not recorded as held"), "talks")
    if any(variant_of(mark.entry) == "aggregate" for mark in marks):
        yield Key("shape-aggregate", gettext("Aggregate report"), "incidents")


def _verdicts(marks: list[Mark]) -> Iterator[Key]:
    found = {mark.entry.verdict for mark in marks}
    for verdict in Verdict:
        if verdict in found:
            yield Key(f"ring-{verdict.value}", str(verdict.label), "incidents")


def _dates(picture: Picture, marks: list[Mark]) -> Iterator[Key]:
    if any(bar.fade == "end" for mark in marks if mark.is_bar for bar in mark.bars):
        yield Key("fading", gettext("Truce, its end not recorded or not exact"), "truces")
    elif any(mark.is_bar for mark in marks):
        yield Key("bar", gettext("Truce"), "truces")
    reaches = [mark.reach for mark in marks if mark.reach and not mark.is_expected]
    if any(not reach.fade for reach in reaches):
        yield Key("reach", gettext("At some time within"))
    has_open_bars = any(
        bar.by for lane in picture.lanes if lane.density for bar in lane.density.bars
    )
    if has_open_bars or any(reach.fade == "start" for reach in reaches):
        yield Key("by", gettext("Only known as “by” a day"))


def _ties(picture: Picture) -> Iterator[Key]:
    words = {
        LinkKind.CONTRADICTS: gettext("One account contradicts the other"),
        LinkKind.EARLIER_ACCOUNT_OF: gettext("Earlier and later account"),
        LinkKind.POSSIBLE_DUPLICATE: gettext("Possibly the same"),
    }
    found = {tie.kind for tie in picture.ties}
    for kind, text in words.items():
        if kind in found:
            yield Key(f"tie-{kind.value}", text)
