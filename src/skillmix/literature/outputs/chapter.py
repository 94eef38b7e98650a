"""The tables that a report's chapter on the evidence is made of.

A report reads tables, never exports: what a review found is worked out once, by the
commands of the review, and the report shows it in every edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from skillmix.literature.known import KnownItems
from skillmix.literature.outputs.evidence import evidence_rows
from skillmix.literature.outputs.register import Claim, Register
from skillmix.literature.outputs.search_report import (
    PLATFORM_OF,
    prisma_s_items,
    without_marks,
)
from skillmix.literature.platforms.platform import Rendered
from skillmix.literature.platforms.render import render
from skillmix.literature.screening.agreement import outcomes, reasons
from skillmix.literature.screening.log import (
    EXCLUDE,
    FULL_TEXT,
    INCLUDE,
    NOT_RETRIEVED,
    TITLE_ABSTRACT,
    Decision,
)
from skillmix.literature.search import Search
from skillmix.literature.tables import write_parquet
from skillmix.schema.reviews import (
    REVIEW_TABLES,
    CitedClaim,
    ExtractedWork,
    KnownWork,
    ReviewRecord,
    SearchItem,
    SearchLine,
    SuggestedTerm,
)
from skillmix.schema.table import Table

NOT_STATED, NONE, WHOLE = "not_stated", "none", "whole_strategy"
NOT_EXTRACTED, BLANK = "not_extracted", "not filled in"
Rows = list[dict[str, Any]]
_FIRST = {EXCLUDE: "excluded", INCLUDE: "sought"}
_SECOND = {
    EXCLUDE: "excluded_full_text",
    INCLUDE: "included",
    NOT_RETRIEVED: "not_retrieved",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review as far as it has come.

    Attributes:
        search: What was found.
        decisions: The screening log; None if screening has not begun.
        screeners: How many must decide each record.
        extracted: What was extracted from included publications, by record id.
        known: The check of known works, if there are any.
        register: The register of the report, if there is one.
    """

    search: Search
    decisions: Sequence[Decision] | None = None
    screeners: int = 2
    extracted: Mapping[str, Mapping[str, str]]
    known: KnownItems | None = None
    register: Register | None = None


def chapter_tables(review: Review) -> dict[type[Table], pa.Table]:
    """Return the tables of a review that have any rows."""
    name = review.search.strategy.name
    ended = _outcomes(review)
    made: dict[type[Table], Rows] = {
        ReviewRecord: list(_records(review, ended)),
        SearchLine: list(_lines(review.search)),
        SearchItem: _items(review.search),
        KnownWork: _known(review.known),
        SuggestedTerm: _terms(review.known),
        ExtractedWork: list(_extracted(review, ended)),
        CitedClaim: list(_claims(review.register)),
    }
    return {
        table: pa.Table.from_pylist(
            [{"review": name, **row} for row in rows], schema=table.arrow_schema()
        )
        for table, rows in made.items()
        if rows
    }


def write_chapter(review: Review, folder: Path) -> list[Path]:
    """Write the tables of a review as Parquet, one file each; return the files.

    A table that an earlier run wrote to the folder and this one has no rows for is
    removed, or the report would show it still.

    Raises:
        OutputError: If the folder cannot be written to.
    """
    tables = chapter_tables(review)
    written: list[Path] = []
    for table in REVIEW_TABLES:
        path = folder / f"{table.name}.parquet"
        if table in tables:
            write_parquet(path, tables[table])
            written.append(path)
        else:
            path.unlink(missing_ok=True)
    return written


def _outcomes(review: Review) -> dict[str, str]:
    """Return where each publication that the strategy finds has come to."""
    ids = [g.preferred.record_id for g in review.search.groups]
    log = review.decisions
    if log is None:
        return dict.fromkeys(ids, "to_screen")
    first = outcomes(log, TITLE_ABSTRACT, ids, review.screeners)
    ended = {i: _FIRST.get(what, "undecided") for i, what in first.items()}
    sought = [i for i, what in ended.items() if what == "sought"]
    second = outcomes(log, FULL_TEXT, sought, review.screeners)
    return ended | {
        i: _SECOND.get(what, "undecided_full_text") for i, what in second.items()
    }


def _records(review: Review, ended: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    search = review.search
    labels = {str(c["id"]): str(c["label"]) for c in search.strategy.criteria}
    stands = {i: g.preferred.record_id for g in search.unique.groups for i in g.records}
    for record, found in zip(search.records, search.findings.found, strict=True):
        first = stands[record.record_id]
        outcome = ended.get(first, "outside_strategy")
        if record.record_id != first:
            outcome = "duplicate"
        reason = None
        if outcome == "excluded_full_text":
            given = reasons(review.decisions or (), FULL_TEXT, first)
            reason = f"Not: {labels[given]}" if given in labels else given or None
        yield {
            "record_id": record.record_id,
            "publication": first,
            "database": record.database or NOT_STATED,
            "file": record.file,
            "published_in": record.year,
            "found": bool(found),
            "outcome": outcome,
            "reason": reason,
        }


def _lines(search: Search) -> Iterator[dict[str, Any]]:
    strategy = search.strategy
    counts = search.line_counts()
    read = {r.database for r in search.records}
    for database in dict.fromkeys((*strategy.databases, *sorted(read))):
        written = _written(search, database)
        texts = dict(written.lines) if written else {}
        for line in counts:
            yield {
                "database": database or NOT_STATED,
                "search_line": line["label"],
                "search_text": texts.get(line["label"]) or line["formula"] or NONE,
                "found": _found(line["by_database"], database, read),
            }
        combined = written.combination if written else strategy.combine
        yield {
            "database": database or NOT_STATED,
            "search_line": WHOLE,
            "search_text": combined or (written.whole if written else "") or NONE,
            "found": _found(search.found_by_database(), database, read),
        }


def _written(search: Search, database: str) -> Rendered | None:
    """Return the strategy as the database's platform has it, if one is known."""
    platform = PLATFORM_OF.get(database)
    return render(search.strategy, platform) if platform else None


def _found(counts: Mapping[str, int], database: str, read: set[str]) -> int | None:
    """Return what a line finds; None where nothing of the database was read."""
    return counts.get(database or "not stated", 0) if database in read else None


def _items(search: Search) -> Rows:
    return [
        {
            "number": number,
            "item": item.name,
            "told": without_marks(item.told),
            "state": "to_fill_in" if item.asked else "reported",
        }
        for number, item in enumerate(prisma_s_items(search), 1)
    ]


def _known(known: KnownItems | None) -> Rows:
    return [
        {
            "number": number,
            "work": one.item.title,
            "published_in": one.item.year,
            "exported": bool(one.exported),
            "state": "found" if one.found else "missed",
            "missed_by": _lines_named(one.missing),
        }
        for number, one in enumerate(known.items if known else (), 1)
    ]


def _lines_named(labels: Sequence[str]) -> str:
    if not labels:
        return NONE
    return f"{'Line' if len(labels) == 1 else 'Lines'} {', '.join(labels)}"


def _terms(known: KnownItems | None) -> Rows:
    return [
        {
            "search_line": one.line,
            "term": one.term,
            "gains": one.gains,
            "finds": one.finds,
            "cost": one.cost,
        }
        for one in (known.suggestions if known else ())
    ]


def _extracted(review: Review, ended: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    groups = (g.preferred for g in review.search.groups)
    included = [r for r in groups if ended[r.record_id] == "included"]
    years = {r.record_id: r.year for r in included}
    for row in evidence_rows(included, review.extracted):
        yield {
            "record_id": row["record_id"],
            "work": row["reference"],
            "published_in": years[row["record_id"]],
            "journal": row["journal"],
            "doi": row["doi"],
            "theme": row["theme"].strip().lower() or NOT_EXTRACTED,
            "setting": row["setting"] or BLANK,
            "participants": row["people"] or BLANK,
            "design": row["design"] or BLANK,
            "finding": row["finding"] or BLANK,
            "limits": row["quality"] or BLANK,
        }


def _claims(register: Register | None) -> Iterator[dict[str, Any]]:
    if register is None:
        return
    text = {r.number: r.text for r in register.references}
    number = 0
    for number, claim in enumerate(register.claims, 1):
        yield {
            "number": number,
            "line": claim.line,
            "state": claim.status,
            "cited": claim.cited,
            "claim": claim.claim,
            "reference": _reference(claim, text),
        }
    for more, one in enumerate(register.uncited, number + 1):
        yield {
            "number": more,
            "line": None,
            "state": "uncited",
            "cited": NONE,
            "claim": NONE,
            "reference": one.text,
        }


def _reference(claim: Claim, text: Mapping[int, str]) -> str:
    if claim.references:
        return " / ".join(text[n] for n in claim.references)
    return f"Nearest: {text[claim.nearest]}" if claim.nearest else NONE
