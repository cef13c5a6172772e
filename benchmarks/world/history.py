"""The history of one conflict: what happened, in which numbers, when."""

from random import Random
from typing import Final

from benchmarks.world import dates
from benchmarks.world.chance import Skew
from benchmarks.world.incidents import Incidents
from benchmarks.world.records import Records
from benchmarks.world.stage import Common, Scene
from benchmarks.world.tables import Tables
from benchmarks.world.talks import Talks
from benchmarks.world.truces import Truce, Truces

#: The longest truce of a large conflict sees so many incidents: what one edit of it judges again.
UNDER_ONE_TRUCE: Final = 10_000


def tell(tables: Tables, random: Random, common: Common, scene: Scene, *, entries: int) -> None:
    """Write so many published records about the conflict, and a few that no reader sees."""
    records = Records(tables, random, common)
    talks = Talks(tables, random, common, scene, records)
    truces = Truces(tables, random, common, scene, records)
    incidents = Incidents(tables, random, common, scene, records)
    calendar = _calendar(random)

    def days(count: int) -> list[int]:
        return sorted(calendar.one(random) for _ in range(count))

    days_of_incidents = days(entries)
    known = _truces(random, truces, days_of_incidents, count=max(3, entries // 2_500))
    rounds = [
        talks.convene(day, number)
        for number, day in enumerate(days(max(3, entries // 2_000)), start=1)
    ]
    for day in days(max(3, entries // 40)):
        about = random.choice((None, *random.choice((rounds, [truce.record for truce in known]))))
        talks.say(day, about)
    for day in days(entries // 1_000):
        talks.say(day, None, unseen=True)
    for day in days(max(2, entries // 100)):
        talks.develop(day)
    for _ in range(max(2, entries // 100)):
        truce = random.choice(known)
        truces.count(truce, random.randint(truce.first, truce.last))
    for day in days(max(3, entries // 1_000)):
        talks.appoint(day)
    for day, party in zip(days(max(4, entries // 1_500)), scene.armed * 1_000, strict=False):
        talks.tie(day, party)

    claims = max(2, entries // 50)
    seen = entries - sum(records.published.values()) - claims
    told = []
    for number, day in enumerate(sorted(random.sample(days_of_incidents, seen))):
        told.append((incidents.add(day), day))
        if number % 25 == 0:
            incidents.add(day, unseen=True)
        if number % 200 == 199:
            incidents.link(told[-1][0], told[-2][0])
    for _ in range(claims):
        truce = random.choice(known)
        if random.random() < 0.3:
            incidents.accuse(truce.record, None, random.randint(truce.first, truce.last))
        else:
            incidents.accuse(truce.record, *random.choice(told))


def _calendar(random: Random) -> Skew[int]:
    """Return the days of the world; some months, and some days, see far more than others."""
    months = [random.lognormvariate(0, 0.9) for _ in range(dates.DAYS // 30 + 1)]
    weights = [months[day // 30] * random.expovariate(1) for day in range(dates.DAYS)]
    return Skew(range(dates.DAYS), weights=weights)


def _truces(
    random: Random, truces: Truces, days_of_incidents: list[int], *, count: int
) -> list[Truce]:
    """Write truces that begin where there is fighting; the first is the longest."""
    total = len(days_of_incidents)
    first = total // 8
    last = min(first + round(1.04 * UNDER_ONE_TRUCE), 5 * total // 8)
    begin, end = days_of_incidents[first], days_of_incidents[last]
    found = [truces.add(begin, end - begin)]
    for begin in sorted(random.choices(days_of_incidents, k=count - 1)):
        length = min(1 + int(random.lognormvariate(3.4, 1.1)), 900)
        found.append(truces.add(begin, length))
        earlier = found[-2]
        if len(found) > 2 and random.random() < 0.4 and earlier.first < begin:
            truces.replace(found[-1], earlier)
    return found
