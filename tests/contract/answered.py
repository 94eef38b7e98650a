"""The answer of every analysis to its first spec, worked out once a session."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from skillmix.engines.duckdb import DuckDbEngine
from skillmix.schema.results import Published
from spec.harness import cases, run_case

FIRST = {case.analysis: case for case in reversed(list(cases()))}


@cache
def answered(name: str) -> Published:
    """Run the first case of an analysis on DuckDB."""
    engine = DuckDbEngine(threads=1)
    try:
        with tempfile.TemporaryDirectory() as folder:
            return run_case(FIRST[name], engine, Path(folder))
    finally:
        engine.close()
