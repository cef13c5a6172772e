"""The parallel lists in which UCDP GED names the sources of an event."""

import html
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

#: Between two articles of `source_article`, each in quotation marks of its own.
_BETWEEN: Final = re.compile(r'"\s*;\s*"')
#: “Outlet,date,headline”: the headline may have commas, and the outlet too.
_ARTICLE: Final = re.compile(r"(.*?)\s*,\s*(\d{4}-\d{1,2}-\d{1,2})\s*,(.*)", re.DOTALL)


class Article(NamedTuple):
    """One source of an event, as the dataset names it."""

    outlet: str
    date: str
    headline: str


class Sources(NamedTuple):
    """The sources of one event, and on whom they rely."""

    articles: tuple[Article, ...]
    originals: tuple[str, ...]
    """For each article on whom it relies; one for all where one is given; or as many as there are,
    which nobody can allocate."""
    remarks: tuple[tuple[str, str], ...]
    """What does not fit together: the column, and why."""

    @property
    def is_allocated(self) -> bool:
        return len(self.originals) in (0, 1, len(self.articles))

    def told_by(self, position: int) -> str:
        """Return on whom the article at a position relies; empty: unsaid, or not to be told."""
        if not self.originals or not self.is_allocated:
            return ""
        return self.originals[0 if len(self.originals) == 1 else position]


def read_sources(cells: Mapping[str, str]) -> Sources:
    """Read the sources out of the columns of an event.

    `source_article` holds them whole. Where it is empty the three columns of outlets, dates and
    headlines are put together by position, if they are equally long.
    """
    remarks: list[tuple[str, str]] = []
    outlets = _split(cells.get("source_office", ""))
    articles = [
        _article(text, outlets[position] if position < len(outlets) else "")
        for position, text in enumerate(_articles(cells.get("source_article", "")))
    ]
    if not articles and outlets:
        dates = _split(cells.get("source_date", ""))
        headlines = _split(cells.get("source_headline", ""))
        if len(outlets) == len(dates) == len(headlines):
            articles = [Article(*parts) for parts in zip(outlets, dates, headlines, strict=True)]
        else:
            lengths = f"{len(outlets)} outlets, {len(dates)} dates, {len(headlines)} headlines"
            reason = f"{lengths}: which belongs to which is not said. Kept in the raw row only."
            remarks.append(("source_office", reason))
    named = tuple(article for article in articles if article.outlet)
    if len(named) < len(articles):
        remarks.append(
            ("source_article", "A source without an outlet is kept in the raw row only.")
        )
    stated = cells.get("number_of_sources", "").removesuffix(".0")
    if stated.isdecimal() and int(stated) != len(articles):
        remarks.append(("number_of_sources", f"It says {stated} where {len(articles)} are named."))
    return Sources(
        articles=named,
        originals=tuple(_split(cells.get("source_original", ""))),
        remarks=tuple(remarks),
    )


def _articles(cell: str) -> list[str]:
    text = cell.strip()
    if text.startswith('"'):
        text = text[1:]
        text = text.removesuffix(";").rstrip().removesuffix('"')
        return _BETWEEN.split(text)
    return [text] if text else []


def _article(text: str, outlet: str) -> Article:
    text = html.unescape(text)
    found = _ARTICLE.fullmatch(text)
    if found is not None:
        return Article(_tidy(found[1]), found[2], _tidy(found[3]))
    if outlet and text.casefold().startswith(outlet.casefold()):
        return Article(outlet, "", _tidy(text[len(outlet) :].lstrip(" ,")))
    return Article(outlet, "", _tidy(text))


def _split(cell: str) -> list[str]:
    parts = (_tidy(part).rstrip(" ,") for part in html.unescape(cell).split(";"))
    return [part for part in parts if part]


def _tidy(text: str) -> str:
    # Zero-width spaces, as copied from web pages, make two of one name.
    return " ".join(text.replace("\u200b", "").split())
