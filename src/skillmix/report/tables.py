"""The table behind a figure, as rows of words ready to be typeset.

Three shapes. Where a figure sets series side by side (mental health and elsewhere,
staff groups over months) the series become columns, one table a measure; otherwise
the measures are columns, or rows where they are too many. Every edition of the
report takes its tables from here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillmix.catalogue import Analysis, Measure
from skillmix.schema.results import Published, Row
from skillmix.schema.scope import Scope
from skillmix.words.labels import heading, label, order
from skillmix.words.numbers import number

SUPPRESSED, UNAVAILABLE, NOT_APPLICABLE = "[c]", "[x]", "[z]"
SYMBOLS: Mapping[str, str] = {
    SUPPRESSED: "not shown: few people stand behind it or could be worked out with it",
    UNAVAILABLE: "not available: the source gives no value, or there is none",
    NOT_APPLICABLE: "not applicable: no such group here, or not measured for it",
}
MOST_COLUMNS = 8
MOST_MEASURES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """One value as it is printed.

    Attributes:
        text: The value, or the symbol that stands for it.
        interval: Its 95% interval in words, or empty.
        value: The value in the unit's shown form, for spreadsheets; None if absent.
    """

    text: str
    interval: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """One column: its heading and what its values are."""

    heading: str
    numeric: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """A table of one figure.

    Attributes:
        caption: What it shows, with its unit and denominator.
        columns: Headings, the row headings' columns first.
        stubs: How many of the columns are row headings.
        rows: Words of the row headings, then the cells.
    """

    caption: str
    columns: tuple[TableColumn, ...]
    stubs: int
    rows: tuple[tuple[tuple[str, ...], tuple[TableCell, ...]], ...]

    @property
    def has_intervals(self) -> bool:
        """Whether any value stands with an interval."""
        return any(cell.interval for _, cells in self.rows for cell in cells)

    @property
    def symbols(self) -> tuple[tuple[str, str], ...]:
        """The symbols that stand in the table, with their meaning."""
        used = {cell.text for _, cells in self.rows for cell in cells}
        return tuple((s, meaning) for s, meaning in SYMBOLS.items() if s in used)


def figure_tables(analysis: Analysis, published: Published) -> tuple[FigureTable, ...]:
    """Return the tables of a figure, charted measure first."""
    names = list(analysis.measures)
    charted = analysis.chart.measure or names[0]
    names.sort(key=lambda n: n != charted)
    # The groups of cards are headings, not series to be set side by side.
    across = None if analysis.chart.kind == "cards" else analysis.chart.colour
    if across is not None and len(analysis.keys) > 1:
        values = _values(published.rows, across)
        if len(values) <= MOST_COLUMNS and _tidy(analysis, published, across):
            tables = [_across(analysis, published, n, across, values) for n in names]
            return tuple(t for t in tables if t.rows)
    if len(names) > MOST_MEASURES:
        return (_long(analysis, published, names),)
    return (_plain(analysis, published, names),)


def value_cell(row: Row | None, measure: Measure) -> TableCell:
    """Return one row's value in words."""
    if row is None:
        return TableCell(text=NOT_APPLICABLE)
    if row.status == "unavailable":
        return TableCell(text=UNAVAILABLE)
    if row.status == "suppressed":
        return TableCell(text=SUPPRESSED)
    text = number(row.estimate, measure.unit, measure.decimals)
    ends = [
        number(end, measure.unit, measure.decimals)
        for end in (row.conf_low, row.conf_high)
        if end is not None
    ]
    told = len(ends) == 2 and set(ends) != {text}
    shown = row.as_dict(measure.unit)["estimate"]
    return TableCell(
        text=text, interval=f"{ends[0]} to {ends[1]}" if told else "", value=shown
    )


def _across(
    analysis: Analysis,
    published: Published,
    name: str,
    across: str,
    values: Sequence[Any],
) -> FigureTable:
    measure = analysis.measures[name]
    stubs = [k for k in analysis.keys if k != across]
    rows = [r for r in published.rows if r.measure == name]
    found = {(_key(r, stubs), r[across]): r for r in rows}
    ordered = in_order([_key(r, stubs) for r in rows], stubs)
    scope = published.scope
    return FigureTable(
        caption=_caption(measure),
        columns=(
            *(TableColumn(heading=heading(k), numeric=False) for k in stubs),
            *(TableColumn(heading=label(across, v, scope)) for v in values),
        ),
        stubs=len(stubs),
        rows=tuple(
            (
                _words(key, stubs, scope),
                tuple(value_cell(found.get((key, v)), measure) for v in values),
            )
            for key in ordered
        ),
    )


def _plain(
    analysis: Analysis, published: Published, names: Sequence[str]
) -> FigureTable:
    stubs = list(analysis.keys)
    found = {(_key(r, stubs), r.measure): r for r in published.rows}
    ordered = in_order([_key(r, stubs) for r in published.rows], stubs)
    counted = [n for n in names if any(r.n for r in published.rows if r.measure == n)]
    with_people = len(counted) == len(names) == 1
    columns = [TableColumn(heading=heading(k), numeric=False) for k in stubs]
    columns += [TableColumn(heading=analysis.measures[n].label) for n in names]
    columns += [TableColumn(heading="People counted")] if with_people else []
    rows: list[tuple[tuple[str, ...], tuple[TableCell, ...]]] = []
    for key in ordered:
        cells = [value_cell(found.get((key, n)), analysis.measures[n]) for n in names]
        if with_people:
            cells.append(_people(found.get((key, names[0]))))
        rows.append((_words(key, stubs, published.scope), tuple(cells)))
    caption = (
        _caption(analysis.measures[names[0]]) if len(names) == 1 else analysis.title
    )
    return FigureTable(
        caption=caption, columns=tuple(columns), stubs=len(stubs), rows=tuple(rows)
    )


def _long(
    analysis: Analysis, published: Published, names: Sequence[str]
) -> FigureTable:
    """Give a row to each measure, where they are too many to stand side by side."""
    stubs = list(analysis.keys)
    found = {(_key(r, stubs), r.measure): r for r in published.rows}
    rows: list[tuple[tuple[str, ...], tuple[TableCell, ...]]] = []
    for key in in_order([_key(r, stubs) for r in published.rows], stubs):
        words = _words(key, stubs, published.scope)
        for name in (n for n in names if (key, n) in found):
            row, measure = found[key, name], analysis.measures[name]
            cells = (value_cell(row, measure), _people(row))
            rows.append(((*words, measure.label), cells))
    columns = [TableColumn(heading=heading(k), numeric=False) for k in stubs]
    return FigureTable(
        caption=analysis.title,
        columns=(
            *columns,
            TableColumn(heading="Measure", numeric=False),
            TableColumn(heading="Value"),
            TableColumn(heading="People counted"),
        ),
        stubs=len(stubs) + 1,
        rows=tuple(rows),
    )


def _people(row: Row | None) -> TableCell:
    if row is not None and row.status == "suppressed":
        return TableCell(text=SUPPRESSED)
    if row is None:
        return TableCell(text=NOT_APPLICABLE)
    if row.n is None:
        return TableCell(text=UNAVAILABLE)
    return TableCell(text=f"{row.n:,}", value=float(row.n))


def _caption(measure: Measure) -> str:
    of = f", out of {measure.denominator}" if measure.denominator else ""
    return f"{measure.label}{of}"


def _tidy(analysis: Analysis, published: Published, across: str) -> bool:
    """Tell whether the other keys and the series name each row once."""
    keys = [(_key(r, analysis.keys), r.measure) for r in published.rows]
    return across in analysis.keys and len(keys) == len(set(keys))


def _key(row: Row, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def _words(key: tuple[Any, ...], names: Sequence[str], scope: Scope) -> tuple[str, ...]:
    return tuple(label(n, v, scope) for n, v in zip(names, key, strict=True))


def _values(rows: Sequence[Row], name: str) -> list[Any]:
    found = in_order([(row[name],) for row in rows], [name])
    return [value for (value,) in found]


def in_order(
    keys: Sequence[tuple[Any, ...]], names: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Return distinct keys in the vocabularies' order, months by time."""
    ranks = [{slug: i for i, slug in enumerate(order(name))} for name in names]

    def rank(key: tuple[Any, ...]) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for value, known in zip(key, ranks, strict=True):
            slug = str(value).lower() if isinstance(value, bool) else str(value)
            if isinstance(value, dt.date):
                found.append((0, value.isoformat()))
            else:
                found.append((known.get(slug, len(known)), slug))
        return found

    return sorted(dict.fromkeys(keys), key=rank)
