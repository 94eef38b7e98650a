"""What the tags, headers and codes of exports mean, as data."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a tag's value goes: a field, and which tag wins if several fill it."""

    field: str
    rank: int


@cache
def tag_map(family: str) -> Mapping[str, Place]:
    """Return what each tag of a family of exports means."""
    return MappingProxyType(
        {
            row["tag"]: Place(field=row["field"], rank=int(row["rank"]))
            for row in _rows("tags")
            if row["family"] == family
        }
    )


@cache
def header_map() -> Mapping[str, Place]:
    """Return what each column heading means, headings as `plain` gives them."""
    return MappingProxyType(
        {
            plain(row["header"]): Place(field=row["field"], rank=int(row["rank"]))
            for row in _rows("headers")
        }
    )


@cache
def kinds() -> Mapping[str, str]:
    """Return the kind of publication behind each code, codes in lower case."""
    return MappingProxyType({r["code"].lower(): r["kind"] for r in _rows("kinds")})


@cache
def database_patterns() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return (where to look, pattern, database), most telling first."""
    return tuple(
        (r["where"], re.compile(r["pattern"], re.IGNORECASE), r["database"])
        for r in _rows("databases")
    )


def plain(header: str) -> str:
    """Return a column heading as its letters and digits in lower case."""
    return re.sub(r"[^a-z0-9]+", "", header.lower())


def _rows(name: str) -> list[dict[str, str]]:
    path = files("skillmix.literature.reading.maps").joinpath(f"{name}.csv")
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetKind:
    """How a database lays out its tables.

    Attributes:
        dialect: What it is called.
        database: The database all its records come from, if that is certain.
        headers: The headings by which it is told.
        source_means: What its column `Source` holds, if it has one.
        names: What parts the names of a cell.
        may_repeat: A heading printed once even where rows hold several such cells.
    """

    dialect: str
    database: str
    headers: frozenset[str]
    source_means: str
    names: str
    may_repeat: str = ""


@cache
def sheet_kinds() -> tuple[SheetKind, ...]:
    """Return the layouts of tables that are told by their headings."""
    return tuple(
        SheetKind(
            dialect=row["dialect"],
            database=row["database"],
            headers=frozenset(plain(h) for h in row["headers"].split("|")),
            source_means=row["source_means"],
            names=row["names"],
            may_repeat=row["may_repeat"],
        )
        for row in _rows("sheets")
    )
