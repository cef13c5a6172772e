"""The facets beside the list: as the builder has counted them, where the filter lets it, or not."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack, closing
from functools import partial

from django.http import QueryDict

from benchmarks.measures.pages import fetch_cold
from benchmarks.measuring import Finding, Timing, duration, interleaved
from benchmarks.run import Run, say
from benchmarks.site import Browser, open_site
from timeline import builder
from timeline.enums import Topic
from timeline.filters import filtered
from timeline.models import Label

ROUNDS = 7
KEPT_SECONDS, COUNTED_SECONDS = 0.1, 1.5


def measure(run: Run) -> list[Finding]:
    run.use(run.largest)
    builder.build()
    queries = _queries()
    kept = [query for query in queries if _are_kept(query)]
    with ExitStack() as servers:
        site = servers.enter_context(open_site(run.home))
        browser = servers.enter_context(closing(Browser(site.url)))
        say("  facets ...")
        times = interleaved(
            run.times(ROUNDS),
            {
                query: partial(fetch_cold, browser, f"/timeline/facets/?{query}")
                for query in queries
            },
        )
    return [
        _finding("the builder keeps their counts", KEPT_SECONDS, times, kept),
        _finding("they are counted", COUNTED_SECONDS, times, set(queries) - set(kept)),
    ]


def _queries() -> list[str]:
    """Return filters that analysts use, from all of the timeline to a few words."""
    region = Label.objects.current().filter(topic=Topic.PLACE, data__kind="region").first()
    return [
        "",
        "kind=incident",
        "conflict=w-conflict-0",
        "conflict=w-conflict-0&from=2016-01&to=2017-12",
        "verdict=possible",
        "party=w-0-party-0",
        "q=shelling",
        *([f"place={region.slug}"] if region else []),
    ]


def _are_kept(query: str) -> bool:
    with filtered(QueryDict(query)) as timeline_filter:
        return bool(timeline_filter.are_counts_kept)


def _finding(why: str, most: float, times: Mapping[str, Timing], queries: Iterable[str]) -> Finding:
    """Judge by the slowest of the filters."""
    medians = {query: times[query].median for query in queries}
    slowest = max(medians, key=lambda query: medians[query])
    others = ", ".join(
        f"“{query or 'everything'}” {duration(seconds)}" for query, seconds in medians.items()
    )
    return Finding(
        what=f"facets, nothing cached, where {why}",
        target=f"≤ {duration(most)}",
        measured=f"{times[slowest]}, the slowest of {len(medians)} filters",
        against=others,
        is_met=medians[slowest] <= most,
        figures=medians,
    )
