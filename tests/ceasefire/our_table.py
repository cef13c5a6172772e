"""Rows in the form of our own table, as another site may bring them."""

import csv
import io

OURS = {
    "id": "theirs-1",
    "kind": "incident",
    "conflict": "Syria",
    "date_earliest": "2017-02-01",
    "date_latest": "2017-02-03",
    "title": "'=A shelling",
    "place": "Somewhere",
    "place_precision": "3",
    "parties": "Government of Syria; A group",
    "act": "shelling",
    "killed_low": "3",
}


def our_table(*rows: dict[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(
        text, list(dict.fromkeys(name for row in (OURS, *rows) for name in row))
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
