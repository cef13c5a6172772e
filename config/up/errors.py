"""Why the site cannot run."""


class UpError(Exception):
    """One sentence for the person at the terminal."""
