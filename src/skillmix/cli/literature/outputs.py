"""What a review hands on: flow, search report, evidence, register, known works."""

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
    print_json,
)
from skillmix.cli.literature.search import searched

if TYPE_CHECKING:
    from skillmix.literature.flow import Flow
    from skillmix.literature.record import Record
    from skillmix.literature.search import Search

Log = Annotated[
    Path | None, typer.Option("--log", help="The screening log, a CSV file.")
]
Screeners = Annotated[
    int, typer.Option(help="How many must decide each record.", min=1)
]
OutFile = Annotated[Path | None, typer.Option("--out", help="File to write.")]


def flow(
    exports: Exports,
    strategy: Name = EXAMPLE,
    links: Links = None,
    log: Log = None,
    screeners: Screeners = 2,
    format: As = Format.table,  # noqa: A002
    out: Annotated[
        Path | None, typer.Option(help="Folder for flow.svg and flow.csv.")
    ] = None,
) -> None:
    """Count the PRISMA 2020 flow from the exports and the log; draw it if asked."""
    from skillmix.literature.flow import with_reasons_named
    from skillmix.literature.outputs.prisma import flow_rows, flow_svg
    from skillmix.literature.tables import write_csv, write_text

    found = searched(exports, strategy, links, None)
    counted = _flow(found, log, screeners)
    named = with_reasons_named(counted, found.strategy.criteria)
    rows = flow_rows(named)
    if out is not None:
        write_text(out / "flow.svg", flow_svg(named))
        told: list[dict[str, object]] = [
            {"phase": p, "step": s.strip(), "n": n} for p, s, n in rows
        ]
        write_csv(out / "flow.csv", ("phase", "step", "n"), told)
    if format is Format.json:
        print_json({"schema": "skillmix.literature.flow/1", **counted.as_dict()})
        return
    table = Table(show_edge=False, pad_edge=False)
    for name in ("Phase", "Step"):
        table.add_column(name)
    table.add_column("n", justify="right")
    for phase, step, n in rows:
        if n is not None:
            table.add_row(phase, step, f"{n:,}")
    Console().print(table)


def report(
    exports: Exports,
    strategy: Name = EXAMPLE,
    links: Links = None,
    out: OutFile = None,
) -> None:
    """Write the search report that PRISMA-S asks for, as Markdown."""
    from skillmix.literature.outputs.search_report import search_report

    _give(search_report(searched(exports, strategy, links, None)), out)


def evidence(
    exports: Exports,
    log: Annotated[Path, typer.Option("--log", help="The screening log.")],
    out: Annotated[
        Path, typer.Option("--out", help="CSV or XLSX to write or go on with.")
    ],
    strategy: Name = EXAMPLE,
    links: Links = None,
    screeners: Screeners = 2,
) -> None:
    """Write the evidence table of what is included; what was filled in is kept."""
    from skillmix.literature.outputs.evidence import (
        COLUMNS,
        evidence_rows,
        extracted_from,
    )
    from skillmix.literature.screening.agreement import outcomes
    from skillmix.literature.screening.log import FULL_TEXT, INCLUDE, read_log
    from skillmix.literature.workbooks import rows_of, write_table

    found = searched(exports, strategy, links, None)
    records = {g.preferred.record_id: g.preferred for g in found.groups}
    final = outcomes(read_log(log), FULL_TEXT, list(records), screeners)
    included = [records[i] for i, what in final.items() if what == INCLUDE]
    known = {}
    if out.exists():
        known = extracted_from(rows_of(out), where=out.name, records=included)
    rows = evidence_rows(included, known)
    write_table(out, COLUMNS, rows, title="Evidence table")
    print(f"{len(included)} publications in {out}")


def register(
    document: Annotated[Path, typer.Argument(help="The report, as text or Markdown.")],
    format: As = Format.table,  # noqa: A002
    out: OutFile = None,
) -> None:
    """Tie each claim of a report to its references; list what does not match."""
    from skillmix.literature.outputs.register import register as build
    from skillmix.literature.tables import write_csv

    found = build(text_of(document))
    rows = [
        {
            "line": c.line,
            "cited": c.cited,
            "status": c.status,
            "references": " ".join(map(str, c.references)),
            "nearest": c.nearest or "",
            "claim": c.claim,
        }
        for c in found.claims
    ]
    if out is not None:
        write_csv(out, tuple(rows[0]) if rows else ("line",), rows)
    if format is Format.json:
        uncited = [{"number": r.number, "reference": r.text} for r in found.uncited]
        told = {"claims": rows, "uncited": uncited}
        print_json({"schema": "skillmix.literature.register/1", **told})
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(
        f"{len(found.claims)} citations, {len(found.references)} references: "
        f"{len(found.unlisted)} cited but not listed, "
        f"{len(found.ambiguous)} ambiguous, "
        f"{len(found.uncited)} listed but not cited."
    )
    for c in (*found.unlisted, *found.ambiguous):
        near = f"; near reference {c.nearest}" if c.nearest else ""
        console.print(f"  {c.status}, line {c.line}: {c.cited}{near}", markup=False)
    for r in found.uncited:
        console.print(f"  not cited: {r.number}. {r.text[:100]}", markup=False)


def known(
    works: Annotated[
        Path, typer.Argument(help="Known works: an export, or a report's text.")
    ],
    exports: Annotated[
        list[Path] | None, typer.Argument(help="Exports to look for them in.")
    ] = None,
    strategy: Name = EXAMPLE,
    since: Annotated[int, typer.Option(help="Leave out works before this year.")] = 0,
    format: As = Format.table,  # noqa: A002
) -> None:
    """Say which known works a strategy finds, and which term would find the others."""
    from skillmix.literature.known import check_known
    from skillmix.literature.reading.exports import read_exports
    from skillmix.literature.strategy.strategy import find_strategy

    items = [r for r in works_of(works) if r.title and (r.year or 0) >= since]
    readings = read_exports(exports) if exports else ()
    records = [r for reading in readings for r in reading.records]
    found = check_known(find_strategy(strategy), items, records)
    if format is Format.json:
        print_json({"schema": "skillmix.literature.known/1", **found.as_dict()})
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{found.found} of {len(found.items)} known works are found.")
    for item in found.items:
        said = "found" if item.found else f"missed by {', '.join(item.missing)}"
        console.print(f"  {said}: {item.item.title}", markup=False)
    if found.suggestions:
        console.print("Terms that would find more:")
    for s in found.suggestions:
        cost = "" if s.cost is None else f", {s.cost:,} more records to read"
        console.print(
            f"  line {s.line}: {s.term} (in {s.gains} missed titles, "
            f"{s.finds} then found{cost})",
            markup=False,
        )


def _flow(found: Search, log: Path | None, screeners: int) -> Flow:
    if log is None:
        return found.flow
    from skillmix.literature.screening.log import read_log
    from skillmix.literature.screening.progress import flow_of

    ids = [g.preferred.record_id for g in found.groups]
    return flow_of(found.flow, ids, read_log(log), screeners=screeners)


def _give(text: str, out: Path | None) -> None:
    from skillmix.literature.tables import write_text

    if out is None:
        print(text, end="")
        return
    write_text(out, text)
    print(out)


def works_of(path: Path) -> list[Record]:
    """Read known works from an export, else from the reference list of a text."""
    from skillmix.literature.outputs.references import reference_list
    from skillmix.literature.reading.exports import read_exports
    from skillmix.literature.record import Record

    (reading,) = read_exports([path])
    if reading.status == "read":
        return list(reading.records)
    return [
        Record(
            file=path.name,
            position=r.number,
            dialect="reference list",
            title=r.title,
            year=r.number_of_year,
        )
        for r in reference_list(text_of(path))
    ]


def text_of(path: Path) -> str:
    """Return the text of a document.

    Raises:
        UnreadableFileError: If it cannot be opened.
    """
    from skillmix.errors import UnreadableFileError
    from skillmix.literature.reading.text import decode

    try:
        return decode(path.read_bytes()).text
    except OSError as fault:
        raise UnreadableFileError(
            f"The document cannot be opened: {fault.strerror}.", where=path.name
        ) from None
