"""From a filter to the lines of a file."""

from timeline.filters.timeline import TimelineFilter
from timeline.filters.words import sentence
from timeline.models import Entry
from timeline.queries.selection import Selection


def selected(timeline_filter: TimelineFilter, *, site: str) -> Selection:
    """Return what a file of a filter is made of; `site` is the address before its rows' paths.

    Asked for as the latest revision or as of it, it is the same.
    """
    number = timeline_filter.reading.number
    order = timeline_filter.file_order
    return Selection(
        # It is read in many transactions: what is current in one may be closed in the next.
        timeline_filter.carried_out(Entry.objects.as_of(number)),
        timeline_filter.reading.revision,
        order,
        site=site,
        title=sentence(timeline_filter, of_when=False),
        query=timeline_filter.canonical(as_of=str(number), order=order.value),
        asked=timeline_filter.canonical(without=("as_of", "order")),
        versions=timeline_filter.carried_out(Entry.objects.filter(revision_from__lte=number)),
    )
