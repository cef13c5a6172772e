"""What a local installation needs before it starts: tables, files, roles, accounts, sample."""

import secrets
import sys
from pathlib import Path

import django
from django.apps import apps
from django.core.management import CommandError, call_command, get_commands
from django.db import DatabaseError

from config import embedded

ACCOUNTS = ("editor", "administrator")


def main() -> None:
    django.setup()
    try:
        call_command("migrate", interactive=False)
        if "ensure_roles" in get_commands():
            call_command("ensure_roles")
        create_accounts(embedded.home() / "credentials")
        load_sample()
        call_command("collectstatic", interactive=False, verbosity=0)
    except (CommandError, DatabaseError) as error:
        sys.exit(f"\nThe database could not be prepared: {' '.join(str(error).split())}")


def create_accounts(file: Path) -> None:
    """Create an editor and an administrator where nobody has an account yet."""
    users = apps.get_model("auth", "User")._default_manager
    groups = apps.get_model("auth", "Group")._default_manager
    if users.exists():
        return
    lines = []
    for name in ACCOUNTS:
        password = secrets.token_urlsafe(12)
        create = users.create_superuser if name == "administrator" else users.create_user
        user = create(username=name, password=password, is_staff=True)
        user.groups.add(groups.get_or_create(name=name)[0])
        lines.append(f"{name:<15}{password}")
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n")
    # Tells the banner that nobody has seen them yet.
    file.with_suffix(".new").touch()


def load_sample() -> None:
    """Load the sample into a database that holds no record."""
    if "load_sample" not in get_commands():
        return
    if not apps.get_model("sources.Record")._default_manager.exists():
        call_command("load_sample")


if __name__ == "__main__":
    main()
