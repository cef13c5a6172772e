"""Truceline's own CSV: one row is one line of a timeline.

Such a row holds less than a record: it has no passages, no terms, no claimants. So a row whose id a
record bears changes nothing, ever: brought back as it was exported it is no more than a check, and
where a cell says otherwise than the record, that is reported and the record stands. A row with an
id that is not here, from another site or from a spreadsheet, becomes an incident, the one kind that
such a row describes well enough; under its id it is found again.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Final

from ceasefire.enums import Act
from ceasefire.services.imports.cells import Cells
from ceasefire.services.imports.incoming import (
    Dataset,
    Event,
    NamedConflict,
    NamedParty,
    NamedPlace,
    Number,
    Passage,
)
from sources.enums import Extent, FigureGroup, Harm, OutletKind, RecordKind
from talks.enums import PartyKind, PlaceKind, PlacePrecision

SCHEME: Final = "truceline"
CONFLICT: Final = "truceline_conflict"
BETWEEN: Final = "; "

REQUIRED: Final = ("id", "kind", "conflict", "date_earliest", "date_latest", "title")
#: What goes into an incident.
USED: Final = (
    *REQUIRED,
    "extent",
    "summary",
    "place",
    "place_precision",
    "latitude",
    "longitude",
    "parties",
    "act",
    "killed_low",
    "killed_best",
    "killed_high",
    "civilians_killed_low",
    "civilians_killed_high",
    "injured_low",
    "injured_high",
    "displaced_low",
    "displaced_high",
)
#: What a site derives from its records, or what is a claim that needs its claimant: not read.
DERIVED: Final = (
    "date_precision",
    "date_reported",
    "accused",
    "truce",
    "round",
    "verdict",
    "verdict_reasons",
    "evidence",
    "citations",
    "origins",
    "sources",
    "url",
)
KNOWN: Final = (*USED, *DERIVED)
DATES: Final = ("date_earliest", "date_latest")

#: The kind of a place of which only how exactly it is known is told.
KINDS: Final = {
    PlacePrecision.EXACT: PlaceKind.SITE,
    PlacePrecision.DISTRICT: PlaceKind.DISTRICT,
    PlacePrecision.PROVINCE: PlaceKind.REGION,
    PlacePrecision.COUNTRY: PlaceKind.COUNTRY,
}
PRECISIONS: Final = {int(precision): precision for precision in PlacePrecision}


def dataset(version: str) -> Dataset:
    """Return the table itself as a source: what it rests on is named in its rows, in words."""
    release = f", {version}" if version else ""
    return Dataset(
        outlet_name="Truceline tables",
        outlet={"kind": OutletKind.DATASET},
        title=f"A Truceline table{release}",
        source={},
    )


def read(
    number: int, raw: Mapping[str, str], cells: Cells, *, version: str, is_strict: bool
) -> Event | None:
    """Return the incident of a row, or what of a row of another kind can be compared.

    None where `cells` now says what is wrong with it.
    """
    value = cells.text("id", required=True, longest=200)
    kind = cells.text("kind", required=True)
    if kind and kind not in RecordKind.values:
        cells.fault("kind", f"There is no kind “{kind}”.")
    extent = cells.text("extent") or Extent.WITHIN
    if extent not in Extent.values:
        cells.fault("extent", f"This must be {' or '.join(Extent.values)}.")
    earliest, latest = cells.day("date_earliest"), cells.day("date_latest")
    if earliest and latest and earliest > latest:
        cells.fault("date_latest", f"It is before date_earliest, {earliest}.")
    title = raw.get("title", "")
    if not title.strip():
        cells.fault("title", "This is empty.")
    elif len(title) > 300:
        cells.fault("title", f"This has {len(title)} characters; at most 300 are possible.")
    is_incident = kind == RecordKind.INCIDENT
    conflict = cells.text("conflict", required=is_incident, longest=200)
    act = cells.text("act", required=is_incident)
    if is_incident and act and act not in Act.values:
        cells.fault("act", f"There is no act “{act}”.")
    precision = cells.code("place_precision", PRECISIONS, required=False) if is_incident else None
    place = _place(cells, precision) if is_incident else None
    numbers = _numbers(cells) if is_incident else ()
    if not cells.is_good:
        return None
    names = [name for name in raw.get("parties", "").split(BETWEEN) if name.strip()]
    return Event(
        number=number,
        value=value,
        raw=raw,
        digest=_digest(raw),
        part="",
        title=title,
        summary=raw.get("summary", ""),
        when=_window(earliest, latest),
        when_wording="",
        extent=extent,
        conflict=NamedConflict((CONFLICT, conflict), conflict, conflict),
        act=act if is_incident else "",
        is_aggregate=False,
        place=place,
        place_wording=cells.text("place", longest=200) if is_incident else "",
        place_precision=precision,
        parties=tuple(
            NamedParty(None, " ".join(name.split())[:200], PartyKind.OTHER) for name in names
        )
        if is_incident
        else (),
        targets=(),
        passages=(Passage(None, f"row “{value}”", is_unallocated=True, numbers=numbers),),
    )


def _window(earliest: date | None, latest: date | None) -> str:
    if earliest is None and latest is None:
        return ""
    if earliest == latest:
        return str(earliest)
    return f"{earliest or '..'}/{latest or '..'}"


def _place(cells: Cells, precision: PlacePrecision | None) -> NamedPlace | None:
    """Return the place; where it lies is not told, so it is found by its name alone."""
    latitude, longitude = cells.decimal("latitude", most=90), cells.decimal("longitude", most=180)
    point = (latitude, longitude) if latitude is not None and longitude is not None else None
    name = cells.text("place", longest=200)
    if not name:
        return None
    kind = KINDS.get(precision, PlaceKind.AREA) if precision else PlaceKind.AREA
    return NamedPlace(name, kind, point=point, is_anywhere=True)


def _numbers(cells: Cells) -> tuple[Number, ...]:
    found = []
    for prefix, group, harm in (
        ("killed", FigureGroup.PEOPLE, Harm.KILLED),
        ("civilians_killed", FigureGroup.CIVILIANS, Harm.KILLED),
        ("injured", FigureGroup.PEOPLE, Harm.INJURED),
        ("displaced", FigureGroup.PEOPLE, Harm.DISPLACED),
    ):
        low, high = cells.whole(f"{prefix}_low"), cells.whole(f"{prefix}_high")
        best = cells.whole(f"{prefix}_best")
        given = [
            (name, bound)
            for name, bound in (("low", low), ("best", best), ("high", high))
            if bound is not None
        ]
        for (lower, less), (upper, more) in pairwise(given):
            if less > more:
                cells.fault(f"{prefix}_{lower}", f"It is above {prefix}_{upper}, {more}.")
        if given:
            found.append(Number(group, harm, low=low, best=best, high=high))
    return tuple(found)


def _digest(raw: Mapping[str, str]) -> str:
    texts = "\x1f".join(raw.get(column, "") for column in USED)
    return hashlib.blake2b(texts.encode(), digest_size=16).hexdigest()
