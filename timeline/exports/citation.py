"""How to cite a page: as text, BibTeX and CSL-JSON, each with the revision and its permalink.

What a citation says is the same for good: it names the revision and the day on which that was
written, never the clock. When a page was read, whoever cites it adds.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _

from timeline.exports.bibliography import MONTHS, escaped
from timeline.queries.sentences import isolated


@dataclass(frozen=True)
class Citation:
    """A page as of a revision."""

    key: str
    """Names it in a reference manager: letters, digits and hyphens."""
    title: str
    url: str
    """Its permalink."""
    revision: int
    written_at: datetime

    @property
    def text(self) -> str:
        return _("“%(title)s.” Truceline, revision %(revision)s, %(day)s. %(url)s") % {
            "title": isolated(self.title.rstrip(".")),
            "revision": self.revision,
            "day": dated(self.written_at, "j F Y"),
            "url": isolated(self.url),
        }

    @property
    def bibtex(self) -> str:
        day = self.written_at
        return (
            f"@misc{{{self.key},\n"
            f"  title = {{{{{escaped(self.title)}}}}},\n"
            f"  howpublished = {{Truceline, revision {self.revision}}},\n"
            f"  year = {{{day.year}}},\n"
            f"  month = {MONTHS[day.month - 1]},\n"
            f"  day = {{{day.day}}},\n"
            f"  url = {{{self.url}}}\n}}"
        )

    @property
    def csl(self) -> str:
        day = self.written_at
        item = {
            "id": self.key,
            "type": "webpage",
            "title": self.title,
            "container-title": "Truceline",
            "version": f"revision {self.revision}",
            "issued": {"date-parts": [[day.year, day.month, day.day]]},
            "URL": self.url,
        }
        return json.dumps([item], ensure_ascii=False, indent=2)
