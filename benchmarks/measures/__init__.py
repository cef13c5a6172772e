"""The measurements, in the order in which they are run."""

from collections.abc import Callable, Mapping
from typing import Final

from benchmarks.measures import (
    edits,
    export,
    facets,
    importing,
    overview,
    pages,
    readers,
    rebuild,
    saving,
    truce_edits,
)
from benchmarks.measuring import Finding
from benchmarks.run import Run

Measurement = Callable[[Run], list[Finding]]

MEASUREMENTS: Final[Mapping[str, Measurement]] = {
    "rebuild": rebuild.measure,
    "edit": edits.measure,
    "truce": truce_edits.measure,
    "save": saving.measure,
    "page": pages.measure,
    "facets": facets.measure,
    "export": export.measure,
    "overview": overview.measure,
    "readers": readers.measure,
    "import": importing.measure,
}
