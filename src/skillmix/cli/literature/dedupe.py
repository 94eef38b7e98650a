"""Join duplicates, and write every link so that it can be undone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from skillmix.cli.literature.options import (
    As,
    Exports,
    Format,
    Links,
    Prefer,
    print_json,
)
from skillmix.cli.progress import bar


def dedupe(
    exports: Exports,
    format: As = Format.table,  # noqa: A002
    links: Links = None,
    prefer: Prefer = None,
    out: Annotated[
        Path | None, typer.Option(help="CSV of all links and doubtful pairs.")
    ] = None,
) -> None:
    """Join records of one publication, with the reasons; doubtful pairs are listed."""
    from skillmix.literature.dedupe.decisions import (
        COLUMNS,
        decision_rows,
        read_decisions,
    )
    from skillmix.literature.dedupe.groups import deduplicate
    from skillmix.literature.reading.exports import read_exports
    from skillmix.literature.tables import write_csv

    decided = read_decisions(links) if links else None
    with bar("Reading exports") as progress:
        readings = read_exports(exports, progress=progress)
    records = [r for reading in readings for r in reading.records]
    unique = deduplicate(records, decided=decided, prefer=prefer or ())
    rows = decision_rows([*unique.links, *unique.possible], records)
    if out is not None:
        write_csv(out, COLUMNS, rows)
    if format is Format.json:
        print_json(
            {
                "schema": "skillmix.literature.dedupe/1",
                "records": len(records),
                "publications": len(unique.groups),
                "removed": unique.removed,
                "links": rows,
            }
        )
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(
        f"{len(records):,} records are {len(unique.groups):,} publications: "
        f"{unique.removed:,} duplicates, {len(unique.possible):,} doubtful pairs."
    )
    for row in decision_rows(unique.possible, records):
        console.print(f"\n{row['rule']}; differ: {row['differ'] or 'nothing'}")
        for name in ("one", "two"):
            console.print(f"  {row[name]}  {row[f'title_{name}']}", markup=False)
