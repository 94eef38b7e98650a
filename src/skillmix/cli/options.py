"""The options that several commands share, and what they amount to."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmix.schema.scope import (
    SCOPE_FILE,
    SERVICES,
    WORKFORCES,
    Scope,
    parse_month,
    read_scope,
)

if TYPE_CHECKING:
    from skillmix.engines.engine import Engine as QueryEngine
    from skillmix.memory import Memory
    from skillmix.sources.inputs import Inputs as Readings


class ListFormat(StrEnum):
    """How a list is printed."""

    table = "table"
    json = "json"


class ShowFormat(StrEnum):
    """How one result is printed."""

    table = "table"
    csv = "csv"
    json = "json"
    svg = "svg"


class Disclosure(StrEnum):
    """Whether figures are protected for publication."""

    protected = "protected"
    internal = "internal"


class EngineName(StrEnum):
    """Which engine runs the queries."""

    duckdb = "duckdb"
    spark = "spark"


Inputs = Annotated[
    list[Path], typer.Argument(help="Files or folders: published files, staff records.")
]
Out = Annotated[Path, typer.Option(help="Folder to write to.")]
ScopeFile = Annotated[
    Path | None,
    typer.Option(
        "--scope",
        help="TOML file: workforce, service, place; a folder's scope.toml if not.",
    ),
]
Month = Annotated[str | None, typer.Option(help="As-at month, for example 2020-06.")]
Service = Annotated[
    str | None, typer.Option(help=f"Definition of the service: {', '.join(SERVICES)}.")
]
Workforce = Annotated[
    str | None, typer.Option(help=f"Workforce of interest: {', '.join(WORKFORCES)}.")
]
Region = Annotated[str | None, typer.Option(help="NHS England region, code or name.")]
Board = Annotated[
    str | None, typer.Option("--icb", help="Integrated care board, code or name.")
]
Employer = Annotated[str | None, typer.Option(help="One employer, ODS code or name.")]
Store = Annotated[
    Path | None, typer.Option(help="Where editions are kept; the user's cache if not.")
]
Mapping = Annotated[
    Path | None,
    typer.Option(
        help="TOML file that names extracts' columns; a folder's mapping.toml if not."
    ),
]
Level = Annotated[Disclosure, typer.Option(help="Protected, or internal and exact.")]
Afresh = Annotated[
    bool, typer.Option("--afresh", help="Count all again, whatever earlier runs kept.")
]
Engine = Annotated[EngineName, typer.Option(help="Query engine.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Show no progress.")]


def scope_of(
    file: Path | None,
    inputs: Sequence[Path],
    *,
    month: str | None = None,
    service: str | None = None,
    workforce: str | None = None,
    region: str | None = None,
    icb: str | None = None,
    employer: str | None = None,
) -> Scope:
    """Return the scope of the file, with what the options say instead.

    Args:
        file: The scope file; the one in a folder of the inputs if not given.
        inputs: Files and folders.
        month: And the other options, as the user typed them.
        service: Definition of the service.
        workforce: Workforce of interest.
        region: Code or name.
        icb: Code or name.
        employer: ODS code or name.

    Raises:
        DefinitionError: If a name or month is not one that exists.
        UnknownNameError: If there is no such region, care board or employer.
    """
    from skillmix.cli.places import employer_code, place_code
    from skillmix.sources.walk import lying_among

    if not file and (file := lying_among(inputs, SCOPE_FILE, "--scope")):
        # What a folder asks for unseen would puzzle those it was handed on to.
        print(f"The scope is that of {file.name} in the folder.", file=sys.stderr)
    scope = read_scope(file) if file else Scope()
    given = {
        "service": service,
        "workforce": workforce,
        "region": place_code("region", region) if region else None,
        "icb": place_code("icb", icb) if icb else None,
        "employer": employer_code(employer) if employer else None,
        "month": parse_month(month) if month else None,
    }
    return replace(scope, **{k: v for k, v in given.items() if v is not None})


def memory_of(store: Path | None, *, afresh: bool = False) -> Memory | None:
    """Return what earlier runs counted, kept beside the editions.

    Args:
        store: Where editions are kept; the user's cache folder if not given.
        afresh: Whether to count everything again.
    """
    from skillmix.memory import Memory
    from skillmix.sources.store import Store

    if afresh:
        return None
    editions = Store(store)
    return Memory(editions.folder / "counted", editions.content)


def engine_of(name: EngineName) -> QueryEngine:
    """Return a new engine of this name."""
    if name is EngineName.spark:
        from skillmix.engines.spark import SparkEngine

        return SparkEngine()
    from skillmix.engines.duckdb import DuckDbEngine

    return DuckDbEngine()


def read(
    inputs: list[Path],
    *,
    store: Path | None = None,
    mapping: Path | None = None,
    quiet: bool = False,
) -> Readings:
    """Read the inputs with a progress bar."""
    from skillmix.cli.progress import bar
    from skillmix.sources.inputs import open_inputs

    with bar("Reading files", quiet=quiet) as progress:
        return open_inputs(inputs, store=store, mapping=mapping, progress=progress)
