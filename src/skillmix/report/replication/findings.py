"""What the report printed: 265 numbers and 70 claims without one, as data.

Each number has the range within which a recomputed one counts as the same: half its
last printed digit, or what its qualifier allows ("just over", "one in eight").
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType

_WORDS = {
    "exact": "",
    "about": "about ",
    "more-than": "more than ",
    "nearly": "nearly ",
    "at-least": "at least ",
    "range-low": "from ",
    "range-high": "up to ",
}
_UNITS = {
    "percent": "%",
    "probability": " probability",
    "ratio": "",
    "count": "",
    "fte": " FTE",
    "headcount": " people",
    "gbp": " pounds",
    "gbp-per-hour": " pounds an hour",
    "index": "",
    "years": "",
    "days": " days",
}
# Units whose values are shares of 1 inside.
_PERCENT = "percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A number the report printed.

    Attributes:
        id: Slug.
        area: Part of the report it belongs to.
        figure: Number of the figure it belongs to, or None.
        what: What it measures; `who`, `when`, `where`: of whom, of when and where.
        definition: Definition of the mental health workforce it rests on, or "".
        value: As printed, percentages out of 100.
        unit: Its unit.
        qualifier: "exact", "about", "more-than", "nearly", "at-least", "range-low"
            or "range-high".
        low: Least value that counts as the same.
        high: Most value that counts as the same; None for no limit.
        publisher: Whose data the report took.
        contradicts: Id of another printed number that it cannot stand beside.
        note: What is to be known about it.
        beyond: What it would need that no question gives; empty if one does.
        simulated: Why a synthetic NHS can give another value; empty if it should not.
    """

    id: str
    area: str
    figure: int | None
    what: str
    who: str
    when: str
    where: str
    definition: str
    value: float
    unit: str
    qualifier: str
    low: float
    high: float | None
    publisher: str
    contradicts: str
    note: str
    beyond: str
    simulated: str
    digits: str

    @property
    def printed(self) -> str:
        """The number with its qualifier and unit, for example "nearly 340,000 FTE"."""
        return f"{_WORDS[self.qualifier]}{self.digits}{_UNITS[self.unit]}"

    @property
    def inner(self) -> float:
        """The number as results hold it: percentages as shares of 1."""
        return self.value / 100 if self.unit == _PERCENT else self.value

    def holds(self, value: float) -> bool:
        """Tell whether a number, as results hold it, counts as the same."""
        shown = value * 100 if self.unit == _PERCENT else value
        # Halves are inside, whatever the last bit of the binary number says.
        slack = 1e-9 * max(1.0, abs(self.value))
        above = shown >= self.low - slack
        return above and (self.high is None or shown <= self.high + slack)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """Something the report says without a number."""

    id: str
    area: str
    figure: int | None
    what: str
    who: str
    beside: str
    when: str
    definition: str
    relation: str
    publisher: str
    beyond: str
    simulated: str

    @property
    def printed(self) -> str:
        """The claim in a line."""
        rest = f", beside {self.beside}" if self.beside else ""
        return f"{self.what} ({self.who}{rest})"


@cache
def stated() -> Mapping[str, Stated]:
    """Return every printed number, by id."""
    return MappingProxyType(
        {
            row["id"]: Stated(
                **{name: row[name] for name in _TEXT},
                figure=int(row["figure"]) if row["figure"] else None,
                value=float(row["value"]),
                low=float(row["low"]),
                high=float(row["high"]) if row["high"] else None,
                digits=_digits(row),
            )
            for row in _rows("findings")
        }
    )


@cache
def claimed() -> Mapping[str, Claimed]:
    """Return every claim without a number, by id."""
    return MappingProxyType(
        {
            row["id"]: Claimed(
                **{n: row[n] for n in Claimed.__dataclass_fields__ if n != "figure"},
                figure=int(row["figure"]) if row["figure"] else None,
            )
            for row in _rows("claims")
        }
    )


_TEXT = (
    *("id", "area", "what", "who", "when", "where", "definition", "unit"),
    *("qualifier", "publisher", "contradicts", "note", "beyond", "simulated"),
)


def _digits(row: Mapping[str, str]) -> str:
    """Return the number as it stood on the page, thousands set off but for years."""
    value = float(row["value"])
    decimals = len(row["value"].partition(".")[2])
    if row["unit"] == "years" and value > 1900:
        return row["value"]
    return f"{value:,.{decimals}f}"


@cache
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    path = files("skillmix.report.replication").joinpath(f"{name}.csv")
    return tuple(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))
