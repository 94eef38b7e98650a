"""Numbers as the report writes them: units, rounding, intervals and months."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType

from skillmix.errors import UnknownNameError
from skillmix.schema.results import Row

NOT_SHOWN = "not available"
MINUS = "\N{MINUS SIGN}"
# Nothing about a workforce is larger: such a number is written as what it exceeds.
BEYOND = 10**15


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """How values of one unit are written.

    Attributes:
        slug: The unit's name in a measure.
        before: What stands before the digits, for example a pound sign.
        after: What stands after them, for example a per cent sign.
        scale: What a value inside is multiplied by to be shown.
        signed: Whether a plus sign marks values above zero.
        title: The unit in words, for an axis or a table's heading.
    """

    slug: str
    before: str
    after: str
    scale: int
    signed: bool
    title: str


@cache
def units() -> Mapping[str, Unit]:
    """Return every unit a measure can have, by name, as `units.csv` lists them."""
    text = files("skillmix.words").joinpath("units.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            row["unit"]: Unit(
                slug=row["unit"],
                before=row["before"],
                after=row["after"],
                scale=int(row["scale"]),
                signed=row["signed"] == "y",
                title=row["title"],
            )
            for row in csv.DictReader(StringIO(text))
        }
    )


def unit_of(slug: str) -> Unit:
    """Return one unit.

    Raises:
        UnknownNameError: If `units.csv` does not list it.
    """
    known = units()
    if slug not in known:
        raise UnknownNameError(
            f"There is no unit '{slug}'.",
            where=slug,
            remedy=f"The units are {', '.join(known)}.",
        )
    return known[slug]


def number(value: float | None, unit: str, decimals: int = 0) -> str:
    """Return a value as the report writes it, for example "12.4%" or "£23,189".

    Halves round away from zero, as readers expect; a share or a p-value that is above
    zero but would round to it says so ("under 0.1%"), and nothing is written as "-0".

    Args:
        value: In the unit's inner form: percentages as shares of 1.
        unit: A unit of `units.csv`.
        decimals: Decimals shown.
    """
    if value is None or math.isnan(value):
        return NOT_SHOWN
    shape = unit_of(unit)
    if abs(value) > BEYOND:
        # The end of an interval that so few people cannot bound.
        told = f"{shape.before}{BEYOND:,}{shape.after}"
        return f"over {told}" if value > 0 else f"below {MINUS}{told}"
    shown = rounded(value, shape.scale, decimals)
    small = shape.slug == "percent" or (shape.slug == "number" and decimals)
    if not shown and value > 0 and small:
        return f"under {Decimal(1).scaleb(-decimals)}{shape.after}"
    sign = MINUS if shown < 0 else "+" if shape.signed and shown > 0 else ""
    if shape.slug == "year":
        # A year is a name, not an amount: no thousands set off.
        return f"{shown:.0f}"
    return f"{sign}{shape.before}{abs(shown):,.{decimals}f}{shape.after}"


def rounded(value: float, scale: int, decimals: int) -> Decimal:
    """Return a value times its scale, rounded with halves away from zero.

    Fifteen digits are taken first: 0.285 times 100 is 28.499999999999996 in
    binary, and nobody would print 28 for it.
    """
    exact = Decimal(f"{value * scale:.15g}")
    last = Decimal(1).scaleb(-decimals)
    # Enough digits for any number a computer holds: no size may cost the report.
    return exact.quantize(last, rounding=ROUND_HALF_UP, context=Context(prec=400)) + 0


def interval(row: Row, unit: str, decimals: int = 0) -> str:
    """Return a row's value with its 95% interval in brackets.

    An interval whose ends print like the value itself says nothing more and is
    left out; a row without one gives the value alone.
    """
    middle = number(row.estimate, unit, decimals)
    if row.estimate is None or row.conf_low is None or row.conf_high is None:
        return middle
    low, high = (number(v, unit, decimals) for v in (row.conf_low, row.conf_high))
    if low == high == middle:
        return middle
    # A unit that is a word is said once: "2.1 times (95% interval 1.5 to 2.9)".
    if (after := unit_of(unit).after).startswith(" "):
        low, high = low.removesuffix(after), high.removesuffix(after)
    return f"{middle} (95% interval {low} to {high})"


def month(date: dt.date) -> str:
    """Return a month as "June 2020", whatever the machine's language."""
    return f"{_MONTHS[date.month - 1]} {date.year}"


def short_month(date: dt.date) -> str:
    """Return a month as "Jun 2020", for tables and charts."""
    return f"{_MONTHS[date.month - 1][:3]} {date.year}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def difference(row_a: Row, row_b: Row) -> str:
    """Return "higher than", "lower than" or "not shown to differ from".

    The interval of the difference is built from the two rows' own intervals
    (MOVER: Zou and Donner 2008, Statistics in Medicine 27:1693-1702), so it is
    right for the lopsided intervals of small shares. Where either row carries no
    interval the wording says so, for then chance cannot be ruled out.
    """
    if row_a.estimate is None or row_b.estimate is None:
        return "not comparable with"
    gap = row_a.estimate - row_b.estimate
    way = "higher" if gap > 0 else "lower" if gap < 0 else "equal"
    ends = _ends(row_a, row_b)
    if ends is None:
        joined = "to" if way == "equal" else "than"
        return f"{way}, on figures that carry no interval, {joined}"
    low, high = ends
    return f"{way} than" if low > 0 or high < 0 else "not shown to differ from"


def _ends(a: Row, b: Row) -> tuple[float, float] | None:
    if a.estimate is None or b.estimate is None:
        return None
    if a.conf_low is None or a.conf_high is None:
        return None
    if b.conf_low is None or b.conf_high is None:
        return None
    gap = a.estimate - b.estimate
    below = ((a.estimate - a.conf_low) ** 2 + (b.conf_high - b.estimate) ** 2) ** 0.5
    above = ((a.conf_high - a.estimate) ** 2 + (b.estimate - b.conf_low) ** 2) ** 0.5
    return gap - below, gap + above
