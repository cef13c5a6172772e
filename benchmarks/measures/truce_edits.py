"""One edit of a truce, by which ten thousand incidents are judged again.

Two edits: one that leaves most entries as they were, since the verdict that counts is the same, and
one that changes most of them. Both have to meet the target.
"""

from collections.abc import Callable

from django.db.models import Count

from benchmarks.databases import bare_insert
from benchmarks.measuring import Finding, Timing, duration
from benchmarks.run import Run
from ceasefire.enums import TruceOutcome
from ceasefire.models import Truce
from timeline import builder, tasks
from timeline.models import Assessment, Entry

MOST_SECONDS = 3.0
INCIDENTS = 10_000
TRIES = 5
TABLES = ("timeline_assessment", "timeline_entry", "timeline_sheet")


def measure(run: Run) -> list[Finding]:
    run.use(run.largest)
    builder.build()
    truce, incidents = _truce()
    light = _Measured(truce, _place, run.times(TRIES))
    heavy = _Measured(truce, _undo, run.times(TRIES))
    # As a worker does within seconds; the next measurement's readers are those of a site.
    tasks.take_in_keys()
    slower = max(light.timing.median, heavy.timing.median)
    return [
        Finding(
            what=f"a truce edit that re-judges {INCIDENTS:,} incidents",
            target=f"≤ {duration(MOST_SECONDS)}",
            measured=f"{light}; {heavy}; {incidents:,} incidents",
            against="bare INSERT of the rows of such a revision: "
            f"{duration(light.floor.median)}; {duration(heavy.floor.median)}",
            ratio=f"{light.ratio:.1f} ×; {heavy.ratio:.1f} ×",
            is_met=slower <= MOST_SECONDS if incidents >= 0.9 * INCIDENTS else None,
            figures={
                "seconds": light.timing.median,
                "seconds_where_most_lines_change": heavy.timing.median,
                "incidents": incidents,
                "assessments": light.judged,
                "lines": light.lines,
                "lines_where_most_change": heavy.lines,
                "floor_seconds": light.floor.median,
                "floor_seconds_where_most_lines_change": heavy.floor.median,
            },
        )
    ]


class _Measured:
    """What an edit of a truce costs, made so many times after one that does not count."""

    def __init__(self, truce: int, edit: Callable[[Truce], None], times: int) -> None:
        self.timing, self.floor = Timing(), Timing()
        self.judged = self.lines = 0
        for number in range(times + 1):
            edit(Truce.objects.get(pk=truce))
            one = Timing()
            with one.once():
                revision = builder.build()[-1]
            self.judged = Assessment.objects.filter(revision_from=revision).count()
            self.lines = Entry.objects.filter(revision_from=revision).count()
            if number:
                self.timing.samples += one.samples
                rows = dict.fromkeys(TABLES, f"revision_from = {revision}")
                self.floor.samples.append(sum(bare_insert(rows).values()))

    def __str__(self) -> str:
        wrote = f"{self.judged:,} assessments and {self.lines:,} lines written"
        return f"{duration(self.timing.median)} ({wrote})"

    @property
    def ratio(self) -> float:
        return self.timing.median / self.floor.median


def _truce() -> tuple[int, int]:
    """Return the truce that is judged with the number of incidents nearest to ten thousand."""
    counted = (
        Assessment.objects.current()
        .values_list("truce_id")
        .annotate(incidents=Count("incident_id", distinct=True))
    )
    return min(counted, key=lambda row: abs(row[1] - INCIDENTS))


def _place(truce: Truce) -> None:
    """Let the truce hold everywhere, or nobody know where: the area of every verdict changes."""
    Truce.objects.filter(pk=truce.pk).update(coverage="" if truce.coverage == "all" else "all")


def _undo(truce: Truce) -> None:
    """Let the truce never have taken effect, or nobody know: no incident falls to it any more."""
    never = TruceOutcome.NEVER_TOOK_EFFECT
    Truce.objects.filter(pk=truce.pk).update(outcome="" if truce.outcome == never else never)
