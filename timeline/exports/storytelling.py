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
    for events in selection.told(lambda line: _event(line, selection.site)):
        if events:
            yield (separator + ",\n".join(events)).encode()
            separator = ",\n"
    yield b"\n]}\n"


def _event(line: Line, site: str) -> str | None:
    """Return one event, if it is dated; its texts are HTML there, so ours are escaped."""
    entry = line.entry
    begin = entry.earliest or entry.latest
    if begin is None:
        return None
    says = f" {'; '.join(line.origins)}." if line.origins else ""
    verdict = f" {line.verdict_word[0].upper()}{line.verdict_word[1:]}." if entry.verdict else ""
    link = f'<a href="{escape(site.rstrip("/") + line.url)}">{escape(line.kind_words)}</a>'
    event: dict[str, Any] = {
        "unique_id": line.id,
        "group": line.kind_word,
        "display_date": escape(line.date_words),
        "start_date": _day(begin),
        "text": {
            "headline": escape(line.title),
            "text": f"<p>{escape(line.summary)}</p><p>{link}.{escape(verdict)}{escape(says)}</p>",
        },
    }
    if entry.earliest and entry.latest and entry.latest != entry.earliest:
        event["end_date"] = _day(entry.latest)
    return json.dumps(event, ensure_ascii=False)


def _day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}
