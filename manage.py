#!/usr/bin/env python
"""Django's command line, with the embedded PostgreSQL where no DATABASE_URL is given."""

import os
import sys

from django.core.management import execute_from_command_line

from config import embedded

# These read no database, so they need not wait for one.
WITHOUT_DATABASE = {
    "collectstatic",
    "compilemessages",
    "help",
    "makemessages",
    "version",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in WITHOUT_DATABASE or command.startswith("-"):
        execute_from_command_line(sys.argv)
        return
    with embedded.database():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
