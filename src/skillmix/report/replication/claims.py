"""Whether rows bear out what the report says without a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from skillmix.catalogue import Analysis, Claim
from skillmix.report.replication.taking import DATED, pick
from skillmix.schema.results import Published, Row
from skillmix.words.numbers import number


def judge(
    claim: Claim, published: Published, analysis: Analysis
) -> tuple[bool | None, str]:
    """Return whether the rows bear a claim out, and their values in words.

    None means that the rows it needs are not there.
    """
    picked = [pick(published, row) for row in claim.picks]
    if not all(picked) or (not picked and not claim.among):
        return None, ""
    judged = _JUDGES[claim.relation](claim, picked, published)
    rows = [row for rows in picked for row in _ends(rows)]
    return judged, ", ".join(_value(row, analysis) for row in rows)


def _values(rows: Sequence[Row]) -> list[float]:
    return [float(row.estimate or 0.0) for row in rows]


def _firsts(picked: Sequence[Sequence[Row]]) -> list[float]:
    return [_values(rows)[0] for rows in picked]


def _every(picked: Sequence[Sequence[Row]]) -> list[float]:
    return [value for rows in picked for value in _values(rows)]


def _greater(_: Claim, picked: Sequence[Sequence[Row]], __: Published) -> bool:
    values = _firsts(picked)
    return all(a > b for a, b in pairwise(values))


def _similar(claim: Claim, picked: Sequence[Sequence[Row]], _: Published) -> bool:
    values = _every(picked)
    return max(values) - min(values) <= claim.within


def _varies(claim: Claim, picked: Sequence[Sequence[Row]], _: Published) -> bool:
    values = _every(picked)
    return max(values) - min(values) > claim.within


def _majority(_: Claim, picked: Sequence[Sequence[Row]], __: Published) -> bool:
    return all(value > 0.5 for value in _every(picked))


def _largest(
    claim: Claim, picked: Sequence[Sequence[Row]], published: Published
) -> bool:
    return _firsts(picked)[0] >= max(_values(pick(published, claim.among)))


def _smallest(
    claim: Claim, picked: Sequence[Sequence[Row]], published: Published
) -> bool:
    return _firsts(picked)[0] <= min(_values(pick(published, claim.among)))


def _in_time(rows: Sequence[Row]) -> list[float]:
    key = next(k for k in DATED if k in rows[0].keys)
    return _values(sorted(rows, key=lambda row: row[key]))


def _falls(_: Claim, picked: Sequence[Sequence[Row]], __: Published) -> bool:
    return all(s[-1] < s[0] for s in map(_in_time, picked))


def _rises(_: Claim, picked: Sequence[Sequence[Row]], __: Published) -> bool:
    return all(s[-1] > s[0] for s in map(_in_time, picked))


def _rises_then_falls(_: Claim, picked: Sequence[Sequence[Row]], __: Published) -> bool:
    series = [_in_time(rows) for rows in picked]
    return all(max(s) > s[0] and s[-1] < max(s) for s in series)


def _no_pattern(claim: Claim, _: Sequence[Sequence[Row]], published: Published) -> bool:
    """Tell whether no row's interval lies wholly off the intervals of all others."""
    rows = [r for r in pick(published, claim.among) if r.conf_low is not None]
    for row in rows:
        others = [r for r in rows if r is not row]
        if others and all(_apart(row, other) for other in others):
            return False
    return bool(rows)


def _apart(a: Row, b: Row) -> bool:
    return (a.conf_low or 0.0) > (b.conf_high or 0.0) or (a.conf_high or 0.0) < (
        b.conf_low or 0.0
    )


def _ends(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the first and last of many rows, for showing."""
    return rows if len(rows) <= 2 else (rows[0], rows[-1])


def _value(row: Row, analysis: Analysis) -> str:
    measure = analysis.measures[row.measure]
    return number(row.estimate, measure.unit, measure.decimals + 1)


_JUDGES: Mapping[str, Any] = {
    "greater": _greater,
    "similar": _similar,
    "varies": _varies,
    "majority": _majority,
    "largest": _largest,
    "smallest": _smallest,
    "falls": _falls,
    "rises": _rises,
    "rises_then_falls": _rises_then_falls,
    "no_pattern": _no_pattern,
}
