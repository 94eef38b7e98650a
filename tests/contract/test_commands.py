"""Every command of the registry is there, says what its help says, and loads late."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys

import pytest
import typer

from skillmix.cli.main import COMMANDS

HEAVY = ("ibis", "duckdb", "pyarrow", "numpy", "scipy", "fastapi", "vl_convert")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_a_command_exists_and_its_help_is_its_first_line(command):
    module, _, attribute = command.target.partition(":")
    found = getattr(importlib.import_module(module), attribute)
    if isinstance(found, typer.Typer):
        assert found.registered_commands or found.registered_groups
    else:
        assert (inspect.getdoc(found) or "").partition("\n")[0] == command.help
    assert command.help.endswith(".")


def test_help_loads_nothing_heavy():
    code = (
        "import sys, skillmix.cli.main as m\n"
        "try: m.app(['--help'])\n"
        "except SystemExit: pass\n"
        f"print('LOADED', [n for n in {HEAVY!r} if n in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "LOADED []"
