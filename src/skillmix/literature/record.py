"""A bibliographic record as the review works with it, and what a file gave."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from skillmix.schema.citations import Citation

JOINER = "; "
_INITIALS = re.compile(r"[A-Z]{1,3}|(?:[A-Z]\.-?)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of one database, with everything its export said.

    Attributes:
        record_id: Stays the same when the same record is exported again.
        file: Name of the file it was read from.
        position: Its place among the file's records, from 1.
        dialect: What kind of export the file is.
        database: The database it came from; empty if nothing says so.
        kind: Kind of publication, for example "journal article".
        other: What the export said and no field holds: (tag, value) pairs.
    """

    record_id: str = ""
    file: str
    position: int
    dialect: str
    database: str = ""
    kind: str = ""
    title: str = ""
    abstract: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    accession: str = ""
    issn: str = ""
    language: str = ""
    country: str = ""
    publisher: str = ""
    keywords: tuple[str, ...] = ()
    url: str = ""
    notes: str = ""
    other: tuple[tuple[str, str], ...] = ()

    @property
    def reference(self) -> str:
        """First author, year and title, for a list."""
        first = _surname(self.authors[0]) if self.authors else "No author"
        more = " and others" if len(self.authors) > 1 else ""
        return f"{first}{more} ({self.year or 'no date'}) {self.title or '[no title]'}"


def _surname(author: str) -> str:
    """Return the surname as printed, without the initials that stand after it."""
    words = author.split(",")[0].split()
    while len(words) > 1 and _INITIALS.fullmatch(words[-1]):
        words.pop()
    return " ".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something about a file that its reader should know.

    Attributes:
        rule: What was met, without any text of the file.
        count: How many records or lines.
        remedy: What to do about it, if anything.
    """

    rule: str
    count: int
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """What one file was, and what came of it.

    Attributes:
        file: The file's name.
        status: "read", "no records" (no export), "copy" (same content as a file
            before it) or "unreadable".
        why: For all but "read": the reason, in words.
        dialect: What kind of export it is.
        encoding: How its text was decoded.
        markers: Record markers counted in the text, by other means than reading.
        records: The records read.
        notes: What is odd about it.
    """

    file: str
    status: str
    why: str = ""
    dialect: str = ""
    encoding: str = ""
    markers: int = 0
    records: tuple[Record, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def reconciled(self) -> bool:
        """Whether every marker gave a record and nothing else did."""
        return self.markers == len(self.records)

    @property
    def titled(self) -> int:
        """How many records have a title."""
        return sum(1 for r in self.records if r.title)

    def as_dict(self) -> dict[str, Any]:
        """Return the row of the reading report, without the records."""
        return {
            "file": self.file,
            "status": self.status,
            "why": self.why,
            "dialect": self.dialect,
            "encoding": self.encoding,
            "markers": self.markers,
            "records": len(self.records),
            "reconciled": self.reconciled,
            "titled": self.titled,
            "databases": dict(
                sorted(
                    Counter(r.database or "not stated" for r in self.records).items()
                )
            ),
            "notes": [
                {"rule": n.rule, "count": n.count, "remedy": n.remedy}
                for n in self.notes
            ],
        }


def identified(records: Iterable[Record]) -> tuple[Record, ...]:
    """Give each record an id made from what it says.

    A decision keyed by such an id survives a second export of the same search.
    Records that say exactly the same are numbered in the order read.
    """
    seen: Counter[str] = Counter()
    out: list[Record] = []
    for record in records:
        said = (
            *(record.database, record.title, record.year, record.journal),
            *(record.volume, record.issue, record.pages, record.doi, record.pmid),
            *(record.accession, record.abstract, *record.authors),
        )
        stuff = "\x1f".join(str(s) for s in said).encode("utf-8", "surrogatepass")
        name = "r" + hashlib.blake2b(stuff, digest_size=6).hexdigest()
        seen[name] += 1
        number = seen[name]
        out.append(
            replace(record, record_id=name if number == 1 else f"{name}-{number}")
        )
    return tuple(out)


def records_table(records: Sequence[Record]) -> pa.Table:
    """Return records as the `Citation` table."""
    schema = Citation.arrow_schema()
    rows = [_row(r) for r in records]
    return pa.Table.from_pylist(rows, schema=schema)


def _row(record: Record) -> dict[str, Any]:
    row = {n: getattr(record, n) for n in Citation.columns() if n != "other_fields"}
    row["authors"] = JOINER.join(record.authors)
    row["keywords"] = JOINER.join(record.keywords)
    row["other_fields"] = json.dumps(record.other, ensure_ascii=False)
    return row
