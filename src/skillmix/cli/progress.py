"""A progress bar on the terminal for anything that takes more than a second."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

Report = Callable[[str, int, int], None]


@contextmanager
def bar(title: str, *, quiet: bool = False) -> Generator[Report]:
    """Show a bar on the error stream, so that piped output stays clean."""
    console = Console(stderr=True, quiet=quiet)
    columns = (
        TextColumn("{task.fields[title]:<22}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}/{task.total:.0f} {task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=1, title=title)

        def report(step: str, done: int, of: int) -> None:
            progress.update(task, description=step[:48], completed=done, total=of)

        yield report
