"""Spark for what one machine cannot hold: the same expressions, the same answers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from skillmix.engines.engine import as_declared
from skillmix.errors import EngineError
from skillmix.schema.table import Table

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

INSTALL = "Install `skillmix[spark]` with pip, and a Java runtime (17 or 21)."


class SparkEngine:
    """Runs on a Spark session of its own, local unless the environment names a master.

    Args:
        session: A session that exists already (a cluster's, a notebook's); it is
            left running when the engine closes.
        master: Where to run if there is none, for example `local[2]`.

    Raises:
        EngineError: If PySpark or a Java runtime is missing.
    """

    name = "spark"

    def __init__(
        self, *, session: SparkSession | None = None, master: str = "local[*]"
    ) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="skillmix-spark-")
        self._owned = session is None
        self.session = session or _start(master, Path(self._place.name))
        self._connection = ibis.pyspark.connect(self.session)
        self.version = str(self.session.version)
        self._kept: list[Any] = []

    def bind(self, table: type[Table], editions: Sequence[Path]) -> ir.Table:
        """Return the table that these Parquet editions hold together."""
        frame = self.session.read.schema(_spark_schema(table.arrow_schema())).parquet(
            *(str(path) for path in editions)
        )
        return self._view(f"edition_{table.name}", frame, table)

    def load(self, table: type[Table], rows: pa.Table) -> ir.Table:
        """Return a small table from memory, for joining."""
        # Through Parquet: handing rows over one by one would need pandas.
        path = Path(self._place.name) / f"{table.name}.parquet"
        pq.write_table(rows, path)
        # In the rows' own types: sums are wider than the columns they are sums of.
        frame = self.session.read.schema(_spark_schema(rows.schema)).parquet(str(path))
        return self._view(f"loaded_{table.name}", frame, table)

    def keep(self, table: type[Table], expression: ir.Table) -> ir.Table:
        """Run a derivation once and return its stored result."""
        frame = self._guarded(
            lambda: self.session.sql(self._connection.compile(expression)).cache()
        )
        self._kept.append(frame)
        name = f"kept_{table.name}"
        frame.createOrReplaceTempView(name)
        return self._connection.table(name)

    def rows(self, expression: ir.Table) -> list[dict[str, Any]]:
        """Run an expression and return its rows; for small results only."""
        query = self._connection.compile(expression)
        found = self._guarded(lambda: self.session.sql(query).collect())
        return as_declared(expression, found)

    def columns(self, expression: ir.Table) -> pa.Table:
        """Run an expression and return its columns; for tables of counts only."""
        query = self._connection.compile(expression)
        found = self._guarded(lambda: self.session.sql(query).toArrow())
        return found.cast(expression.schema().to_pyarrow())

    def close(self) -> None:
        """Give back memory and temporary files."""
        for frame in self._kept:
            frame.unpersist()
        if self._owned:
            self.session.stop()
        self._place.cleanup()

    def _view(self, name: str, frame: Any, table: type[Table]) -> ir.Table:
        frame.createOrReplaceTempView(name)
        return self._connection.table(name).select(*table.columns())

    def _guarded(self, work: Callable[[], Any]) -> Any:
        from pyspark.errors import PySparkException

        try:
            return work()
        except PySparkException as fault:
            # Only the class of error: Spark's own text can quote values.
            slug = fault.getCondition() or type(fault).__name__
            raise EngineError(f"Spark could not run the query ({slug}).") from None


def _start(master: str, place: Path) -> SparkSession:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineError("PySpark is not installed.", remedy=INSTALL) from None
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # The default of 200 is meant for clusters; locally it is all overhead.
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.session.timeZone": "UTC",
        # Two engines in one process must not share a warehouse or a metastore.
        "spark.sql.warehouse.dir": str(place / "warehouse"),
        "spark.driver.extraJavaOptions": f"-Dderby.system.home={place}",
        "spark.log.level": "ERROR",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    builder: Any = SparkSession.builder
    builder = builder.appName("skillmix").master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, RuntimeError, OSError):
        raise EngineError("Spark could not be started.", remedy=INSTALL) from None


def _spark_schema(schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)
