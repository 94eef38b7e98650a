"""Exports in, a strategy run, duplicates joined: what a search found, as one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from skillmix.literature.dedupe.groups import Deduplicated, Group, Link, deduplicate
from skillmix.literature.flow import Flow, by_database
from skillmix.literature.index import Mask, build_index
from skillmix.literature.match import Findings, Occurrence, run
from skillmix.literature.reading.exports import read_exports
from skillmix.literature.record import FileReading, Record
from skillmix.literature.strategy.strategy import Strategy
from skillmix.literature.strategy.tree import formula

Progress = Callable[[str, int, int], None]
Decided = Mapping[frozenset[str], tuple[str, str]]
SCHEMA = "skillmix.literature.search/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A publication the strategy finds, and by what."""

    group: Group
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a search of exports found.

    Attributes:
        strategy: The strategy run.
        readings: What each file was.
        records: All records read, in order.
        findings: Which record matches what.
        unique: The records grouped by publication.
        groups: Publications found: any of their records matches.
        place_of: Where each record id stands among the records.
    """

    strategy: Strategy
    readings: tuple[FileReading, ...]
    records: tuple[Record, ...]
    findings: Findings
    unique: Deduplicated
    groups: tuple[Group, ...]
    place_of: Mapping[str, int]

    @property
    def flow(self) -> Flow:
        """The PRISMA flow up to screening."""
        return Flow(
            identified=by_database(self.records),
            duplicates=self.unique.removed,
            outside=len(self.unique.groups) - len(self.groups),
            screened=len(self.groups),
        )

    def found(self) -> tuple[Found, ...]:
        """Return the publications found, with every term that matched and where.

        Terms are looked up in the first record of each that the strategy finds.
        """
        return tuple(
            Found(group=group, occurrences=self.occurrences(group))
            for group in self.groups
        )

    def occurrences(self, group: Group) -> tuple[Occurrence, ...]:
        """Return which term of which line matched where in a publication."""
        places = [self.place_of[i] for i in group.records]
        matching = [p for p in places if self.findings.found[p]]
        return self.findings.occurrences((matching or places)[0])

    def line_counts(self) -> list[dict[str, Any]]:
        """Return for each line how many records it finds, by database."""
        return [
            {
                "label": line.label,
                "formula": formula(line.parsed.tree) if line.parsed.tree else "",
                "note": line.note,
                "records": int(self.findings.by_line[line.label].sum()),
                "by_database": self._by_database(self.findings.by_line[line.label]),
            }
            for line in self.strategy.lines
        ]

    def found_by_database(self) -> dict[str, int]:
        """Return how many records of each database the whole strategy finds."""
        return self._by_database(self.findings.found)

    def _by_database(self, mask: Mask) -> dict[str, int]:
        return by_database([self.records[int(n)] for n in np.flatnonzero(mask)])

    def as_dict(self, *, matches: bool = True) -> dict[str, Any]:
        """Return everything as documented in `docs/reference/literature-json.md`."""
        told: dict[str, Any] = {
            "schema": SCHEMA,
            "strategy": {
                "name": self.strategy.name,
                "title": self.strategy.title,
                "combine": formula(self.strategy.combination),
                "plurals": self.strategy.plurals,
                "fields": list(self.strategy.fields),
            },
            "files": [r.as_dict() for r in self.readings],
            "records": len(self.records),
            "reconciled": all(r.reconciled for r in self.readings),
            "lines": self.line_counts(),
            "found": {
                "records": int(self.findings.found.sum()),
                "by_database": self.found_by_database(),
                "publications": len(self.groups),
            },
            "duplicates": {
                "publications": len(self.unique.groups),
                "removed": self.unique.removed,
                "links": [_link(k) for k in self.unique.links],
                "possible": [_link(k) for k in self.unique.possible],
            },
            "flow": self.flow.as_dict(),
        }
        if matches:
            told["publications"] = [_publication(f) for f in self.found()]
        return told


def search(
    strategy: Strategy,
    paths: Sequence[Path],
    *,
    decided: Decided | None = None,
    prefer: Sequence[str] = (),
    progress: Progress = lambda *_: None,
) -> Search:
    """Read exports, run a strategy over them and join duplicates.

    Args:
        strategy: The strategy.
        paths: Export files, or folders of them.
        decided: People's decisions on pairs of records.
        prefer: Databases whose record stands for a publication, best first.
        progress: Told step, number done and number in all.

    Raises:
        InputNotFoundError: If no file is found.
    """
    readings = read_exports(paths, progress=progress)
    records = tuple(r for reading in readings for r in reading.records)
    progress("indexing", 0, 2)
    findings = run(strategy, build_index(records))
    progress("joining duplicates", 1, 2)
    unique = deduplicate(records, decided=decided, prefer=prefer)
    hit = {r.record_id for r, f in zip(records, findings.found, strict=True) if f}
    groups = tuple(g for g in unique.groups if hit.intersection(g.records))
    progress("done", 2, 2)
    return Search(
        strategy=strategy,
        readings=readings,
        records=records,
        findings=findings,
        unique=unique,
        groups=groups,
        place_of={r.record_id: n for n, r in enumerate(records)},
    )


def _link(link: Link) -> dict[str, Any]:
    return {
        "one": link.one,
        "two": link.two,
        "decision": link.verdict.decision,
        "rule": link.verdict.rule,
        "agree": list(link.verdict.agree),
        "differ": list(link.verdict.differ),
        "title_similarity": link.verdict.title,
        "by": link.by,
    }


def _publication(found: Found) -> dict[str, Any]:
    record = found.group.preferred
    return {
        "record_id": record.record_id,
        "records": list(found.group.records),
        "completed": dict(found.group.completed),
        "title": record.title,
        "authors": list(record.authors),
        "year": record.year,
        "journal": record.journal,
        "doi": record.doi,
        "pmid": record.pmid,
        "database": record.database,
        "file": record.file,
        "position": record.position,
        "matched": [
            {
                "line": o.line,
                "term": o.term,
                "field": o.field,
                "words": o.matched,
                "at_word": o.word,
                "plural": o.plural,
            }
            for o in found.occurrences
        ],
    }
