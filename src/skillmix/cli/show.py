"""`skillmix list` and `skillmix show`: the questions, and one answer."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from skillmix.cli import options


def list_analyses(
    format: Annotated[  # noqa: A002
        options.ListFormat, typer.Option()
    ] = options.ListFormat.table,
) -> None:
    """List every analysis with its question."""
    from skillmix.catalogue import catalogue
    from skillmix.report import shapes

    analyses = list(catalogue().values())
    if format is options.ListFormat.json:
        print(shapes.as_json(shapes.listed(analyses)))
        return
    width = max(len(a.name) for a in analyses)
    for a in analyses:
        print(f"{a.name:<{width}}  {a.question}")


def show(
    name: Annotated[
        str, typer.Argument(help="Name of an analysis, as `skillmix list` gives it.")
    ],
    inputs: options.Inputs,
    format: Annotated[  # noqa: A002
        options.ShowFormat,
        typer.Option(help="On the screen, for programs, or the figure alone."),
    ] = options.ShowFormat.table,
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
    afresh: options.Afresh = False,
) -> None:
    """Answer one question from the inputs."""
    from skillmix.catalogue import find
    from skillmix.cli import present
    from skillmix.cli.places import refuse_absent
    from skillmix.pipeline import open_session
    from skillmix.report import shapes

    analysis = find(name)
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
    found = options.read(inputs, store=store, mapping=mapping)
    refuse_absent(asked, found)
    memory = options.memory_of(store, afresh=afresh)
    running = options.engine_of(engine)
    with open_session(found, asked, running, memory=memory) as session:
        internal = disclosure is options.Disclosure.internal
        run = session.run_unprotected if internal else session.run
        published = run(analysis)
    match format:
        case options.ShowFormat.json:
            print(shapes.as_json(shapes.shown(analysis, published)))
        case options.ShowFormat.csv:
            print(shapes.as_csv(analysis, published), end="")
        case options.ShowFormat.svg:
            from skillmix.report.figure import figure_svg

            print(figure_svg(analysis, published))
        case options.ShowFormat.table:
            present.print_result(analysis, published, Console())
