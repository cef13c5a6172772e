"""The documents that some lines cite, for a reference manager: BibTeX and CSL-JSON."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sources.enums import OutletKind
from timeline.enums import Topic
from timeline.models import Label
from timeline.queries import Reading
from timeline.queries.chunks import Chunk
from timeline.queries.selection import Selection

#: What a document is in CSL, by what published it; what is not here is a web page.
_CSL_TYPES: Final[Mapping[str, str]] = {
    OutletKind.WIRE_AGENCY: "article-newspaper",
    OutletKind.NEWSPAPER: "article-newspaper",
    OutletKind.BROADCASTER: "broadcast",
    OutletKind.DATASET: "dataset",
    OutletKind.IGO: "report",
    OutletKind.MONITORING_MISSION: "report",
    OutletKind.MONITORING_NGO: "report",
    OutletKind.NGO: "report",
    OutletKind.SOCIAL_MEDIA: "post",
}
_POINT: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_LATEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "#": r"\#",
        "$": r"\$",
        "%": r"\%",
        "&": r"\&",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\n": " ",
        "\r": " ",
    }
)


@dataclass(frozen=True)
class Document:
    """A public source with the outlet that published it, as one revision shows it."""

    source: Label
    outlet: Label | None

    @property
    def published(self) -> str:
        return str(self.source.data["published"])

    def csl(self, site: str, revision: int) -> dict[str, Any]:
        """Return its item of CSL-JSON; what is not recorded is left out."""
        data = self.source.data
        kind = self.outlet.data["kind"] if self.outlet else ""
        item = {
            "id": self.source.slug,
            "type": _CSL_TYPES.get(kind, "webpage"),
            "title": self.source.name,
            "author": [{"literal": data["author"]}] if data.get("author") else None,
            "container-title": self.outlet.name if self.outlet else None,
            "issued": _csl_date(self.published),
            "accessed": _csl_date(data.get("accessed_on") or ""),
            "URL": data["url"],
            "archive_location": data.get("archive_url"),
            "language": data.get("language"),
            "note": self._note(site, revision),
        }
        return {name: value for name, value in item.items() if value}

    def bibtex(self, site: str, revision: int) -> str:
        """Return its entry of BibTeX; what is not recorded is left out."""
        data = self.source.data
        day = _POINT.fullmatch(self.published)
        fields = {
            "title": f"{{{escaped(self.source.name)}}}",
            "author": f"{{{escaped(data['author'])}}}" if data.get("author") else "",
            "howpublished": escaped(self.outlet.name) if self.outlet else "",
            "year": day[1] if day else "",
            "month": MONTHS[int(day[2]) - 1] if day and day[2] else "",
            "day": day[3] if day and day[3] else "",
            "date": self.published,
            "url": data["url"],
            "urldate": data.get("accessed_on") or "",
            "language": data.get("language") or "",
            "note": escaped(self._note(site, revision)),
        }
        lines = "".join(
            f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
            for name, value in fields.items()
            if value
        )
        return f"@misc{{{self.source.slug},\n{lines}}}\n\n"

    def _note(self, site: str, revision: int) -> str:
        return f"Truceline, revision {revision}: {site}sources/{self.source.slug}/"


def documents_of(found: Reading, sources: Iterable[Label]) -> list[Document]:
    """Return sources with their outlets. One query for all outlets."""
    sources = list(sources)
    outlets = found.labels(Topic.OUTLET, {source.data["outlet"] for source in sources})
    return [Document(source, outlets.get(source.data["outlet"])) for source in sources]


def bibtex(selection: Selection) -> Iterator[bytes]:
    """Stream the documents as BibTeX, each once, in the order in which lines cite them."""
    revision = selection.revision.number
    yield f"% Truceline, revision {revision}: the documents cited.\n\n".encode()
    for documents in _documents(selection):
        yield "".join(each.bibtex(selection.site, revision) for each in documents).encode()


def csl(selection: Selection) -> Iterator[bytes]:
    """Stream the documents as CSL-JSON, each once, in the order in which lines cite them."""
    separator = "[\n"
    for documents in _documents(selection):
        items = [each.csl(selection.site, selection.revision.number) for each in documents]
        if items:
            said = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
            yield (separator + said).encode()
            separator = ",\n"
    yield b"[]\n" if separator == "[\n" else b"\n]\n"


def _documents(selection: Selection) -> Iterator[list[Document]]:
    # One byte a source, by its number: a set of a million numbers would take a hundred.
    seen = bytearray()

    def take(found: Reading, lines: Chunk) -> list[Document]:
        fresh = []
        cited = dict(found.entries().filter(pk__in=lines.id_list).values_list("pk", "source_ids"))
        for ref in (ref for pk in lines.id_list for ref in cited[pk]):
            if ref >= len(seen):
                seen.extend(bytes(ref + 1024 - len(seen)))
            if not seen[ref]:
                seen[ref] = 1
                fresh.append(ref)
        labels = found.labels(Topic.SOURCE, fresh)
        return documents_of(found, (labels[ref] for ref in fresh if ref in labels))

    return selection.read(take)


def _csl_date(edtf: str) -> dict[str, Any] | None:
    """Return a date as CSL has it: its known parts, an interval, or else its text."""
    if not edtf:
        return None
    bare = edtf.rstrip("~?%")
    points = [_POINT.fullmatch(point.rstrip("~?%")) for point in bare.split("/")]
    if any(point is None for point in points):
        return {"literal": edtf}
    parts = [[int(part) for part in point.groups() if part] for point in points if point]
    return {"date-parts": parts} | ({"circa": True} if re.search("[~%?]", edtf) else {})


def escaped(text: str) -> str:
    """Return a text for a field of BibTeX."""
    return text.translate(_LATEX)
