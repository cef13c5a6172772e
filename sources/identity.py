"""Public identifiers: short, without meaning, safe to print and to read out."""

import secrets

# Crockford's base 32, in lower case: no i, l, o or u to be misread or to spell words.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def new_public_id() -> str:
    """Return 12 characters (60 bits) that identify one record or source for good."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
