"""The drawn timeline in a real browser: bytes on the wire, time to paint, frames while it moves."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measures.pages import forget
from benchmarks.measuring import Finding, Timing, duration, size, unmeasured
from benchmarks.run import Run, say
from benchmarks.site import open_site
from timeline import builder

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
LOADS = 5
PATIENCE = 120.0
MOST_OCTETS = 50e3
MOST_SECONDS = 1.0
#: A screen of 60 pictures a second shows one each 16.7 ms; a browser's clock is a little coarser.
MOST_FRAME = 0.0170
WHAT = "overview in the browser"

#: Notes when the drawing's picture has been painted: two frames after it came into the page.
WATCH_PAINT = """
  const seen = () => {
    if (!document.querySelector("[data-stage] svg")) return false;
    const note = () => { window.benchPainted = performance.now(); };
    requestAnimationFrame(() => requestAnimationFrame(note));
    return true;
  };
  const watch = new MutationObserver(() => seen() && watch.disconnect());
  watch.observe(document, { childList: true, subtree: true });
"""
#: Counts the time between frames until told to stop.
RECORD_FRAMES = """
  () => {
    window.benchFrames = [];
    let last = performance.now();
    window.benchRecording = true;
    const note = (now) => {
      window.benchFrames.push(now - last);
      last = now;
      if (window.benchRecording) requestAnimationFrame(note);
    };
    requestAnimationFrame((now) => { last = now; requestAnimationFrame(note); });
  }
"""
STOP_RECORDING = "() => { window.benchRecording = false; return window.benchFrames; }"


@dataclass(frozen=True)
class Load:
    """One visit to the page with nothing cached, in the browser or in the site."""

    painted: float
    drawing_octets: float
    page_octets: float


def measure(run: Run) -> list[Finding]:
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        return [
            unmeasured(WHAT, f"≤ {size(MOST_OCTETS)}, ≤ {duration(MOST_SECONDS)}", "no Chromium")
        ]
    run.use(run.largest)
    builder.build()
    with open_site(run.home) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        url = f"{site.url}/timeline/"
        say("  loading ...")
        # The first warms the browser and the database up.
        loads = [_load(browser, url) for _ in range(run.times(LOADS) + 1)][1:]
        say("  panning and zooming ...")
        with _page(browser) as page:
            page.goto(url)
            _until_painted(page)
            panned, zoomed = _pan(page), _zoom(page)
        browser.close()
    return [
        *_findings(loads),
        _frames("pan of the overview", panned),
        _frames("zoom of the overview", zoomed),
    ]


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH_PAINT)
    yield page
    context.close()


def _load(browser: Browser, url: str) -> Load:
    forget()
    octets: dict[str, float] = {}
    addresses: dict[str, str] = {}
    with _page(browser) as page:
        wire = page.context.new_cdp_session(page)
        wire.on(
            "Network.responseReceived",
            lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
        )
        wire.on(
            "Network.loadingFinished",
            lambda event: octets.update({event["requestId"]: event["encodedDataLength"]}),
        )
        wire.send("Network.enable")
        page.goto(url)
        painted = _until_painted(page)
        page.wait_for_load_state("networkidle")
    drawn = sum(
        octets.get(key, 0) for key, path in addresses.items() if "/timeline/drawing/" in path
    )
    return Load(painted, drawn, sum(octets.values()))


def _until_painted(page: Page) -> float:
    """Wait for the drawing; return after how many seconds it was painted."""
    deadline = time.monotonic() + PATIENCE
    while (painted := page.evaluate("window.benchPainted")) is None:
        if time.monotonic() > deadline:
            raise RuntimeError(f"The drawing was not painted within {PATIENCE:.0f} s.")
        page.wait_for_timeout(20)
    return float(painted) / 1000


def _pan(page: Page) -> list[float]:
    """Drag the drawing to and fro; return the seconds between frames."""
    x, y = _middle(page)
    page.evaluate(RECORD_FRAMES)
    for direction in (1, -1, 1, -1):
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(40):
            page.mouse.move(x + direction * 8 * step, y)
            page.wait_for_timeout(12)
        page.mouse.up()
    return _recorded(page)


def _zoom(page: Page) -> list[float]:
    """Zoom in and out by wheel; return the seconds between frames."""
    x, y = _middle(page)
    page.mouse.move(x, y)
    page.evaluate(RECORD_FRAMES)
    page.keyboard.down("Control")
    for direction in (-1, 1):
        for _ in range(40):
            page.mouse.wheel(0, direction * 60)
            page.wait_for_timeout(20)
    page.keyboard.up("Control")
    return _recorded(page)


def _middle(page: Page) -> tuple[float, float]:
    stage = page.locator("[data-stage]")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _recorded(page: Page) -> list[float]:
    frames: list[float] = page.evaluate(STOP_RECORDING)
    return [milliseconds / 1000 for milliseconds in frames]


def _findings(loads: list[Load]) -> list[Finding]:
    painted = Timing([load.painted for load in loads])
    drawn = max(load.drawing_octets for load in loads)
    whole = max(load.page_octets for load in loads)
    return [
        Finding(
            what=f"{WHAT}: on the wire",
            target=f"≤ {size(MOST_OCTETS)}",
            measured=f"{size(drawn)} for the drawing",
            against=f"the whole first visit, page, styles and scripts included: {size(whole)}",
            is_met=0 < drawn <= MOST_OCTETS,
            figures={"drawing_bytes": drawn, "page_bytes": whole},
        ),
        Finding(
            what=f"{WHAT}: painted",
            target=f"≤ {duration(MOST_SECONDS)}",
            measured=f"{painted} after the address was entered, nothing cached",
            is_met=painted.median <= MOST_SECONDS,
            figures={"seconds": painted.median},
        ),
    ]


def _frames(what: str, frames: list[float]) -> Finding:
    timing = Timing(frames)
    late = sum(frame > 1.5 * MOST_FRAME for frame in frames) / len(frames)
    return Finding(
        what=what,
        target="within 16.7 ms a frame",
        measured=f"median {duration(timing.median)}, p95 {duration(timing.percentile(95))} of "
        f"{len(frames)} frames; {late:.1%} missed",
        is_met=timing.percentile(95) <= MOST_FRAME,
        figures={
            "median_seconds": timing.median,
            "p95_seconds": timing.percentile(95),
            "missed_share": late,
        },
    )
