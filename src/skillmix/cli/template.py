"""`skillmix template`: empty files in the layouts that tables are read from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def template(
    name: Annotated[
        str | None, typer.Argument(help="Name of a table; none lists them.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path(),
) -> None:
    """Write an empty file in the layout that a table is read from."""
    import inspect

    from skillmix.schema.supplied import SUPPLIED_TABLES
    from skillmix.sources.template import template_names, write_template

    if name is not None:
        for path in write_template(name, out):
            print(path)
        return
    width = max(map(len, template_names()))
    for table in SUPPLIED_TABLES:
        about = (inspect.getdoc(table) or "").partition("\n")[0]
        print(f"{table.name:<{width}}  {about}")
