"""Write a strategy for the platforms it will be run on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skillmix.cli.literature.options import EXAMPLE, Format, print_json


def render(
    strategy: Annotated[
        str, typer.Argument(help="Name of an example, or a TOML file.")
    ] = EXAMPLE,
    platform: Annotated[
        list[str] | None, typer.Option(help="Platform; repeatable; all if not given.")
    ] = None,
    format: Annotated[  # noqa: A002
        Format, typer.Option("--format", help="Text to paste, or JSON.")
    ] = Format.table,
    out: Annotated[
        Path | None, typer.Option(help="Folder for one text file a platform.")
    ] = None,
) -> None:
    """Write a strategy in each platform's syntax, and say where meaning changes."""
    from skillmix.literature.platforms.render import PLATFORMS
    from skillmix.literature.platforms.render import render as write
    from skillmix.literature.platforms.text import as_dict, as_text
    from skillmix.literature.strategy.strategy import find_strategy
    from skillmix.literature.tables import write_text

    chosen = find_strategy(strategy)
    rendered = [write(chosen, name) for name in platform or PLATFORMS]
    if out is not None:
        for one in rendered:
            write_text(out / f"{chosen.name}-{one.platform}.txt", as_text(one))
    if format is Format.json:
        print_json(
            {
                "schema": "skillmix.literature.render/1",
                "strategy": chosen.name,
                "platforms": [as_dict(one) for one in rendered],
            }
        )
        return
    print("\n".join(as_text(one) for one in rendered))
