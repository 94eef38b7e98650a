"""`skillmix adverts`: adverts read, coded with their words, and reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from skillmix.cli import options

if TYPE_CHECKING:
    from skillmix.adverts.advert import Coded
    from skillmix.adverts.frame import Frame
    from skillmix.adverts.reading.part import Entry
    from skillmix.adverts.review.compare import Comparison
    from skillmix.adverts.review.gold import Settled


class AdvertsFormat(StrEnum):
    """How adverts are printed."""

    table = "table"
    csv = "csv"
    json = "json"


Kept = Annotated[
    list[str] | None,
    typer.Option(
        "--keep",
        help="Keep what the sample leaves out: training, registered, duplicates, all.",
    ),
]
Nations = Annotated[
    list[str] | None,
    typer.Option("--nation", help="england (default), wales ..., or all. Repeatable."),
]
Bands = Annotated[
    str, typer.Option("--bands", help="Bands of NHS posts, for example 2,3,4; or all.")
]


def adverts(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            help="HTML, JSON-LD, XML, PDF, DOCX, TXT or CSV; folders or ZIPs of them."
        ),
    ],
    format: Annotated[  # noqa: A002
        AdvertsFormat, typer.Option(help="How the result is printed.")
    ] = AdvertsFormat.table,
    out: Annotated[
        Path | None, typer.Option(help="Folder for every table, JSON and Parquet.")
    ] = None,
    keep: Kept = None,
    nation: Nations = None,
    bands: Bands = "2,3,4",
    sheet: Annotated[
        Path | None, typer.Option(help="Write a coder's sheet here (XLSX or CSV).")
    ] = None,
    blind: Annotated[
        bool, typer.Option("--blind", help="Keep suggestions out of the sheet.")
    ] = False,
    coding: Annotated[
        list[Path] | None, typer.Option(help="A filled-in sheet; give two to compare.")
    ] = None,
    decided: Annotated[
        Path | None, typer.Option(help="A sheet of differences, settled.")
    ] = None,
    gold: Annotated[
        Path | None, typer.Option(help="File of settled codes: obeyed, and grown.")
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Read job adverts, code them and set the codings beside each other."""
    from skillmix.advert_sets import roles_of
    from skillmix.adverts.document import document
    from skillmix.adverts.frame import sample
    from skillmix.adverts.review.gold import apply_gold, fully_settled

    frame = _frame(keep or [], nation or [], bands)
    coded, log = _read(inputs, quiet=quiet)
    settled, comparison = _review(coding or [], decided, gold)
    chosen = sample(apply_gold(coded, settled), frame)
    roles = roles_of(chosen)
    told = document(chosen, log, frame, roles)
    if sheet is not None:
        from skillmix.adverts.review.sheets import write_sheet

        write_sheet(sheet, chosen, blind=blind)
    if out is not None:
        reviewed = fully_settled(chosen, settled)
        _write(out, told, chosen, roles, reviewed, comparison)
        Console(stderr=True).print(f"Written to {out}.", markup=False, highlight=False)
    _show(told, comparison, format)


def coded_parquet(inputs: list[Path], target: Path) -> None:
    """Code the adverts of the usual sample into a table that the report reads."""
    from skillmix.advert_sets import roles_of
    from skillmix.adverts.frame import sample
    from skillmix.adverts.record import coded_table
    from skillmix.adverts.writing import write_parquet

    coded, _ = _read(inputs, quiet=False)
    chosen = sample(coded, _frame([], [], "2,3,4"))
    write_parquet(target, coded_table(chosen, roles_of(chosen), frozenset()))


def _frame(keep: Sequence[str], nations: Sequence[str], bands: str) -> Frame:
    from skillmix.adverts.frame import Frame
    from skillmix.schema.documents import NATIONS

    kinds = ("training", "registered", "duplicates", "all")
    if wrong := sorted(set(keep) - set(kinds)):
        raise typer.BadParameter(f"{wrong[0]} is none of {', '.join(kinds)}.")
    known = (*NATIONS, "all")
    if wrong := sorted(set(nations) - set(known)):
        raise typer.BadParameter(f"{wrong[0]} is none of {', '.join(known)}.")
    numbers = () if bands == "all" else tuple(int(b) for b in _digits(bands))
    return Frame(
        training="training" in keep,
        registered="registered" in keep,
        duplicates="duplicates" in keep,
        everything="all" in keep,
        nations=() if "all" in nations else tuple(nations) or ("england",),
        bands=() if "all" in keep else numbers,
    )


def _digits(bands: str) -> list[str]:
    parts = [b.strip() for b in bands.split(",")]
    if not all(p.isdigit() for p in parts):
        raise typer.BadParameter("Give bands as numbers parted by commas, or all.")
    return parts


def _read(
    inputs: list[Path], *, quiet: bool
) -> tuple[tuple[Coded, ...], tuple[Entry, ...]]:
    from skillmix.advert_sets import read_adverts
    from skillmix.cli.progress import bar

    with bar("Adverts", quiet=quiet) as progress:
        return read_adverts(inputs, progress=progress)


def _review(
    codings: Sequence[Path], decided: Path | None, gold: Path | None
) -> tuple[tuple[Settled, ...], Comparison | None]:
    """Read codings and the gold file, grow it by what is settled, say what is not."""
    from skillmix.adverts.review.compare import compare
    from skillmix.adverts.review.gold import (
        agreed_codes,
        decided_codes,
        grow,
        read_gold,
        write_gold,
    )
    from skillmix.adverts.review.sheets import read_sheet

    known = read_gold(gold) if gold else ()
    new: list[Settled] = []
    comparison = None
    if codings:
        if len(codings) != 2:
            raise typer.BadParameter("Give two codings, one of each coder.")
        comparison = compare(read_sheet(codings[0]), read_sheet(codings[1]))
        new += agreed_codes(comparison)
    if decided:
        new += decided_codes(read_sheet(decided))
    grown, refused = grow(known, new)
    if gold and grown != known:
        write_gold(gold, grown)
    if refused:
        Console(stderr=True).print(
            f"Codes that differ from settled ones, which stay: {len(refused):,}.",
            highlight=False,
        )
    return grown, comparison


def _write(
    out: Path,
    told: Mapping[str, Any],
    coded: Sequence[Coded],
    roles: Mapping[str, str],
    reviewed: frozenset[str],
    comparison: Comparison | None,
) -> None:
    """Write the whole as JSON, its tables as CSV, and a table for the report."""
    from skillmix.adverts import flat
    from skillmix.adverts.record import coded_table
    from skillmix.adverts.review import compare
    from skillmix.adverts.writing import as_csv, write_parquet, write_text
    from skillmix.report.shapes import as_json

    write_text(out / "adverts.json", as_json(told) + "\n")
    for name, (columns, rows) in flat.FILES.items():
        write_text(out / name, as_csv(columns, rows(told)))
    write_parquet(out / "coded_adverts.parquet", coded_table(coded, roles, reviewed))
    if comparison is not None:
        columns = compare.difference_columns(comparison)
        rows = compare.difference_rows(comparison)
        write_text(out / "differences.csv", as_csv(columns, rows))
        agreed = compare.agreement_object(comparison)["fields"]
        write_text(out / "agreement.csv", as_csv(compare.AGREEMENT_COLUMNS, agreed))


def _show(
    told: Mapping[str, Any],
    comparison: Comparison | None,
    format: AdvertsFormat,  # noqa: A002
) -> None:
    match format:
        case AdvertsFormat.json:
            from skillmix.report.shapes import as_json

            print(as_json(told))
        case AdvertsFormat.csv:
            from skillmix.adverts import flat
            from skillmix.adverts.writing import as_csv

            print(as_csv(flat.VALUE_COLUMNS, flat.value_rows(told)), end="")
        case AdvertsFormat.table:
            console = Console()
            _print_summary(told, console)
            for table in told["tables"]:
                _print_table(table, console)
            if comparison is not None:
                _print_agreement(comparison, console)


def _print_summary(told: Mapping[str, Any], console: Console) -> None:
    from skillmix.adverts.document import sentence

    console.print(sentence(told), highlight=False, markup=False)
    left = [r for r in told["frame"]["left_out"].values() if r["adverts"]]
    for row in left:
        console.print(f"  Left out: {row['label']}, {row['adverts']:,}.")
    for entry in told["files"]:
        if not entry["read_as"]:
            line = f"  Not read: {entry['file']}: {entry['reason']}"
            console.print(line, highlight=False, markup=False)


def _print_table(told: Mapping[str, Any], console: Console) -> None:
    """Print one field: a row a code, a column a sector, states underneath."""
    from skillmix.words.labels import label
    from skillmix.words.numbers import number

    sectors = [s["sector"] for s in told["states"]]
    table = Table(
        title=told["label"], title_justify="left", show_edge=False, pad_edge=False
    )
    table.add_column("Code")
    for state in told["states"]:
        name = label("advert_sector", state["sector"])
        table.add_column(f"{name} (n={state['adverts']:,})", justify="right")
    rows = {(r["code"], r["sector"]): r for r in told["rows"]}
    for code in dict.fromkeys(r["code"] for r in told["rows"]):
        found = [rows.get((code, s)) for s in sectors]
        words = next(r["label"] for r in found if r)
        shares = [
            f"{r['adverts']:,} ({number(r['share'], 'percent', 0)})" if r else "0"
            for r in found
        ]
        table.add_row(words, *shares)
    for name in ("stated", "silent", "attachment_not_read"):
        counts = [f"{state[name]:,}" for state in told["states"]]
        table.add_row(f"[dim]{label('advert_state', name)}[/dim]", *counts)
    console.print()
    console.print(table)


def _print_agreement(comparison: Comparison, console: Console) -> None:
    from skillmix.adverts.scheme import scheme

    title = f"Agreement of {comparison.first} and {comparison.second}"
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    for name in ("Field", "Adverts", "Agreed", "Kappa", "95% interval", "Alpha"):
        table.add_column(name, justify="left" if name == "Field" else "right")
    for name, found in comparison.fields.items():
        low, high = found.kappa.conf_low, found.kappa.conf_high
        table.add_row(
            scheme().fields[name].label,
            f"{found.units:,}",
            f"{found.agreed:,}",
            _two(found.kappa.estimate),
            f"{_two(low)} to {_two(high)}" if low is not None else "",
            _two(found.alpha),
        )
    console.print()
    console.print(table)
    settled, left = len(comparison.agreed), len(comparison.differing)
    told = f"Codes agreed and settled: {settled:,}; differing: {left:,}."
    console.print(told, highlight=False)


def _two(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
