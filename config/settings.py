"""Truceline's settings, for development, tests and production alike.

Everything that differs comes from the environment; README.md lists the variables. Without any,
this is a local installation on the embedded servers. PRODUCTION=on asks for every secret and
address, and turns on what only makes sense behind HTTPS.
"""

import re
import sys
from pathlib import Path
from typing import Any

import environ
import pghistory
import pgtrigger
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import embedded
from config.environment import (
    boolean,
    broker_url,
    env,
    number,
    required,
    secret_key,
    stop,
)

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

PRODUCTION = boolean("PRODUCTION", default=False)
DEBUG = boolean("DEBUG", default=False)

if PRODUCTION:
    SECRET_KEY = required("SECRET_KEY", "the key that signs sessions: fifty random characters")
    required("ALLOWED_HOSTS", "the list of host names that the site answers to, with commas")
    DATABASE_URL = required(
        "DATABASE_URL", "PostgreSQL's address: postgres://user:password@host/name"
    )
    REDIS_URL = required("REDIS_URL", "the broker's address: redis://host:6379/0")
else:
    SECRET_KEY = secret_key()
    DATABASE_URL = env.str("DATABASE_URL", default="") or embedded.database_url()
    REDIS_URL = env.str("REDIS_URL", default="") or embedded.redis_url()

# Names the code that builds pages, for what is kept of them; without it the files themselves do.
BUILD = env.str("BUILD", default="")

ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "config.apps.TrucelineAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # Groups the digits of large numbers in templates.
    "django.contrib.humanize",
    "django.contrib.postgres",
    "csp",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "sources",
    "talks",
    "ceasefire",
    "timeline",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    # Before sessions: a static file needs neither a user nor the database.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Before CommonMiddleware, which looks whether an address exists.
    "config.languages.by_address",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # After authentication: the history of a change names its user.
    "pghistory.middleware.HistoryMiddleware",
    # Last, so that it runs when the request is done and committed.
    "timeline.middleware.WakeBuilderMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.languages.versions",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------------------------


def database() -> dict[str, Any]:
    """Return Django's description of the database in DATABASE_URL."""
    try:
        found: dict[str, Any] = environ.Env.db_url_config(DATABASE_URL)
    except (ValueError, ImproperlyConfigured):
        found = {}
    if found.get("ENGINE") != "django.db.backends.postgresql":
        stop("DATABASE_URL is not the address of a PostgreSQL: postgres://user:password@host/name.")
    options = found.setdefault("OPTIONS", {})
    # The command line tools of PostgreSQL take a socket's directory as ?host=, Django as HOST.
    found["HOST"] = options.pop("host", found["HOST"])
    options.setdefault("connect_timeout", 5)
    options["pool"] = {
        # As many as a process has threads; a connection is opened when it is first needed.
        "min_size": 0,
        "max_size": number("DATABASE_POOL_SIZE", default=10),
        "timeout": 10,
    }
    # After a restart of the server, whoever comes next would be given a connection that is dead.
    found["CONN_HEALTH_CHECKS"] = True
    # A cursor must not outlive its transaction behind a pooler such as PgBouncer.
    found["DISABLE_SERVER_SIDE_CURSORS"] = boolean("DATABASE_BEHIND_POOLER", default=False)
    return found


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# History is written by the statement, so that a change of 10,000 rows costs one trigger call.
PGHISTORY_LEVEL = pgtrigger.Statement
# Each index is paid for by every write. A version is looked for by its row, by what the row hangs
# on (sources/triggers.py) and by its context, and by no other key that it copies.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(db_index=True)
# A context per reader's request would be written for nothing: only unsafe requests change facts.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# --- Cache, sessions --------------------------------------------------------------------------

CACHES = {
    "default": {
        "BACKEND": "config.cache.TolerantRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "truceline",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
}
# How old a kept page of the latest revision may be while revisions follow each other quickly.
PAGES_LAG_SECONDS = 1
# In the database: an editor stays logged in when Redis is emptied or gone.
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- Celery -----------------------------------------------------------------------------------

CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A web request that wakes the builder must not wait for a broker that is gone: the sweep finds
# what the lost message would have said.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 2}
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
# Celery does not close the database's connections: config/celery.py gives them back to the pool.
CELERY_DB_REUSE_MAX = sys.maxsize
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"
SWEEP_SECONDS = 2
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "timeline.sweep",
        "schedule": SWEEP_SECONDS,
        # A sweep that waited is as good as the next one: they must not pile up.
        "options": {"expires": 2 * SWEEP_SECONDS},
    },
    "releases": {
        # Finds what an administrator made since; mostly nothing, which costs one look.
        "task": "timeline.hash_releases",
        "schedule": 10,
        "options": {"expires": 10},
    },
    "lines": {
        # Follows the latest revision, for whoever takes the CSV away next.
        "task": "timeline.keep_lines",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "keys": {
        "task": "timeline.take_in_keys",
        "schedule": 5,
        "options": {"expires": 5},
    },
    "imports": {
        "task": "ceasefire.sweep_imports",
        "schedule": 10,
        "options": {"expires": 10},
    },
    "verify": {
        "task": "timeline.verify",
        "schedule": crontab(hour=3, minute=17),
        "options": {"expires": 3600},
    },
}

# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default="") or embedded.home() / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
# Off, files are served from where they lie, without a collectstatic: for tests and DEBUG.
STATIC_MANIFEST = boolean("STATIC_MANIFEST", default=not DEBUG)
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# Each by its own name, for those who do not read the other.
LANGUAGES = [("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_TZ = True
TIME_ZONE = "UTC"

# --- Security ---------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
if PRODUCTION:
    # The proxy in front ends HTTPS and must set this header itself.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = boolean("SECURE_SSL_REDIRECT", default=True)
    # Health checks come from inside, without a proxy.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = number("SECURE_HSTS_SECONDS", default=31_536_000)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# No script or style inside a page runs, so text that an editor pastes cannot either.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

# --- Maps -------------------------------------------------------------------------------------

# A server of map tiles, such as https://tiles.example.org/{z}/{x}/{y}.png, and whom it credits.
# Without one, maps are drawn on an outline of our own, and no request leaves the site.
MAP_TILES = env.str("MAP_TILES", default="")
MAP_TILES_CREDIT = env.str("MAP_TILES_CREDIT", default="")
if MAP_TILES:
    if not re.fullmatch(r"https?://[^/\s;,]+/\S*\{z\}\S*", MAP_TILES) or not MAP_TILES_CREDIT:
        stop(
            "MAP_TILES is not the address of tiles (https://host/{z}/{x}/{y}.png), or "
            "MAP_TILES_CREDIT does not say whom they credit."
        )
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append("/".join(MAP_TILES.split("/")[:3]))

# --- Logs -------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own handler would say everything twice.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}
