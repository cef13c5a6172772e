"""Manifests: what proves that a copy of a file is whole, and is of the revision that it says."""

from collections.abc import Sequence
from typing import Any

from timeline.exports.columns import VERSION
from timeline.exports.copying import columns_of
from timeline.exports.digests import Digest
from timeline.exports.files import TIMELINE_CSV
from timeline.exports.timeline_table import ENTRIES
from timeline.models import Release
from timeline.queries.redactions import Redaction
from timeline.queries.selection import Selection

_REDACTION_NOTE = (
    "A revision never changes, but for what had to be taken out of it: the sources that became "
    "restricted, and what safety required. Each time is listed here, without what it was; a file "
    "that was taken away before may differ."
)


def manifest(
    selection: Selection, *, rows: int, digest: Digest, redactions: Sequence[Redaction]
) -> dict[str, Any]:
    """Return the manifest of the CSV of a selection."""
    revision = selection.revision
    return {
        "site": selection.site,
        "revision": revision.number,
        "revision_written_at": revision.created_at and revision.created_at.isoformat(),
        "filter": selection.query,
        "filter_in_words": selection.title,
        "format": revision.format_version,
        "version": VERSION,
        "file": TIMELINE_CSV.path,
        "url": selection.url_of(TIMELINE_CSV.path),
        "columns": [column.name for column in columns_of(ENTRIES, selection)],
        "rows": rows,
        "bytes": digest.size,
        "sha256": digest.sha256,
        **redacted(redactions),
    }


def release_manifest(release: Release, redactions: Sequence[Redaction]) -> dict[str, Any]:
    """Return the manifest of a release: what each of its files is, once that is worked out."""
    revision = release.revision
    return {
        "release": release.slug,
        "name": release.name,
        "note": release.note,
        "site": release.site,
        "released_at": release.created_at.isoformat(),
        "revision": revision.number,
        "revision_written_at": revision.created_at.isoformat(),
        "format": revision.format_version,
        "version": VERSION,
        "lines": release.lines,
        "files": [
            {"url": f"{release.site}{file['path']}?{release.query}", **file}
            for file in release.files or ()
        ],
        **redacted(redactions),
    }


def redacted(redactions: Sequence[Redaction]) -> dict[str, Any]:
    """Return what a manifest says of redactions."""
    return {
        "redactions": [
            {
                "number": redaction.number,
                "redacted_at": redaction.redacted_at.isoformat(),
                "reason": redaction.reason,
            }
            for redaction in redactions
        ],
        "redaction_note": _REDACTION_NOTE,
    }
