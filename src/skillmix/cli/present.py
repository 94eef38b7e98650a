"""Results as tables on the terminal."""

from __future__ import annotations

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
