"""Results and readings as tables on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from skillmix.catalogue import Analysis
from skillmix.report.answers import answer
from skillmix.report.lineage import described
from skillmix.report.tables import value_cell
from skillmix.schema.results import Published
from skillmix.words.labels import heading, label


def print_result(analysis: Analysis, published: Published, console: Console) -> None:
    """Print the question, the sentence, the table and its caveats."""
    console.print(f"[bold]{analysis.question}[/bold]")
    console.print(answer(analysis, published), highlight=False)
    table = Table(show_edge=False, pad_edge=False)
    for key in analysis.keys:
        table.add_column(heading(key))
    for name in ("Measure", "Value", "95% interval", "People"):
        table.add_column(name, justify="left" if name == "Measure" else "right")
    for row in published.rows:
        measure = analysis.measures[row.measure]
        cell = value_cell(row, measure)
        table.add_row(
            *(label(key, row[key], published.scope) for key in analysis.keys),
            measure.label,
            cell.text,
            cell.interval,
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
