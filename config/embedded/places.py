"""Where the embedded servers keep their things."""

import hashlib
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
# Where PostgreSQL lives when root's checkout is closed to that account, as it is under /root.
# Opening the checkout instead would open root's home to everybody.
SYSTEM_HOME = Path("/var/lib/truceline")
# The kernel's limit for the path of a socket is 107 bytes; this leaves room for its name.
LONGEST_SOCKET_DIRECTORY = 88


class EmbeddedError(Exception):
    """One sentence that says why an embedded server cannot serve."""


def home() -> Path:
    """Return the directory that holds everything a local installation keeps."""
    return Path(os.environ.get("TRUCELINE_HOME") or CHECKOUT / ".truceline").absolute()


def prepare(home: Path) -> None:
    """Create the home's directories."""
    if not home.exists():
        home.mkdir(parents=True)
        # Others may pass through, whatever the umask: PostgreSQL's account must. What is secret
        # in it has modes of its own.
        home.chmod(0o711)
    (home / "log").mkdir(exist_ok=True)


def socket_directory(data: Path) -> Path:
    """Return the data directory, or a short one of its own where the kernel finds it too long."""
    if len(os.fsencode(data)) <= LONGEST_SOCKET_DIRECTORY:
        return data
    return Path(f"/tmp/truceline-{os.geteuid()}-{short_hash(data)}")


def short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def is_open_to_all(directory: Path) -> bool:
    """Return whether every account may pass through a directory."""
    return all(each.stat().st_mode & 0o001 for each in (directory, *directory.parents))
