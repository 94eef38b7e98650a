"""The small file that tells how an extract with other column names is read."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from skillmix.errors import LayoutError, UnreadableFileError
from skillmix.sources.esr_event_items import (
    ABSENCE_ITEMS,
    BONUS_ITEMS,
    EVERY_ITEM,
    JOINER_ITEMS,
    LEAVER_ITEMS,
    SPELL_ITEMS,
)
from skillmix.sources.esr_items import ITEMS, Item
from skillmix.sources.layout import plain
from skillmix.sources.sniff import sniff
from skillmix.sources.workbook import Workbook

LIKE_ENOUGH = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMapping:
    """Column names and value labels of one staff-record extract.

    Attributes:
        columns: The extract's column for an item, where it is not the usual one.
        values: For an item, the slug of each label that is not in the code list.
    """

    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict[str, Mapping[str, str]]
    )

    def column(self, item: Item, header: tuple[str, ...]) -> str | None:
        """Return the extract's column that holds an item, if it has one."""
        if item.name in self.columns:
            wanted = [self.columns[item.name]]
        else:
            wanted = [item.name, *item.columns]
        spelt = {plain(name): name for name in reversed(header)}
        return next((spelt[plain(w)] for w in wanted if plain(w) in spelt), None)


def read_mapping(path: Path | None) -> StaffMapping:
    """Read a mapping file.

    Raises:
        LayoutError: If it is no TOML, or names items that do not exist.
    """
    if path is None:
        return StaffMapping()
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise LayoutError(
            f"The mapping file cannot be read: {fault}.",
            where=path.name,
            remedy="Draft one with `skillmix check --suggest-mapping FILE`.",
        ) from None
    columns: dict[str, Any] = content.get("columns", {})
    labels: dict[str, Any] = content.get("values", {})
    known = EVERY_ITEM
    wrong = [name for name in [*columns, *labels] if name not in known]
    wrong += [
        f"section {name}" for name in content if name not in ("columns", "values")
    ]
    wrong += [
        f"{name} = '{slug}'"
        for name, given in labels.items()
        if name in known
        for slug in given.values()
        if slug not in known[name].slugs
    ]
    if wrong:
        raise LayoutError(
            f"The mapping file names what does not exist: {', '.join(wrong)}.",
            where=path.name,
            remedy=f"The items are {', '.join(known)}.",
        )
    return StaffMapping(columns=columns, values=labels)


def suggest_mapping(path: Path) -> str:
    """Draft the mapping file for an extract with other column names.

    It reads the column names only, so no value of a person can reach the draft.

    Args:
        path: The extract: CSV, Parquet or a workbook.

    Returns:
        TOML text: a line for every item, those not found commented out.

    Raises:
        UnreadableFileError: If the file has no header.
    """
    header = _header(path)
    if len(header) < 2:
        raise UnreadableFileError(
            "The file has no header of two columns or more.", where=path.name
        )
    lines = [
        "# How skillmix reads this extract: item = column of the extract.",
        "# Check each line; delete those that do not hold.",
        "",
        "[columns]",
    ]
    items = _likeliest(header)
    chosen = {item.name: StaffMapping().column(item, header) for item in items}
    free = [name for name in header if name not in chosen.values()]
    for item in items:
        column = chosen[item.name] or _nearest(item, free)
        if column in free:
            free.remove(column)
        note = f"  # {'needed' if item.needed else 'optional'}: {item.description}"
        told = _text(column) if column else '""'
        lines.append(f"{'' if column else '# '}{item.name} = {told}{note}")
    lines += ["", "# Labels that are not in the code lists, for example:"]
    for item in items:
        if item.labels:
            allowed = ", ".join(item.slugs)
            lines += [f"# [values.{item.name}]", f"# one of: {allowed}"]
            lines.append(f'# "your label" = "{item.slugs[0]}"')
    unused = ", ".join(_text(name) for name in free)
    lines += ["", f"# Columns that no item uses, and that are never read: {unused}"]
    return "\n".join(lines) + "\n"


def _header(path: Path) -> tuple[str, ...]:
    sniffed = sniff(path)
    if sniffed.kind == "parquet":
        return tuple(pq.read_schema(path).names)
    if sniffed.kind == "workbook":
        with Workbook(path) as book:
            sheet = book.sheet(book.names[0]) if book.names else []
        return tuple(sheet[0]) if sheet else ()
    return sniffed.first


def _likeliest(header: tuple[str, ...]) -> tuple[Item, ...]:
    """Return the items of the kind of extract whose needed columns are most found."""

    def found(items: tuple[Item, ...]) -> float:
        needed = [item for item in items if item.needed]
        named = [i for i in needed if StaffMapping().column(i, header)]
        near = [i for i in needed if i not in named and _nearest(i, list(header))]
        return (len(named) + len(near) / 2) / len(needed)

    # On a tie the staff record goes first: it is what nearly everybody has.
    kinds = (
        *(ITEMS, LEAVER_ITEMS, JOINER_ITEMS),
        *(ABSENCE_ITEMS, SPELL_ITEMS, BONUS_ITEMS),
    )
    return max(kinds, key=found)


def _nearest(item: Item, header: list[str]) -> str | None:
    """Return the column whose name is most like one of the item's."""
    best, likeness = None, LIKE_ENOUGH
    for column in header:
        for name in (item.name, *item.columns):
            like = difflib.SequenceMatcher(None, plain(column), plain(name)).ratio()
            if like > likeness:
                best, likeness = column, like
    return best


def _text(name: str) -> str:
    """Return a name as a TOML string."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else " " for c in escaped) + '"'
