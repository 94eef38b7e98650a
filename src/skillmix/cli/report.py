"""`skillmix report` and `skillmix demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skillmix.cli import options
from skillmix.cli.progress import bar
from skillmix.schema.scope import SCOPE_FILE, Scope
from skillmix.writing import write_whole

Editions = Annotated[
    bool,
    typer.Option(
        "--editions/--page-only",
        help="Write PDF, XLSX, ODS and CSV beside the page.",
    ),
]


def report(
    inputs: options.Inputs,
    out: options.Out = Path("skillmix-report"),
    scope: options.ScopeFile = None,
    month: options.Month = None,
    service: options.Service = None,
    workforce: options.Workforce = None,
    region: options.Region = None,
    icb: options.Board = None,
    employer: options.Employer = None,
    store: options.Store = None,
    mapping: options.Mapping = None,
    disclosure: options.Level = options.Disclosure.protected,
    engine: options.Engine = options.EngineName.duckdb,
    editions: Editions = True,
    afresh: options.Afresh = False,
) -> None:
    """Read the inputs and write a report: page, PDF, workbooks and CSV files."""
    asked = options.scope_of(
        scope,
        inputs,
        month=month,
        service=service,
        workforce=workforce,
        region=region,
        icb=icb,
        employer=employer,
    )
    internal = disclosure is options.Disclosure.internal
    print(
        _write(
            inputs,
            out,
            asked,
            store,
            mapping,
            engine,
            internal=internal,
            editions=editions,
            afresh=afresh,
        )
    )


def demo(
    out: options.Out = Path("build/demo"),
    scale: Annotated[float, typer.Option(help="1 is the whole NHS.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Another seed, another NHS.")] = 2020,
    store: options.Store = None,
    engine: options.Engine = options.EngineName.duckdb,
) -> None:
    """Make a synthetic NHS and report on it, as at June 2020."""
    from skillmix.cli.adverts import coded_parquet
    from skillmix.cli.literature.chapter import invented_chapter
    from skillmix.synth.adverts.write import write_adverts
    from skillmix.synth.nhs import synthesise

    made = out / "synthetic-nhs"
    if not (made / "truth.json").exists():
        with bar("Making an NHS") as progress:
            synthesise(made, scale=scale, seed=seed, progress=progress)
        # Beside the record, not in it: the report reads adverts once they are coded.
        adverts = out / "synthetic-adverts"
        write_adverts(adverts, seed=seed)
        coded_parquet([adverts / "adverts"], made / "synthetic-coded-adverts.parquet")
        invented_chapter(out / "synthetic-literature", made / "literature", seed=seed)
    if not (made / SCOPE_FILE).exists():
        # So that whoever reports on these files again asks what the demo asked.
        asks = '# As the report that skillmix began with.\nmonth = "2020-06"\n'
        write_whole(made / SCOPE_FILE, asks.encode())
    asked = options.scope_of(None, [made])
    print(_write([made], out, asked, store, None, engine, internal=False))


def _write(
    inputs: list[Path],
    out: Path,
    scope: Scope,
    store: Path | None,
    mapping: Path | None,
    engine: options.EngineName,
    *,
    internal: bool,
    editions: bool = True,
    afresh: bool = False,
) -> Path:
    from skillmix.cli.places import refuse_absent
    from skillmix.report.build import build_report

    found = options.read(inputs, store=store, mapping=mapping)
    refuse_absent(scope, found)
    with bar("Answering questions") as progress:
        return build_report(
            found,
            scope,
            options.engine_of(engine),
            out,
            internal=internal,
            editions=editions,
            progress=progress,
            memory=options.memory_of(store, afresh=afresh),
        )
