"""The lines of a selection for TimelineJS (format of TimelineJS3): those that are dated."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.html import escape

from timeline.queries import Line
from timeline.queries.selection import Selection


def timeline_js(selection: Selection) -> Iterator[bytes]:
    """Stream a JSON document of TimelineJS; what it cannot place, undated lines, is not in it."""
    title = {
        "text": {
            "headline": "Truceline",
            "text": escape(f"{selection.title} Revision {selection.revision.number}."),
        }
    }
    yield f'{{"title": {json.dumps(title, ensure_ascii=False)}, "events": ['.encode()
    separator = "\n"
    for lines in selection.lines():
        for line in lines:
            if line.entry.earliest or line.entry.latest:
                event = json.dumps(_event(line, selection.site), ensure_ascii=False)
                yield f"{separator}{event}".encode()
                separator = ",\n"
    yield b"\n]}\n"


def _event(line: Line, site: str) -> dict[str, Any]:
    """Return one event; its texts are HTML there, so ours are escaped."""
    entry = line.entry
    says = f" {'; '.join(line.origins)}." if line.origins else ""
    verdict = f" {line.verdict_word[0].upper()}{line.verdict_word[1:]}." if entry.verdict else ""
    link = f'<a href="{escape(site.rstrip("/") + line.url)}">{escape(line.kind_words)}</a>'
    event = {
        "unique_id": line.id,
        "group": line.kind_word,
        "display_date": escape(line.date_words),
        "start_date": _day(entry.earliest or entry.latest),
        "text": {
            "headline": escape(line.title),
            "text": f"<p>{escape(line.summary)}</p><p>{link}.{escape(verdict)}{escape(says)}</p>",
        },
    }
    if entry.earliest and entry.latest and entry.latest != entry.earliest:
        event["end_date"] = _day(entry.latest)
    return event


def _day(day: date | None) -> dict[str, int]:
    assert day is not None
    return {"year": day.year, "month": day.month, "day": day.day}
