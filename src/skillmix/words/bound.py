"""Whether every figure in a sentence comes from the result it speaks of.

A narrative may print a cell of its result, in any of the forms `numbers.py` writes,
a value of a key ("band 2", "June 2020"), or a figure that the analysis itself
declares in its definition, labels or references. Anything else was typed by hand
and will one day be wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from skillmix.schema.results import Published, Row
from skillmix.words.labels import label, order
from skillmix.words.numbers import month, number

DECIMALS = range(4)
MOST_LABELS = 40
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
# An interval is always of 95%; the words around it say so.
_PHRASES = ("95% interval",)


def figures(text: str) -> list[str]:
    """Return the numbers of a text as they are written, thousands commas left out."""
    return [found.replace(",", "") for found in _FIGURE.findall(text)]


def unbound(
    text: str, published: Published, units: Iterable[str], also: Iterable[str] = ()
) -> list[str]:
    """Return the figures of a sentence that no cell or key of the result explains.

    Args:
        text: The sentence.
        published: The result it speaks of.
        units: The units of the result's measures.
        also: Texts the analysis declares: definition, labels, title, caveats.
    """
    for phrase in _PHRASES:
        text = text.replace(phrase, "")
    known = {*_cells(published, set(units)), *_keys(published)}
    for declared in also:
        known.update(figures(declared))
    return [figure for figure in figures(text) if figure not in known]


def _cells(published: Published, units: set[str]) -> Iterator[str]:
    forms = units | {"percent", "people"}
    values = [value for row in published.rows for value in _values(row)]
    for value in (*values, *_sums(published)):
        for unit in forms:
            for decimals in DECIMALS:
                yield from figures(number(value, unit, decimals))


def _sums(published: Published) -> Iterator[float]:
    """Yield what a sentence may add up or count: totals, and rows of a kind."""
    yield 0.0
    for measure in {row.measure for row in published.rows}:
        rows = published.where(measure=measure)
        yield float(len(rows))
        yield sum(row.estimate or 0.0 for row in rows)
        kinds = Counter((k, str(v)) for row in rows for k, v in row.keys.items())
        yield from map(float, kinds.values())


def _values(row: Row) -> Iterator[float]:
    cells = (row.estimate, row.conf_low, row.conf_high, row.numerator, row.denominator)
    yield from (v for v in cells if v is not None)
    if row.n is not None:
        yield float(row.n)


def _keys(published: Published) -> Iterator[str]:
    # A sentence may name a group that no row holds, to say that it is not available.
    for key in dict.fromkeys(k for row in published.rows for k in row.keys):
        slugs = order(key)
        for slug in slugs if len(slugs) <= MOST_LABELS else ():
            yield from figures(label(key, slug))
    for row in published.rows:
        for key, value in row.keys.items():
            yield from figures(label(key, value, published.scope))
            yield from figures(str(value))
            if isinstance(value, dt.date):
                yield from figures(month(value))
    scope = published.scope
    for words in (scope.workforce_label, scope.service_label, scope.place_label):
        yield from figures(words)
    for date in (*(published.period or ()), scope.month):
        if date is not None:
            yield from figures(month(date))
