"""Check a strategy: what each line says, and what a librarian would ask about it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from skillmix.cli.literature.options import EXAMPLE, As, Format, print_json


def lint(
    strategy: Annotated[
        str, typer.Argument(help="Name of an example, or a TOML file.")
    ] = EXAMPLE,
    format: As = Format.table,  # noqa: A002
) -> None:
    """Check a strategy and say what each finding means; exit 1 if it has errors."""
    from skillmix.literature.strategy.lint import lint as check
    from skillmix.literature.strategy.strategy import find_strategy

    chosen = find_strategy(strategy)
    faults = check(chosen)
    if format is Format.json:
        print_json(
            {
                "schema": "skillmix.literature.lint/1",
                "strategy": chosen.name,
                "faults": [
                    {
                        "slug": f.slug,
                        "severity": f.severity,
                        "line": f.line,
                        "at": list(f.at),
                        "what": f.what,
                        "remedy": f.remedy,
                    }
                    for f in faults
                ],
            }
        )
    else:
        console = Console(highlight=False, soft_wrap=True)
        for f in faults:
            place = f"line {f.line}" if f.line not in ("", "combine") else f.line
            console.print(
                f"{f.severity}: {place or 'strategy'}: {f.what} {f.remedy} [{f.slug}]",
                markup=False,
            )
        if not faults:
            console.print("Nothing found.")
    if any(f.severity == "error" for f in faults):
        raise typer.Exit(code=1)
