"""A sheet for each answered question, one row a row of its result."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from skillmix.catalogue import Analysis, Measure
from skillmix.report.answers import answer
from skillmix.report.book import Book, Figure
from skillmix.report.panel import period_words
from skillmix.report.workbook.front import warnings_of
from skillmix.report.workbook.model import (
    CONFIDENTIAL,
    LOW,
    NOT_APPLICABLE,
    UNAVAILABLE,
    Sheet,
    SheetCell,
    SheetColumn,
    SheetTable,
    symbols_in_table,
)
from skillmix.schema.results import Published, Row
from skillmix.words.labels import heading, label, order
from skillmix.words.numbers import rounded, unit_of

_SENTENCE_END = re.compile(r"(?<=[.?!]) (?=[A-Z])")


def result_sheet(book: Book, figure: Figure, notes: Mapping[str, int]) -> Sheet:
    """Return the sheet of one answered question.

    Args:
        book: The report, for its warnings.
        figure: The question and its answer.
        notes: The number of each note of the report.
    """
    analysis, published = figure.analysis, figure.published
    table = _result_table(figure)
    marks = [f"[note {notes[text]}]" for text in analysis.caveats]
    symbols = symbols_in_table(table)
    publishers = dict.fromkeys(s.publisher for s in published.sources if s.publisher)
    lines = [
        "This worksheet contains one table.",
        f"Notes that hold for this table: {' '.join(marks)}. The notes sheet has their "
        "text."
        if marks
        else "No notes hold for this table.",
        f"Symbols in place of values: {', '.join(symbols)}. The cover explains them."
        if symbols
        else "Every cell has a value.",
        analysis.question,
        *_sentences(answer(analysis, published)),
        *_sentences(f"Definition: {analysis.definition}"),
        f"Period: {period_words(published)}.",
        f"Disclosure: {published.disclosure}. {' '.join(published.notes)}".rstrip(),
        *warnings_of(book),
        f"Source: {'; '.join(publishers) or 'not stated'}; computed by skillmix "
        f"({analysis.name}).",
    ]
    return Sheet(
        name=f"Table_{figure.number}",
        title=f"Table {figure.number}: {analysis.title}",
        lines=tuple(lines),
        table=table,
    )


def _sentences(text: str) -> list[str]:
    """Return each sentence by itself: a line of a sheet does not wrap."""
    return _SENTENCE_END.split(text)


def _result_table(figure: Figure) -> SheetTable:
    analysis, published = figure.analysis, figure.published
    several = len(analysis.measures) > 1
    columns = [SheetColumn(heading=h, width=34) for h in _headings(analysis)]
    if several:
        columns.append(SheetColumn(heading="Measure", width=56))
    columns += [
        SheetColumn(heading=h, width=w, numeric=True)
        for h, w in _number_headings(analysis)
    ]
    rows = sorted(published.rows, key=lambda r: _place(analysis, r))
    return SheetTable(
        name=f"table_{figure.number}_{_slug(analysis.name)}",
        columns=tuple(columns),
        rows=tuple(_result_row(analysis, published, r, several=several) for r in rows),
    )


def _headings(analysis: Analysis) -> list[str]:
    """Return unique headings of the keys."""
    found: list[str] = []
    for key in analysis.keys:
        words = heading(key)
        found.append(words if words not in found else f"{words} ({key})")
    return found


def _number_headings(analysis: Analysis) -> list[tuple[str, int]]:
    measures = list(analysis.measures.values())
    units = list(dict.fromkeys(unit_of(m.unit).title for m in measures))
    unit = units[0] if len(units) == 1 else "see measure"
    name = measures[0].label if len(measures) == 1 else "Value"
    return [
        (f"{name} ({unit.lower()})", 26),
        ("Lower end of 95% interval", 20),
        ("Upper end of 95% interval", 20),
        ("Numerator", 18),
        ("Denominator", 18),
        ("People counted", 18),
    ]


def _result_row(
    analysis: Analysis, published: Published, row: Row, *, several: bool
) -> tuple[SheetCell, ...]:
    measure = analysis.measures[row.measure]
    cells = [
        SheetCell(value=label(key, row[key], published.scope)) for key in analysis.keys
    ]
    if several:
        unit = unit_of(measure.unit).title.lower()
        cells.append(SheetCell(value=f"{measure.label} ({unit})"))
    value = _number(row, row.estimate, measure)
    # A total has no denominator, and figures as printed have no interval.
    ends = [
        _number(row, e, measure, NOT_APPLICABLE) for e in (row.conf_low, row.conf_high)
    ]
    parts = [
        _count(row, row.numerator),
        _count(row, row.denominator),
        _count(row, row.n, UNAVAILABLE),
    ]
    return (*cells, value, *ends, *parts)


def _number(
    row: Row, value: float | None, measure: Measure, absent: str = UNAVAILABLE
) -> SheetCell:
    if row.status == "suppressed":
        return SheetCell(value=CONFIDENTIAL)
    if row.status == "unavailable" or value is None:
        return SheetCell(value=UNAVAILABLE if row.status == "unavailable" else absent)
    scale = unit_of(measure.unit).scale
    if value != 0 and rounded(value, scale, measure.decimals) == 0:
        return SheetCell(value=LOW)
    return SheetCell(value=float(f"{value * scale:.12g}"), decimals=measure.decimals)


def _count(row: Row, value: float | None, absent: str = NOT_APPLICABLE) -> SheetCell:
    if row.status == "suppressed":
        return SheetCell(value=CONFIDENTIAL)
    if row.status == "unavailable" and value is None:
        return SheetCell(value=UNAVAILABLE)
    if value is None:
        return SheetCell(value=absent)
    return SheetCell(value=float(f"{value:.12g}"), decimals=int(value % 1 != 0))


def _place(analysis: Analysis, row: Row) -> list[tuple[int, str]]:
    """Return where a row stands: keys in code-list order, months by time."""
    found: list[tuple[int, str]] = []
    for key in analysis.keys:
        value: Any = row[key]
        slug = str(value).lower() if isinstance(value, bool) else str(value)
        listed = order(key)
        place = listed.index(slug) if slug in listed else len(listed)
        if isinstance(value, dt.date):
            found.append((0, value.isoformat()))
        else:
            found.append((place, slug))
    return [*found, (list(analysis.measures).index(row.measure), "")]


def _slug(name: str) -> str:
    return re.sub(r"\W+", "_", name)
