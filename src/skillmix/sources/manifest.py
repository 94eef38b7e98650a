"""The note beside every edition: from which file it is, and what was left out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Protocol

import duckdb

from skillmix.schema.table import Table
from skillmix.sources.reading import Fault, Reading
from skillmix.sources.records import TABLES
from skillmix.sources.refine import write_edition
from skillmix.sources.route import Route
from skillmix.sources.store import EDITION, MANIFEST, Store, reader_version

_TABLES: Mapping[str, type[Table]] = {table.name: table for table in TABLES}


class Room(Protocol):
    """What keeping needs."""

    @property
    def store(self) -> Store:
        """Where to keep."""
        ...

    @property
    def database(self) -> duckdb.DuckDBPyConnection:
        """The engine that holds the rows."""
        ...


def keep(
    made: Route, key: str, file: str, sha256: str, room: Room, *, anew: bool
) -> Mapping[str, Any]:
    """Write an edition with its manifest, both or neither, and return the manifest.

    Raises:
        OutputError: If the store cannot be written.
    """
    told: dict[str, Any] = {
        "file": file.rsplit("/", 1)[-1],
        "sha256": sha256,
        "reader": made.reader,
        "reader_version": reader_version(),
        "layout": made.layout,
        "table": made.table.name if made.table else "",
        "publisher": made.publisher,
        "licence": made.licence,
        "period_start": _iso(made.period_start),
        "period_end": _iso(made.period_end),
        "rows": made.rows,
        "refused": made.refused,
        "faults": [asdict(fault) for fault in made.faults],
        "slices": list(made.slices),
        "preference": made.preference,
        "synthetic": made.synthetic,
        "edition": bool(made.kept),
        "in_place": made.in_place,
        "thorough": made.thorough,
        "error": made.error,
    }
    with room.store.making(key, anew=anew) as folder:
        if made.kept and made.table:
            write_edition(room.database, made.table, made.kept, folder / EDITION)
        text = json.dumps(told, indent=1, ensure_ascii=False)
        (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return told


def reading(blank: Reading, told: Mapping[str, Any], edition: Path) -> Reading:
    """Return the reading that a manifest describes, for the file at hand."""
    own = blank.path if told["in_place"] else None
    synthetic = blank.synthetic or told["synthetic"]
    invented = "invented figures, in the layout of "
    return replace(
        blank,
        reader=told["reader"],
        layout=told["layout"],
        table=_TABLES.get(told["table"]),
        period_start=_date(told["period_start"]),
        period_end=_date(told["period_end"]),
        rows=told["rows"],
        refused=told["refused"],
        faults=tuple(Fault(**fault) for fault in told["faults"]),
        edition=edition if told["edition"] else own,
        publisher=(invented if synthetic and told["publisher"] else "")
        + told["publisher"],
        licence=told["licence"],
        synthetic=synthetic,
        error=told["error"],
        slices=tuple(told["slices"]),
        preference=told["preference"],
    )


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
