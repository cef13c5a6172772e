"""From the editor's click on “save” to the page that shows it, with worker, clock and broker."""

import time
from contextlib import closing

from django.contrib.auth import get_user_model

from benchmarks.forms import read_form
from benchmarks.measuring import Finding, Timing, duration
from benchmarks.run import Run, say
from benchmarks.site import USER, Browser, open_site
from sources.enums import RecordKind
from sources.models import Record
from timeline import builder

MOST_SECONDS = 1.0
SAVES = 40
PATIENCE = 60.0
PASSWORD = "only for this run"


def measure(run: Run) -> list[Finding]:
    run.use(run.largest)
    builder.build()
    users = get_user_model()._default_manager
    users.filter(username=USER).delete()
    users.create_superuser(username=USER, password=PASSWORD)
    incidents = Record.objects.published().filter(kind=RecordKind.INCIDENT).order_by("pk")
    saved, seen = Timing(), Timing()
    with (
        open_site(run.home, with_worker=True) as site,
        closing(Browser(site.url)) as editor,
        closing(Browser(site.url)) as reader,
    ):
        editor.log_in(USER, PASSWORD)
        say(f"  {run.times(SAVES)} saves ...")
        for number, record in enumerate(incidents[: run.times(SAVES) + 1]):
            post, shown = _save(editor, reader, record, f"A title of save number {number}")
            if number:
                saved.samples.append(post)
                seen.samples.append(shown)
    return [
        Finding(
            what="save in the admin → seen on the page, real web server, broker and worker",
            target=f"≤ {duration(MOST_SECONDS)} at p95",
            measured=f"p95 {duration(seen.percentile(95))}, median {duration(seen.median)} "
            f"of {len(seen.samples)} saves",
            against=f"the save alone: {duration(saved.median)}",
            ratio=f"{seen.median / saved.median:.2f} ×",
            is_met=seen.percentile(95) <= MOST_SECONDS,
            figures={
                "p95_seconds": seen.percentile(95),
                "median_seconds": seen.median,
                "save_seconds": saved.median,
            },
        )
    ]


def _save(editor: Browser, reader: Browser, record: Record, title: str) -> tuple[float, float]:
    """Save a new title; return after how long it was saved, and seen by a reader."""
    path = f"/admin/ceasefire/incident/{record.pk}/change/"
    _, page = editor.get(path)
    fields = [
        (name, title if name == "title" else value)
        for name, value in read_form(page.decode(), "incident_form")
    ]
    begin = time.perf_counter()
    status, answer = editor.post(path, fields)
    saved = time.perf_counter() - begin
    if status != 302:
        raise RuntimeError(f"The admin did not save but answered {status}: {_errors(answer)}")
    while title.encode() not in reader.get(f"/incidents/{record.public_id}/")[1]:
        if time.perf_counter() - begin > PATIENCE:
            raise RuntimeError(f"“{title}” was not seen within {PATIENCE:.0f} s.")
        time.sleep(0.005)
    return saved, time.perf_counter() - begin


def _errors(page: bytes) -> str:
    _, _, after = page.decode().partition("errorlist")
    return " ".join(after[:300].split())
