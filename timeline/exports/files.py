"""Every file of a selection: where it stands, what it is, and what writes it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timeline.exports import (
    bibliography,
    calendars,
    copying,
    feeds,
    storytelling,
    timeline_csv,
    workbook,
)
from timeline.exports.evidence_tables import CITATIONS, FIGURES, VERDICTS
from timeline.exports.tables import Table
from timeline.exports.timeline_table import ENTRIES
from timeline.queries.selection import Selection


@dataclass(frozen=True)
class File:
    """One file: any selection can be taken away as it."""

    path: str
    """Its address below the site's root."""
    label: str | Promise
    """What it is called in a list of files."""
    purpose: str | Promise
    """What it holds, and for whom."""
    content_type: str
    stream: Callable[[Selection], Iterator[bytes]]
    table: Table | None = None
    """What its rows are, where it has any."""
    most_lines: int | None = None
    """How many lines it can hold, where that is limited."""
    is_saved: bool = True
    """Whether a browser saves it, rather than shows it or hands it on."""

    @property
    def name(self) -> str:
        """What the addresses call it: `timeline_citations_csv`."""
        return self.path.replace("/", "_").replace(".", "_")

    def saved_as(self, revision: int, *, is_whole: bool) -> str:
        """Return the name under which it is saved: `truceline-citations-revision-7-part.csv`."""
        stem, _, extension = self.path.removeprefix("timeline").lstrip("/").partition(".")
        what = f"{stem}-" if stem else ""
        part = "" if is_whole else "-part"
        return f"truceline-{what}revision-{revision}{part}.{extension}"


def _csv(table: Table, path: str, label: str | Promise, purpose: str | Promise) -> File:
    return File(
        path,
        label,
        purpose,
        "text/csv; charset=utf-8; header=present",
        partial(copying.csv_stream, table=table),
        table=table,
    )


TIMELINE_CSV: Final = replace(
    _csv(ENTRIES, "timeline.csv", "CSV", _("A row a line, for spreadsheets and statistics.")),
    stream=timeline_csv.stream,
)

FILES: Final = (
    TIMELINE_CSV,
    File(
        "timeline.xlsx",
        "Excel",
        _("The same as a workbook, up to the rows that Excel can hold."),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        partial(workbook.workbook, table=ENTRIES),
        table=ENTRIES,
        most_lines=workbook.MOST_ROWS - 1,
    ),
    File(
        "timeline.jsonl",
        "JSON Lines",
        _("A JSON object a line, for programs."),
        "application/jsonl; charset=utf-8",
        partial(copying.json_lines, table=ENTRIES),
        table=ENTRIES,
    ),
    File(
        "timeline.geojson",
        "GeoJSON",
        _("For maps: points with how exactly each place is known."),
        "application/geo+json",
        partial(copying.features, table=ENTRIES),
        table=ENTRIES,
    ),
    _csv(
        CITATIONS,
        "timeline/citations.csv",
        _("Citations (CSV)"),
        _("Every passage behind the lines: who says so, in what, where in it."),
    ),
    _csv(
        VERDICTS,
        "timeline/verdicts.csv",
        _("Verdicts (CSV)"),
        _("Every incident under every truce, for each attribution: five answers and why."),
    ),
    _csv(
        FIGURES,
        "timeline/figures.csv",
        _("Figures (CSV)"),
        _("Every number that a passage claims, side by side."),
    ),
    File(
        "timeline/sources.bib",
        "BibTeX",
        _("The documents cited, for LaTeX and reference managers."),
        "application/x-bibtex; charset=utf-8",
        bibliography.bibtex,
    ),
    File(
        "timeline/sources.csl.json",
        "CSL-JSON",
        _("The documents cited, for Zotero, pandoc and others."),
        "application/vnd.citationstyles.csl+json",
        bibliography.csl,
    ),
    File(
        "timeline.ics",
        _("Calendar"),
        _("Talks rounds and truce dates; what is only expected is tentative."),
        "text/calendar; charset=utf-8",
        calendars.calendar,
    ),
    File(
        "timeline.atom",
        "Atom",
        _("What changed of these lines, for a feed reader."),
        "application/atom+xml; charset=utf-8",
        feeds.changes,
        is_saved=False,
    ),
    File(
        "timeline.timelinejs.json",
        "TimelineJS",
        _("For a story in TimelineJS."),
        "application/json",
        storytelling.timeline_js,
    ),
)

#: The files whose hashes a release holds: those that hold any number of lines.
RELEASED: Final = tuple(file for file in FILES if file.is_saved and file.most_lines is None)
