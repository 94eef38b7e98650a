"""The command line as a user runs it, with real files and with a small made-up NHS."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SCALE = 0.01
# Every warning is an error, but for a call that Ibis makes and DuckDB deprecates.
WARNINGS = ("-W", "error", "-W", "ignore:fetch_arrow_table:DeprecationWarning")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Skillmix = Callable[..., Ran]


@pytest.fixture(scope="session")
def skillmix(tmp_path_factory: pytest.TempPathFactory) -> Skillmix:
    """Run a command in a process of its own; editions are kept for the session."""
    store = tmp_path_factory.mktemp("store")
    plain = {"COLUMNS": "120", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
    with_store = ("report", "show", "check", "replicate")

    def run(*arguments: object, within: Path | None = None) -> Ran:
        words = [str(a) for a in arguments]
        if words and words[0] in with_store and "--store" not in words:
            words += ["--store", str(store)]
        done = subprocess.run(
            [sys.executable, *WARNINGS, "-m", "skillmix", *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
            cwd=within,
            env={**os.environ, **plain},
        )
        return Ran(code=done.returncode, out=done.stdout, err=done.stderr)

    return run


@pytest.fixture(scope="session")
def published(shared: Path) -> Path:
    """Real published files."""
    return shared / "data" / "published"


@pytest.fixture(scope="session")
def tiny_nhs(tmp_path_factory: pytest.TempPathFactory, skillmix: Skillmix) -> Path:
    """One hundredth of a synthetic NHS."""
    made = tmp_path_factory.mktemp("nhs") / "made"
    ran = skillmix("synth", made, "--scale", SCALE)
    assert ran.code == 0, ran.err
    return made
