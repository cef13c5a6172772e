"""How the settings read the environment."""

import secrets
import sys
from typing import NoReturn
from urllib.parse import parse_qsl, urlencode, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from config import embedded

env = environ.Env()


def stop(sentence: str) -> NoReturn:
    """End the program with one sentence instead of a traceback."""
    sys.exit(f"Truceline cannot start: {sentence}")


def required(name: str, why: str) -> str:
    """Return a variable that production must set."""
    value: str = env.str(name, default="")
    if not value:
        stop(f"the environment variable {name} is not set; it is {why}.")
    return value


def boolean(name: str, *, default: bool) -> bool:
    """Return a variable that is on or off."""
    value: str = env.str(name, default="")
    if value and value.lower() not in (
        *env.BOOLEAN_TRUE_STRINGS,
        "false",
        "off",
        "no",
        "n",
        "0",
    ):
        stop(f"the environment variable {name} is {value!r}; it must be on or off.")
    return bool(env.bool(name, default=default)) if value else default


def number(name: str, *, default: int) -> int:
    """Return a variable that is a whole number."""
    try:
        return int(env.int(name, default=default))
    except (ValueError, ImproperlyConfigured):
        stop(f"the environment variable {name} must be a whole number.")


def secret_key() -> str:
    """Return SECRET_KEY, or the one kept in the home, written on first use."""
    given: str = env.str("SECRET_KEY", default="")
    if given:
        return given
    file = embedded.home() / "secret_key"
    if not file.exists():
        embedded.prepare(file.parent)
        # Two programs may start at once; the link lets only one of them win.
        mine = file.with_name(f"secret_key.{secrets.token_hex(4)}")
        mine.touch(mode=0o600)
        mine.write_text(secrets.token_urlsafe(50))
        try:
            file.hardlink_to(mine)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return file.read_text()


def broker_url(redis_url: str) -> str:
    """Return a Redis address in Celery's words, which differ for a Unix socket."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    query = {"virtual_host" if key == "db" else key: value for key, value in parse_qsl(parts.query)}
    return f"redis+socket://{parts.path}?{urlencode(query)}"
