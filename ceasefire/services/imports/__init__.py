"""Imports: a file of somebody's events becomes cited incidents, all at once or not at all."""

from ceasefire.services.imports.rejected import rejected_csv
from ceasefire.services.imports.runs import (
    LARGEST_UPLOAD,
    begin_again,
    confirm,
    mark_interrupted,
    take,
    work_on,
)

__all__ = [
    "LARGEST_UPLOAD",
    "begin_again",
    "confirm",
    "mark_interrupted",
    "rejected_csv",
    "take",
    "work_on",
]
