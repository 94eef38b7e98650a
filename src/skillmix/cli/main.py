"""The commands: demo, report, check, list, show and synth."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from skillmix import __version__
from skillmix.catalogue import catalogue, find
from skillmix.cli.progress import bar
from skillmix.engines.engine import Engine as QueryEngine
from skillmix.errors import SkillmixError
from skillmix.schema.scope import Scope, parse_month, read_scope

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Workforce analysis for health care: files in, a publishable report out.",
)


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
    Path | None, typer.Option("--scope", help="TOML file: workforce, service, place.")
]
Month = Annotated[str | None, typer.Option(help="As-at month, for example 2020-06.")]
Service = Annotated[str | None, typer.Option(help="Definition of the service.")]
Workforce = Annotated[str | None, typer.Option(help="Workforce of interest.")]
Region = Annotated[str | None, typer.Option(help="NHS England region code.")]
Employer = Annotated[str | None, typer.Option(help="ODS code of one employer.")]
Store = Annotated[
    Path | None, typer.Option(help="Where editions are kept; the user's cache if not.")
]
Mapping = Annotated[
    Path | None, typer.Option(help="TOML file that names an extract's own columns.")
]
Level = Annotated[Disclosure, typer.Option(help="Protected, or internal and exact.")]
Engine = Annotated[EngineName, typer.Option(help="Query engine.")]


@app.command()
def report(
    inputs: Inputs,
    out: Out = Path("skillmix-report"),
    scope: ScopeFile = None,
    month: Month = None,
    service: Service = None,
    workforce: Workforce = None,
    region: Region = None,
    employer: Employer = None,
    store: Store = None,
    mapping: Mapping = None,
    disclosure: Level = Disclosure.protected,
    engine: Engine = EngineName.duckdb,
) -> None:
    """Read the inputs and write a report, index.html, with its manifest."""
    asked = _scope(scope, month, service, workforce, region, employer)
    page = _report(inputs, out, asked, store, mapping, disclosure, engine)
    print(page)


@app.command()
def demo(
    out: Out = Path("build/demo"),
    scale: Annotated[float, typer.Option(help="1 is the whole NHS.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Another seed, another NHS.")] = 2020,
    engine: Engine = EngineName.duckdb,
) -> None:
    """Make a synthetic NHS and report on it, as at June 2020."""
    from skillmix.synth.nhs import synthesise

    made = out / "synthetic-nhs"
    if not (made / "truth.json").exists():
        with bar("Making an NHS") as progress:
            synthesise(made, scale=scale, seed=seed, progress=progress)
    asked = Scope(month=parse_month("2020-06"))
    store = out / "editions"
    page = _report([made], out, asked, store, None, Disclosure.protected, engine)
    print(page)


@app.command()
def check(
    inputs: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders.")
    ] = None,
    format: Annotated[ListFormat, typer.Option()] = ListFormat.table,  # noqa: A002
    store: Store = None,
    mapping: Mapping = None,
    layouts: Annotated[bool, typer.Option(help="Print the known layouts.")] = False,
    suggest_mapping: Annotated[
        Path | None, typer.Option(help="Draft a mapping file for this extract.")
    ] = None,
) -> None:
    """Say what each file is, its period, rows, rows refused and faults."""
    from skillmix.cli import present
    from skillmix.report.lineage import files_of
    from skillmix.sources.inputs import layouts as known_layouts
    from skillmix.sources.inputs import open_inputs
    from skillmix.sources.mapping import suggest_mapping as draft

    if layouts:
        print(present.as_json(known_layouts()))
        return
    if suggest_mapping is not None:
        print(draft(suggest_mapping))
        return
    if not inputs:
        raise typer.BadParameter("Name at least one file or folder.")
    with bar("Checking files") as progress:
        found = open_inputs(inputs, store=store, mapping=mapping, progress=progress)
    files = files_of(found)
    if format is ListFormat.json:
        print(present.as_json(files))
    else:
        present.print_files(files, Console())
    if all(f["error"] for f in files):
        raise typer.Exit(code=5)


@app.command(name="list")
def list_(
    format: Annotated[ListFormat, typer.Option()] = ListFormat.table,  # noqa: A002
) -> None:
    """List every analysis with its question."""
    from skillmix.cli import present

    analyses = list(catalogue().values())
    if format is ListFormat.json:
        print(present.as_json(present.listed(analyses)))
        return
    width = max(len(a.name) for a in analyses)
    for a in analyses:
        print(f"{a.name:<{width}}  {a.question}")


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name of an analysis.")],
    inputs: Inputs,
    format: Annotated[ShowFormat, typer.Option()] = ShowFormat.table,  # noqa: A002
    scope: ScopeFile = None,
    month: Month = None,
    service: Service = None,
    workforce: Workforce = None,
    region: Region = None,
    employer: Employer = None,
    store: Store = None,
    mapping: Mapping = None,
    disclosure: Level = Disclosure.protected,
    engine: Engine = EngineName.duckdb,
) -> None:
    """Answer one question from the inputs."""
    from skillmix.cli import present
    from skillmix.pipeline import open_session
    from skillmix.report.figure import figure_svg
    from skillmix.sources.inputs import open_inputs

    analysis = find(name)
    asked = _scope(scope, month, service, workforce, region, employer)
    with bar("Reading files") as progress:
        found = open_inputs(inputs, store=store, mapping=mapping, progress=progress)
    with open_session(found, asked, _engine(engine)) as session:
        internal = disclosure is Disclosure.internal
        run = session.run_unprotected if internal else session.run
        published = run(analysis)
    match format:
        case ShowFormat.json:
            print(present.as_json(present.shown(analysis, published)))
        case ShowFormat.csv:
            print(present.as_csv(analysis, published), end="")
        case ShowFormat.svg:
            print(figure_svg(analysis, published))
        case ShowFormat.table:
            present.print_result(analysis, published, Console())


@app.command()
def synth(
    out: Annotated[Path, typer.Argument(help="Folder to make.")],
    scale: Annotated[float, typer.Option(help="1 is the whole NHS.")] = 0.05,
    seed: Annotated[int, typer.Option(help="Another seed, another NHS.")] = 2020,
) -> None:
    """Make a synthetic NHS: staff record, published files and its known truth."""
    from skillmix.synth.nhs import synthesise

    with bar("Making an NHS") as progress:
        synthesise(out, scale=scale, seed=seed, progress=progress)
    print(out)


@app.callback(invoke_without_command=True)
def version(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.")
    ] = False,
) -> None:
    """Print the version, if asked."""
    if version:
        print(__version__)
        raise typer.Exit


def run() -> None:
    """Run the command line; every known error ends with its own exit code."""
    with _told():
        app()


@contextmanager
def _told() -> Iterator[None]:
    """Turn known errors into one message and an exit code, without a traceback."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        yield
    except SkillmixError as fault:
        console.print(f"Error ({fault.slug}): {fault}", markup=False)
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        console.print("Stopped; nothing half-written was left behind.")
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe went away: not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _report(
    inputs: list[Path],
    out: Path,
    scope: Scope,
    store: Path | None,
    mapping: Path | None,
    disclosure: Disclosure,
    engine: EngineName,
) -> Path:
    from skillmix.report.build import build_report
    from skillmix.sources.inputs import open_inputs

    with bar("Reading files") as progress:
        found = open_inputs(inputs, store=store, mapping=mapping, progress=progress)
    with bar("Answering questions") as progress:
        return build_report(
            found,
            scope,
            _engine(engine),
            out,
            internal=disclosure is Disclosure.internal,
            progress=progress,
        )


def _scope(
    file: Path | None,
    month: str | None,
    service: str | None,
    workforce: str | None,
    region: str | None,
    employer: str | None,
) -> Scope:
    """Return the scope of the file, with what the options say instead."""
    scope = read_scope(file) if file else Scope()
    given = {
        "service": service,
        "workforce": workforce,
        "region": region,
        "employer": employer,
        "month": parse_month(month) if month else None,
    }
    return replace(scope, **{k: v for k, v in given.items() if v is not None})


def _engine(name: EngineName) -> QueryEngine:
    if name is EngineName.spark:
        from skillmix.engines.spark import SparkEngine

        return SparkEngine()
    from skillmix.engines.duckdb import DuckDbEngine

    return DuckDbEngine()
