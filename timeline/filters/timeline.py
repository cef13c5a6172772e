"""The filter of the timeline: the same for the page, its counts, and every file."""

import contextlib
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ceasefire.enums import Act, Population
from sources.enums import RecordKind
from sources.partial_dates import PartialDate
from timeline.enums import Evidence, Topic, Verdict
from timeline.filters.counting import NOT_JUDGED, asked_of_counts, stored_verdicts
from timeline.filters.fields import (
    Chosen,
    CodeField,
    CodesField,
    CursorField,
    DayField,
    Judged,
    JudgedField,
    LimitField,
    MomentField,
    RecordsField,
    SlugsField,
    WindowField,
    WordsField,
)
from timeline.filters.form import CERTAINLY, FilterForm
from timeline.models import Entry, Reach
from timeline.models.entry import EntryQuerySet
from timeline.queries import Reading, UnknownRevisionError, reading
from timeline.queries.counts import Counts
from timeline.queries.kept import KeptCounts, counted
from timeline.queries.keyset import Order, Page, page
from timeline.queries.reading import Word
from timeline.queries.sentences import enumerated

NONE = NOT_JUDGED
UNKNOWN = "unknown"
VERDICTS = {**dict(Verdict.choices), NONE: _("not judged")}
ORIGINS = {UNKNOWN: _("origin unknown")}
NOBODY = {NONE: _("nobody")}
AGGREGATE = {"no": _("single events"), "yes": _("aggregate reports")}
DATES = {
    "possibly": _("The line's window overlaps the one asked for."),
    CERTAINLY: _(
        "The line's window lies within the one asked for, and is neither approximate nor uncertain."
    ),
}

#: Parameters of which an index finds the lines, however few there are.
INDEXED = frozenset(
    {"party", "accused", "truce", "process", "round", "place", "outlet", "source", "q"}
)

Problems = list[tuple[str, str]]


class InvalidFilterError(ValueError):
    """A query is not a filter: each problem names a parameter and says what is wrong with it."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("; ".join(f"{name}: {reason}" for name, reason in problems))
        self.problems = problems


class _Parameter(django_filters.Filter):  # type: ignore[misc]  # django-filter has no types
    """One parameter: a field that reads it, and the method of the filter that carries it out."""

    def __init__(self, field: forms.Field, *, label: Any, help_text: Any, method: str = "") -> None:
        super().__init__(label=label, method=method or "passed_over")
        self._read_by = field
        field.label, field.help_text = label, help_text

    @property
    def field(self) -> forms.Field:
        return self._read_by


def _slugs(topic: str, label: Any, help_text: Any, method: str, **codes: Any) -> _Parameter:
    return _Parameter(
        SlugsField(topic=topic, **codes), label=label, help_text=help_text, method=method
    )


def _codes(codes: Iterable[tuple[str, Any]], label: Any, help_text: Any, method: str) -> _Parameter:
    return _Parameter(
        CodesField(codes=dict(codes)),
        label=label,
        help_text=help_text,
        method=method,
    )


class TimelineFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """What of the timeline a reader wants to see, as of one revision.

    Different parameters must all hold; of several values of one parameter, any may.
    Make one with `filtered`: what it returns is valid.
    """

    conflict = _slugs(Topic.CONFLICT, _("Conflict"), _("Slugs of conflicts."), "in_conflict")
    kind = _codes(RecordKind.choices, _("Kind"), _("Kinds of entry."), "of_kind")
    party = _slugs(
        Topic.PARTY,
        _("Party"),
        _(
            "Slugs of parties, in whatever role. An umbrella also finds its members, on dates at "
            "which they may have belonged to it."
        ),
        "naming_party",
    )
    accused = _slugs(
        Topic.PARTY,
        _("Attributed to"),
        _(
            "Slugs of parties to which an act is attributed, or that are accused of a violation; "
            "umbrellas as for `party`; `none` for what is attributed to nobody that we know."
        ),
        "of_accused",
        codes=NOBODY,
    )
    accuser = _slugs(Topic.PARTY, _("Accuser"), _("Slugs of parties that accuse."), "of_accuser")
    target = _slugs(
        Topic.PARTY,
        _("Target"),
        format_lazy(
            _("Who or what was hit: slugs of parties, or of the codes {codes}."),
            codes=", ".join(Population.values),
        ),
        "of_target",
        codes=dict(Population.choices),
    )
    truce = _Parameter(
        RecordsField(kind=RecordKind.TRUCE),
        label=_("Truce"),
        help_text=_("Ids of truces: finds them, their events, and what was judged against them."),
        method="of_truce",
    )
    process = _slugs(Topic.PROCESS, _("Process"), _("Slugs of peace processes."), "of_process")
    round_ = _Parameter(
        RecordsField(kind=RecordKind.ROUND),
        label=_("Round"),
        help_text=_("Ids of talks rounds: finds them and what belongs to them."),
        method="of_round",
    )
    place = _slugs(
        Topic.PLACE, _("Place"), _("Slugs of places; what lies in them is found too."), "of_place"
    )
    act = _codes(Act.choices, _("Act"), _("Acts, exactly as recorded."), "of_act")
    verdict = _codes(
        VERDICTS.items(),
        _("Verdict"),
        _(
            "The gravest verdict of an incident, each “if it happened as alleged”; `none` for what "
            "was not judged."
        ),
        "of_verdict",
    )
    judged = _Parameter(
        JudgedField(codes=VERDICTS),
        label=_("Judged"),
        help_text=_(
            "A truce's id, a colon, a verdict: incidents of which that is the gravest "
            "verdict under that one truce; `none` for what was not judged under it."
        ),
        method="of_judged",
    )
    aggregate = _codes(
        AGGREGATE.items(),
        _("Reports"),
        _(
            "Whether it is an aggregate report, that tells of several events in one breath. Counts "
            "of incidents are of `no` alone."
        ),
        "of_aggregate",
    )
    evidence = _codes(
        Evidence.choices,
        _("Evidence"),
        _("How well it is attested that it happened."),
        "of_evidence",
    )
    origin = _slugs(
        Topic.OUTLET,
        _("Origin"),
        _("Whose knowledge it is: slugs of outlets, or `unknown`."),
        "of_origin",
        codes=ORIGINS,
    )
    outlet = _slugs(
        Topic.OUTLET,
        _("Outlet"),
        _("Slugs of outlets anywhere in the chain of sources."),
        "of_outlet",
    )
    source = _slugs(Topic.SOURCE, _("Source"), _("Ids of sources that are cited."), "of_source")
    q = _Parameter(
        WordsField(),
        label=_("Search"),
        help_text=_(
            "Words, without regard to accents and case: each must begin a word of the "
            "entry's text, or of the name of a party, person, place, outlet or source in it."
        ),
        method="of_words",
    )
    from_ = _Parameter(
        DayField(),
        label=_("From"),
        help_text=_("The first day, such as 2017, 2017-01 or 2017-01-16."),
        method="from_day",
    )
    to = _Parameter(DayField(), label=_("To"), help_text=_("The last day."), method="to_day")
    reported_from = _Parameter(
        DayField(),
        label=_("Reported from"),
        help_text=_("The first day of the first report."),
        method="reported_from_day",
    )
    reported_to = _Parameter(
        DayField(),
        label=_("Reported to"),
        help_text=_("The last day of the first report."),
        method="reported_to_day",
    )
    dates = _Parameter(
        CodeField(codes=DATES, default="possibly"),
        label=_("Dates"),
        help_text=_(
            "How a window is read. possibly: a line's own window overlaps it (one with only "
            "a last day is found by that day; one with only a first day by any later one). "
            "certainly: it lies within, and is neither approximate nor uncertain. What is not "
            "dated is in none."
        ),
    )
    changed_since = _Parameter(
        MomentField(first=True),
        label=_("Changed since"),
        help_text=_("A revision's number, or a time in UTC: lines that changed after it."),
        method="changed_after",
    )
    as_of = _Parameter(
        MomentField(),
        label=_("As of"),
        help_text=_("A revision's number, or a time in UTC: everything as it was shown then."),
    )
    order = _Parameter(
        CodeField(codes=dict(Order.choices), default=Order.NEWEST.value),
        label=_("Order"),
        help_text=_(
            "The order of the lines; ties by their internal number. Undated lines stand at "
            "the end of time."
        ),
    )
    after = _Parameter(
        CursorField(),
        label=_("After"),
        help_text=_("Where a page begins: from the link of another."),
    )
    limit = _Parameter(
        LimitField(),
        label=_("Limit"),
        help_text=_("How many lines a page has: 1 to 500, usually 50."),
    )

    window = _Parameter(
        WindowField(),
        label="Window",
        help_text=_(
            "Which days the drawing shows, such as 2016-12/2017-01-16. It finds nothing and "
            "leaves nothing out; `from` and `to` do."
        ),
    )

    class Meta:
        model = Entry
        fields = ()
        form = FilterForm

    def __init__(self, query: QueryDict, *, reading: Reading) -> None:
        super().__init__(query, queryset=reading.entries())
        self.reading = reading
        self.form.reading = reading

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """Return the parameters by their names; a keyword of Python has lost its underscore."""
        return {name.rstrip("_"): found for name, found in super().get_filters().items()}

    @property
    def qs(self) -> EntryQuerySet:
        """Return the lines that the filter finds, in no order."""
        return self.lacking(())

    def lacking(
        self, names: Collection[str], versions: EntryQuerySet | None = None
    ) -> EntryQuerySet:
        """Return the lines that the filter would find without these parameters, or versions."""
        return self.carried_out(
            self.queryset.all() if versions is None else versions, without=names
        )

    def carried_out(
        self, entries: EntryQuerySet, *, without: Collection[str] = ()
    ) -> EntryQuerySet:
        """Return those of some versions of lines that the filter fits."""
        found = entries
        for name, value in self.form.cleaned_data.items():
            if name not in without:
                found = self.filters[name].filter(found, value)
        return found

    def page(self) -> Page:
        """Return the page of the list that was asked for."""
        return page(
            self.qs,
            order=self.ordering,
            after=self.value("after"),
            limit=self.value("limit"),
            may_be_rare=not INDEXED.isdisjoint(self.asked),
        )

    def possible_duplicates(self) -> int:
        """Return how many of the lines are possibly told twice."""
        # In most timelines nothing is, which an index tells at once.
        if not self.queryset.perhaps_told_twice().exists():
            return 0
        return self.qs.perhaps_told_twice().count()

    @cached_property
    def counts(self) -> Counts:
        """Return the numbers of what the filter finds, by the cheapest way that is exact."""
        asked = asked_of_counts(self.asked, self.form.cleaned_data)
        return counted(self.lacking, self.reading, chosen=self.asked, asked=asked)

    def counts_without(self, name: str) -> Counts:
        """Return the numbers from which the facet of a parameter is told.

        Its own counts are those of the list without it, which may be kept where the list's are not.
        """
        given = self.asked.keys() - {name}
        asked = asked_of_counts(given, self.form.cleaned_data)
        if name not in self.asked or asked is None:
            return self.counts

        def lacking(names: Collection[str], versions: EntryQuerySet | None = None) -> EntryQuerySet:
            return self.lacking((name, *names), versions)

        return counted(lacking, self.reading, chosen=given, asked=asked)

    @property
    def guesses(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the words that nothing has, and the names like them that are searched instead."""
        given = zip(self.value("q") or (), self._words if self.value("q") else (), strict=True)
        return [(text, word.near) for text, word in given if word.near]

    @property
    def are_counts_kept(self) -> bool:
        """Return whether the numbers of the filter are kept, and so are cheap to have."""
        return isinstance(self.counts, KeptCounts)

    def value(self, name: str) -> Any:
        """Return what a parameter was read as: empty or its default where it was not given."""
        return self.form.cleaned_data[name]

    @property
    def ordering(self) -> Order:
        return Order(self.value("order"))

    @property
    def file_order(self) -> Order:
        """Return the order of a file: the one asked for, else the oldest first."""
        return self.ordering if self.data.get("order") else Order.OLDEST

    @property
    def certainly(self) -> bool:
        return bool(self.value("dates") == CERTAINLY)

    # --- The query in its one form -----------------------------------------------------------

    @cached_property
    def asked(self) -> dict[str, tuple[str, ...]]:
        """Return the parameters that say anything, sorted, with their sorted values as text.

        A time is given as the revision that it stands for, so that the same query always means
        the same.
        """
        asked: dict[str, tuple[str, ...]] = {}
        for name in sorted(self.filters):
            values = _as_text(self.value(name))
            if name == "q" and values:
                values = (" ".join(sorted(set(values))),)
            if name == "as_of" and values:
                values = (str(self.reading.number),)
            default = getattr(self.form.fields[name], "default", None)
            if values and values != (str(default),):
                asked[name] = tuple(sorted(values))
        return asked

    def canonical(self, *, without: Collection[str] = (), **changed: str) -> str:
        """Return the query string, sorted and without defaults; the filter's one name in caches.

        `without` drops parameters, `changed` replaces them.
        """
        asked = {name: given for name, given in self.asked.items() if name not in without}
        return encode({**asked, **{name: (value,) for name, value in changed.items()}})

    # --- The parameters carried out, one line each -------------------------------------------

    def passed_over(self, entries: EntryQuerySet, name: str, value: object) -> EntryQuerySet:
        """Return the entries unchanged: the parameter says how to read or show them."""
        return entries

    def in_conflict(self, entries: EntryQuerySet, name: str, value: Chosen) -> EntryQuerySet:
        return entries.about(value.refs)

    def of_kind(self, entries: EntryQuerySet, name: str, value: list[str]) -> EntryQuerySet:
        return entries.of_kinds(value)

    def naming_party(self, entries: EntryQuerySet, name: str, value: Chosen) -> EntryQuerySet:
        return entries.naming(self._reach("party"))

    def of_accused(self, entries: EntryQuerySet, name: str, value: Chosen) -> EntryQuerySet:
        return entries.accusing(self._reach("accused"), nobody=NONE in value.codes)

    def of_accuser(self, entries: EntryQuerySet, name: str, value: Chosen) -> EntryQuerySet:
        return entries.told_by(value.refs)

    def of_target(self, entries: EntryQuerySet, name: str, value: Chosen) -> EntryQuerySet:
        return entries.hitting(value.refs, value.codes)

    def of_truce(self, entries: EntryQuerySet, name: str, value: list[Entry]) -> EntryQuerySet:
        return entries.under([entry.record_id for entry in value])

    def of_process(self, entries: EntryQuerySet, name: str, value: Chosen) -> EntryQuerySet:
        return entries.of_processes(value.refs)

    def of_round(self, entries: EntryQuerySet, name: str, value: list[Entry]) -> EntryQuerySet:
        return entries.at_rounds([entry.record_id for entry in value])

    def of_place(self, entries: EntryQuerySet, name: str, value: Chosen) -> EntryQuerySet:
        return entries.inside(value.refs)

    def of_act(self, entries: EntryQuerySet, name: str, value: list[str]) -> EntryQuerySet:
        return entries.of_acts(value)

    def of_verdict(self, entries: EntryQuerySet, name: str, value: list[str]) -> EntryQuerySet:
        return entries.judged(stored_verdicts(value))

    def of_judged(self, entries: EntryQuerySet, name: str, value: list[Judged]) -> EntryQuerySet:
        pairs = [
            (judged.truce.record_id, "" if judged.verdict == NONE else judged.verdict)
            for judged in value
        ]
        return entries.judged_under(pairs, self.reading.number)

    def of_aggregate(self, entries: EntryQuerySet, name: str, value: list[str]) -> EntryQuerySet:
        return entries.told_as([code == "yes" for code in value])

    def of_evidence(self, entries: EntryQuerySet, name: str, value: list[str]) -> EntryQuerySet:
        return entries.resting_on(value)

    def of_origin(self, entries: EntryQuerySet, name: str, value: Chosen) -> EntryQuerySet:
        return entries.known_from([*value.codes, *(f"outlet:{ref}" for ref in value.refs)])

    def of_outlet(self, entries: EntryQuerySet, name: str, value: Chosen) -> EntryQuerySet:
        return entries.through_outlets(value.refs)

    def of_source(self, entries: EntryQuerySet, name: str, value: Chosen) -> EntryQuerySet:
        return entries.citing(value.refs)

    def of_words(self, entries: EntryQuerySet, name: str, value: list[str]) -> EntryQuerySet:
        for word in self._words:
            entries = entries.saying(word.text, word.named)
        return entries

    def from_day(self, entries: EntryQuerySet, name: str, value: PartialDate) -> EntryQuerySet:
        return entries.since(_known(value.earliest), certainly=self.certainly)

    def to_day(self, entries: EntryQuerySet, name: str, value: PartialDate) -> EntryQuerySet:
        return entries.until(_known(value.latest), certainly=self.certainly)

    def reported_from_day(
        self, entries: EntryQuerySet, name: str, value: PartialDate
    ) -> EntryQuerySet:
        return entries.since(_known(value.earliest), certainly=self.certainly, of="reported_")

    def reported_to_day(
        self, entries: EntryQuerySet, name: str, value: PartialDate
    ) -> EntryQuerySet:
        return entries.until(_known(value.latest), certainly=self.certainly, of="reported_")

    def changed_after(self, entries: EntryQuerySet, name: str, value: int) -> EntryQuerySet:
        return entries.changed_after(value)

    # --- What is read once for all uses of the filter ----------------------------------------

    def _reach(self, name: str) -> list[Reach]:
        if name not in self._reaches:
            self._reaches[name] = self.reading.reach(self.value(name).refs)
        return self._reaches[name]

    @cached_property
    def _reaches(self) -> dict[str, list[Reach]]:
        return {}

    @cached_property
    def _words(self) -> list[Word]:
        return self.reading.search(self.value("q"))


@contextlib.contextmanager
def filtered(query: QueryDict, *, refusing: Collection[str] = ()) -> Iterator[TimelineFilter]:
    """Read a query, and open the reading that it asks for. Raises InvalidFilterError.

    `refusing` names parameters that make no sense here.
    """
    problems = _strangers(query, refusing)
    as_of = None
    try:
        field = TimelineFilter.base_filters["as_of"].field
        as_of = field.clean(query.getlist("as_of"))
    except ValidationError as error:
        problems.append(("as_of", " ".join(error.messages)))
    if problems:
        raise InvalidFilterError(problems)
    try:
        with reading(as_of) as found:
            timeline_filter = TimelineFilter(query, reading=found)
            if not timeline_filter.is_valid():
                raise InvalidFilterError(
                    [
                        (name, " ".join(map(str, errors)))
                        for name, errors in timeline_filter.errors.items()
                    ]
                )
            yield timeline_filter
    except UnknownRevisionError as error:
        raise InvalidFilterError([("as_of", str(error))]) from error


def encode(asked: dict[str, tuple[str, ...]]) -> str:
    """Return parameters as a query string."""
    return urlencode({name: ",".join(values) for name, values in sorted(asked.items())}, safe=",:/")


def _strangers(query: QueryDict, refusing: Collection[str]) -> Problems:
    known = TimelineFilter.base_filters
    problems = []
    for name in query:
        if name not in known:
            words = {"names": enumerated(sorted(known))}
            problems.append((name[:60], gettext("It is no filter; there are %(names)s.") % words))
        elif name in refusing:
            problems.append((name, gettext("It is for pages: a file holds every line.")))
    return problems


Known = TypeVar("Known")


def _known(value: Known | None) -> Known:
    """Return a bound that a date without an open end has."""
    assert value is not None
    return value


def _as_text(value: Any) -> tuple[str, ...]:
    """Return the values of a parameter as a query would write them."""
    match value:
        case None | "" | []:
            return ()
        case PartialDate():
            return (value.text,)
        case Chosen():
            return (*{*value.codes, *(label.slug for label in value.labels)},)
        case [Entry(), *_]:
            return tuple(entry.public_id for entry in value)
        case [Judged(), *_]:
            return tuple(map(str, value))
        case [str(), *_]:
            return tuple(value)
        case _:
            return (str(value),)
