"""One edit of a truce, by which ten thousand incidents are judged again."""

from django.db.models import Count

from benchmarks.databases import bare_insert
from benchmarks.measuring import Finding, Timing, duration
from benchmarks.run import Run
from ceasefire.models import Truce
from timeline import builder
from timeline.models import Assessment, Entry

MOST_SECONDS = 3.0
INCIDENTS = 10_000
TRIES = 5
TABLES = ("timeline_assessment", "timeline_entry", "timeline_sheet")


def measure(run: Run) -> list[Finding]:
    run.use(run.largest)
    builder.build()
    truce, incidents = _truce()
    timing, floor = Timing(), Timing()
    judged, lines = 0, 0
    for number in range(run.times(TRIES) + 1):
        _edit(truce)
        one = Timing()
        with one.once():
            revision = builder.build()[-1]
        judged = Assessment.objects.filter(revision_from=revision).count()
        lines = Entry.objects.filter(revision_from=revision).count()
        if number:
            timing.samples += one.samples
            rows = dict.fromkeys(TABLES, f"revision_from = {revision}")
            floor.samples.append(sum(bare_insert(rows).values()))
    return [
        Finding(
            what=f"a truce edit that re-judges {INCIDENTS:,} incidents",
            target=f"≤ {duration(MOST_SECONDS)}",
            measured=f"{duration(timing.median)} for {incidents:,} incidents "
            f"({judged:,} assessments and {lines:,} lines written)",
            against=f"bare INSERT of the rows of such a revision: {duration(floor.median)}",
            ratio=f"{timing.median / floor.median:.1f} ×",
            is_met=timing.median <= MOST_SECONDS if incidents >= 0.9 * INCIDENTS else None,
            figures={
                "seconds": timing.median,
                "incidents": incidents,
                "assessments": judged,
                "floor_seconds": floor.median,
            },
        )
    ]


def _truce() -> tuple[int, int]:
    """Return the truce that is judged with the number of incidents nearest to ten thousand."""
    counted = (
        Assessment.objects.current()
        .values_list("truce_id")
        .annotate(incidents=Count("incident_id", distinct=True))
    )
    return min(counted, key=lambda row: abs(row[1] - INCIDENTS))


def _edit(truce: int) -> None:
    """Let the truce hold everywhere, or nobody know where: the area of every verdict changes."""
    found = Truce.objects.filter(pk=truce)
    found.update(coverage="" if found.get().coverage == "all" else "all")
