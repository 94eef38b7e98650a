"""The sheets before the tables: cover, contents and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skillmix.disclosure.thresholds import ROUND_TO, SMALLEST_SHOWN
from skillmix.report.book import Book, Figure
from skillmix.report.panel import period_words
from skillmix.report.workbook.model import (
    SYMBOLS,
    Sheet,
    SheetCell,
    SheetColumn,
    SheetTable,
    one_table,
    symbols_in,
)
from skillmix.schema.scope import DEFINITIONS_VERSION
from skillmix.words.numbers import month


def cover_sheet(book: Book, tables: Sequence[Sheet]) -> Sheet:
    """Return the cover: what the workbook is about, warnings and symbols."""
    used = symbols_in(tables)
    as_at = f" As at {month(book.scope.month)}." if book.scope.month else ""
    lines = [
        f"Service: {book.scope.service_label}. Place: {book.scope.place_label}.{as_at}",
        *warnings_of(book),
        f"Definitions version {DEFINITIONS_VERSION}; made by skillmix {book.version}.",
        _disclosure(book),
        f"This workbook has {len(tables)} tables of results, each on a sheet of its "
        "own. The contents sheet lists them; the notes sheet explains the note "
        "markers.",
        "Intervals are 95% intervals. Percentages are given out of 100.",
        "Symbols stand in place of values that are not shown:",
        *(f"{symbol} {SYMBOLS[symbol]}." for symbol in used),
    ]
    return Sheet(name="Cover", title=book.title, lines=tuple(lines))


def warnings_of(book: Book) -> list[str]:
    """Return what every sheet of the report must say."""
    told = ["Synthetic data: every person in it is invented."] if book.synthetic else []
    if book.internal:
        told.append("Internal, not for publication: counts are exact.")
    return told


def _disclosure(book: Book) -> str:
    if book.internal:
        return "Disclosure control is off."
    return (
        f"Counts of people below {SMALLEST_SHOWN} are not shown and others are rounded "
        f"to {ROUND_TO}; rates are computed from the rounded counts. Tables that were "
        "published before pass through unchanged, and say so."
    )


def with_rows(book: Book) -> tuple[Figure, ...]:
    """Return the figures that have a row: a table without one is no table."""
    return tuple(figure for figure in book.figures if figure.published.rows)


def contents_sheet(
    book: Book, figures: Sequence[Figure], tables: Sequence[Sheet]
) -> Sheet:
    """Return the list of tables, each title a link to its sheet."""
    titles = {chapter.name: chapter.title for chapter in book.chapters}
    rows = tuple(
        (
            SheetCell(value=sheet.title, link=sheet.name),
            SheetCell(value=titles[figure.analysis.chapter]),
            SheetCell(value=figure.analysis.question),
            SheetCell(value=period_words(figure.published)),
        )
        for sheet, figure in zip(tables, figures, strict=True)
    )
    columns = (
        SheetColumn(heading="Table", width=84),
        SheetColumn(heading="Chapter", width=30),
        SheetColumn(heading="Question", width=84),
        SheetColumn(heading="Period", width=32),
    )
    return Sheet(
        name="Contents",
        title="Contents",
        lines=(one_table("contents"),),
        table=SheetTable(name="contents", columns=columns, rows=rows),
    )


def numbered_notes(book: Book) -> Mapping[str, int]:
    """Number the caveats of the figures in the order they are met."""
    met = (text for figure in with_rows(book) for text in figure.analysis.caveats)
    return {text: n + 1 for n, text in enumerate(dict.fromkeys(met))}


def notes_sheet(book: Book, notes: Mapping[str, int]) -> Sheet:
    """Return every note once, with the tables it holds for."""
    used: dict[str, list[int]] = {}
    for figure in with_rows(book):
        for text in figure.analysis.caveats:
            used.setdefault(text, []).append(figure.number)
    rows = tuple(
        (
            SheetCell(value=f"[note {n}]"),
            SheetCell(value=text),
            SheetCell(value=", ".join(f"Table {t}" for t in dict.fromkeys(used[text]))),
        )
        for text, n in notes.items()
    )
    columns = (
        SheetColumn(heading="Note", width=12),
        SheetColumn(heading="Note text", width=90),
        SheetColumn(heading="Tables it holds for", width=40),
    )
    return Sheet(
        name="Notes",
        title="Notes",
        lines=(one_table("notes"),),
        table=SheetTable(name="notes", columns=columns, rows=rows),
    )
