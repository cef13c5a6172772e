"""On what machine, and with which settings, a run was measured."""

import os
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from django.db import connection

SETTINGS: Final = (
    *("shared_buffers", "work_mem", "maintenance_work_mem", "effective_cache_size"),
    *("random_page_cost", "max_wal_size", "fsync", "synchronous_commit", "jit"),
    "max_parallel_workers_per_gather",
)
PACKAGES: Final = ("Django", "psycopg", "celery", "gunicorn", "datasette", "django-import-export")


def describe() -> Mapping[str, str]:
    """Return what a reader must know to compare figures, in the order of reading."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version')")
        server = cursor.fetchone()[0]
        cursor.execute(
            "SELECT name, current_setting(name) FROM unnest(%s::text[]) AS name", [list(SETTINGS)]
        )
        settings = ", ".join(f"{name} = {value}" for name, value in cursor.fetchall())
    return {
        "processor": f"{len(os.sched_getaffinity(0))} cores, {_processor()}",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "PostgreSQL": f"{server}; {settings}",
        "packages": ", ".join(_version(name) for name in PACKAGES),
    }


def load() -> float:
    """Return how many processes wanted a processor over the last minute."""
    return os.getloadavg()[0]


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"no {package}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
