"""DuckDB in the same process: the default engine, with nothing to install."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from skillmix.engines.engine import as_declared
from skillmix.errors import EngineError
from skillmix.schema.table import Table

MEMORY_LIMIT = "1500MB"


class DuckDbEngine:
    """Reads Parquet in place; what does not fit in memory goes to a temporary folder.

    Args:
        threads: Threads to use; all of the machine's if not given.
        memory_limit: Memory DuckDB may use, as DuckDB writes it.
    """

    name = "duckdb"
    version = duckdb.__version__

    def __init__(
        self, *, threads: int | None = None, memory_limit: str = MEMORY_LIMIT
    ) -> None:
        self._spill = tempfile.TemporaryDirectory(prefix="skillmix-")
        settings: dict[str, Any] = {
            "memory_limit": memory_limit,
            "temp_directory": self._spill.name,
            # Results are ordered by their keys, so order in between costs for nothing.
            "preserve_insertion_order": False,
        }
        if threads is not None:
            settings["threads"] = threads
        self._connection = ibis.duckdb.connect(**settings)

    def bind(self, table: type[Table], editions: Sequence[Path]) -> ir.Table:
        """Return the table that these Parquet editions hold together."""
        bound = self._connection.read_parquet(
            [str(path) for path in editions], table_name=f"edition_{table.name}"
        )
        return bound.select(*table.columns())

    def load(self, table: type[Table], rows: pa.Table) -> ir.Table:
        """Return a small table from memory, for joining."""
        return self._connection.create_table(f"lookup_{table.name}", rows, temp=True)

    def keep(self, table: type[Table], expression: ir.Table) -> ir.Table:
        """Run a derivation once and return its stored result."""
        return self._guarded(
            lambda: self._connection.create_table(
                f"kept_{table.name}", expression, temp=True
            )
        )

    def rows(self, expression: ir.Table) -> list[dict[str, Any]]:
        """Run an expression and return its rows; for small results only."""
        return self._guarded(lambda: expression_rows(self._connection, expression))

    def columns(self, expression: ir.Table) -> pa.Table:
        """Run an expression and return its columns; for tables of counts only."""
        query = self._connection.compile(expression)
        found = self._guarded(lambda: self._connection.con.sql(query).to_arrow_table())
        return found.cast(expression.schema().to_pyarrow())

    def close(self) -> None:
        """Give back memory and temporary files."""
        self._connection.disconnect()
        self._spill.cleanup()

    def _guarded(self, work: Any) -> Any:
        try:
            return work()
        except duckdb.OutOfMemoryException:
            raise EngineError("DuckDB ran out of memory.") from None
        except duckdb.IOException as fault:
            # The first line names the file; later ones can quote its content.
            raise EngineError(
                f"DuckDB could not read or write: {str(fault).splitlines()[0]}",
                remedy="Check that the inputs are still there and the disk has space.",
            ) from None


def expression_rows(connection: Any, expression: ir.Table) -> list[dict[str, Any]]:
    """Fetch without pandas: Ibis' own `execute` would import it for each result."""
    cursor = connection.raw_sql(connection.compile(expression))
    return as_declared(expression, cursor.fetchall())
