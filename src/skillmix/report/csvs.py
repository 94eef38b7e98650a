"""One CSV a question, with a data dictionary and a description for machines.

`dictionary.csv` says what each column of each file is; `datapackage.json` says the
same in the form of the Data Package standard (Frictionless, version 1), so that
other tools can load and check the files.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from skillmix.catalogue import Analysis
from skillmix.report.book import Book, Figure
from skillmix.report.lineage import described
from skillmix.report.shapes import as_csv, as_json
from skillmix.report.writing import write_whole
from skillmix.schema.results import Published
from skillmix.words.labels import heading, label
from skillmix.words.numbers import unit_of

DICTIONARY, PACKAGE = "dictionary.csv", "datapackage.json"
PROFILE = "tabular-data-package"
_SHARED: Mapping[str, tuple[str, str]] = {
    "measure": ("string", "Which measure of the question the row gives."),
    "unit": ("string", "Unit of estimate and interval; percentages are out of 100."),
    "numerator": ("number", "Top of the measure."),
    "denominator": ("number", "Bottom of the measure; empty for totals."),
    "estimate": ("number", "The measure's value."),
    "conf_low": ("number", "Lower end of the 95% interval."),
    "conf_high": ("number", "Upper end of the 95% interval."),
    "n": ("integer", "People behind the denominator, where people are counted."),
    "status": (
        "string",
        "shown; suppressed (1 to 4 people, or could be used to work out such a count, "
        "or withheld by the publisher); or "
        "unavailable (the source gives no value).",
    ),
}


def write_tables(book: Book, folder: Path) -> tuple[Path, ...]:
    """Write a CSV for each answered question, with dictionary and data package.

    Returns:
        The files written, data first.

    Raises:
        OutputError: If the folder cannot be written; nothing is left half-written.
    """
    contents = {folder / _file(f): _rows(book, f).encode() for f in book.figures}
    contents[folder / DICTIONARY] = _dictionary(book.figures).encode()
    contents[folder / PACKAGE] = as_json(data_package(book)).encode()
    write_whole(contents)
    return tuple(contents)


def _rows(book: Book, figure: Figure) -> str:
    """Return a figure's rows, which its page may have written already."""
    made = book.studio.panels.get(figure.anchor) if book.studio else None
    return made.csv if made else as_csv(figure.analysis, figure.published)


def data_package(book: Book) -> dict[str, Any]:
    """Return the description of all tables, in the form of the standard."""
    warning = "Synthetic: every person is invented. " if book.synthetic else ""
    if book.internal:
        warning += "Internal, not for publication. "
    return {
        "profile": PROFILE,
        "name": "skillmix-tables",
        "title": book.title,
        "description": f"{warning}{book.scope.service_label}; {book.scope.place_label}",
        "version": book.version,
        "resources": [_resource(figure) for figure in book.figures],
    }


def _resource(figure: Figure) -> dict[str, Any]:
    analysis, published = figure.analysis, figure.published
    told = described(analysis, published)
    return {
        "profile": "tabular-data-resource",
        "name": figure.anchor,
        "path": _file(figure),
        "title": analysis.title,
        "description": f"{analysis.question} {analysis.definition}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "sources": [
            {"title": f"{s['publisher'] or 'not stated'}: {s['table']}"}
            for s in told["sources"]
        ],
        "caveats": told["caveats"],
        "period": told["period"],
        "disclosure": told["disclosure"],
        "schema": {
            "fields": [
                {"name": name, "type": kind, "title": title, "description": words}
                | (
                    {"trueValues": ["True"], "falseValues": ["False"]}
                    if kind == "boolean"
                    else {}
                )
                for name, kind, title, words in _columns(analysis, published)
            ],
            "missingValues": [""],
        },
    }


def _columns(
    analysis: Analysis, published: Published
) -> Iterable[tuple[str, str, str, str]]:
    """Yield name, type, heading and description of each column of a file."""
    for key in analysis.keys:
        values = list(dict.fromkeys(row[key] for row in published.rows))
        yield key, _kind(values), heading(key), _meaning(key, values, published)
    for name, (kind, words) in _SHARED.items():
        told = words
        if name == "measure":
            each = (
                f"{slug} = {m.label} ({unit_of(m.unit).title.lower()}"
                f"{', out of ' + m.denominator if m.denominator else ''})"
                for slug, m in analysis.measures.items()
            )
            told = f"{words} {'; '.join(each)}."
        yield name, kind, name.replace("_", " ").capitalize(), told


def _kind(values: Iterable[Any]) -> str:
    kinds = {type(v) for v in values if v is not None}
    named: tuple[tuple[type, str], ...] = (
        (bool, "boolean"),
        (dt.date, "date"),
        (int, "integer"),
        (float, "number"),
    )
    return next((name for kind, name in named if kinds == {kind}), "string")


MOST_LISTED = 30


def _meaning(key: str, values: list[Any], published: Published) -> str:
    """Say what a key's values stand for, where there are few enough to list."""
    told = [v for v in values if v is not None and not isinstance(v, dt.date)]
    if not told or len(told) > MOST_LISTED:
        return f"{heading(key)}."
    named = (f"{v} = {label(key, v, published.scope)}" for v in sorted(told, key=str))
    return f"{heading(key)}: {'; '.join(named)}."


def _dictionary(figures: Iterable[Figure]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("file", "column", "type", "title", "description"))
    for figure in figures:
        for column in _columns(figure.analysis, figure.published):
            writer.writerow((_file(figure), *column))
    return out.getvalue()


def _file(figure: Figure) -> str:
    return f"{figure.anchor}.csv"
