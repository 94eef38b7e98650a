"""`skillmix titles`: job titles brought to roles, and a simplification proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from skillmix.cli import options
from skillmix.errors import MissingInputError

if TYPE_CHECKING:
    from skillmix.schema.scope import Scope
    from skillmix.titles.uses import Line

SHOWN = 20


class TitlesFormat(StrEnum):
    """How titles are printed."""

    table = "table"
    csv = "csv"
    json = "json"


def titles(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            help="A list of titles (CSV, XLSX, ODS or TXT), or a staff record."
        ),
    ],
    mapping: Annotated[
        Path | None, typer.Option(help="CSV of your decisions: title, role, ...")
    ] = None,
    format: Annotated[  # noqa: A002
        TitlesFormat, typer.Option()
    ] = TitlesFormat.table,
    out: Annotated[
        Path | None, typer.Option(help="Folder for every table and a mapping to edit.")
    ] = None,
    scope: options.ScopeFile = None,
    month: options.Month = None,
    service: options.Service = None,
    region: options.Region = None,
    employer: options.Employer = None,
    columns: Annotated[
        Path | None, typer.Option(help="TOML file that names an extract's columns.")
    ] = None,
    store: options.Store = None,
    disclosure: options.Level = options.Disclosure.protected,
) -> None:
    """Bring job titles to roles, and say how sure each is."""
    from skillmix.title_lists import is_staff_record, read_list, read_rows, together
    from skillmix.titles.document import document
    from skillmix.titles.harmonise import harmonise
    from skillmix.titles.mapping import read_mapping
    from skillmix.titles.protection import Protection
    from skillmix.titles.uses import uses_of

    asked = options.scope_of(
        scope,
        inputs,
        month=month,
        service=service,
        region=region,
        employer=employer,
    )
    decided = read_rows(mapping) if mapping else []
    decisions = read_mapping(decided, where=mapping.name) if mapping else {}
    if columns is not None or any(is_staff_record(path) for path in inputs):
        lines, of_people = _from_record(inputs, asked, columns, store), True
    else:
        listing = together([read_list(path) for path in inputs])
        lines, of_people = listing.lines, listing.of_people
    found = harmonise(uses_of(lines), decisions)
    protection = Protection(
        unit="people" if of_people else "lines",
        internal=disclosure is options.Disclosure.internal,
    )
    told = document(found, protection)
    if out is not None:
        _write(out, told)
        Console(stderr=True).print(f"Written to {out}.", markup=False, highlight=False)
    _show(told, format)


def _from_record(
    inputs: list[Path], scope: Scope, columns: Path | None, store: Path | None
) -> Sequence[Line]:
    """Count the titles of a staff record; no person's row leaves the engine."""
    from skillmix.pipeline import open_session
    from skillmix.titles.record import TITLE_LINES, lines_of

    read = options.read(inputs, store=store, mapping=columns)
    with open_session(read, scope) as session:
        lines = lines_of(session.rows(TITLE_LINES))
    if not lines:
        raise MissingInputError(
            "The staff record has no job titles for this scope.",
            remedy="Map its column of position titles, or choose another scope.",
        )
    return lines


def _write(out: Path, told: Mapping[str, Any]) -> None:
    """Write every table, the whole as JSON, and a mapping file to edit.

    Rows of a mapping file that is there already are kept as they are.
    """
    from skillmix.report.shapes import as_json
    from skillmix.title_lists import read_rows
    from skillmix.titles.mapping import draft
    from skillmix.titles.tables import FILES, as_csv, mapping_csv, write_text

    for name, (columns, rows) in FILES.items():
        write_text(out / name, as_csv(columns, rows(told)))
    write_text(out / "titles.json", as_json(told) + "\n")
    mapping = out / "mapping.csv"
    kept = read_rows(mapping) if mapping.is_file() else []
    suggested = [
        (
            t["title"],
            t["role"] or ("out of scope" if t["scope"] == "out" else ""),
            t["category"] or "",
            t["scope"],
        )
        for t in told["titles"]
    ]
    write_text(mapping, mapping_csv(draft(suggested, kept)))


def _show(told: Mapping[str, Any], format: TitlesFormat) -> None:  # noqa: A002
    from skillmix.report.shapes import as_json
    from skillmix.titles.tables import TITLE_COLUMNS, as_csv, title_rows

    match format:
        case TitlesFormat.json:
            print(as_json(told))
        case TitlesFormat.csv:
            print(as_csv(TITLE_COLUMNS, title_rows(told)), end="")
        case TitlesFormat.table:
            _print_tables(told, Console())


def _print_tables(told: Mapping[str, Any], console: Console) -> None:
    """Print the summary, the proposal and what is open, long tables cut short."""
    from skillmix.titles import tables as t

    console.print(t.sentence(told), highlight=False, markup=False)
    clarity = t.clarity_rows(told)
    for title, columns, rows in (
        ("Proposal: one title for a role", t.PROPOSED, t.proposal_rows(told)),
        ("Titles that span bands or job roles", t.SPREAD, t.spread_rows(told)),
        ("Titles that nobody could place", t.UNMATCHED, t.unmatched_rows(told)),
        ("Clarity by employer", t.CLEAR, clarity if len(clarity) > 1 else []),
    ):
        headings = {c: t.heading(c, told["unit"]) for c in columns}
        _print(console, title, headings, rows)
    console.print(f"Disclosure: {told['disclosure']}.", highlight=False, markup=False)
    if unnamed := told["summary"]["titles_not_named"]:
        things = "title" if unnamed == 1 else "titles"
        console.print(
            f"Not named: {unnamed:,} {things}. To decide them yourself, add "
            "--disclosure internal; keep what it writes inside the employer.",
            highlight=False,
            markup=False,
        )


def _print(
    console: Console,
    title: str,
    headings: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Print the first rows of a table, and say how many more there are."""
    if not rows:
        return
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    for column, heading in headings.items():
        number = any(isinstance(r[column], int | float) for r in rows)
        table.add_column(heading, justify="right" if number else "left")
    for row in rows[:SHOWN]:
        # Text, not markup: "[c]" and "[Bank]" are what they look like.
        table.add_row(*(Text(_text(row[c])) for c in headings))
    console.print()
    console.print(table)
    if len(rows) > SHOWN:
        console.print(f"and {len(rows) - SHOWN} more; --out writes all.", markup=False)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int | float) else str(value)
