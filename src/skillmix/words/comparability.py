"""Notes that a comparison earns by itself: other dates, places, staff or settings.

Nobody has to remember to write them: they follow from the rows of a result.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

from skillmix.schema.results import Published, Row
from skillmix.words.labels import label
from skillmix.words.numbers import short_month

# Keys whose values are set beside each other in one answer.
COMPARED = ("series", "cohort", "comparator", "concept", "pay_group", "figure")
_DATED = ("year", "month", "period_start", "period_end", "from_month", "to_month")


def comparability(published: Published) -> tuple[str, ...]:
    """Return what sets the groups of a result apart besides what is compared."""
    rows = [r for r in published.rows if r.status == "shown"]
    key = next((k for k in COMPARED if rows and k in rows[0].keys), "")
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key] if key else None, []).append(row)
    if len(groups) < 2:
        return ()
    names = {group: label(key, group, published.scope) for group in groups}
    if key == "figure":
        names = {group: some[0]["subject"] for group, some in groups.items()}
    notes = (
        _note("Dates differ", groups, names, _span),
        _note("Places differ", groups, names, _places),
        _unlike(groups, names) if key == "cohort" else "",
    )
    return tuple(note for note in notes if note)


def _note(
    what: str,
    groups: Mapping[Any, Sequence[Row]],
    names: Mapping[Any, str],
    told: Callable[[Iterable[Row]], str],
) -> str:
    values = {group: told(rows) for group, rows in groups.items()}
    known = {group: value for group, value in values.items() if value}
    if len(set(known.values())) < 2:
        return ""
    by_value: dict[str, list[str]] = {}
    for group, value in known.items():
        by_value.setdefault(value, []).append(names[group])
    listed = "; ".join(f"{value}: {', '.join(who)}" for value, who in by_value.items())
    return f"{what}, so compare with care. {listed}."


def _span(rows: Iterable[Row]) -> str:
    """Return the first and last date of rows, in words."""
    found = [row[k] for row in rows for k in _DATED if row.keys.get(k) is not None]
    if not found:
        return ""
    if any(isinstance(date, int) for date in found):
        found = [d.year if isinstance(d, dt.date) else int(d) for d in found]
    first, last = (_date(end) for end in (min(found), max(found)))
    return first if first == last else f"{first} to {last}"


def _date(value: Any) -> str:
    return short_month(value) if isinstance(value, dt.date) else str(value)


def _places(rows: Iterable[Row]) -> str:
    return ", ".join(sorted({row["place"] for row in rows if "place" in row.keys}))


def _unlike(groups: Mapping[Any, Sequence[Row]], names: Mapping[Any, str]) -> str:
    """Say which groups differ in staff and in setting at once."""
    told = _cohorts()
    pairs = [
        f"{names[a]} and {names[b]}"
        for place, a in enumerate(groups)
        for b in list(groups)[place + 1 :]
        if a in told
        and b in told
        and told[a]["staff"] != told[b]["staff"]
        and told[a]["setting"] != told[b]["setting"]
    ]
    if not pairs:
        return ""
    return (
        f"Not like for like, because staff and setting both differ: {'; '.join(pairs)}."
    )


@cache
def _cohorts() -> Mapping[str, Mapping[str, str]]:
    text = files("skillmix.words").joinpath("cohorts.csv").read_text(encoding="utf-8")
    return {row["cohort"]: row for row in csv.DictReader(StringIO(text))}
