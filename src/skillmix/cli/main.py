"""The command line: which commands there are, and how an error is told.

To add a command, write `cli/NAME.py` with a function (or a `typer.Typer` if it has
commands of its own) and add one line to `COMMANDS`. Nothing of the module is
imported until the command is run; the help line is the function's first line.
"""

from __future__ import annotations

import importlib.util
import io
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console

from skillmix import __version__
from skillmix.cli.lazy import Command, lazy_group
from skillmix.errors import SkillmixError

REPORTS, FIGURES, TEXTS, DATA = "Reports", "Figures", "Texts", "Data"


def _command(panel: str, name: str, target: str, told: str) -> Command:
    return Command(name=name, target=f"skillmix.cli.{target}", help=told, panel=panel)


COMMANDS = (
    _command(
        REPORTS,
        "report",
        "report:report",
        "Read the inputs and write a report: page, PDF, workbooks and CSV files.",
    ),
    _command(
        REPORTS,
        "demo",
        "report:demo",
        "Make a synthetic NHS and report on it, as at June 2020.",
    ),
    _command(
        REPORTS,
        "serve",
        "serve:serve",
        "Explore the figures of the inputs in a web browser.",
    ),
    _command(
        REPORTS,
        "replicate",
        "replicate:replicate",
        "Set the published report's printed numbers beside those computed.",
    ),
    _command(
        FIGURES,
        "list",
        "show:list_analyses",
        "List every analysis with its question.",
    ),
    _command(FIGURES, "show", "show:show", "Answer one question from the inputs."),
    _command(
        TEXTS,
        "titles",
        "titles:titles",
        "Bring job titles to roles, and say how sure each is.",
    ),
    _command(
        TEXTS,
        "adverts",
        "adverts:adverts",
        "Read job adverts, code them and set the codings beside each other.",
    ),
    _command(
        TEXTS,
        "literature",
        "literature:literature",
        "Search, screen and chart the literature.",
    ),
    _command(
        DATA,
        "check",
        "check:check",
        "Say what each file is, its period, rows, rows refused and faults.",
    ),
    _command(
        DATA,
        "template",
        "template:template",
        "Write an empty file in the layout that a table is read from.",
    ),
    _command(
        DATA,
        "synth",
        "synth:synth",
        "Make a synthetic NHS: staff record, published files and its known truth.",
    ),
)


def _exists(command: Command) -> bool:
    module = command.target.partition(":")[0]
    return importlib.util.find_spec(module) is not None


app = typer.Typer(
    cls=lazy_group([c for c in COMMANDS if _exists(c)]),
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Workforce analysis for health care: files in, a publishable report out.",
)


@app.callback(invoke_without_command=True)
def version(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.")
    ] = False,
) -> None:
    """Workforce analysis for health care: files in, a publishable report out."""
    if version:
        print(__version__)
        raise typer.Exit


def run() -> None:
    """Run the command line; every known error ends with its own exit code."""
    _speak_utf8()
    with _told():
        app()


def _speak_utf8() -> None:
    """Let nothing die on a character, and let files and pipes get UTF-8.

    A Windows console has a code page of its own, in which some labels cannot be
    printed; what is sent to a file there would be in that code page too, and no
    program that reads the JSON expects it. PYTHONIOENCODING has the last word.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            kept = stream.isatty() or "PYTHONIOENCODING" in os.environ
            stream.reconfigure(
                encoding=None if kept else "utf-8", errors="backslashreplace"
            )


@contextmanager
def _told() -> Generator[None]:
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
