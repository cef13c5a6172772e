"""Evidence for tests: valid rows by default, and drafts."""

from typing import Any

import factory
from django.db import transaction
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from sources.enums import FigureGroup, Harm, OutletKind, Status
from sources.models import Citation, ExternalId, Figure, Outlet, Record, Source


class OutletFactory(DjangoModelFactory[Outlet]):
    """`OutletFactory(name="BBC")` twice is one outlet."""

    class Meta:
        model = Outlet
        django_get_or_create = ("name",)

    name = factory.Sequence("Outlet {}".format)
    slug = factory.LazyAttribute(lambda outlet: slugify(outlet.name))
    kind = OutletKind.BROADCASTER


class SourceFactory(DjangoModelFactory[Source]):
    """A public article of an outlet of its own."""

    class Meta:
        model = Source

    outlet = factory.SubFactory(OutletFactory)
    title = factory.Sequence("Report {}".format)
    url = factory.Sequence("https://example.org/reports/{}".format)
    published_edtf = "2017-01-16"


class CitationFactory(DjangoModelFactory[Citation]):
    """A supporting passage of a source of its own. Needs a `record`; `cite` is shorter."""

    class Meta:
        model = Citation

    source = factory.SubFactory(SourceFactory)
    locator = factory.Sequence(lambda number: f"paragraph {number + 1}")


class FigureFactory(DjangoModelFactory[Figure]):
    """“At least nine civilians killed.” Needs a `citation`."""

    class Meta:
        model = Figure

    group = FigureGroup.CIVILIANS
    harm = Harm.KILLED
    low = 9


class ExternalIdFactory(DjangoModelFactory[ExternalId]):
    """An event's number in UCDP GED. Needs a `record`."""

    class Meta:
        model = ExternalId

    scheme = "ged_event"
    value = factory.Sequence(str)


class RecordFactory(DjangoModelFactory[Any]):
    """The base of every kind of record.

    `TruceFactory(published=True)` also cites and publishes it;
    `published__source=bbc` and the like go to its citation.
    """

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @factory.post_generation  # type: ignore[untyped-decorator]  # factory_boy's has no types
    def published(record: Record, create: bool, wanted: bool | None, **citation: Any) -> None:  # noqa: N805 - factory_boy hands over the record
        if wanted:
            publish(record, **citation)


def cite(record: Record, source: Source | None = None, **values: Any) -> Citation:
    """Add a citation, supporting unless said otherwise, of a new source unless given one."""
    if source is not None:
        values["source"] = source
    return CitationFactory.create(record=record, **values)


def publish(record: Record, source: Source | None = None, **citation: Any) -> None:
    """Add a supporting citation and publish the record, in one transaction."""
    with transaction.atomic():
        cite(record, source, **citation)
        record.status = Status.PUBLISHED
        record.save(update_fields=["status"])
