"""All careers analyses on one staff record: seconds, processor seconds and memory.

    python benchmarks/careers.py build/demo/synthetic-nhs

Counts questions of progression, retention, diversity and pay that read a staff
record, tables derived on the way included; reading the files is not counted.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from skillmix.catalogue import catalogue
from skillmix.engines.duckdb import DuckDbEngine
from skillmix.errors import MissingInputError
from skillmix.pipeline import open_session
from skillmix.schema.scope import Scope, parse_month
from skillmix.sources.inputs import open_inputs

CHAPTERS = ("progression", "retention", "diversity", "pay")
THREADS = 2


def main(folder: Path, month: str = "2020-06") -> None:
    inputs = open_inputs([folder])
    scope = Scope(month=parse_month(month))
    with open_session(inputs, scope, DuckDbEngine(threads=THREADS)) as session:
        wall, processor = time.perf_counter(), time.process_time()
        for analysis in catalogue().values():
            if analysis.chapter not in CHAPTERS:
                continue
            began = time.perf_counter()
            try:
                rows = len(session.run(analysis).rows)
            except MissingInputError:
                continue
            print(f"{analysis.name:<36}{time.perf_counter() - began:8.2f} s{rows:8,}")
        print(f"{'all, wall':<36}{time.perf_counter() - wall:8.2f} s")
        print(f"{'all, processor':<36}{time.process_time() - processor:8.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory':<36}{peak:8.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
