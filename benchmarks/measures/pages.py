"""The first page and its like, as they come from the web server; Datasette's page beside it."""

from contextlib import ExitStack, closing
from random import Random

import redis
from django.conf import settings

from benchmarks import flat_rows
from benchmarks.measures.edits import Editor
from benchmarks.measuring import Finding, Timing, duration, interleaved
from benchmarks.peers import datasette
from benchmarks.run import Run, say
from benchmarks.site import Browser, open_site
from timeline import builder
from timeline.models import Revision
from timeline.queries import reading
from timeline.queries.keyset import Cursor, Order

ROUNDS = 15
PEER_ROUNDS = 5
#: So many edits lie between the older revision and the current one.
EDITS = 20
PAGE = 50
FAR_PAGE = 10_000

COLD_SECONDS, CACHED_SECONDS = 0.05, 0.01
TIMES_FASTER = 20
MOST_AS_OF, MOST_FAR = 2.0, 1.3

#: What the site caches begins so; the broker's messages do not.
CACHED_KEYS = f"{settings.CACHES['default']['KEY_PREFIX']}:*"


def measure(run: Run) -> list[Finding]:
    run.use(run.largest)
    _write_revisions()
    with ExitStack() as servers:
        site = servers.enter_context(open_site(run.home))
        rows = flat_rows.load(run, site)
        peer = servers.enter_context(
            datasette.serving(rows.database, run.home / "log" / "datasette.log")
        )
        browser = servers.enter_context(closing(Browser(site.url)))
        other = servers.enter_context(closing(Browser(peer)))
        path_of_peer = f"/{rows.database.stem}/entries?_sort_desc=date_earliest&_size={PAGE}"
        first = f"/timeline/?limit={PAGE}"
        number = _page_number(run)
        far = f"{first}&after={_cursor(number)}"
        old = f"{first}&as_of=1"
        say("  pages ...")
        times = interleaved(
            run.times(ROUNDS),
            {
                "cold": lambda: fetch_cold(browser, first),
                "far": lambda: fetch_cold(browser, far),
                "old": lambda: fetch_cold(browser, old),
            },
        )
        cached = interleaved(run.times(ROUNDS), {"cached": lambda: fetch(browser, first)})["cached"]
        peers = interleaved(run.times(PEER_ROUNDS), {"peer": lambda: fetch(other, path_of_peer)})[
            "peer"
        ]
    return [
        *_first_page(times["cold"], cached, peers),
        _against(
            "the same as of an older revision", MOST_AS_OF, times["old"], times["cold"], "current"
        ),
        _against(
            f"page {number:,} against page 1", MOST_FAR, times["far"], times["cold"], "page 1"
        ),
    ]


def fetch(browser: Browser, path: str) -> None:
    status, _ = browser.get(path)
    if status != 200:
        raise RuntimeError(f"{path} answers {status}.")


def fetch_cold(browser: Browser, path: str) -> None:
    """Ask for a page of which nothing is cached."""
    forget()
    fetch(browser, path)


def forget() -> None:
    """Empty the site's cache, and leave the broker alone."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        if keys := list(client.scan_iter(CACHED_KEYS, count=10_000)):
            client.delete(*keys)


def _write_revisions() -> None:
    """See to it that there is an older revision than the current one."""
    builder.build()
    if Revision.objects.count() < 2:
        editor = Editor(Random(0))
        for _ in range(EDITS):
            editor.title()
            builder.build()


def _page_number(run: Run) -> int:
    return min(FAR_PAGE, run.largest // PAGE - 1)


def _cursor(number: int) -> str:
    """Return the cursor of a page by its number."""
    with reading() as found:
        ordered = found.entries().order_by("-sort_on", "-record_id")
        last = ordered[(number - 1) * PAGE - 1]
    return str(Cursor.at(last, Order.NEWEST))


def _first_page(cold: Timing, cached: Timing, peer: Timing) -> list[Finding]:
    return [
        Finding(
            what=f"first page of {PAGE}, nothing cached",
            target=f"≤ {duration(COLD_SECONDS)}; ≥ {TIMES_FASTER} × faster than Datasette's",
            measured=str(cold),
            against=f"Datasette's page: {peer}",
            ratio=f"{peer.median / cold.median:.1f} × faster",
            is_met=cold.median <= COLD_SECONDS and peer.median >= TIMES_FASTER * cold.median,
            figures={"seconds": cold.median, "p95": cold.percentile(95), "peer": peer.median},
        ),
        Finding(
            what="first page, cached",
            target=f"≤ {duration(CACHED_SECONDS)}",
            measured=str(cached),
            against=f"Datasette's page: {peer}",
            ratio=f"{peer.median / cached.median:.1f} × faster",
            is_met=cached.median <= CACHED_SECONDS,
            figures={"seconds": cached.median, "p95": cached.percentile(95)},
        ),
    ]


def _against(what: str, most: float, one: Timing, other: Timing, name: str) -> Finding:
    ratio = one.median / other.median
    return Finding(
        what=what,
        target=f"≤ {most} ×",
        measured=str(one),
        against=f"{name}: {other}",
        ratio=f"{ratio:.2f} ×",
        is_met=ratio <= most,
        figures={"seconds": one.median, "ratio": ratio},
    )
