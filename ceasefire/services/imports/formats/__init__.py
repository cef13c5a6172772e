"""The formats that can be imported: what columns each has, and what it makes of a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ceasefire.enums import ImportFormat
from ceasefire.services.imports.cells import Cells
from ceasefire.services.imports.formats import truceline_csv, ucdp_ged
from ceasefire.services.imports.incoming import Dataset, Event


@dataclass(frozen=True, slots=True)
class Format:
    """One form of file."""

    scheme: str
    """The scheme of the external ids by which the next import finds the records."""
    known: tuple[str, ...]
    required: tuple[str, ...]
    dates: tuple[str, ...]
    """Columns in which a date with slashes tells how the others are meant."""
    id_column: str
    is_guarded: bool
    """Its cells are guarded against spreadsheets, and are read as they were before."""
    dataset: Callable[[str], Dataset]
    read: Callable[..., Event | None]


FORMATS: Final[Mapping[str, Format]] = {
    ImportFormat.UCDP_GED: Format(
        scheme=ucdp_ged.SCHEME,
        known=ucdp_ged.KNOWN,
        required=ucdp_ged.REQUIRED,
        dates=ucdp_ged.DATES,
        id_column="id",
        is_guarded=False,
        dataset=ucdp_ged.dataset,
        read=ucdp_ged.read,
    ),
    ImportFormat.TRUCELINE_CSV: Format(
        scheme=truceline_csv.SCHEME,
        known=truceline_csv.KNOWN,
        required=truceline_csv.REQUIRED,
        dates=truceline_csv.DATES,
        id_column="id",
        is_guarded=True,
        dataset=truceline_csv.dataset,
        read=truceline_csv.read,
    ),
}

__all__ = ["FORMATS", "Cells", "Format"]
