"""A timeline of random lines, with everything that a column of a file can say, over revisions."""

import string
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from ceasefire.enums import Act, AttributionStanding
from sources.enums import Extent, FigureGroup, Harm, OriginKind, OutletKind, RecordKind, Stance
from tests.factories.timeline import make_citation, make_entry, make_label, make_revision
from timeline.enums import REASONS, Answer, Evidence, Question, Standing, Verdict
from timeline.models import Assessment, Label, Sheet

REVISIONS = 3
PARTIES, PLACES, OUTLETS, SOURCES = 8, 5, 5, 12
TRUCES, ROUNDS = (1, 2, 3), (4, 5)
WHEN = ("2017-01-15", "2017-01", "2016", "2017-01-05?", "../2017-02-01", "2016-12-01/..", "")
NAMED_SINCE = ("", "2015", "2016-07", "2017-01-10", "2016-07~", "../2016-03")
#: Texts that a spreadsheet would run, that CSV must quote, and that are neither.
TEXTS = (
    "plain",
    "=1+1",
    "'=quoted",
    "-5",
    "@x",
    "＝wide",
    "\ttab",
    "\nline",
    'say "no"',
    "a, b",
    "two\nlines",
    "two\r\nlines",
    "back\\slash \\n %s %%",
    "'tis",
    "حلب",
    "",
    "\\.",
    "{cells}",
)


def write_timeline(seed: int, lines: int = 60) -> None:
    """Write a timeline of some revisions: lines change and go, things are renamed."""
    random = Random(seed)
    for number in range(1, REVISIONS + 1):
        make_revision(number)
    _write_labels(random)
    for record_id in range(1, lines + 1):
        kept = record_id in (*TRUCES, *ROUNDS)
        begun = (
            [1] if kept else sorted(random.sample(range(1, REVISIONS + 1), random.randint(1, 2)))
        )
        for place, number in enumerate(begun):
            ends = begun[place + 1] if place + 1 < len(begun) else None
            if ends is None and not kept and number < REVISIONS and random.random() < 0.2:
                ends = REVISIONS
            _write_line(random, record_id, number, ends)


def _write_labels(random: Random) -> None:
    counts = {"conflict": 2, "party": PARTIES, "place": PLACES, "outlet": OUTLETS}
    for topic, count in {**counts, "source": SOURCES}.items():
        for ref in range(1, count + 1):
            data = _DATA[topic](random) if topic in _DATA else {}
            name = f"{random.choice(TEXTS)} {topic} {ref}"
            make_label(topic, ref, f"{topic}-{ref}", name, data=data)
    for topic, ref in (("party", 1), ("place", 1), ("outlet", 1), ("source", 1)):
        before = Label.objects.get(topic=topic, ref=ref)
        Label.objects.filter(pk=before.pk).update(revision_to=2)
        make_label(topic, ref, before.slug, "Renamed", data=before.data, revision_from=2)
    # What readers may not see has no label: a source that is restricted, a party not yet known.
    Label.objects.filter(topic="source", ref=SOURCES).delete()
    Label.objects.filter(topic="party", ref=PARTIES).update(revision_from=2)


def _names(random: Random) -> dict[str, Any]:
    turn = random.choice(NAMED_SINCE)
    names = [("Before", "", turn), ("After", turn, "")] if turn else []
    others = [("Nom", "official", "fr"), ("Other", "variant", "en"), ("Plain", "official", "en")]
    return {
        "kind": "other",
        "names": [
            {"text": f"{text} {random.randint(1, 9)}", "kind": "official", "language": "en"}
            | {"since": since, "until": until}
            for text, since, until in names
        ]
        + [
            {"text": text, "kind": kind, "language": language, "since": "", "until": ""}
            for text, kind, language in random.sample(others, random.randint(0, 2))
        ],
    }


_DATA: dict[str, Callable[[Random], dict[str, Any]]] = {
    "party": _names,
    "outlet": lambda random: {"kind": random.choice(OutletKind.values)},
    "place": lambda random: random.choice(
        [
            {"latitude": None, "longitude": None},
            {"latitude": -33.5, "longitude": 36.25},
            {"latitude": 36, "longitude": -0.00001},
        ]
    ),
    "source": lambda random: {
        "outlet": random.randint(1, OUTLETS),
        "url": random.choice(["", "https://a.example/?q=a,b"]),
        "published": random.choice(WHEN),
        "author": random.choice(TEXTS),
        "language": "en",
        "archive_url": "",
        "accessed_on": None,
    },
}


#: What of a citation names an outlet.
_HEARD_IN = ("outlet", "attributed_outlet")


def _write_line(random: Random, record_id: int, begun: int, ends: int | None) -> None:
    kind = random.choice([*RecordKind.values, *["incident"] * 8])
    if record_id in TRUCES:
        kind = "truce"
    elif record_id in ROUNDS:
        kind = "round"
    accused = _some(random, range(1, PARTIES + 1), 2)
    parties = sorted({*accused, *_some(random, range(1, PARTIES + 1), 3)})
    citations = [_citation(random, record_id * 10 + n) for n in range(random.randint(0, 3))]
    make_entry(
        record_id,
        revision_from=begun,
        revision_to=ends,
        kind=kind,
        detail="held" if kind == "round" else "",
        conflict_id=random.choice([1, 2]),
        when=random.choice(WHEN),
        reported=random.choice(WHEN),
        extent=random.choice(Extent.values),
        title=random.choice(TEXTS) + random.choice(string.ascii_letters),
        summary=random.choice(TEXTS),
        place_id=random.choice([None, *range(1, PLACES + 1)]),
        place_precision=random.choice([None, 1, 7]),
        party_ids=parties,
        accused_ids=accused,
        truce_ids=_some(random, (*TRUCES, 999), 3),
        round_ids=_some(random, ROUNDS, 2),
        act=random.choice(["", *Act.values]),
        verdict=random.choice(["", *Verdict.values]),
        evidence=random.choice(Evidence.values),
        killed_low=random.choice([None, 0, 9]),
        killed_best=random.choice([None, 0, 12]),
        displaced_high=random.choice([None, 5000]),
        citations=citations,
        outlet_ids=sorted(
            {citation.get(name) or 1 for citation in citations for name in _HEARD_IN}
        ),
        source_ids=sorted({citation.get("source", 1) for citation in citations}),
    )
    ids = [record_id * 10 + n for n in range(2)]
    Sheet.objects.create(
        record_id=record_id,
        revision_from=begun,
        revision_to=ends,
        doc={"attributions": [_attribution(random, one, parties) for one in ids]},
    )
    if kind == "incident":
        for truce in _some(random, TRUCES, 2):
            for attribution in random.choice([[0], ids]):
                _write_assessment(random, truce, record_id, attribution, begun, ends)


def _citation(random: Random, number: int) -> dict[str, Any]:
    figures = [
        {
            "group": random.choice(FigureGroup.values),
            "side": random.choice(TEXTS),
            "harm": random.choice(Harm.values),
            "low": random.choice([None, 0, 3]),
            "best": None,
            "high": random.choice([None, 7]),
            "as_of": random.choice(["", "2017-01"]),
            "superseded": random.random() < 0.3,
        }
        for _ in range(random.randint(0, 2))
    ]
    fields = random.choice([[], ["when"], ["place", "parties"]])
    stance = random.choice(Stance.values)
    if random.random() < 0.2:
        hidden = {"id": number, "confidential": True, "stance": stance}
        return {**hidden, "fields": fields, "figures": figures}
    origin = random.choice(OriginKind.values)
    return make_citation(
        number,
        stance=stance,
        fields=fields,
        source=random.randint(1, SOURCES),
        # The last one, and what comes behind it, has no label.
        outlet=random.randint(1, OUTLETS + 1),
        origin=origin,
        attributed_outlet=random.randint(1, OUTLETS + 1) if origin == "other_outlet" else None,
        attributed_speaker=random.choice(TEXTS) if origin == "speaker" else "",
        quote=random.choice(TEXTS),
        figures=figures,
    )


def _attribution(random: Random, number: int, parties: Sequence[int]) -> dict[str, Any]:
    return {
        "id": number,
        "accused": random.choice([None, *parties]),
        "accused_wording": random.choice(TEXTS),
        "claimed_by": random.choice(TEXTS),
        "claimed_by_party": None,
        "standing": random.choice(AttributionStanding.values),
        "justification": "",
        "confidential": False,
    }


def _write_assessment(
    random: Random, truce: int, incident: int, attribution: int, begun: int, ends: int | None
) -> None:
    verdict = random.choice(Verdict.values)
    Assessment.objects.create(
        revision_from=begun,
        revision_to=ends,
        truce_id=truce,
        incident_id=incident,
        attribution_id=attribution,
        **{str(question): random.choice(Answer.values) for question in Question},
        **{f"{question}_why": random.choice([*REASONS[question]]) for question in Question},
        verdict=verdict,
        counts_as=verdict,
        standing=random.choice(Standing.values),
    )


def _some(random: Random, among: Sequence[int], most: int) -> list[int]:
    return sorted(random.sample(among, random.randint(0, min(most, len(among)))))
