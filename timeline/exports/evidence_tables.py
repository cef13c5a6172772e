"""The evidence of the timeline's lines as tables: citations, the figures in them, verdicts."""

from typing import Final

from ceasefire.enums import AttributionStanding, Justification
from sources.enums import FigureGroup, Harm, OriginKind, RecordKind, Stance
from timeline.enums import Answer, Question, Standing, Verdict
from timeline.exports.columns import Column, Shape, code, column, number, truth
from timeline.exports.tables import Table


def _codes(codes: list[str]) -> str:
    return ", ".join(filter(None, codes))


_RECORD = (
    code("id", "The public id of the record that cites it.", sql="public_id"),
    code("kind", f"What that record is: {_codes(RecordKind.values)}."),
    number("citation", "The citation's number: its place on the record's page.", sql="passage.id"),
    code("stance", f"What the passage does to the record: {_codes(Stance.values)}."),
)
_SOURCE = (
    column("origin", "Whose knowledge it is.", sql="whose"),
    code("source", "The public id of the document.", sql="source_slug"),
    column("source_title", "The document's title."),
)
_CONFIDENTIAL = (
    truth("confidential", "Whether the source is confidential: then nothing else names it."),
    code(
        "url",
        "The passage on the record's page.",
        label="URL",
        sql="%(site)s || 'records/' || public_id || '/#passage-' || passage.id",
    ),
)

CITATIONS: Final = Table(
    "citations",
    "Citations",
    "Every passage that backs, contradicts or explains a line of the timeline.",
    (
        *_RECORD,
        column(
            "fields",
            "Which fields of the record it backs; empty: all of them.",
            shape=Shape.CODES,
            sql="ARRAY(SELECT jsonb_array_elements_text(fields))",
        ),
        *_SOURCE,
        code(
            "origin_kind",
            f"How the source is related to that origin: {_codes(OriginKind.values)}.",
            sql="origin",
        ),
        truth("aligned", "Whether the origin belongs to a party to the conflict."),
        truth("verification", "Whether the passage reports that a monitor verified it."),
        column("outlet", "The outlet that published the document.", sql="outlet_name"),
        column("source_author", "Its author, as it names one.", sql="document ->> 'author'"),
        code("source_language", "Its language (BCP 47).", sql="document ->> 'language'"),
        column("source_published", "When it appeared (EDTF).", sql="document ->> 'published'"),
        column("source_url", "Where it stands.", label="Source URL", sql="document ->> 'url'"),
        column(
            "source_archive_url",
            "Where a copy of it is kept.",
            label="Source archive URL",
            sql="document ->> 'archive_url'",
        ),
        column("locator", "Where in it: page, paragraph or time code."),
        column("quote", "A short quotation from it."),
        *_CONFIDENTIAL,
    ),
    "file_citations",
)


def _bound(name: str, words: str) -> Column:
    return number(
        name,
        f"The {words} number that the passage claims. Empty is not zero: it does not say.",
        sql=f"(figure ->> '{name}')::integer",
    )


FIGURES: Final = Table(
    "figures",
    "Figures",
    "Every number that a passage claims, side by side: none of them wins.",
    (
        *_RECORD,
        code("harm", f"What befell those counted: {_codes(Harm.values)}.", sql="figure ->> 'harm'"),
        code("group", f"Whom it counts: {_codes(FigureGroup.values)}.", sql="figure ->> 'group'"),
        column("side", "Which side's people, in the source's words.", sql="figure ->> 'side'"),
        _bound("low", "lowest"),
        _bound("best", "best"),
        _bound("high", "highest"),
        column("as_of", "When the count stood so (EDTF).", sql="figure ->> 'as_of'"),
        truth(
            "superseded",
            "Whether a later figure replaces it; then the line does not count it.",
            sql="(figure ->> 'superseded')::boolean",
        ),
        *_SOURCE,
        *_CONFIDENTIAL,
    ),
    "file_figures",
)


def _answers() -> tuple[Column, ...]:
    return tuple(
        found
        for question in Question
        for found in (
            code(
                question.value,
                f"The answer to the question of the {question.label.lower()}: "
                f"{_codes(Answer.values)}.",
                label=f"{question.label}: answer",
                sql=f"judged.{question.value}",
            ),
            code(
                f"{question.value}_reason",
                "Why, as a code; the codebook has its words.",
                label=f"{question.label}: reason",
                sql=f"judged.{question.value}_why",
            ),
        )
    )


VERDICTS: Final = Table(
    "verdicts",
    "Verdicts",
    "Every incident as judged under a truce, for each attribution: always “if it happened as "
    "alleged”.",
    (
        code("truce", "The truce's public id.", sql="truce.public_id"),
        column("truce_title", "The truce's title.", sql="truce.title"),
        code("incident", "The incident's public id.", sql="judged.public_id"),
        column("incident_title", "The incident's title.", sql="judged.title"),
        column("conflict", "The conflict's name.", sql="conflict.name"),
        code(
            "date_earliest",
            "The first day on which the incident can have been (YYYY-MM-DD).",
            sql="earliest",
        ),
        code(
            "date_latest",
            "The last day on which the incident can have been (YYYY-MM-DD).",
            sql="latest",
        ),
        number(
            "attribution",
            "The attribution's number; empty: it is judged without one.",
            sql="nullif(attribution_id, 0)",
        ),
        column(
            "accused",
            "To whom it ascribes the act, by the official English name of that time.",
            sql="named.name",
        ),
        column("accused_wording", "The same in the source's words.", sql="blamed.accused_wording"),
        column(
            "claimed_by",
            "Who says so; empty also where that rests on a confidential source.",
            sql="blamed.claimed_by",
        ),
        code(
            "attribution_standing",
            f"How it stands: {_codes(AttributionStanding.values)}.",
            sql="blamed.standing",
        ),
        code(
            "justification",
            f"What the accused side claims: {_codes(Justification.values)}.",
            sql="blamed.justification",
        ),
        *_answers(),
        code(
            "verdict", f"By rule from the answers: {_codes(Verdict.values)}.", sql="judged.verdict"
        ),
        code(
            "claim",
            f"What cited violation records say of it: {_codes(Standing.values)}. Empty: nothing.",
            sql="judged.standing",
        ),
        code(
            "counts_as",
            "What it counts as: the verdict, unless a cited finding outranks it.",
            sql="judged.counts_as",
        ),
        code(
            "url",
            "The incident's page.",
            label="URL",
            sql="%(site)s || 'records/' || judged.public_id || '/'",
        ),
    ),
    "file_verdicts",
)
