"""Search exports with a strategy, and say what matched and what the flow is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from skillmix.cli.literature.options import (
    EXAMPLE,
    As,
    Exports,
    Format,
    Links,
    Name,
    Prefer,
    print_json,
)
from skillmix.cli.progress import bar

if TYPE_CHECKING:
    from skillmix.literature.search import Search


def search(
    exports: Exports,
    strategy: Name = EXAMPLE,
    format: As = Format.table,  # noqa: A002
    links: Links = None,
    prefer: Prefer = None,
    matches: Annotated[
        bool, typer.Option(help="List the publications and what matched.")
    ] = True,
    records: Annotated[
        Path | None,
        typer.Option(help="CSV, XLSX or Parquet of every record read."),
    ] = None,
) -> None:
    """Read exports, run the strategy, join duplicates and count the flow."""
    from skillmix.literature.workbooks import write_records

    found = searched(exports, strategy, links, prefer)
    if records is not None:
        write_records(records, found.records)
    if format is Format.json:
        print_json(found.as_dict(matches=matches))
        return
    console = Console()
    _print_files(found, console)
    _print_lines(found, console)
    _print_flow(found, console)
    if matches:
        _print_matches(found, console)


def searched(
    exports: list[Path],
    strategy: str,
    links: Path | None,
    prefer: list[str] | None,
) -> Search:
    """Run the search behind several commands, with a bar on the error stream."""
    from skillmix.literature.dedupe.decisions import read_decisions
    from skillmix.literature.search import search as run_search
    from skillmix.literature.strategy.strategy import find_strategy

    chosen = find_strategy(strategy)
    decided = read_decisions(links) if links else None
    with bar("Reading exports") as progress:
        return run_search(
            chosen, exports, decided=decided, prefer=prefer or (), progress=progress
        )


def _print_files(found: Search, console: Console) -> None:
    table = Table(show_edge=False, pad_edge=False, title="Files")
    for name in ("File", "Read as"):
        table.add_column(name)
    for name in ("Markers", "Records", "Titled"):
        table.add_column(name, justify="right")
    table.add_column("Reconciled")
    for r in found.readings:
        counts = (str(r.markers), str(len(r.records)), str(r.titled))
        what = r.dialect or r.status
        said = ("yes" if r.reconciled else "NO") if r.status == "read" else ""
        table.add_row(r.file, what, *(counts if said else ("", "", "")), said)
    console.print(table)
    for r in found.readings:
        if r.why and r.status != "no records":
            console.print(
                f"{r.file}: {r.why}", highlight=False, markup=False, soft_wrap=True
            )
        for note in r.notes:
            line = f"{r.file}: {note.rule} ({note.count:,}). {note.remedy}"
            console.print(line.rstrip(), highlight=False, markup=False, soft_wrap=True)


def _print_lines(found: Search, console: Console) -> None:
    table = Table(show_edge=False, pad_edge=False, title=f"\n{found.strategy.title}")
    table.add_column("Line")
    table.add_column("Records", justify="right")
    table.add_column("What it looks for")
    for line in found.line_counts():
        text = line["formula"]
        short = text if len(text) < 90 else text[:87] + "..."
        table.add_row(line["label"], f"{line['records']:,}", short)
    table.add_row("all", f"{int(found.findings.found.sum()):,}", found.strategy.combine)
    console.print(table)


def _print_flow(found: Search, console: Console) -> None:
    flow = found.flow
    table = Table(show_edge=False, pad_edge=False, title="\nFlow")
    table.add_column("Step")
    table.add_column("n", justify="right")
    table.add_row("Records identified", f"{sum(flow.identified.values()):,}")
    for database, count in flow.identified.items():
        table.add_row(f"  {database}", f"{count:,}")
    table.add_row("Duplicate records removed", f"{flow.duplicates:,}")
    table.add_row("Outside the strategy", f"{flow.outside:,}")
    table.add_row("Publications to screen", f"{flow.screened:,}")
    console.print(table)
    nothing = [line["label"] for line in found.line_counts() if not line["records"]]
    if not any(r.records for r in found.readings):
        console.print("None of these files holds records that are known here.")
    elif not found.groups and nothing:
        console.print(
            f"Nothing is found: of these records none matches line "
            f"{', '.join(nothing)}.",
            highlight=False,
        )
    if found.unique.possible:
        console.print(
            f"{len(found.unique.possible)} pairs may be duplicates: see "
            "`skillmix literature dedupe`.",
            highlight=False,
        )


def _print_matches(found: Search, console: Console) -> None:
    for one in found.found():
        console.print(f"\n{one.group.preferred.reference}", markup=False)
        seen: dict[str, list[str]] = {}
        for o in one.occurrences:
            told = f"{o.matched} ({o.field}{', plural' if o.plural else ''})"
            seen.setdefault(o.line, []).append(told)
        for line, places in seen.items():
            shown = "; ".join(dict.fromkeys(places))
            console.print(f"  {line}: {shown}", markup=False, highlight=False)
