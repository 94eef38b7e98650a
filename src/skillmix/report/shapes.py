"""The JSON and CSV that commands, pages and files give: one shape, documented.

Every shape is described in `docs/reference/json.md`; a key is added, never renamed
or given another meaning, so that a reader written today still works next year.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from skillmix.catalogue import Analysis
from skillmix.report.answers import answer
from skillmix.report.lineage import described
from skillmix.schema.results import SHARED, Published, Row
from skillmix.sources.layout import Layout

DIGITS = 10
# A spreadsheet runs a cell that begins so as a formula: it gets an apostrophe.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_json(value: Any) -> str:
    """Return JSON with ISO dates, indented, letters of every alphabet as they are."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=_plain)


def listed(analyses: Iterable[Analysis]) -> list[dict[str, Any]]:
    """Return the catalogue as `list --format json` gives it."""
    return [
        {
            "name": a.name,
            "title": a.title,
            "question": a.question,
            "chapter": a.chapter,
            "figure": a.figure,
            "inputs": [[t.name for t in w.inputs.values()] for w in a.ways],
            "definition": a.definition,
            "reproduces": sorted(a.reproduces),
        }
        for a in analyses
    ]


def shown(analysis: Analysis, published: Published) -> dict[str, Any]:
    """Return one result as `show --format json` gives it."""
    charted = analysis.chart.measure or next(iter(analysis.measures))
    units = {n: m.unit for n, m in analysis.measures.items()}
    return {
        "analysis": analysis.name,
        "title": analysis.title,
        "question": analysis.question,
        "answer": answer(analysis, published),
        "figure": analysis.figure,
        "unit": units[charted],
        "measures": {
            name: {
                "label": m.label,
                "unit": m.unit,
                "denominator": m.denominator,
                "interval": m.interval,
                "decimals": m.decimals,
            }
            for name, m in analysis.measures.items()
        },
        **described(analysis, published),
        "rows": [
            {**row_dict(row, units[row.measure]), "unit": units[row.measure]}
            for row in published.rows
        ],
    }


def as_csv(analysis: Analysis, published: Published) -> str:
    """Return the rows as CSV, one a line, keys first; percentages out of 100.

    Text that a spreadsheet would run as a formula is marked as text.
    """
    units = {n: m.unit for n, m in analysis.measures.items()}
    names = [*analysis.keys, "measure", "unit", *SHARED, "status"]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    for row in published.rows:
        unit = units[row.measure]
        cells = {**row_dict(row, unit), "unit": unit}
        writer.writerow({name: _cell(value) for name, value in cells.items()})
    return out.getvalue()


def row_dict(row: Row, unit: str) -> dict[str, Any]:
    """Return a row as files and pages show it, estimates to ten digits.

    The digits after that are the machine's, not the data's.
    """
    found = row.as_dict(unit)
    for name in ("estimate", "conf_low", "conf_high"):
        if found[name] is not None:
            found[name] = float(f"{found[name]:.{DIGITS}g}")
    return found


def laid_out(layouts: Sequence[Layout]) -> list[dict[str, Any]]:
    """Return the known layouts as `check --layouts` gives them."""
    return [
        {
            "reader": one.reader,
            "layout": one.name,
            "table": one.table.name,
            "publisher": one.publisher,
            "columns": list(one.header),
            "sheet": one.sheet or None,
            "suppressed": one.suppressed,
            "zero": one.zero,
            "certainty": one.certainty,
            "licence": one.licence,
        }
        for one in layouts
    ]


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
