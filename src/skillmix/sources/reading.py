"""What came of reading one file: what it is, what was used, and what was not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from skillmix.schema.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A rule that rows of a file break, with how many and what to do.

    Attributes:
        rule: What is wrong, in words; never a value of a person.
        column: The column concerned, as the file names it.
        rows: How many rows break the rule.
        remedy: What the reader of the message can do.
    """

    rule: str
    column: str
    rows: int
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One file of the inputs, with its edition if it could be read.

    Attributes:
        file: Path relative to the input given.
        path: Absolute path; never printed in reports.
        reader: Name of the reader, empty if the file is not recognised.
        layout: Name of the dated layout.
        table: The table it feeds.
        period_start: First month it covers.
        period_end: Last month it covers.
        rows: Rows read.
        refused: Rows left out, for the reasons in `faults`.
        faults: Every rule broken, with counts.
        edition: Parquet file in the table's types; empty if nothing was usable.
        sha256: Digest of the file (of footer and size for large Parquet files).
        publisher: Who issued the file.
        licence: Under which terms.
        synthetic: Whether the figures are invented.
        error: Why the file was not used, and what to do; empty if it was.
        used: Whether the analyses read it.
        slices: The parts it holds (months, levels, employers), which no two files
            may both give.
        preference: The larger goes first where two files give the same part.
    """

    file: str
    path: Path
    reader: str = ""
    layout: str = ""
    table: type[Table] | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    rows: int = 0
    refused: int = 0
    faults: tuple[Fault, ...] = ()
    edition: Path | None = None
    sha256: str = ""
    publisher: str = ""
    licence: str = ""
    synthetic: bool = False
    error: str = ""
    used: bool = False
    slices: tuple[str, ...] = field(default=(), repr=False)
    preference: int = 0
