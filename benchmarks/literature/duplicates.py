"""Measure deduplication where the rules could not have been fitted to the answers.

    python benchmarks/literature/duplicates.py FOLDER [LABELLED]

Two measures. For the records of FOLDER the identifiers are taken away, and the pairs
that are joined without them are held against the DOIs: an answer the rules were not
shown. LABELLED is a CSV whose column `source` says `unique` or a duplicate; its
publications are parted in five by a hash, the thresholds of the rules are chosen anew
on four parts, and the fifth is measured. What no split can undo is that the rules
themselves were written with the set in view.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from reference.test_literature_duplicates import labelled_pairs
from skillmix.literature.dedupe import pairs
from skillmix.literature.dedupe.groups import deduplicate
from skillmix.literature.reading.exports import read_exports
from skillmix.literature.record import Record

PARTS = 5
GRID = {"ALIKE": (88.0, 92.0, 96.0), "NEARLY": (75.0, 80.0, 85.0)}
Pairs = set[frozenset[str]]


@dataclass(frozen=True)
class Score:
    right: int
    joined: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.joined + self.wanted)

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}, recall {self.recall:.3f} "
            f"({self.right:,} of {self.joined:,} joined pairs right, "
            f"{self.wanted:,} to be found)"
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("labelled", type=Path, nargs="?")
    told = arguments.parse_args()
    files = [p for p in sorted(told.folder.iterdir()) if p != told.labelled]
    records = tuple(r for reading in read_exports(files) for r in reading.records)
    print("DOIs and PubMed ids hidden:", hidden(records))
    if told.labelled:
        (reading,) = read_exports([told.labelled])
        truth = labelled_pairs(reading.records)
        print("labelled, DOIs hidden:     ", hidden(reading.records, truth))
        validated(reading.records, truth)


def hidden(records: Sequence[Record], truth: Pairs | None = None) -> Score:
    """Join records without their identifiers, and judge the pairs.

    By labels where there are any, else by the DOIs: then only pairs of records that
    both have one can be judged.
    """
    doi = {r.record_id: r.doi for r in records}
    blind = [replace(r, doi="", pmid="", accession="", url="") for r in records]
    joined = pairs_of(g.records for g in deduplicate(blind).groups)
    if truth is None:
        joined = {pair for pair in joined if all(doi[i] for i in pair)}
        by_doi: dict[str, list[str]] = defaultdict(list)
        for record in records:
            if record.doi:
                by_doi[record.doi].append(record.record_id)
        truth = pairs_of(by_doi.values())
    return Score(len(joined & truth), len(joined), len(truth))


def validated(records: Sequence[Record], truth: Pairs) -> None:
    """Choose thresholds on four fifths of the publications, measure on the fifth."""
    part = parts(records, truth)
    found = {choice: joined_with(records, choice) for choice in product(*GRID.values())}
    total = [0, 0, 0]
    for held in range(PARTS):
        best = max(
            found,
            key=lambda c: (
                score(found[c], truth, part, lambda p, h=held: p != h).f1,
                c == tuple(float(getattr(pairs, n)) for n in GRID),
            ),
        )
        got = score(found[best], truth, part, lambda p, h=held: p == h)
        print(f"  part {held + 1}: {dict(zip(GRID, best, strict=True))}: {got}")
        for n, count in enumerate((got.right, got.joined, got.wanted)):
            total[n] += count
    print("labelled, held out:        ", Score(*total))


def joined_with(records: Sequence[Record], choice: Sequence[float]) -> Pairs:
    before = {name: getattr(pairs, name) for name in GRID}
    try:
        for name, value in zip(GRID, choice, strict=True):
            setattr(pairs, name, value)
        return pairs_of(g.records for g in deduplicate(records).groups)
    finally:
        for name, value in before.items():
            setattr(pairs, name, value)


def parts(records: Sequence[Record], truth: Pairs) -> dict[str, int]:
    """Give all records of one publication to one part, by a hash of its first id."""
    leader = {r.record_id: r.record_id for r in records}
    for pair in truth:
        first = min(leader[i] for i in pair)
        for old in {leader[i] for i in pair}:
            leader.update({i: first for i, lead in leader.items() if lead == old})
    return {
        i: int(hashlib.sha256(lead.encode()).hexdigest(), 16) % PARTS
        for i, lead in leader.items()
    }


def score(joined: Pairs, truth: Pairs, part: dict[str, int], kept) -> Score:
    """Judge the pairs that begin in the parts kept."""
    mine = {p for p in joined if kept(part[min(p)])}
    wanted = {p for p in truth if kept(part[min(p)])}
    return Score(len(mine & wanted), len(mine), len(wanted))


def pairs_of(groups: Iterable[Sequence[str]]) -> Pairs:
    return {frozenset(p) for g in groups for p in combinations(sorted(g), 2)}


if __name__ == "__main__":
    main()
