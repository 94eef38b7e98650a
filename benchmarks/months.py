"""Ten years of a staff record, and the month after: what keeping counted months saves.

    python benchmarks/months.py build/demo/synthetic-nhs [years]

The months of a synthetic record are set one after another, again and again, as one
file a month. All questions are asked of the record without its last month; the last
month's file is added and all are asked again; then once more with nothing kept. Seconds
and the processor's seconds of each, reading apart, and how many times less the added
month cost.
"""

from __future__ import annotations

import datetime as dt
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from skillmix.catalogue import catalogue
from skillmix.engines.duckdb import DuckDbEngine
from skillmix.memory import Memory
from skillmix.pipeline import open_session
from skillmix.schema.scope import Scope
from skillmix.sources.inputs import open_inputs
from skillmix.sources.store import Store

THREADS = 2
YEAR = 12
TABLES = ("staff-month", "absence", "leaver")
Cost = tuple[float, float]


def main(folder: Path, years: int = 10) -> None:
    with tempfile.TemporaryDirectory() as made:
        record, store = Path(made) / "record", Path(made) / "store"
        record.mkdir()
        last = write_months(folder, record, years * YEAR + 1)
        later = last.rename(Path(made) / last.name)
        read, asked = costs(record, store)
        told(f"{years} years, first time", read, asked)
        later.rename(last)
        read, month = costs(record, store)
        told("one month more", read, month)
        read, again = costs(record, store, afresh=True)
        told("the same, nothing kept", read, again)
        print(f"{'asked again costs':<26}{again[1] / month[1]:8.1f} times the month")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory':<26}{peak:8.0f} MB")


def write_months(source: Path, record: Path, months: int) -> Path:
    """Write a file a month, back from the source's last; return that of the last."""
    with duckdb.connect() as database:
        for name in TABLES:
            (path,) = source.rglob(f"*-{name}.parquet")
            held = database.read_parquet(str(path))
            known = sorted(m for (m,) in held.select("month").distinct().fetchall())
            for step in range(months):
                month = known[-1 - step % len(known)]
                at = _earlier(known[-1], step)
                held.filter(f"month = DATE '{month}'").project(
                    f"* REPLACE (DATE '{at}' AS month)"
                ).write_parquet(str(record / f"{name}-{at:%Y-%m}.parquet"))
    return max(record.glob("staff-month-*"))


def costs(record: Path, store: Path, *, afresh: bool = False) -> tuple[Cost, Cost]:
    """Return what reading the files costs, and what asking every question does."""
    began = _now()
    inputs = open_inputs([record], store=store)
    read = _now()
    kept = Store(store)
    memory = None if afresh else Memory(kept.folder / "counted", kept.content)
    engine = DuckDbEngine(threads=THREADS)
    with open_session(inputs, Scope(), engine, memory=memory) as session:
        for _ in session.answers([*catalogue().values()]):
            pass
    done = _now()
    return _between(began, read), _between(read, done)


def told(what: str, read: Cost, asked: Cost) -> None:
    print(
        f"{what:<26}{read[0]:8.1f} s read{asked[0]:8.1f} s asked"
        f"{asked[1]:8.1f} s of processor",
        flush=True,
    )


def _now() -> Cost:
    return time.perf_counter(), time.process_time()


def _between(began: Cost, done: Cost) -> Cost:
    return done[0] - began[0], done[1] - began[1]


def _earlier(month: dt.date, step: int) -> dt.date:
    years, months = divmod(month.year * YEAR + month.month - 1 - step, YEAR)
    return dt.date(years, months + 1, 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
