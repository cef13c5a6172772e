"""A file of events in the form of UCDP GED: the real one where it is at hand, or a made-up one."""

import csv
import lzma
import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.world import dates
from benchmarks.world.names import Names
from config.embedded import CHECKOUT

NAME: Final = "ucdp_ged_syria_2016_2019.csv.xz"
MADE_UP: Final = 16_000

COLUMNS: Final = (
    *("id", "year", "active_year", "type_of_violence", "conflict_new_id", "conflict_name"),
    *("dyad_new_id", "dyad_name", "side_a_new_id", "side_a", "side_b_new_id", "gwnob", "side_b"),
    *("number_of_sources", "source_article", "source_office", "source_date", "source_headline"),
    *("source_original", "where_prec", "where_coordinates", "adm_1", "adm_2", "latitude"),
    *("longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region"),
    *("event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b"),
    *("deaths_civilians", "deaths_unknown", "low", "best", "high"),
)


def write(into: Path, *, rows: int | None = None) -> str:
    """Write a file of events without compression, and say where it is from."""
    real = _real_file()
    if real is None or rows is not None:
        made = rows or MADE_UP
        with into.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(_made_up(made))
        return f"{made:,} made-up events"
    with lzma.open(real) as packed, into.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return "the real events of UCDP GED, Syria 2016–2019 (CC BY 4.0)"


def _real_file() -> Path | None:
    """Return the shared data's file: TRUCELINE_DATA, or `shared/data` beside the checkout."""
    given = os.environ.get("TRUCELINE_DATA")
    places = [Path(given)] if given else [each / "shared" / "data" for each in CHECKOUT.parents]
    return next((place / NAME for place in places if (place / NAME).exists()), None)


def _made_up(rows: int) -> Iterator[tuple[object, ...]]:
    random = Random("events")
    names = Names(random, set())
    towns = [(names.new()[0], names.new()[0], names.new()[0]) for _ in range(400)]
    for number in range(rows):
        day = dates.on(int(2000 + random.random() * 1400))
        span = random.choice((0, 0, 0, 0, 3, 6))
        town, region, district = random.choice(towns)
        outlets = random.sample(("Reuters", "SOHR", "SNHR", "AFP"), random.choice((1, 1, 2)))
        articles = [f"{outlet},{day},Violence in {town}" for outlet in outlets]
        parts = [int(random.paretovariate(1.4)) - 1 for _ in range(4)]
        best = sum(parts)
        north, east = 32 + 5 * random.random(), 36 + 6 * random.random()
        yield (
            *(900_000 + number, day.year, 1, random.choice((1, 1, 2, 3)), 299),
            *("Syria: Government", 11973, "Government of Syria - Syrian insurgents", 118),
            *("Government of Syria", 4456, "", "Syrian insurgents", len(outlets)),
            ";".join(f'"{article}"' for article in articles),
            ";".join(outlets),
            ";".join(str(day) for _ in outlets),
            ";".join(f"Violence in {town}" for _ in outlets),
            "SOHR",
            *(random.choice((1, 1, 2, 3)), f"{town} town", f"{region} Governorate"),
            *(f"{district} district", f"{north:.6f}", f"{east:.6f}"),
            *(f"POINT ({east:.6f} {north:.6f})", 180_000, "Syria", 652, "Middle East", 1),
            *({0: 1, 3: 2, 6: 3}[span], day, day + timedelta(days=span), *parts),
            *(best, best, best + random.choice((0, 0, 2))),
        )
