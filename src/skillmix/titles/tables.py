"""The document of a list of titles as rows, for files that open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skillmix.errors import OutputError
from skillmix.titles.mapping import COLUMNS as MAPPING_COLUMNS
from skillmix.writing import write_whole

Rows = list[dict[str, Any]]
TITLE_COLUMNS = (
    *("title", "people", "employers", "normalised", "scope", "role", "outside"),
    *("category", "esr_code", "esr_job_role", "standard_title", "bands", "settings"),
    *("rule", "quote", "confidence", "decided_by", "alternatives", "note"),
)
PROPOSAL_COLUMNS = (
    *("standard_title", "role", "category", "titles", "aliases", "people"),
    *("people_affected", "employers", "employers_affected", "bands", "settings"),
    *("duties", "supervision", "registration", "delegation", "accountability"),
)
CLARITY_COLUMNS = (
    *("employer", "people", "titles", "roles", "titles_per_role"),
    *("share_whose_title_tells_the_role", "people_affected"),
)
# What a page or a terminal has room for.
PROPOSED = ("standard_title", "titles", "people", "people_affected", "bands")
SPREAD = ("title", "people", "spans", "values")
UNMATCHED = ("titles", "people", "suggestions")
CLEAR = ("employer", "people", "titles", "roles", "titles_per_role", "share_told")
SHORT = ("title", "people", "scope", "role", "category", "confidence", "rule")
_HEADINGS = {"share_told": "Share whose title tells the role"}
_NOT_SHOWN = "[c]"
_HIDEABLE = ("people", "people_affected", "titles", "roles", "employers_affected")
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
            **{c: _count(s[c]) for c in _HIDEABLE if c in s},
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
            **{name: _count(c[name]) for name in _HIDEABLE if name in c},
            "share_told": c["share_whose_title_tells_the_role"],
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
    "spread.csv": (SPREAD, spread_rows),
    "clarity.csv": (CLARITY_COLUMNS, clarity_rows),
    "unmatched.csv": (UNMATCHED, unmatched_rows),
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


def heading(column: str, unit: str) -> str:
    """Return what a column is headed, people called what the list counts."""
    words = column.replace("people", unit).replace("_", " ")
    return _HEADINGS.get(column, words[:1].upper() + words[1:])


def sentence(told: Mapping[str, Any]) -> str:
    """Return the result in a sentence or two."""
    s = told["summary"]
    text = (
        f"{s['titles']:,} distinct titles: {s['in_scope']:,} of clinical support "
        f"roles, {s['out_of_scope']:,} of others, {s['unsure']:,} to be decided. "
        f"The {s['titles_before']:,} could become {s['titles_after']:,}."
    )
    if told["unit"] == "people" and s["people_affected"] is not None:
        text += f" {s['people_affected']:,} of {s['people'] or 0:,} people would be"
        text += " given another title"
        if s["employers"]:
            text += f", at {s['employers_affected']:,} of {s['employers']:,} employers"
        text += "."
    return text


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all; CSV gets the mark that spreadsheets need.

    Raises:
        OutputError: If it cannot be written.
    """
    mark = "\ufeff" if path.suffix == ".csv" else ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, (mark + text).encode())
    except OSError as fault:
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
