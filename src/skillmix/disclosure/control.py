"""What may be shown: small counts suppressed, others rounded, rates after that.

Thresholds follow the practice of NHS workforce releases (counts of 1 to 4
suppressed, others rounded to 5). A rate is computed from the rounded counts, or
its decimals would give the exact counts back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skillmix.disclosure.fitted import exact_row, protected_row
from skillmix.disclosure.thresholds import ROUND_TO, SMALLEST_SHOWN, round_count
from skillmix.schema.results import Counted, Disclosure, Finding, Published, Row, seal
from skillmix.statistics.estimators import Cell, Estimator

COUNTED = tuple(Counted.columns())
_ROUNDED = f"Counts are rounded to {ROUND_TO}; rates are computed from rounded counts."
_FITTED = (
    "Estimates are of a model of the exact counts, shown to three significant figures; "
    f"counts are rounded to {ROUND_TO}."
)


def protect(finding: Finding, estimators: Mapping[str, Estimator]) -> Published:
    """Return the finding fit to be published.

    Tables already published by their owner pass through unchanged and say so.
    """
    if not finding.people_counted:
        rows = _exact(finding, estimators)
        return seal(finding=finding, rows=rows, disclosure="already published")
    if finding.fitted is not None:
        rows = [protected_row(fitted) for fitted in finding.fitted]
    else:
        rows = [_protected(raw, estimators) for raw in finding.cells]
    hidden = sum(row.status == "suppressed" for row in rows)
    notes = (
        _ROUNDED if finding.fitted is None else _FITTED,
        *(
            (f"{hidden} of {len(rows)} rows rest on 1 to 4 people and are not shown.",)
            if hidden
            else ()
        ),
    )
    return seal(finding=finding, rows=rows, disclosure="protected", notes=notes)


def leave_unprotected(
    finding: Finding, estimators: Mapping[str, Estimator]
) -> Published:
    """Return exact counts for internal use; every page made of it says so."""
    level: Disclosure = "internal" if finding.people_counted else "already published"
    rows = _exact(finding, estimators)
    return seal(
        finding=finding,
        rows=rows,
        disclosure=level,
        notes=("Internal, not for publication.",) if level == "internal" else (),
    )


def _exact(finding: Finding, estimators: Mapping[str, Estimator]) -> list[Row]:
    if finding.fitted is not None:
        return [exact_row(fitted) for fitted in finding.fitted]
    return [_row(raw, _cell(raw), estimators) for raw in finding.cells]


def _protected(raw: Mapping[str, Any], estimators: Mapping[str, Estimator]) -> Row:
    cell = _cell(raw)
    small = any(
        count is not None and 0 < count < SMALLEST_SHOWN
        for count in (cell.cases, cell.people)
    )
    if small:
        return Row(keys=_keys(raw), measure=raw["measure"], status="suppressed")
    rounded = Cell(
        numerator=round_count(cell.numerator),
        denominator=round_count(cell.denominator),
        cases=cell.cases,
        people=None if cell.people is None else int(round_count(cell.people) or 0),
        numerator_squares=cell.numerator_squares,
        denominator_squares=cell.denominator_squares,
    )
    return _row(raw, rounded, estimators)


def _row(
    raw: Mapping[str, Any], cell: Cell, estimators: Mapping[str, Estimator]
) -> Row:
    interval = estimators[raw["measure"]](cell)
    return Row(
        keys=_keys(raw),
        measure=raw["measure"],
        numerator=cell.numerator,
        denominator=cell.denominator,
        estimate=interval.estimate,
        conf_low=interval.conf_low,
        conf_high=interval.conf_high,
        n=cell.people,
        status="shown" if interval.estimate is not None else "unavailable",
    )


def _cell(raw: Mapping[str, Any]) -> Cell:
    return Cell(**{name: raw[name] for name in COUNTED if name != "measure"})


def _keys(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in raw.items() if k not in COUNTED}
