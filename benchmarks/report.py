"""The page of results, the same for machines, and the plot."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from benchmarks.measuring import Finding, duration
from benchmarks.plot import Series, plot

PLOT: Final = "benchmarks-builder.svg"
PAGE: Final = "benchmarks.md"
FIGURES: Final = "benchmarks.json"
MET: Final = {True: "met", False: "**not met**", None: "–"}

ABOUT: Final = """\
# Benchmarks

Written by `make bench` itself; no figure here was typed by hand. `benchmarks.json` beside this page
holds the same figures, and more of them, so that a later run can be compared.

Every figure stands beside a floor (bare SQL for the same rows) or a peer (another program given the
same rows), measured in the same run on the same servers: ratios travel from one machine to another,
seconds do not. What is compared takes turns (A B A B …), after a round that does not count; the
figure is the median, ± half the distance between the quartiles. The rows come from
`benchmarks/world/`, a made-up world from a seed: uneven in parties, places and outlets, with fuzzy
dates, several citations a record, and truces that overlap.
"""


@dataclass
class Measured:
    """What one measurement found, and under which circumstances."""

    sizes: Sequence[int]
    seed: int
    #: How many processes wanted a core when it began, over a minute.
    load: float
    #: How long it took, the making of worlds included.
    seconds: float
    began: str
    machine: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)

    @property
    def entries(self) -> int:
        return max(self.sizes)

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        return cls(**{**plain, "findings": [Finding(**each) for each in plain["findings"]]})


@dataclass
class Report:
    """What is known of each measurement, by its name and in their order."""

    order: Sequence[str]
    measured: dict[str, Measured] = field(default_factory=dict)

    @classmethod
    def read(cls, out: Path, order: Sequence[str]) -> Self:
        """Return what an earlier run has written into a directory, if any has."""
        file = out / FIGURES
        plain = json.loads(file.read_text()) if file.exists() else {}
        return cls(order, {name: Measured.read(each) for name, each in plain.items()})

    def take(self, name: str, found: Measured) -> None:
        """Take in a measurement, unless one of a larger world is known."""
        known = self.measured.get(name)
        if known is None or known.entries <= found.entries:
            self.measured[name] = found

    def write(self, out: Path) -> None:
        """Write the page, the figures and the plot into a directory."""
        plain = {name: asdict(self.measured[name]) for name in self._names}
        (out / FIGURES).write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
        series = self._series()
        if series:
            (out / PLOT).write_text(_plotted(series))
        (out / PAGE).write_text(self.as_page(has_plot=bool(series)))

    @property
    def _names(self) -> list[str]:
        return [name for name in self.order if name in self.measured]

    @property
    def findings(self) -> list[Finding]:
        return [finding for name in self._names for finding in self.measured[name].findings]

    def as_page(self, *, has_plot: bool) -> str:
        sections = [ABOUT, self._table()]
        if has_plot:
            sections.append(f"![The builder's cost against the size of the timeline]({PLOT})\n")
        sections += [self._kinds(), self._statements(), self._runs(), self._machine()]
        return "\n".join(section for section in sections if section)

    def _table(self) -> str:
        met = sum(finding.is_met is True for finding in self.findings)
        judged = sum(finding.is_met is not None for finding in self.findings)
        lines = [
            "## The numbers to reach",
            "",
            f"{met} of {judged} met; {len(self.findings) - judged} without a judgement.",
            "",
            "| what | entries | target | measured | ratio | floor or peer | |",
            "|---|---|---|---|---|---|---|",
        ]
        for name in self._names:
            entries = f"{self.measured[name].entries:,}"
            lines += [
                _row(
                    *(finding.what, entries, finding.target, finding.measured),
                    *(finding.ratio, finding.against, MET[finding.is_met]),
                )
                for finding in self.measured[name].findings
            ]
        if missing := [name for name in self.order if name not in self.measured]:
            lines += ["", f"Not measured: {', '.join(missing)}."]
        return "\n".join([*lines, ""])

    def _kinds(self) -> str:
        """Word what each kind of edit costs the builder."""
        kinds = self._figures("kind: ")
        if not kinds:
            return ""
        lines = [
            "## One edit, by its kind",
            "",
            "| edit | builder's own time, median |",
            "|---|---|",
        ]
        lines += [_row(kind, duration(seconds)) for kind, seconds in kinds.items()]
        return "\n".join([*lines, ""])

    def _statements(self) -> str:
        """Word where the time of the full rebuild goes."""
        heads = self._figures("statement: ")
        if not heads:
            return ""
        lines = [
            "## The full rebuild, by its dearest statements",
            "",
            "| statement | |",
            "|---|---|",
        ]
        lines += [_row(head, duration(seconds)) for head, seconds in heads.items()]
        return "\n".join([*lines, ""])

    def _runs(self) -> str:
        lines = [
            "## The measurements",
            "",
            "Load: how many processes wanted a core, over the minute before it began.",
            "",
            "| measurement | worlds (entries) | seed | began | load | took |",
            "|---|---|---|---|---|---|",
        ]
        for name in self._names:
            each = self.measured[name]
            sizes = ", ".join(f"{size:,}" for size in each.sizes)
            took = duration(each.seconds)
            lines.append(_row(name, sizes, f"{each.seed}", each.began, f"{each.load:.1f}", took))
        return "\n".join([*lines, ""])

    def _machine(self) -> str:
        """Word the machine; where the measurements are of several, each of them."""
        machines: dict[str, Mapping[str, str]] = {}
        for name in self._names:
            machine = self.measured[name].machine
            same = next((names for names, known in machines.items() if known == machine), None)
            machines[f"{same}, {name}" if same else name] = machine
            if same:
                del machines[same]
        lines = ["## The machine", ""]
        for names, machine in machines.items():
            of = f" ({names})" if len(machines) > 1 else ""
            lines += [f"| the machine{of} | |", "|---|---|"]
            lines += [*(_row(what, text) for what, text in machine.items()), ""]
        return "\n".join(lines)

    def _figures(self, prefix: str) -> dict[str, float]:
        return {
            name.removeprefix(prefix): value
            for finding in self.findings
            for name, value in finding.figures.items()
            if name.startswith(prefix) and not isinstance(value, str)
        }

    def _series(self) -> list[Series]:
        by_size = {
            name: {int(size): seconds for size, seconds in self._figures(f"{name}_at_").items()}
            for name in ("seconds", "floor", "median")
        }
        if any(len(points) < 2 for points in by_size.values()):
            return []
        return [
            Series("full rebuild", by_size["seconds"]),
            Series("the same rows,\nbare INSERT", by_size["floor"], is_below=True),
            Series("one edit,\nmedian", by_size["median"], goal=0.025, is_below=True),
        ]


def _plotted(series: Sequence[Series]) -> str:
    return plot(
        series,
        title="What the builder costs, by the size of the timeline",
        subtitle="An edit's cost is to follow the edit, and a rebuild's the timeline.",
    )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
