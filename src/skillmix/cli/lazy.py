"""Commands that are imported only when they are run.

`skillmix --help` has to answer at once on a slow laptop, and one missing optional
library must not stop every other command; so the help is made from the registry in
`skillmix.cli.main`, and a command's module is loaded when its name is typed.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command of the registry.

    Attributes:
        name: What the user types.
        target: `module:attribute`: a function with Typer's annotations, or a
            `typer.Typer` for a command with commands of its own.
        help: One sentence for `skillmix --help`: the function's first line.
        panel: The heading it is listed under.
    """

    name: str
    target: str
    help: str
    panel: str

    def load(self) -> Any:
        """Import the command and return it as Typer runs it."""
        module, _, attribute = self.target.partition(":")
        found = getattr(importlib.import_module(module), attribute)
        if isinstance(found, typer.Typer):
            loaded = typer.main.get_command(found)
        else:
            alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            alone.command(name=self.name)(found)
            loaded = typer.main.get_command(alone)
        loaded.name = self.name
        return loaded


def lazy_group(commands: Sequence[Command]) -> type[TyperGroup]:
    """Return a group that lists these commands and imports the one that is run."""
    known = {command.name: command for command in commands}

    class LazyGroup(TyperGroup):
        """The group of commands of the registry."""

        def __init__(self, **attrs: Any) -> None:
            super().__init__(**attrs)
            for c in commands:
                self.add_command(
                    TyperCommand(name=c.name, help=c.help, rich_help_panel=c.panel)
                )

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            name, found, rest = super().resolve_command(ctx, args)
            return name, known[name].load() if name in known else found, rest

    return LazyGroup
