"""The site's own settings, on the servers of the test session."""

from tests import servers

servers.prepare_environment()

# Only now may the settings read the environment.
from config.settings import *  # noqa: E402, F403

# The real hash is slow on purpose, and the tests log in often.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

CACHES["default"]["KEY_FUNCTION"] = "tests.caching.key"  # noqa: F405 - from the settings above

# What a test changes it finds at once.
PAGES_LAG_SECONDS = 0
