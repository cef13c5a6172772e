"""The timeline itself as a table: a row a line."""

from typing import Final

from sources.enums import RecordKind
from timeline.exports.columns import Column, Shape, code, column, number
from timeline.exports.tables import Table


def _claimed(name: str, whom: str, bound: str) -> Column:
    return number(
        name,
        f"{whom}: the {bound} of what its citations claim, without superseded figures. "
        "Empty is not zero: nobody says.",
    )


_ID = code("id", "The record's public id, for good.", sql="public_id")
_URL = code(
    "url",
    "Its page.",
    label="URL",
    sql="%(site)s || 'records/' || public_id || '/'",
)

ENTRIES: Final = Table(
    "timeline",
    "Timeline",
    "The lines of the timeline, one a record.",
    (
        _ID,
        code("kind", f"What it is: {', '.join(RecordKind.values)}."),
        column("conflict", "The conflict's name.", sql="conflict.name"),
        code(
            "date_earliest",
            "The first day on which it can have been (YYYY-MM-DD). Empty: open, or not recorded.",
            sql="earliest",
        ),
        code(
            "date_latest",
            "The last day on which it can have been (YYYY-MM-DD). Empty: open, or not recorded.",
            sql="latest",
        ),
        code(
            "date_precision",
            "How far the two days lie apart: day, days (2 to 6), week, month, year, longer; open "
            "at one end; unknown.",
            sql="precision",
        ),
        column(
            "date_reported",
            "When the first of its supporting public sources appeared (EDTF).",
            sql="reported_edtf",
        ),
        code("extent", "within: at some time between the two days; throughout: on all of them."),
        column("title", "What happened, in a line."),
        column("summary", "What happened, in some lines."),
        column("place", "The place's name.", sql="spot.name"),
        number(
            "place_precision",
            "How exactly the place is known, 1 to 7 (UCDP GED's where_prec).",
        ),
        number("latitude", "Degrees north of the place's point."),
        number("longitude", "Degrees east of the place's point."),
        column(
            "parties",
            "Every party that it names, by its official English name of that time, with “; ” "
            "between.",
            shape=Shape.LIST,
        ),
        column(
            "accused",
            "To whom it is attributed, or who is accused of a violation. Claims, not findings.",
            shape=Shape.LIST,
        ),
        column(
            "truce",
            "The ids of the truces that it belongs to or was judged against.",
            shape=Shape.CODES,
            sql="truces",
        ),
        column(
            "round",
            "The id of the talks round that it belongs to.",
            shape=Shape.CODES,
            sql="rounds",
        ),
        code("act", "What was done, as a code."),
        code(
            "verdict",
            "The gravest verdict over all truces: violation, possible or not_covered; always “if "
            "it happened as alleged”. Empty: not judged.",
        ),
        column(
            "verdict_reasons",
            "Each truce that it was judged against, with the five answers and their reasons; “ | ” "
            "between several.",
            sql="reasons",
        ),
        code(
            "evidence",
            "How well it is attested that it happened: origin_unknown, single_origin, "
            "corroborated, verified.",
        ),
        _claimed("killed_low", "People killed", "lowest"),
        _claimed("killed_best", "People killed", "best"),
        _claimed("killed_high", "People killed", "highest"),
        _claimed("civilians_killed_low", "Civilians killed", "lowest"),
        _claimed("civilians_killed_high", "Civilians killed", "highest"),
        _claimed("injured_low", "People injured", "lowest"),
        _claimed("injured_high", "People injured", "highest"),
        _claimed("displaced_low", "People displaced", "lowest"),
        _claimed("displaced_high", "People displaced", "highest"),
        number(
            "citations", "How many citations it has.", sql="jsonb_array_length(chunk.citations)"
        ),
        column(
            "origins",
            "Whose knowledge it is, by its supporting citations, with “; ” between.",
            shape=Shape.LIST,
        ),
        column(
            "sources",
            "The documents that it cites, as title <URL>, with “; ” between.",
            shape=Shape.LIST,
        ),
        _URL,
    ),
    "file_entries",
)
