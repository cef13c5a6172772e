"""The page of results, the same for machines, and the plot."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.measuring import Finding, duration
from benchmarks.plot import Series, plot

PLOT: Final = "benchmarks-builder.svg"
MET: Final = {True: "met", False: "**not met**", None: "–"}

ABOUT: Final = """\
# Benchmarks

Written by `make bench` itself; no figure here was typed by hand. `docs/benchmarks.json` holds the
same figures, and more of them, so that a later run can be compared.

Every figure stands beside a floor (bare SQL for the same rows) or a peer (another program given the
same rows), measured in the same run on the same servers: ratios travel from one machine to another,
seconds do not. What is compared takes turns (A B A B …), after a round that does not count; the
figure is the median, ± half the distance between the quartiles. The rows come from
`benchmarks/world/`, a made-up world from a seed: uneven in parties, places and outlets, with fuzzy
dates, several citations a record, and truces that overlap.
"""


@dataclass
class Report:
    """What one run has found so far."""

    machine: Mapping[str, str]
    sizes: Sequence[int]
    seed: int
    findings: list[Finding] = field(default_factory=list)
    #: How many processes wanted a core when each measurement began.
    loads: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0

    def write(self, out: Path) -> None:
        """Write the page, the figures and the plot into a directory."""
        series = self._series()
        if series:
            (out / PLOT).write_text(_plotted(series))
        (out / "benchmarks.json").write_text(self.as_json())
        (out / "benchmarks.md").write_text(self.as_page(has_plot=bool(series)))

    def as_json(self) -> str:
        return (
            json.dumps(
                {
                    "machine": dict(self.machine),
                    "sizes": list(self.sizes),
                    "seed": self.seed,
                    "seconds": self.seconds,
                    "loads": self.loads,
                    "findings": [asdict(finding) for finding in self.findings],
                },
                ensure_ascii=False,
                indent=1,
                default=dict,
            )
            + "\n"
        )

    def as_page(self, *, has_plot: bool) -> str:
        sections = [ABOUT, self._table()]
        if has_plot:
            sections.append(f"![The builder's cost against the size of the timeline]({PLOT})\n")
        sections += [self._kinds(), self._statements(), self._machine()]
        return "\n".join(section for section in sections if section)

    def _table(self) -> str:
        entries = max(self.sizes)
        met = sum(finding.is_met is True for finding in self.findings)
        judged = sum(finding.is_met is not None for finding in self.findings)
        lines = [
            f"## The numbers to reach, at {entries:,} entries",
            "",
            f"{met} of {judged} met; {len(self.findings) - judged} not judged.",
            "",
            "| what | target | measured | ratio | floor or peer | |",
            "|---|---|---|---|---|---|",
        ]
        lines += [
            "| "
            + " | ".join(
                _cell(cell)
                for cell in (
                    *(finding.what, finding.target, finding.measured),
                    *(finding.ratio, finding.against, MET[finding.is_met]),
                )
            )
            + " |"
            for finding in self.findings
        ]
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
        lines += [f"| {kind} | {duration(seconds)} |" for kind, seconds in kinds.items()]
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
        lines += [f"| {_cell(head)} | {duration(seconds)} |" for head, seconds in heads.items()]
        return "\n".join([*lines, ""])

    def _machine(self) -> str:
        lines = ["## The machine and the run", "", "| | |", "|---|---|"]
        lines += [f"| {name} | {_cell(text)} |" for name, text in self.machine.items()]
        sizes = ", ".join(f"{each:,}" for each in self.sizes)
        loads = ", ".join(f"{name} {load:.1f}" for name, load in self.loads.items())
        lines += [
            f"| worlds | {sizes} entries, seed {self.seed} |",
            f"| load as each began | {loads} (processes that wanted a core, over a minute) |",
            f"| length of the run | {duration(self.seconds)} |",
        ]
        return "\n".join([*lines, ""])

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
        if len(self.sizes) < 2 or not all(by_size.values()):
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


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
