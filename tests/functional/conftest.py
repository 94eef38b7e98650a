"""The command line as a user runs it, with real files and with a small made-up NHS."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from skillmix.cli import main
from skillmix.sources.inputs import Inputs, open_inputs

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
PLAIN = {"COLUMNS": "120", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
WITH_STORE = ("report", "show", "check", "replicate")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where editions are kept for the session."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="session")
def skillmix(store: Path) -> Skillmix:
    """Run a command as `skillmix` does, in this process: starting one takes longer."""

    def run(*arguments: object, within: Path | None = None) -> Ran:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
        with pytest.MonkeyPatch.context() as patch:
            for name, value in PLAIN.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["skillmix", *_words(arguments, store)])
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            if within is not None:
                patch.chdir(within)
            code = _code_of(main.run)
        return Ran(code=code, out=_printed(out), err=_printed(err))

    return run


@pytest.fixture(scope="session")
def skillmix_process(store: Path) -> Skillmix:
    """Run a command in a process of its own."""

    def run(*arguments: object, within: Path | None = None) -> Ran:
        done = subprocess.run(
            [sys.executable, *WARNINGS, "-m", "skillmix", *_words(arguments, store)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
            cwd=within,
            env={**os.environ, **PLAIN},
        )
        return Ran(code=done.returncode, out=done.stdout, err=done.stderr)

    return run


def _words(arguments: Sequence[object], store: Path) -> list[str]:
    words = [str(a) for a in arguments]
    if words and words[0] in WITH_STORE and "--store" not in words:
        words += ["--store", str(store)]
    return words


def _code_of(run: Callable[[], None]) -> int:
    try:
        run()
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    return 0


def _printed(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


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


@pytest.fixture(scope="session")
def inputs(tiny_nhs: Path, store: Path) -> Inputs:
    """The same, read."""
    return open_inputs([tiny_nhs], store=store)
