"""Results and readings as tables, CSV and JSON of a documented, stable shape."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from skillmix.catalogue import Analysis
from skillmix.report.lineage import described
from skillmix.schema.results import SHARED, Published
from skillmix.words.labels import heading, label
from skillmix.words.numbers import number

SYMBOLS = {"suppressed": "[c]", "unavailable": "[x]"}


def as_json(value: Any) -> str:
    """Return JSON with ISO dates."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=_plain)


def listed(analyses: Sequence[Analysis]) -> list[dict[str, Any]]:
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
        "question": analysis.question,
        "unit": units[charted],
        "measures": {
            name: {
                "label": m.label,
                "unit": m.unit,
                "denominator": m.denominator,
                "interval": m.interval,
            }
            for name, m in analysis.measures.items()
        },
        **described(analysis, published),
        "rows": [
            {**row.as_dict(units[row.measure]), "unit": units[row.measure]}
            for row in published.rows
        ],
    }


def as_csv(analysis: Analysis, published: Published) -> str:
    """Return the rows as CSV, one a line, keys first."""
    units = {n: m.unit for n, m in analysis.measures.items()}
    names = [*analysis.keys, "measure", "unit", *SHARED, "status"]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    for row in published.rows:
        unit = units[row.measure]
        writer.writerow({**row.as_dict(unit), "unit": unit})
    return out.getvalue()


def print_result(analysis: Analysis, published: Published, console: Console) -> None:
    """Print the question, the sentence, the table and its caveats."""
    console.print(f"[bold]{analysis.question}[/bold]")
    console.print(analysis.narrate(published), highlight=False)
    table = Table(show_edge=False, pad_edge=False)
    for key in analysis.keys:
        table.add_column(heading(key))
    for name in ("Measure", "Value", "95% interval", "People"):
        table.add_column(name, justify="left" if name == "Measure" else "right")
    for row in published.rows:
        measure = analysis.measures[row.measure]
        ends = (row.conf_low, row.conf_high)
        low, high = (number(v, measure.unit, measure.decimals) for v in ends)
        table.add_row(
            *(label(key, row[key]) for key in analysis.keys),
            measure.label,
            SYMBOLS.get(
                row.status, number(row.estimate, measure.unit, measure.decimals)
            ),
            f"{low} to {high}" if row.conf_low is not None else "",
            "" if row.n is None else f"{row.n:,}",
        )
    console.print(table)
    told = described(analysis, published)
    console.print(f"Definition: {told['definition']}", highlight=False)
    console.print(f"Disclosure: {told['disclosure']}", highlight=False)
    for caveat in told["caveats"]:
        console.print(f"- {caveat}", highlight=False)


def print_files(readings: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Print what was found in each file, faults under it."""
    table = Table(show_edge=False, pad_edge=False)
    for name in ("File", "Read as", "Period", "Rows", "Refused", "Used"):
        table.add_column(
            name, justify="right" if name in ("Rows", "Refused") else "left"
        )
    for r in readings:
        table.add_row(
            str(r["file"]),
            str(r["reader"] or "not read"),
            str(r["period"] or ""),
            f"{r['rows']:,}",
            f"{r['refused']:,}",
            "yes" if r["used"] else "no",
        )
    console.print(table)
    for r in readings:
        notes = [f"{f['rule']} ({f['rows']} rows): {f['remedy']}" for f in r["faults"]]
        for note in [*([r["error"]] if r["error"] else []), *notes]:
            console.print(f"{r['file']}: {note}", highlight=False, markup=False)


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
