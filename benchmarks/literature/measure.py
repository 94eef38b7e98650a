"""Measure the review's reading, index, search, duplicates and ranking.

    python benchmarks/literature/measure.py FOLDER [LABELLED ...]

FOLDER holds exports; their records are repeated up to 18,000 for the index. Each
LABELLED is a CSV of records with a column of screening labels: "label1" with I for
included, or "label_abstract_screening" with 1, as two editions of the public drug class
reviews have it (Cohen and others, 2006, JAMIA 13:206), or "included" with 1. Without
labels no saving of work is claimed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from skillmix.literature.dedupe.groups import deduplicate
from skillmix.literature.index import build_index
from skillmix.literature.match import run
from skillmix.literature.reading.exports import read_exports
from skillmix.literature.screening.stopping import simulate
from skillmix.literature.strategy.strategy import find_strategy

RECORDS = 18_000
# Column of labels, and what it says of an included record.
LABELS = {
    "label1": ("I",),
    "labelabstractscreening": ("1", "1.0"),
    "included": ("1", "1.0"),
    "label": ("1", "1.0"),
}
SEED = 2020


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("labelled", type=Path, nargs="*")
    arguments.add_argument("--runs", type=int, default=5)
    told = arguments.parse_args()
    records = [r for reading in read(told.folder) for r in reading.records]
    repeated = (records * (RECORDS // len(records) + 1))[:RECORDS]
    with timed(f"index {len(repeated):,} records"):
        index = build_index(repeated)
    strategy = find_strategy("nuffield-2020")
    with timed(f"run the strategy over {len(index.words):,} words"):
        run(strategy, index)
    with timed(f"join duplicates among {len(records):,} records"):
        unique = deduplicate(records)
    print(f"  {len(unique.groups):,} publications, {len(unique.possible)} in doubt")
    for file in told.labelled:
        saved(file, told.runs)


def read(folder: Path):
    with timed(f"read {folder.name}"):
        return read_exports([folder])


def saved(file: Path, runs: int) -> None:
    (reading,) = read_exports([file])
    beside = [dict(r.other) for r in reading.records]
    column = next((c for c in LABELS if beside and c in beside[0]), None)
    if column is None:
        print(f"{file.name}: no labels, so nothing is claimed")
        return
    relevant = [b.get(column, "").strip() in LABELS[column] for b in beside]
    rng = np.random.default_rng(SEED)
    with timed(f"{file.name}: {runs} simulated screenings"):
        found = simulate(reading.records, relevant, rng, runs=runs)
    print(
        f"  {found.relevant} of {found.records} relevant; work saved at 95% recall "
        f"{found.work_saved:.2f} ({found.conf_low:.2f} to {found.conf_high:.2f} "
        f"over the starts)"
    )


@contextmanager
def timed(what: str) -> Iterator[None]:
    start, used = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - start, time.process_time() - used
    print(f"{wall:7.2f} s ({cpu:.2f} s of one core)  {what}")


if __name__ == "__main__":
    main()
