"""Dated layouts of official files: how each is known, and what its marks mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from skillmix.schema.table import Table
from skillmix.sources.fields import Check, Fields

OGL = "Open Government Licence v3.0"
Sheet = list[list[str]]
Tabulate = Callable[[Sheet], "tuple[list[str], Sheet] | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One way in which a publisher has laid out a dataset.

    Attributes:
        reader: Name of the reader, for example "sickness_benchmarking".
        name: Name of the layout, with the months it is known from.
        table: The table it feeds.
        publisher: Who issues it.
        header: The columns a file must have; order and case do not matter.
        fields: The table's columns, from the file's.
        suppressed: What a suppressed figure looks like in this source.
        zero: What a zero looks like in this source.
        certainty: "seen" if a complete file was read, "excerpt" if only parts of
            one, "inferred" if known from code or documents alone.
        checks: Further rules, the publisher's own consistency among them.
        preference: The larger goes first where two layouts give the same months.
        sheet: Name the publisher gives the worksheet; empty for text files.
        headerless: For files without a header: how a row looks, column by column.
        tabulate: Turns a cross-tab into rows under the header, or says it is none.
        told_by: For text files that `tabulate` turns: columns their header has.
        licence: Terms of use.
    """

    reader: str
    name: str
    table: type[Table]
    publisher: str
    header: tuple[str, ...]
    fields: Fields
    suppressed: str
    zero: str
    certainty: str = "seen"
    checks: tuple[Check, ...] = ()
    preference: int = 0
    sheet: str = ""
    headerless: Mapping[int, str] = field(default_factory=dict[int, str])
    tabulate: Tabulate | None = None
    told_by: tuple[str, ...] = ()
    licence: str = OGL

    def lacking(self, header: Sequence[str]) -> tuple[str, ...]:
        """Return the columns that a file with this header lacks."""
        present = {plain(name) for name in header}
        return tuple(name for name in self.header if plain(name) not in present)

    def likeness(self, header: Sequence[str]) -> float:
        """Return the share of columns in common, of all that either has."""
        present = {plain(name) for name in header if name.strip()}
        wanted = {plain(name) for name in self.header}
        return len(present & wanted) / len(present | wanted) if wanted else 0.0

    def renamed(self, header: list[str]) -> list[str]:
        """Return the file's header with this layout's spelling of the columns."""
        known = {plain(name): name for name in self.header}
        found: list[str] = []
        for place, name in enumerate(header):
            spelt = known.get(plain(name), name.strip())
            usable = spelt and spelt not in found
            found.append(spelt if usable else f"unnamed {place + 1}")
        return found


def plain(name: str) -> str:
    """Return a column name without case, spaces, marks and byte-order mark."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
