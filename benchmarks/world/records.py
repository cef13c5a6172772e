"""Records, and the citations on which they rest."""

from collections import Counter, deque
from collections.abc import Sequence
from random import Random
from typing import Final

from benchmarks.world import dates
from benchmarks.world.stage import Common
from benchmarks.world.tables import Tables, Value, array
from sources.enums import Extent, FigureGroup, Harm, OriginKind, RecordKind, Stance, Status

UNSEEN: Final = (Status.DRAFT, Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN)
SPEAKERS: Final = (
    *("a resident", "a medic", "a military source", "a rebel commander", "the governor's office"),
    *("an opposition activist", "a hospital director", "a government spokesman", "a diplomat"),
    *("a witness", "the civil defence", "a camp manager", "a local journalist", "an aid worker"),
)
HEADLINES: Final = (
    *("Fighting around {place}", "What happened in {place} on {day}", "Daily bulletin, {day}"),
    *("Talks overshadowed by events in {place}", "Reports of violence near {place}"),
    *("Both sides trade accusations over {place}", "Situation report {day}"),
)
MADE_AT: Final = "2025-01-01 00:00:00+00"
#: So many documents are at hand; the next record may be told by one of them again.
DESK: Final = 40


class Documents:
    """The documents about one conflict; days go on, and documents with them."""

    def __init__(self, tables: Tables, random: Random, common: Common) -> None:
        self.tables = tables
        self.random = random
        self.common = common
        self.desk: deque[tuple[int, int, int]] = deque(maxlen=DESK)
        self.of_dataset: dict[int, int] = {}

    def one(self, day: int, place: str) -> tuple[int, int]:
        """Return a document that tells of that day, and its outlet: a new one, or a known one."""
        random = self.random
        chance = random.random()
        if chance < 0.06:
            return self._release(day)
        if chance < 0.6:
            fresh = [(source, outlet) for told, source, outlet in self.desk if 0 <= told - day < 30]
            if fresh:
                return random.choice(fresh)
        outlet = self.common.outlets.one(random)
        # News within days, bulletins at the end of the week, and now and then a late report.
        published = day + min(int(random.expovariate(1.2)), 60)
        if random.random() < 0.3:
            published += 7 - published % 7
        headline = random.choice(HEADLINES).format(place=place, day=dates.on(published))
        number = self._write(outlet, headline, dates.exact(published), random.random() < 0.02)
        self.desk.append((published, number, outlet))
        return number, outlet

    def _release(self, day: int) -> tuple[int, int]:
        """Return the dataset's release of the day's year."""
        year = dates.on(day).year
        if year not in self.of_dataset:
            title = f"World Event Data, events of {year}"
            released = dates.in_month(year + 1, 6)
            self.of_dataset[year] = self._write(self.common.dataset, title, released, False)
        return self.of_dataset[year], self.common.dataset

    def _write(self, outlet: int, title: str, published: dates.Dated, restricted: bool) -> int:
        number = f"{self.random.getrandbits(48):012x}"
        return self.tables.add(
            "sources_source",
            number,
            outlet,
            title,
            f"https://news.example/{number}",
            "",
            "en" if self.random.random() < 0.7 else "ar",
            *published,
            "",
            "",
            "",
            "restricted" if restricted else "public",
        )


class Records:
    """Writes the records of one conflict."""

    def __init__(self, tables: Tables, random: Random, common: Common) -> None:
        self.tables = tables
        self.random = random
        self.common = common
        self.documents = Documents(tables, random, common)
        self.published: Counter[str] = Counter()

    def add(
        self,
        kind: RecordKind,
        title: str,
        day: int,
        *,
        summary: str = "",
        when: dates.Dated | None = None,
        extent: str = Extent.WITHIN,
        hour: str | None = None,
        unseen: bool = False,
    ) -> int:
        """Write a record about that day, dated `when`, or as sources date things if not given."""
        random = self.random
        status = random.choice(UNSEEN) if unseen else Status.PUBLISHED
        if not unseen:
            self.published[kind] += 1
        date = dates.fuzzy(random, day) if when is None else when
        return self.tables.add(
            "sources_record",
            f"{random.getrandbits(48):012x}",
            kind,
            status,
            title,
            summary,
            *date,
            "" if random.random() < 0.8 else f"early on {dates.on(day):%A}",
            extent,
            hour if date[3] == "day" else None,
            "Asia/Damascus" if hour and date[3] == "day" else "",
            MADE_AT,
        )

    def cite(
        self, record: int, day: int, *, place: str = "the capital", fields: Sequence[str] = ()
    ) -> list[tuple[int, int]]:
        """Write one to eight citations; return those that support, each with its outlet."""
        random = self.random
        chance = random.random()
        if chance < 0.4:
            count = 1
        elif chance < 0.72:
            count = 2
        elif chance < 0.94:
            count = random.choice((3, 3, 4))
        else:
            count = random.randint(5, 8)
        found = []
        for number in range(count):
            source, outlet = self.documents.one(day, place)
            stance = Stance.SUPPORTS
            if number and random.random() < 0.1:
                stance = random.choice((Stance.CONTRADICTS, Stance.CONTEXT))
            citation = self.tables.add(
                "sources_citation",
                record,
                source,
                f"paragraph {random.randint(1, 30)}",
                "" if random.random() < 0.8 else f"“heavy fire near {place}”",
                stance,
                *self._origin(),
                random.choice((None, None, 1, 2, 2, 3, 4, 6)),
                random.random() < 0.03,
                array(fields if fields and random.random() < 0.2 else ()),
            )
            if stance == Stance.SUPPORTS:
                found.append((citation, outlet))
        return found

    def _origin(self) -> tuple[Value, ...]:
        """Return whose knowledge a passage is: kind, outlet, speaker, whether aligned."""
        random = self.random
        chance = random.random()
        if chance < 0.45:
            return OriginKind.OUTLET, None, "", False
        if chance < 0.65:
            return OriginKind.OTHER_OUTLET, self.common.outlets.one(random), "", False
        if chance < 0.85:
            return OriginKind.SPEAKER, None, random.choice(SPEAKERS), random.random() < 0.4
        return OriginKind.UNKNOWN, None, "", False

    def count_harm(self, citation: int, killed: int) -> None:
        """Write the figures of one passage, of which some leave a bound open."""
        random = self.random
        low: int | None = max(0, killed - int(random.expovariate(1)))
        high: int | None = killed + int(random.expovariate(1))
        chance = random.random()
        if chance < 0.15:
            high = None
        elif chance < 0.2:
            low = None
        best = killed if random.random() < 0.7 else None
        if low is None and best is None and high is None:
            best = killed
        group = random.choice((FigureGroup.PEOPLE, FigureGroup.PEOPLE, FigureGroup.UNKNOWN))
        self._figure(citation, group, Harm.KILLED, low, best, high)
        if killed and random.random() < 0.3:
            civilians = random.randint(1, killed)
            self._figure(citation, FigureGroup.CIVILIANS, Harm.KILLED, civilians, None, civilians)
        if random.random() < 0.2:
            injured = 1 + int(random.expovariate(0.2))
            self._figure(citation, FigureGroup.PEOPLE, Harm.INJURED, injured, None, 2 * injured)
        if random.random() < 0.01:
            displaced = 50 * random.randint(1, 200)
            self._figure(citation, FigureGroup.PEOPLE, Harm.DISPLACED, None, displaced, None)

    def _figure(self, citation: int, group: str, harm: str, *numbers: int | None) -> None:
        low, best, high = numbers
        self.tables.add(
            "sources_figure", citation, group, "", harm, low, best, high, *dates.UNDATED
        )
