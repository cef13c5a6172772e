"""Where readers find what editors edit: the paths of `timeline/urls.py`, which lies above us."""

from typing import Final

ADDRESSES: Final[dict[str, str]] = {
    "sources.source": "/sources/{obj.public_id}/",
    "talks.conflict": "/conflicts/{obj.slug}/",
    "talks.process": "/processes/{obj.slug}/",
    "talks.party": "/parties/{obj.slug}/",
    "talks.person": "/people/{obj.slug}/",
    "talks.place": "/timeline/?place={obj.slug}",
    "talks.round": "/rounds/{obj.public_id}/",
    "ceasefire.truce": "/truces/{obj.public_id}/",
    "ceasefire.incident": "/incidents/{obj.public_id}/",
}

#: Every other kind of record has no page of its own, and a permalink that leads to its line.
RECORD: Final = "/records/{obj.public_id}/"
