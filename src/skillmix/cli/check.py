"""`skillmix check`: what each file is, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from skillmix.cli import options
from skillmix.errors import UnreadableFileError


def check(
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders: published files, staff records."),
    ] = None,
    format: Annotated[  # noqa: A002
        options.ListFormat, typer.Option(help="On the screen, or for programs.")
    ] = options.ListFormat.table,
    store: options.Store = None,
    mapping: options.Mapping = None,
    layouts: Annotated[
        bool,
        typer.Option("--layouts", help="Print the known layouts of published files."),
    ] = False,
    suggest_mapping: Annotated[
        Path | None,
        typer.Option(help="Draft a mapping file for an extract, or a folder of them."),
    ] = None,
) -> None:
    """Say what each file is, its period, rows, rows refused and faults."""
    from skillmix.cli.files_found import print_files
    from skillmix.report import shapes
    from skillmix.report.lineage import files_of
    from skillmix.sources.inputs import layouts as known_layouts
    from skillmix.sources.mapping_draft import suggest_mapping as draft

    if layouts:
        print(shapes.as_json(shapes.laid_out(known_layouts())))
        return
    if suggest_mapping is not None:
        print(draft(suggest_mapping))
        return
    if not inputs:
        raise typer.BadParameter("Name at least one file or folder.")
    found = options.read(inputs, store=store, mapping=mapping)
    files = files_of(found)
    if format is options.ListFormat.json:
        print(shapes.as_json(files))
    else:
        print_files(files, found.readings, Console())
    if all(f["error"] for f in files):
        raise typer.Exit(code=UnreadableFileError.exit_code)
