"""Every case of every spec file, on every engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from skillmix.engines.duckdb import DuckDbEngine
from skillmix.memory import Memory
from skillmix.sources.store import digest
from spec.harness import Case, cases, check, run_case

CASES = list(cases())


@pytest.fixture(scope="session")
def spark_session() -> Iterator[object]:
    if find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("PySpark or a Java runtime is absent: Spark was not checked")
    from skillmix.engines.spark import SparkEngine

    engine = SparkEngine(master="local[1]")
    # A handful of rows: compiling each stage would take longer than running it.
    for name, value in (
        ("spark.sql.codegen.wholeStage", "false"),
        ("spark.sql.codegen.factoryMode", "NO_CODEGEN"),
        ("spark.sql.shuffle.partitions", "1"),
        ("spark.sql.adaptive.enabled", "false"),
    ):
        engine.session.conf.set(name, value)
    yield engine.session
    engine.close()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_duckdb_gives_what_the_spec_says(case: Case, tmp_path: Path) -> None:
    engine = DuckDbEngine(threads=1)
    try:
        check(case, run_case(case, engine, tmp_path))
    finally:
        engine.close()


# Py4J leaves its sockets to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.spark
@pytest.mark.parametrize("case", CASES, ids=str)
def test_spark_gives_what_the_spec_says(
    case: Case, tmp_path: Path, spark_session: object
) -> None:
    """With a memory, so that months counted apart are held to the same specs."""
    from skillmix.engines.spark import SparkEngine

    engine = SparkEngine(session=spark_session)
    memory = Memory(tmp_path / "counted", digest)
    try:
        check(case, run_case(case, engine, tmp_path, memory))
    finally:
        engine.close()
