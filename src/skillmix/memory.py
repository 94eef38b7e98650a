"""What questions of these files gave before, kept so that nobody counts twice.

The cells of a question, and the months of tables that are sums over months, are kept
under a digest of all they rest on: the files they come from, the scope, the engine and
the code. A changed file or a new release asks anew by itself; nothing ever has to be
declared out of date.

Rejected: keeping tables that hold people's rows, hundreds of megabytes for each scope;
and keeping published answers, which a change of a rule of disclosure or of a word would
put out of date.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa

from skillmix.writing import write_whole

FORMAT = 2
# Some thirty reports' worth; beyond that what was asked for longest ago goes.
MOST_KEPT = 5000
# The rooms whose code and lists decide what a cell holds. Words, figures, pages and
# disclosure come after it.
_DECIDING = (
    *("analyses", "cohorts", "derive", "engines", "measures", "schema"),
    *("statistics", "titles", "catalogue.py", "counting.py", "pipeline.py"),
    "memory.py",
)
_WRITTEN: Mapping[type, Callable[[Any], Any]] = {
    bool: bool,
    int: int,
    float: float,
    str: str,
    Decimal: str,
    dt.date: dt.date.isoformat,
}
_READ: Mapping[str, Callable[[Any], Any]] = {
    "Decimal": Decimal,
    "date": dt.date.fromisoformat,
}
Cells = list[dict[str, Any]]


class Memory:
    """A folder of cells that were counted before.

    They are counts from before disclosure control, so they are kept for their owner's
    eyes alone, like the editions of the record beside them.

    Args:
        folder: Where; made if need be.
        digest: Gives the digest of an edition's content.
    """

    def __init__(self, folder: Path, digest: Callable[[Path], str]) -> None:
        self._folder = folder
        self._digest = digest
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._sweep()

    def key(self, *told: str, editions: Mapping[str, Iterable[Path]]) -> str | None:
        """Return the digest of a question and all it rests on.

        Args:
            told: The question, the scope, the engine.
            editions: For each table it reads in the end, the files that hold it.

        Returns:
            The key, or None if a file can no longer be read.
        """
        lines = [str(FORMAT), code_digest(), *told]
        try:
            for table, paths in sorted(editions.items()):
                lines.append(" ".join([table, *sorted(map(self._digest, paths))]))
        except OSError:
            return None
        return sha256("\n".join(lines).encode()).hexdigest()

    def recall(self, key: str) -> Cells | None:
        """Return the cells kept under a key, or None."""
        path = self._folder / f"{key}.json"
        try:
            kept = json.loads(path.read_text("utf-8"))
            # What is asked for often outlives the sweep.
            os.utime(path)
            names = [name for name, _ in kept["columns"]]
            columns = [
                _read_back(values, kind)
                for (_, kind), values in zip(
                    kept["columns"], kept["values"], strict=True
                )
            ]
            return [
                dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)
            ]
        except (OSError, ValueError, KeyError, TypeError, ArithmeticError):
            # Lost, cut short or of another make: counted again, and written anew.
            return None

    def keep(self, key: str, cells: Sequence[Mapping[str, Any]]) -> None:
        """Keep cells, if each column is of one type that can be read back exactly."""
        names = list(cells[0]) if cells else []
        kinds: list[type] = []
        for name in names:
            held = {type(cell[name]) for cell in cells} - {type(None)}
            if len(held) > 1 or not held <= _WRITTEN.keys():
                return
            kinds.append(held.pop() if held else str)
        kept = {
            "columns": [[n, k.__name__] for n, k in zip(names, kinds, strict=True)],
            "values": [
                [None if cell[n] is None else _WRITTEN[k](cell[n]) for cell in cells]
                for n, k in zip(names, kinds, strict=True)
            ],
        }
        # A full or locked disk costs the next run its time, not this run its answer.
        with suppress(OSError):
            content = json.dumps(kept, separators=(",", ":")).encode()
            write_whole(self._folder / f"{key}.json", content, mode=0o600)

    def recall_table(self, key: str) -> pa.Table | None:
        """Return a table of counts kept under a key, or None."""
        import pyarrow.parquet as pq

        path = self._folder / f"{key}.parquet"
        try:
            os.utime(path)
            return pq.read_table(path)
        except (OSError, pa.ArrowException):
            return None

    def keep_table(self, key: str, rows: pa.Table) -> None:
        """Keep a table of counts, which holds no person."""
        import pyarrow.parquet as pq

        content = pa.BufferOutputStream()
        pq.write_table(rows, content)
        with suppress(OSError):
            path = self._folder / f"{key}.parquet"
            write_whole(path, content.getvalue().to_pybytes(), mode=0o600)

    def _sweep(self) -> None:
        """Remove what was asked for longest ago, once there is too much."""
        kept = [*self._folder.glob("*.json"), *self._folder.glob("*.parquet")]
        if len(kept) > MOST_KEPT:
            kept.sort(key=lambda path: path.stat().st_mtime)
            for path in kept[: len(kept) - MOST_KEPT * 3 // 4]:
                path.unlink(missing_ok=True)


def _read_back(values: Sequence[Any], kind: str) -> Sequence[Any]:
    read = _READ.get(kind)
    if read is None:
        return values
    return [None if value is None else read(value) for value in values]


@cache
def code_digest() -> str:
    """Return a digest of the code and lists that decide what a cell holds."""
    package = files("skillmix")
    summed = sha256()
    for name in _DECIDING:
        for path, content in sorted(_contents(package.joinpath(name), name)):
            summed.update(path.encode() + b"\n" + content)
    return summed.hexdigest()


def _contents(place: Any, path: str) -> Iterable[tuple[str, bytes]]:
    if place.is_dir():
        for inner in place.iterdir():
            yield from _contents(inner, f"{path}/{inner.name}")
    elif path.endswith((".py", ".csv", ".toml", ".txt")):
        yield path, place.read_bytes()
