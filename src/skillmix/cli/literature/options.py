"""Options that several commands of the review share."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

EXAMPLE = "nuffield-2020"
Exports = Annotated[list[Path], typer.Argument(help="Exports, or folders of them.")]
Name = Annotated[
    str, typer.Option("--strategy", help="Name of an example, or a TOML file.")
]
Links = Annotated[
    Path | None,
    typer.Option(help="CSV of pairs you decided: one, two, decision, by."),
]
Prefer = Annotated[
    list[str] | None, typer.Option(help="Database whose record to keep; repeatable.")
]


class Format(StrEnum):
    """How an answer is printed."""

    table = "table"
    json = "json"


As = Annotated[Format, typer.Option("--format", help="A table to read, or JSON.")]


def print_json(told: Any) -> None:
    """Print JSON with the accents readable."""
    print(json.dumps(told, indent=2, ensure_ascii=False))
