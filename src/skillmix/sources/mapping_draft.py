"""A mapping file to begin with, drafted from the column names of an extract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from skillmix.errors import UnreadableFileError
from skillmix.sources.esr_items import Item
from skillmix.sources.extracts import KINDS, Kind, distinct
from skillmix.sources.mapping import StaffMapping, nearest_column
from skillmix.sources.sniff import HEADING_LINES, sniff
from skillmix.sources.walk import files_of
from skillmix.sources.workbook import Workbook

# So much of the needed columns a line must name to be taken for a heading.
LIKE_A_HEADING = 0.5
_ABBREVIATED = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_NAMED = rf"(?<![a-z])({'|'.join(_ABBREVIATED)})[a-z]*[-_ .']*(?:20)?(\d\d)(?!\d)"


def suggest_mapping(path: Path) -> str:
    """Draft the mapping file for an extract, or a folder of them.

    It reads the headings only, so no value of a person can reach the draft; a line
    that is no heading of an extract is not taken for one.

    Args:
        path: The extract (CSV, Parquet or a workbook), or a folder.

    Returns:
        TOML text: a line for every item, those not found commented out.

    Raises:
        InputNotFoundError: If there is no such file or folder.
        UnreadableFileError: If nothing in it has the heading of an extract.
    """
    named = path.is_file()
    found = (_heading(file, named=named) for file in _files(path))
    headings = sorted(filter(None, found), key=lambda one: KINDS.index(one.kind))
    if not headings:
        raise UnreadableFileError(
            "No heading like that of a staff-record extract was found in it.",
            where=path.name,
            remedy="One of the first ten lines must name the columns; the extracts and "
            "what they need are listed in the how-to page "
            "'Use a folder of staff-record extracts'.",
        )
    return _drafted(headings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """The heading of a file: what it is most like, and which columns say what."""

    file: str
    kind: Kind
    columns: Mapping[str, str]
    free: tuple[str, ...]

    @property
    def lacks_month(self) -> bool:
        """Whether rows need a month and no column says it."""
        needs = any(item.name == "month" for item in self.kind.needed)
        return needs and "month" not in self.columns


def _drafted(headings: Sequence[_Heading]) -> str:
    """Return the draft for the extracts of these headings, as one."""
    items = {item.name: item for one in headings for item in one.kind.items}
    chosen: dict[str, dict[str, None]] = {name: {} for name in items}
    free: dict[str, None] = {}
    for one in headings:
        free |= dict.fromkeys(one.free)
        for name, column in one.columns.items():
            chosen[name][column] = None
    taken = {column for columns in chosen.values() for column in columns}
    lines = [
        *_BEGINNING,
        *(_line(item, tuple(chosen[name])) for name, item in items.items()),
        *_ALWAYS,
        *_months([one.file for one in headings if one.lacks_month]),
        "",
        "# Labels that are not in the code lists, for example:",
        *(line for item in items.values() for line in _labels(item)),
        "",
        "# Columns that no item uses, and that are never read: "
        + (", ".join(_text(name) for name in free if name not in taken) or "none"),
    ]
    return "\n".join(lines) + "\n"


_BEGINNING = (
    "# How skillmix reads these extracts: item = column of the extract.",
    "# Check each line; delete those that do not hold.",
    "# Saved as mapping.toml in the folder of the extracts, it is found there.",
    "",
    "[columns]",
)
_ALWAYS = (
    "",
    "# What holds of every row, where the extracts have no column for it:",
    "# [always]",
    '# employer = "RX9"',
    '# status = "Active Assignment"',
)


def _files(path: Path) -> list[Path]:
    return [found.path for found in files_of([path]) if not found.reason]


def _heading(path: Path, *, named: bool) -> _Heading | None:
    """Return the heading of a file and the kind of extract it is most like.

    Args:
        path: The file.
        named: Whether the user named this very file: then its first line is the
            heading if it can be one. A row of a record has digits somewhere.
    """
    try:
        lines = [distinct(line) for line in _first_lines(path)]
    except UnreadableFileError:
        if named:
            raise
        return None
    scored = [(_likeness(kind, line), kind, line) for line in lines for kind in KINDS]
    if not scored:
        return None
    # On a tie the staff record goes first: it is what nearly everybody has.
    like, kind, header = max(scored, key=lambda one: one[0])
    if like < LIKE_A_HEADING:
        header = lines[0]
        wordy = not any(c.isdigit() for cell in header for c in cell)
        if not named or not wordy or len(header) < 2:
            return None
        kind = max(KINDS, key=lambda kind: _likeness(kind, header))
    columns, free = _columns(kind, header)
    return _Heading(file=path.name, kind=kind, columns=columns, free=free)


def _first_lines(path: Path) -> Iterator[Sequence[str]]:
    sniffed = sniff(path)
    if sniffed.kind == "parquet":
        yield pq.read_schema(path).names
    elif sniffed.kind == "workbook":
        with Workbook(path) as book:
            for _, sheet in book.sheets():
                yield from sheet[:HEADING_LINES]
    elif sniffed.kind == "text":
        yield from (look.first for look in (sniffed, *sniffed.below()))


def _likeness(kind: Kind, header: tuple[str, ...]) -> float:
    """Return the share of the needed columns that are found; a near name is half."""
    named = [i for i in kind.needed if StaffMapping().column(i, header)]
    near = [i for i in kind.needed if i not in named and nearest_column(i, header)]
    return (len(named) + len(near) / 2) / len(kind.needed)


def _columns(
    kind: Kind, header: tuple[str, ...]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the column of each item that is found, and the columns left over."""
    named = {item.name: StaffMapping().column(item, header) for item in kind.items}
    columns = {item: column for item, column in named.items() if column}
    free = [name for name in header if name not in columns.values()]
    for item in kind.items:
        near = None if item.name in columns else nearest_column(item, free)
        if near:
            columns[item.name] = near
            free.remove(near)
    return columns, tuple(free)


def _line(item: Item, columns: tuple[str, ...]) -> str:
    note = f"  # {'needed' if item.needed else 'optional'}: {item.description}"
    if not columns:
        return f'# {item.name} = ""{note}'
    listed = ", ".join(map(_text, columns))
    return f"{item.name} = {listed if len(columns) == 1 else f'[{listed}]'}{note}"


def _months(names: Sequence[str]) -> list[str]:
    """Return the lines that give each file its month, guessed from the file's name."""
    lines = ["", "# The month of each file, where no column says it:"]
    if not names:
        return [*lines, "# [months]", '# "Staff in Post June.csv" = "2020-06"']
    lines.append("[months]  # guessed from the names of the files: check each")
    for name in names:
        month = month_in(name)
        lines.append(f'{"" if month else "# "}{_text(name)} = "{month}"')
    return lines


def month_in(name: str) -> str:
    """Return the month that a file's name tells, or nothing."""
    if found := re.search(r"(?<!\d)(20\d\d)[-_ .]?(0[1-9]|1[0-2])(?!\d)", name):
        return f"{found[1]}-{found[2]}"
    if found := re.search(_NAMED, name, re.IGNORECASE):
        month = _ABBREVIATED.index(found[1].lower()) + 1
        return f"20{found[2]}-{month:02}"
    return ""


def _labels(item: Item) -> list[str]:
    if not item.slugs:
        return []
    return [
        f"# [values.{item.name}]",
        f"# one of: {', '.join(item.slugs)}",
        f'# "your label" = "{item.slugs[0]}"',
    ]


def _text(name: str) -> str:
    """Return a name as a TOML string."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else " " for c in escaped) + '"'
