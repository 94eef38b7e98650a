"""What an analysis gives: a finding inside, a published result outside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from skillmix.errors import DisclosureError
from skillmix.schema.scope import Scope
from skillmix.schema.table import Table, column

Disclosure = Literal["protected", "already published", "internal"]
SHARED = ("numerator", "denominator", "estimate", "conf_low", "conf_high", "n")
# Units whose estimates are shares of 1 inside, and percentages wherever shown.
PERCENT_UNITS = ("percent", "change")


class Counted(Table):
    """The columns every expression ends with; a result adds its keys before them."""

    name: ClassVar[str] = "counted"

    measure: str = column("Which measure of the analysis the row gives.")
    numerator: float = column("Top of the measure.", nullable=True)
    denominator: float = column("Bottom of the measure.", nullable=True)
    cases: int = column("People behind the numerator.", unit="people", nullable=True)
    people: int = column("People behind the denominator.", unit="people", nullable=True)
    numerator_squares: float = column(
        "Sum of squared contributions to the numerator.", nullable=True
    )
    denominator_squares: float = column(
        "Sum of squared contributions to the denominator.", nullable=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a result.

    Attributes:
        keys: What the row is about, for example month and staff group.
        measure: The measure's slug.
        status: "shown", "suppressed" (a count of 1 to 4 people stands behind it, or
            could be worked out with it) or "unavailable" (the source gives no value).
    """

    keys: Mapping[str, Any]
    measure: str
    numerator: float | None = None
    denominator: float | None = None
    estimate: float | None = None
    conf_low: float | None = None
    conf_high: float | None = None
    n: int | None = None
    status: Literal["shown", "suppressed", "unavailable"] = "shown"

    def __getitem__(self, name: str) -> Any:
        """Return a key, or a shared column, by name."""
        return self.keys[name] if name in self.keys else getattr(self, name)

    def as_dict(self, unit: str = "") -> dict[str, Any]:
        """Return the row as one flat mapping, keys first, as files and pages show it.

        Args:
            unit: The measure's unit; percentages are given out of 100.
        """
        scale = 100.0 if unit in PERCENT_UNITS else 1.0
        shared = {name: getattr(self, name) for name in SHARED}
        for name in ("estimate", "conf_low", "conf_high"):
            if shared[name] is not None:
                shared[name] *= scale
        return {**self.keys, "measure": self.measure, **shared, "status": self.status}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a table of a result came from."""

    table: str
    files: tuple[str, ...]
    publisher: str = ""
    synthetic: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """One row that a model gives, with the counts of people it rests on.

    Attributes:
        keys: What the row is about.
        measure: The measure's slug.
        people: People behind the row, shown rounded.
        rests_on: Every count beneath that would tell of single people if it were
            1 to 4: the group's people, its events, its non-events ...
        numerator: A count the row is about, where it has one.
        denominator: A count it is out of, where it has one.
        counts: For a closed form, the counts it is computed from.
        formula: The closed form: from `counts` to estimate and ends. What is
            published is computed from rounded counts, or the exact ones could be
            worked back out.
        per_person: Without a closed form, how much one person more would change the
            estimate; what is published is no finer than five people make it.
    """

    keys: Mapping[str, Any]
    measure: str
    estimate: float | None
    conf_low: float | None = None
    conf_high: float | None = None
    people: int | None = None
    rests_on: tuple[int, ...]
    numerator: float | None = None
    denominator: float | None = None
    counts: tuple[int, ...] = ()
    formula: Callable[..., Sequence[float | None]] | None = None
    per_person: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Cells as counted, before disclosure control: never leaves the engine room.

    `fitted` is None where each cell is a row by itself; where a model makes the
    rows, they rest on the cells and only they go on.
    """

    analysis: str
    scope: Scope
    cells: Sequence[Mapping[str, Any]]
    fitted: Sequence[Fitted] | None = None
    sources: tuple[Source, ...]
    people_counted: bool
    way: str
    period: tuple[dt.date, dt.date] | None = None


_KEY = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What figures, words, pages and files accept, and nothing else.

    Only disclosure control can make one: the constructor refuses anybody
    without its key.
    """

    analysis: str
    scope: Scope
    rows: tuple[Row, ...]
    sources: tuple[Source, ...]
    disclosure: Disclosure
    notes: tuple[str, ...] = ()
    way: str = ""
    period: tuple[dt.date, dt.date] | None = None
    _key: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse rows that have not been through disclosure control."""
        if self._key is not _KEY:
            raise DisclosureError("Published results come from disclosure control.")

    def where(self, **keys: Any) -> tuple[Row, ...]:
        """Return the rows whose keys, or measure, have these values."""
        return tuple(
            row for row in self.rows if all(row[k] == v for k, v in keys.items())
        )

    def one(self, **keys: Any) -> Row | None:
        """Return the single shown row with these keys, or None."""
        found = [r for r in self.where(**keys) if r.status == "shown"]
        return found[0] if len(found) == 1 else None


def seal(
    *,
    finding: Finding,
    rows: Sequence[Row],
    disclosure: Disclosure,
    notes: tuple[str, ...] = (),
) -> Published:
    """Make a published result; called by `skillmix.disclosure` alone."""
    return Published(
        analysis=finding.analysis,
        scope=finding.scope,
        rows=tuple(rows),
        sources=finding.sources,
        disclosure=disclosure,
        notes=notes,
        way=finding.way,
        period=finding.period,
        _key=_KEY,
    )
