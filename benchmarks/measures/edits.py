"""What one edit costs the builder, by its kind and by the size of the timeline."""

from collections import defaultdict
from collections.abc import Callable
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from benchmarks.databases import bare_insert, derived_tables
from benchmarks.measuring import Finding, Timing, duration
from benchmarks.run import Run, say
from ceasefire.enums import Act, AttributionStanding
from ceasefire.models import Attribution, Incident
from sources.enums import RecordKind, Status
from sources.models import Citation, Figure, Record, Source
from talks.models import PartyName, Place, Statement
from timeline import builder

MOST_SECONDS = 0.025
MOST_GROWTH = 1.5
#: Each size has so many turns, and each kind of edit one try a turn, after a turn to warm up.
TURNS = 6
#: Of so many rows of each table one is chosen.
SAMPLE = 200


class Editor:
    """Makes edits, each in a transaction of its own, on things that are used like any other."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.number = 0
        published = Record.objects.published()
        self.incidents = self._some(published.filter(kind=RecordKind.INCIDENT))
        self.statements = self._some(published.filter(kind=RecordKind.STATEMENT))
        self.places = self._some(Place.objects.all())

    def _some(self, rows: "QuerySet[Any]") -> list[int]:
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[: 20 * SAMPLE])
        return self.random.sample(keys, min(SAMPLE, len(keys)))

    def _words(self, of: str) -> str:
        self.number += 1
        return f"{of}, edited for the {self.number}th time"

    def _one(self, model: type[Model], **of: object) -> int:
        found = model._default_manager.filter(**of).values_list("pk", flat=True).first()
        return int(found or 0)

    def title(self) -> None:
        Record.objects.filter(pk=self.random.choice(self.incidents)).update(
            title=self._words("An incident")
        )

    def place(self) -> None:
        Incident.objects.filter(pk=self.random.choice(self.incidents)).update(
            place_id=self.random.choice(self.places)
        )

    def act(self) -> None:
        Incident.objects.filter(pk=self.random.choice(self.incidents)).update(
            act=self.random.choice(Act.values)
        )

    def attribution(self) -> None:
        key = self._one(Attribution, incident_id__gte=self.random.choice(self.incidents))
        Attribution.objects.filter(pk=key).update(
            standing=self.random.choice(AttributionStanding.values),
            justification_wording=self._words("A claim"),
        )

    def citation(self) -> None:
        key = self._one(Citation, record_id=self.random.choice(self.incidents))
        Citation.objects.filter(pk=key).update(locator=self._words("Page"))

    def figure(self) -> None:
        key = self._one(Figure, citation__record_id__gte=self.random.choice(self.incidents))
        Figure.objects.filter(pk=key).update(low=0, best=None, high=500 + self.random.randrange(99))

    def source(self) -> None:
        key = self._one(Source, citations__record_id=self.random.choice(self.incidents))
        Source.objects.filter(pk=key).update(title=self._words("A document"))

    def party(self) -> None:
        # A government: half of the entries of its conflict name it.
        key = self._one(PartyName, party__slug="w-0-party-0")
        PartyName.objects.filter(pk=key).update(text=self._words("A government"))

    def statement(self) -> None:
        Statement.objects.filter(pk=self.random.choice(self.statements)).update(
            position=self._words("A position")
        )

    def new_incident(self) -> None:
        model = Incident.objects.get(pk=self.random.choice(self.incidents))
        cited = self._one(Source, citations__record_id=model.pk)
        with transaction.atomic():
            incident = Incident.objects.create(
                title=self._words("A new incident"),
                when_edtf=model.when_edtf,
                status=Status.PUBLISHED,
                conflict_id=model.conflict_id,
                act=model.act,
                place_id=model.place_id,
            )
            Citation.objects.create(record_id=incident.pk, source_id=cited)

    def withdrawn(self) -> None:
        key = self.incidents.pop()
        Record.objects.filter(pk=key).update(status=Status.WITHDRAWN)

    @property
    def kinds(self) -> dict[str, Callable[[], None]]:
        return {
            "an incident's title": self.title,
            "an incident's place": self.place,
            "an incident's act": self.act,
            "an attribution": self.attribution,
            "a citation": self.citation,
            "a figure": self.figure,
            "a source's title": self.source,
            "a party's name": self.party,
            "a statement": self.statement,
            "a new incident": self.new_incident,
            "an incident withdrawn": self.withdrawn,
        }


def measure(run: Run) -> list[Finding]:
    by_size: dict[int, dict[str, Timing]] = {entries: defaultdict(Timing) for entries in run.sizes}
    floors: dict[int, Timing] = {entries: Timing() for entries in run.sizes}
    editors: dict[int, Editor] = {}
    for entries in run.sizes:
        run.use(entries)
        builder.build()
        editors[entries] = Editor(Random(entries))
    turns = run.times(TURNS)
    for turn in range(turns):
        # The sizes in turn, so that what drifts in the machine drifts for all of them alike.
        for entries in run.sizes:
            say(f"  turn {turn + 1} of {turns}, {entries:,} entries ...")
            run.use(entries)
            _turn(editors[entries], by_size[entries], floors[entries])
    return [_own_time(run, by_size, floors), *_growth(run, by_size)]


def _turn(editor: Editor, timings: dict[str, Timing], floor: Timing) -> None:
    # The connection is new: what it does first is not counted.
    editor.title()
    builder.build()
    for kind, edit in editor.kinds.items():
        edit()
        with timings[kind].once():
            written = builder.build()
        tables = [model._meta.db_table for model in derived_tables() if _is_versioned(model)]
        if written and kind == "an incident's title":
            of_revision = f"revision_from = {written[-1]}"
            floor.samples.append(sum(bare_insert(dict.fromkeys(tables, of_revision)).values()))


def _is_versioned(model: type[Model]) -> bool:
    return any(field.name == "revision_from" for field in model._meta.get_fields())


def _all(timings: dict[str, Timing]) -> Timing:
    return Timing([sample for timing in timings.values() for sample in timing.samples])


def _own_time(
    run: Run, by_size: dict[int, dict[str, Timing]], floors: dict[int, Timing]
) -> Finding:
    timings, floor = by_size[run.largest], floors[run.largest]
    every = _all(timings)
    figures: dict[str, float | str] = {
        "median_seconds": every.median,
        "p95_seconds": every.percentile(95),
        "edits": len(every.samples),
        "floor_seconds": floor.median,
    }
    figures |= {f"kind: {kind}": timing.median for kind, timing in timings.items()}
    figures |= {f"median_at_{size}": _all(each).median for size, each in by_size.items()}
    return Finding(
        what="one edit → new revision, builder's own time",
        target=f"≤ {duration(MOST_SECONDS)} median",
        measured=f"{duration(every.median)} median of {len(every.samples)} edits of "
        f"{len(timings)} kinds; p95 {duration(every.percentile(95))}",
        against=f"bare INSERT of the rows of such a revision: {duration(floor.median)}",
        ratio=f"{every.median / floor.median:.1f} ×",
        is_met=every.median <= MOST_SECONDS,
        figures=figures,
    )


def _growth(run: Run, by_size: dict[int, dict[str, Timing]]) -> list[Finding]:
    smallest = min(run.sizes)
    if smallest == run.largest:
        return []
    small, large = _all(by_size[smallest]).median, _all(by_size[run.largest]).median
    return [
        Finding(
            what=f"the same, {run.largest:,} against {smallest:,} entries",
            target=f"≤ {MOST_GROWTH} ×",
            measured=duration(large),
            against=f"at {smallest:,} entries: {duration(small)}",
            ratio=f"{large / small:.2f} ×",
            is_met=large / small <= MOST_GROWTH,
            figures={"ratio": large / small},
        )
    ]
