"""The rows a printed number is held to: found by key, or the nearest in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillmix.catalogue import Printed
from skillmix.schema.results import Published, Row

DATED = ("month", "from_month", "to_month", "year", "period_start", "period_end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the rows give, or why they give nothing.

    Attributes:
        value: As results hold it; None if there is no such row.
        low: Lower end of the 95% interval, where there is one.
        high: Upper end.
        instead: The time of the row taken, where it is not the one asked for.
        why: Why there is no value.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    instead: str = ""
    why: str = ""


def take(published: Published, printed: Printed) -> Taken:
    """Return what a result gives for a printed number."""
    rows, instead = _picked(published, printed.row)
    shown = [r for r in rows if r.status == "shown" and r.estimate is not None]
    if not shown:
        hidden = any(r.status == "suppressed" for r in rows)
        return Taken(
            why="Too few people stand behind it to show it."
            if hidden
            else "The inputs hold no such row."
        )
    if printed.take in ("first_year", "last_year", "years"):
        return _years(shown, published, printed.take, instead)
    values = [float(r.estimate or 0.0) for r in shown]
    if printed.take in ("estimate", "minus"):
        if len(shown) > 1:
            return Taken(why=f"{len(shown)} rows answer to it; one was expected.")
        (row,) = shown
        ends = (row.conf_low, row.conf_high)
        if printed.take == "minus":
            # Turned round, the upper end is the lower one.
            values = [-values[0]]
            ends = tuple(None if e is None else -e for e in reversed(ends))
        return Taken(value=values[0], low=ends[0], high=ends[1], instead=instead)
    sums = {"lowest": min, "highest": max, "total": sum, "rows": len}
    return Taken(value=float(sums[printed.take](values)), instead=instead)


def pick(published: Published, row: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return the shown rows with these keys, exactly."""
    return tuple(
        r
        for r in published.where(**row)
        if r.status == "shown" and r.estimate is not None
    )


def _picked(
    published: Published, row: Mapping[str, Any]
) -> tuple[tuple[Row, ...], str]:
    """Return rows with these keys, or else those nearest in time to the date asked."""
    rows = published.where(**row)
    dated = {k: v for k, v in row.items() if k in DATED}
    if rows or not dated:
        return rows, ""
    rest = {k: v for k, v in row.items() if k not in DATED}
    others = [r for r in published.where(**rest) if r.estimate is not None]
    if not others:
        return (), ""
    nearest = min(others, key=lambda r: _distance(r, dated))
    same = {k: nearest[k] for k in dated}
    return published.where(**rest, **same), ", ".join(_told(v) for v in same.values())


def _distance(row: Row, dated: Mapping[str, Any]) -> tuple[int, int]:
    """Measure how far a row is: the same month of the year goes before all others."""
    apart = 0
    season = 0
    for key, wanted in dated.items():
        has = row[key]
        if isinstance(wanted, dt.date):
            season += has.month != wanted.month
            apart += abs((has.year - wanted.year) * 12 + has.month - wanted.month)
        else:
            apart += abs(int(has) - int(wanted))
    return season, apart


def _told(value: Any) -> str:
    return value.strftime("%B %Y") if isinstance(value, dt.date) else str(value)


def _years(
    rows: Sequence[Row], published: Published, which: str, instead: str
) -> Taken:
    found = [
        r[key].year if isinstance(r[key], dt.date) else int(r[key])
        for r in rows
        for key in DATED
        if key in r.keys and r[key] is not None
    ]
    if not found and published.period:
        found = [date.year for date in published.period]
    if not found:
        return Taken(why="The rows carry no date.")
    value = {
        "first_year": min(found),
        "last_year": max(found),
        "years": max(found) - min(found),
    }[which]
    return Taken(value=float(value), instead=instead)
