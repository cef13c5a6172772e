"""The Georeferenced Event Dataset (GED) of the Uppsala Conflict Data Program.

One row is one lethal event, of a dyad: two sides, of which the dataset does not say which attacked.
So a row becomes an incident with parties *involved* and with no attribution. What the codes mean is
in GED's codebook; what we make of them is in docs/imports.md.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import repeat
from typing import Final

from ceasefire.enums import Act, Population
from ceasefire.services.imports.cells import Cells
from ceasefire.services.imports.formats.ged_sources import Sources, read_sources
from ceasefire.services.imports.incoming import (
    Dataset,
    DatasetId,
    Document,
    Event,
    NamedConflict,
    NamedParty,
    NamedPlace,
    Number,
    Passage,
)
from sources.enums import FigureGroup, Harm, OutletKind
from talks.enums import PartyKind, PlaceKind, PlacePrecision

SCHEME: Final = "ged_event"
COUNTRY: Final = "gwno"
ACTOR: Final = "ucdp_actor"
CONFLICT: Final = "ucdp_conflict"
DYAD: Final = "ucdp_dyad"
#: The actor that UCDP sets against the attacker in one-sided violence. Nobody's party.
CIVILIANS: Final = 1

REQUIRED: Final = (
    "id",
    "year",
    "type_of_violence",
    "conflict_new_id",
    "side_a_new_id",
    "side_a",
    "side_b_new_id",
    "side_b",
    "where_prec",
    "country",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "low",
    "best",
    "high",
)
#: Columns that go into the record: a row in which one of them changes is a changed row.
USED: Final = (
    *REQUIRED,
    "conflict_name",
    "dyad_new_id",
    "dyad_name",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "country_id",
)
#: Columns that many rows have alike, by what is made of them.
OF_CONFLICT: Final = ("conflict_new_id", "dyad_new_id", "conflict_name", "country", "dyad_name")
OF_PARTIES: Final = ("side_a_new_id", "side_a", "side_b_new_id", "side_b")
OF_PLACE: Final = (
    "where_prec",
    "where_coordinates",
    "where_description",
    "latitude",
    "longitude",
    "country",
    "country_id",
    "adm_1",
    "adm_2",
)
OF_NUMBERS: Final = (
    *("low", "best", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
    *OF_PARTIES,
)
#: Columns of one release or another that are kept in the raw row only.
KEPT: Final = (
    "relid",
    "active_year",
    "code_status",
    "conflict_dset_id",
    "dyad_dset_id",
    "side_a_dset_id",
    "side_b_dset_id",
    "gwnoa",
    "gwnob",
    "geom_wkt",
    "priogrid_gid",
    "region",
)
KNOWN: Final = (*USED, *KEPT)
DATES: Final = ("date_start", "date_end")

ACTS: Final = {
    # GED says that people were killed, not how.
    1: (Act.HOSTILITIES, "state-based violence"),
    2: (Act.HOSTILITIES, "non-state violence"),
    3: (Act.ATTACK_ON_CIVILIANS, "one-sided violence against civilians"),
}
PRECISIONS: Final = {int(precision): precision for precision in PlacePrecision}
#: How many days apart the ends of a date of each precision may lie, at most.
DATE_PRECISIONS: Final = {
    1: "exact day",
    2: "within 2 to 6 days",
    3: "within a week",
    4: "within a month",
    5: "within a year",
}
CLARITIES: Final = {1: False, 2: True}

#: GED ends the name of a place with what it is.
_SETTLEMENTS: Final = re.compile(
    r"\b(town|city|village|hamlet|suburb|neighbou?rhood|camp|capital)\Z", re.IGNORECASE
)


def dataset(version: str) -> Dataset:
    """Return the dataset as a source, in the release that the file is from."""
    release = f", version {version}" if version else ""
    return Dataset(
        outlet_name="Uppsala Conflict Data Program",
        outlet={
            "other_names": ["UCDP", "UCDP GED"],
            "kind": OutletKind.DATASET,
            "covers": "lethal events only",
            "url": "https://ucdp.uu.se/",
        },
        title=f"UCDP Georeferenced Event Dataset (GED){release}",
        source={
            "author": "Uppsala Conflict Data Program",
            "url": "https://ucdp.uu.se/downloads/",
            "licence": "CC BY 4.0",
            "attribution": "Uppsala Conflict Data Program, Georeferenced Event Dataset (GED)"
            f"{release}, CC BY 4.0. Sundberg, Ralph, and Erik Melander, 2013, “Introducing the "
            "UCDP Georeferenced Event Dataset”, Journal of Peace Research, 50(4), 523–532.",
        },
    )


def read(
    number: int, raw: Mapping[str, str], cells: Cells, *, version: str, is_strict: bool
) -> Event | None:
    """Return the incident of a row; None where `cells` now says what is wrong with it."""
    value = cells.whole("id", required=True, most=2**62)
    year = cells.whole("year", required=True, least=1900, most=2999)
    act = cells.code("type_of_violence", ACTS)
    is_aggregate = cells.code("event_clarity", CLARITIES)
    precision = cells.code("where_prec", PRECISIONS)
    window = _window(cells, year)
    conflict, parts = cells.alike(_conflict, OF_CONFLICT)
    parties, is_against_civilians = cells.alike(_parties, OF_PARTIES)
    place, wording = cells.alike(_place, OF_PLACE)
    numbers = cells.alike(_strict_numbers if is_strict else _numbers, OF_NUMBERS)
    sources = read_sources(raw)
    for column, reason in sources.remarks:
        cells.remark(column, reason)
    if (
        not cells.is_good
        or value is None
        or act is None
        or is_aggregate is None
        or window is None
        or year is None
    ):
        return None
    when, when_wording = window
    kind, violence = act
    sides = " and ".join(party.name for party in parties)
    return Event(
        number=number,
        value=str(value),
        raw=raw,
        digest=_digest(raw),
        part=f"{cells.text('country_id').removesuffix('.0') or cells.text('country')}/{year}",
        title=_title(cells, sides, precision, is_one_sided=is_against_civilians),
        summary=_summary(cells, violence, is_aggregate=is_aggregate),
        when=when,
        when_wording=when_wording,
        conflict=conflict,
        act=kind,
        is_aggregate=is_aggregate,
        place=place,
        place_wording=wording,
        place_precision=precision,
        parties=parties,
        targets=(Population.CIVILIANS,) if is_against_civilians else (),
        passages=_passages(value, sources, numbers, version),
        parts=parts,
    )


def _window(cells: Cells, year: int | None) -> tuple[str, str] | None:
    """Return when it was, as EDTF, and how the dataset puts it where that is not one day."""
    start = cells.day("date_start", required=True)
    end = cells.day("date_end", required=True)
    words = cells.code("date_prec", DATE_PRECISIONS)
    if start is None or end is None or words is None:
        return None
    if start > end:
        cells.fault("date_end", f"It is before date_start, {start}.")
        return None
    if year is not None and not start.year <= year <= end.year:
        cells.remark("year", f"It is not the year of the dates, {start} to {end}.")
    if start == end:
        if words != DATE_PRECISIONS[1]:
            return start.isoformat(), f"{start} ({words})"
        return start.isoformat(), ""
    if end - start > timedelta(days=366):
        cells.remark("date_end", "It is more than a year after date_start.")
    return f"{start}/{end}", f"{start} to {end} ({words})"


def _conflict(cells: Cells) -> tuple[NamedConflict, tuple[tuple[DatasetId, str], ...]]:
    number = cells.whole("conflict_new_id", required=True)
    dyad = cells.whole("dyad_new_id")
    named = NamedConflict(
        id=(CONFLICT, str(number)),
        name=cells.text("conflict_name", longest=300),
        country=cells.text("country", required=True, longest=200),
    )
    if dyad is None:
        return named, ()
    return named, (((DYAD, str(dyad)), cells.text("dyad_name", longest=300)),)


def _parties(cells: Cells) -> tuple[tuple[NamedParty, ...], bool]:
    """Return the sides that are somebody, and whether the other side is the civilians."""
    found: list[NamedParty] = []
    is_against_civilians = False
    for side in ("side_a", "side_b"):
        number = cells.whole(f"{side}_new_id", required=True)
        name = cells.text(side, required=True, longest=200)
        if number == CIVILIANS:
            is_against_civilians = True
        elif number is not None and name and name not in (party.name for party in found):
            # UCDP's actors are governments, which it names so, and organised armed groups.
            is_government = name.startswith("Government of ")
            kind = PartyKind.GOVERNMENT if is_government else PartyKind.ARMED_ORGANISATION
            found.append(NamedParty((ACTOR, str(number)), name, kind))
    return tuple(found), is_against_civilians


def _place(cells: Cells) -> tuple[NamedPlace | None, str]:
    """Return the narrowest place that the dataset is sure of, and how it names the place.

    Its point stands for a place of that width: a district's point is the district's, and no
    settlement's.
    """
    precision = cells.code("where_prec", PRECISIONS)
    named = cells.text("where_coordinates", longest=200)
    described = cells.text("where_description")
    latitude, longitude = cells.decimal("latitude", most=90), cells.decimal("longitude", most=180)
    point = (latitude, longitude) if latitude is not None and longitude is not None else None
    country_name = cells.text("country", longest=200)
    country_id = cells.whole("country_id")
    names = [cells.text("adm_1", longest=200), cells.text("adm_2", longest=200)]
    wording = named
    if described and described != named:
        wording = "; ".join(filter(None, (named, described)))
    if len(wording) > 200:
        cells.remark("where_description", "It is cut to 200 characters; the raw row has it all.")
        wording = f"{wording[:199]}…"
    if precision is None or not country_name:
        return None, wording
    if precision == PlacePrecision.SEA_OR_AIR:
        at_sea = NamedPlace(named, PlaceKind.AREA, point=point) if named else None
        return at_sea, wording

    country_key = (COUNTRY, str(country_id)) if country_id is not None else None

    def country(point: tuple[str, str] | None = None) -> NamedPlace:
        return NamedPlace(country_name, PlaceKind.COUNTRY, point=point, id=country_key)

    def region(point: tuple[str, str] | None = None) -> NamedPlace:
        if not names[0]:
            return country()
        return NamedPlace(names[0], PlaceKind.REGION, country(), point)

    def district(point: tuple[str, str] | None = None) -> NamedPlace:
        if not names[1]:
            return region()
        return NamedPlace(names[1], PlaceKind.DISTRICT, region(), point)

    if precision == PlacePrecision.COUNTRY:
        return country(point), wording
    if precision == PlacePrecision.PROVINCE:
        if names[0] or not named:
            return region(point), wording
        return NamedPlace(named, PlaceKind.REGION, country(), point), wording
    if precision == PlacePrecision.DISTRICT:
        if names[1] or not named:
            return district(point), wording
        return NamedPlace(named, PlaceKind.DISTRICT, region(), point), wording
    if not named:
        return (region() if precision == PlacePrecision.VAGUE else district()), wording
    if precision == PlacePrecision.VAGUE:
        return NamedPlace(named, PlaceKind.AREA, region(), point), wording
    if _SETTLEMENTS.search(named):
        return NamedPlace(named, PlaceKind.SETTLEMENT, district(), point), wording
    kind = PlaceKind.SITE if precision == PlacePrecision.EXACT else PlaceKind.AREA
    return NamedPlace(named, kind, district(), point), wording


def _strict_numbers(cells: Cells) -> tuple[Number, ...]:
    return _numbers(cells, is_strict=True)


def _numbers(cells: Cells, *, is_strict: bool = False) -> tuple[Number, ...]:
    """Return the dead: all of them with their bounds, then by whose they were.

    Where the bounds are out of order, which a hundredth of the rows of some releases is, each
    number stands beside the others: none is corrected, none is lost.
    """
    low, best, high = (cells.whole(column, required=True) for column in ("low", "best", "high"))
    parts = {
        column: cells.whole(column, required=True)
        for column in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    }
    if low is None or best is None or high is None:
        return ()
    said = cells.fault if is_strict else cells.remark
    if low > best:
        said("low", f"It is above best, {best}.")
    if best > high:
        said("best", f"It is above high, {high}.")
    if low > high:
        said("low", f"It is above high, {high}.")

    def people(low: int | None = None, best: int | None = None, high: int | None = None) -> Number:
        return Number(FigureGroup.PEOPLE, Harm.KILLED, low=low, best=best, high=high)

    if low <= best <= high:
        numbers = [people(low, best, high)]
    elif low <= high:
        numbers = [people(low=low, high=high), people(best=best)]
    else:
        numbers = [people(low=low), people(best=best), people(high=high)]
    for column, side in (("deaths_a", "side_a"), ("deaths_b", "side_b")):
        number = cells.whole(f"{side}_new_id")
        dead = parts[column]
        # The civilians of one-sided violence are counted in their own column.
        if dead is not None and (number != CIVILIANS or dead):
            name = cells.text(side)
            numbers.append(Number(FigureGroup.SIDE, Harm.KILLED, side=name, best=dead))
    for column, group in (
        ("deaths_civilians", FigureGroup.CIVILIANS),
        ("deaths_unknown", FigureGroup.UNKNOWN),
    ):
        if parts[column] is not None:
            numbers.append(Number(group, Harm.KILLED, best=parts[column]))
    return tuple(numbers)


def _passages(
    value: int, sources: Sources, numbers: tuple[Number, ...], version: str
) -> tuple[Passage, ...]:
    """Return the dataset's own passage, with its numbers, and one for each source that it names.

    The numbers are the dataset's: it weighs its sources, and none of them need say the same. Its
    own passage brings no knowledge of its own into the count of origins: it rests on whom its
    sources rest.
    """
    release = f"UCDP GED {version}" if version else "UCDP GED"
    everybody = "; ".join(sources.originals)
    is_one = len(sources.originals) == 1
    own = Passage(
        document=None,
        locator=f"event {value}",
        told_by=everybody[:200] if is_one or not sources.is_allocated else "",
        is_unallocated=not sources.originals or (not is_one and sources.is_allocated),
        numbers=numbers,
    )
    total = len(sources.articles)
    return (
        own,
        *(
            Passage(
                document=Document(
                    outlet=article.outlet[:200],
                    title=_cut(article.headline or f"Untitled, {article.date or 'no date'}", 500),
                    published=_published(article.date),
                    published_wording=article.date if _published(article.date) is None else "",
                ),
                locator=f"named by {release}, event {value}, as source {position + 1} of {total}",
                told_by=sources.told_by(position)[:200],
                is_unallocated=not sources.is_allocated,
            )
            for position, article in enumerate(sources.articles)
        ),
    )


def _title(cells: Cells, sides: str, precision: int | None, *, is_one_sided: bool) -> str:
    low, best, high = (cells.whole(column) for column in ("low", "best", "high"))
    killed = f"{best} killed"
    if low is not None and best is not None and high is not None:
        if not low <= best <= high:
            # None of them stands for the others.
            *others, most = sorted({low, best, high})
            killed = f"{', '.join(map(str, others))} or {most} killed"
        elif low < high:
            killed = f"{low}–{high} killed"
    sides = _cut(sides, 120)
    what = f"in violence between {sides}"
    if is_one_sided:
        what = f"in violence against civilians involving {sides}"
    where = cells.text("where_coordinates") or cells.text("adm_1") or cells.text("country")
    near = "near " if precision == PlacePrecision.NEAR else ""
    return _cut(f"{killed} {what}, {near}{where}", 300)


def _summary(cells: Cells, violence: str, *, is_aggregate: bool) -> str:
    named = cells.text("conflict_name")
    dyad = cells.text("dyad_name")
    sentences = [
        f"UCDP counts it as {violence}"
        + (f", in the conflict “{named}”" if named else "")
        + (f", of the dyad “{dyad}”" if dyad and dyad != named else "")
        + "; it does not say which side attacked."
    ]
    if is_aggregate:
        sentences.append("It lumps several events together here.")
    low, best, high = (cells.whole(column) for column in ("low", "best", "high"))
    if low is not None and best is not None and high is not None and not low <= best <= high:
        sentences.append(
            f"Its numbers of killed are out of order (low {low}, best {best}, high {high}) and are "
            "shown as it gives them."
        )
    return " ".join(sentences)


def _published(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _digest(raw: Mapping[str, str]) -> str:
    # As 214797 and 214797.0 are one id, so they are one content.
    texts = [text.strip().removesuffix(".0") for text in map(raw.get, USED, repeat(""))]
    return hashlib.blake2b("\x1f".join(texts).encode(), digest_size=16).hexdigest()


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
