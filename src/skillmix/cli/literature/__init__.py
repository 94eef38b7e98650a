"""The literature review: `skillmix literature`, one command for each step of it."""

from __future__ import annotations

import typer

from skillmix.cli.literature import (
    chapter,
    dedupe,
    fetch,
    outputs,
    render,
    screen,
    search,
    strategy,
)

literature = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Check, run, render and screen a literature search.",
)
literature.command()(search.search)
literature.command()(strategy.lint)
literature.command()(render.render)
literature.command()(dedupe.dedupe)
literature.add_typer(screen.screen, name="screen")
literature.command()(outputs.flow)
literature.command()(outputs.report)
literature.command()(outputs.evidence)
literature.command()(outputs.register)
literature.command()(outputs.known)
literature.command()(chapter.chapter)
literature.command()(fetch.fetch)
