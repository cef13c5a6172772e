"""Makes the outline that the map is drawn on, from Natural Earth's countries."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from timeline.queries.map.outline import FILE

ABOUT = (
    "Coasts and countries at 1:50 million: Natural Earth (public domain), as the npm package "
    "world-atlas 2.0.2 arranges them; names of countries: Unicode CLDR. Whole numbers: scale them, "
    "then move them, for degrees east and north. `manage.py write_outline FILE` wrote this file."
)
ANTARCTICA = "010"
WORLD = 100_000
"""How wide the world is in the atlas's whole numbers."""

Ring = list[tuple[int, int]]


class Command(BaseCommand):
    help = "Write the map's outline anew from countries-50m.json of the npm package world-atlas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="countries-50m.json")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            atlas = json.loads(file.read_text())
            outline = _outline(atlas)
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{file} is not the atlas that is wanted: {error}") from error
        FILE.write_text(json.dumps(outline, ensure_ascii=False, separators=(",", ":")) + "\n")
        self.stdout.write(f"{FILE.name}: {len(outline['arcs'])} lines, {FILE.stat().st_size} bytes")


def _outline(atlas: dict[str, Any]) -> dict[str, Any]:
    countries = atlas["objects"]["countries"]["geometries"]
    used: dict[int, int] = {}
    for country in countries:
        for ring in _rings(country):
            for arc in ring:
                index = arc if arc >= 0 else ~arc
                used[index] = used.get(index, 0) + 1
    (land,) = atlas["objects"]["land"]["geometries"]
    return {
        "about": ABOUT,
        "scale": atlas["transform"]["scale"],
        "translate": atlas["transform"]["translate"],
        "arcs": [[number for step in arc for number in step] for arc in atlas["arcs"]],
        "land": _rings(land),
        # A line that two countries share is a border; the others are coasts.
        "borders": sorted(index for index, times in used.items() if times > 1),
        "countries": [
            # What has no code of its own has no name that all agree on.
            _label(country, atlas["arcs"])
            for country in countries
            if country.get("id") and country["id"] != ANTARCTICA
        ],
    }


def _rings(geometry: dict[str, Any]) -> list[list[int]]:
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    return [ring for polygon in geometry["arcs"] for ring in polygon]


def _label(country: dict[str, Any], arcs: list[list[list[int]]]) -> list[Any]:
    """Return a country's names, one for each language, where to write them, and its size."""
    largest = max((_unbroken(_points(ring, arcs)) for ring in _rings(country)), key=_area)
    # In the middle of its largest piece, halved where it is widest: a name lies along a row.
    middle, widest = _widest_row(largest)
    return [_names(country), *middle, widest]


def _points(ring: list[int], arcs: list[list[list[int]]]) -> Ring:
    points: Ring = []
    for arc in ring:
        x = y = 0
        line: Ring = []
        for dx, dy in arcs[arc if arc >= 0 else ~arc]:
            x, y = x + dx, y + dy
            line.append((x, y))
        points += line if arc >= 0 else line[::-1]
    return points


def _unbroken(ring: Ring) -> Ring:
    """Return a ring that crosses the 180th meridian without its leap across the world."""
    shift, last = 0, ring[0][0]
    whole = []
    for x, y in ring:
        if abs(x - last) > WORLD / 2:
            shift += WORLD if x < last else -WORLD
        last = x
        whole.append((x + shift, y))
    return whole


def _area(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def _widest_row(ring: Ring) -> tuple[tuple[int, int], int]:
    low, high = min(y for _, y in ring), max(y for _, y in ring)
    best = (ring[0], 0)
    for share in range(20, 81, 5):
        y = low + (high - low) * share / 100 + 0.5
        crossings = sorted(
            ax + (bx - ax) * (y - ay) / (by - ay)
            for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True)
            if (ay > y) != (by > y)
        )
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            if right - left > best[1]:
                best = ((round((left + right) / 2), round(y)), round(right - left))
    return best


def _names(country: dict[str, Any]) -> dict[str, str]:
    english = str(country["properties"]["name"])
    (code,) = get_global("territory_aliases").get(country.get("id", ""), [""])[:1]
    names = {
        language: Locale(language).territories.get(code, "") for language, _ in settings.LANGUAGES
    }
    return {language: name or english for language, name in names.items()} | {"en": english}
