"""The document of a list of titles as rows, for files that open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skillmix.errors import OutputError
from skillmix.titles.mapping import COLUMNS as MAPPING_COLUMNS

Rows = list[dict[str, Any]]
TITLE_COLUMNS = (
    *("title", "people", "employers", "normalised", "scope", "role", "outside"),
    *("category", "esr_code", "esr_job_role", "standard_title", "bands", "settings"),
    *("rule", "quote", "confidence", "decided_by", "alternatives", "note"),
)
PROPOSAL_COLUMNS = (
    *("standard_title", "role", "category", "titles", "aliases", "people"),
    *("people_affected", "employers", "employers_affected", "bands", "settings"),
    *("duties", "supervision", "registration"),
)
CLARITY_COLUMNS = (
    *("employer", "people", "titles", "roles", "titles_per_role"),
    *("share_whose_title_tells_the_role", "people_affected"),
)
_NOT_SHOWN = "[c]"
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def title_rows(told: Mapping[str, Any]) -> Rows:
    """Return one row a title."""
    return [
        {
            **{c: t.get(c) for c in TITLE_COLUMNS},
            "people": _count(t["people"]),
            "bands": "; ".join(t["bands"]),
            "settings": "; ".join(t["settings"]),
            "quote": t["fields"]["scope"].get("quote", ""),
            "alternatives": "; ".join(
                f"{a['role']} ({a['confidence']:.2f})" for a in t["alternatives"]
            ),
        }
        for t in told["titles"]
    ]


def proposal_rows(told: Mapping[str, Any]) -> Rows:
    """Return one row a standard title, its aliases in one cell."""
    return [
        {
            **{c: s.get(c) for c in PROPOSAL_COLUMNS},
            "aliases": "; ".join(
                f"{a['title']} ({_count(a['people'])})" for a in s["aliases"]
            ),
            "people": _count(s["people"]),
            "people_affected": _count(s["people_affected"]),
            "bands": parts_text(s["bands"]),
            "settings": "; ".join(s["settings"]),
        }
        for s in told["proposal"]
    ]


def spread_rows(told: Mapping[str, Any]) -> Rows:
    """Return titles that span bands, then titles that job roles share."""
    return [
        {
            "title": s["title"],
            "people": _count(s["people"]),
            "spans": kind.replace("_", " "),
            "values": parts_text(s[kind]),
        }
        for name, kind in (("bands", "bands"), ("shared", "job_roles"))
        for s in told[name]
    ]


def clarity_rows(told: Mapping[str, Any]) -> Rows:
    """Return one row an employer, the whole list and large employers first."""
    first, *others = told["clarity"]
    others.sort(key=lambda c: (-(c["people"] or 0), c["employer"]))
    return [
        {
            **c,
            "people": _count(c["people"]),
            "people_affected": _count(c["people_affected"]),
        }
        for c in (first, *others)
    ]


def unmatched_rows(told: Mapping[str, Any]) -> Rows:
    """Return one row a group of titles that nobody could place."""
    return [
        {
            "titles": "; ".join(u["titles"]),
            "people": _count(u["people"]),
            "suggestions": "; ".join(
                f"{s['role']} ({s['confidence']:.2f})" for s in u["suggestions"]
            ),
        }
        for u in told["unmatched"]
    ]


FILES = {
    "titles.csv": (TITLE_COLUMNS, title_rows),
    "proposal.csv": (PROPOSAL_COLUMNS, proposal_rows),
    "spread.csv": (("title", "people", "spans", "values"), spread_rows),
    "clarity.csv": (CLARITY_COLUMNS, clarity_rows),
    "unmatched.csv": (("titles", "people", "suggestions"), unmatched_rows),
}


def as_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as CSV in which no cell can start a spreadsheet formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(c)) for c in columns] for row in rows)
    return out.getvalue()


def mapping_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Return a mapping file to edit."""
    return as_csv(MAPPING_COLUMNS, rows)


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all; CSV gets the mark that spreadsheets need.

    Raises:
        OutputError: If it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    mark = "\ufeff" if path.suffix == ".csv" else ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(mark + text, encoding="utf-8", newline="")
        os.replace(part, path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise OutputError(
            f"The file could not be written: {fault.strerror}.", where=path.name
        ) from None


def parts_text(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return values with their people in one cell: "2: 40; 3: 15"."""
    return "; ".join(f"{p['value']}: {_count(p['people'])}" for p in parts)


def _count(value: int | None) -> int | str:
    return _NOT_SHOWN if value is None else value


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_STARTS_FORMULA):
        return f"'{value}"
    return value
