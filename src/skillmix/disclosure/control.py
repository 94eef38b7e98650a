"""What may be shown: small counts suppressed, others rounded, rates after that.

Thresholds follow the practice of NHS workforce releases (counts of 1 to 4
suppressed, others rounded to 5). A rate is computed from the rounded counts, or
its decimals would give the exact counts back; so is its interval. Rows from which a
suppressed count could be worked out are suppressed too (`disclosure.secondary`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from skillmix.disclosure.fitted import coarse, exact_row, protected_row, rests_on_few
from skillmix.disclosure.relations import lines_of
from skillmix.disclosure.secondary import further_hidden
from skillmix.disclosure.thresholds import (
    ROUND_TO,
    SMALLEST_SHOWN,
    is_small,
    round_count,
)
from skillmix.schema.results import (
    Counted,
    Disclosure,
    Finding,
    Fitted,
    Published,
    Row,
    seal,
)
from skillmix.statistics import estimators as known_estimators
from skillmix.statistics.estimators import Cell, Estimator, Interval

COUNTED = tuple(Counted.columns())
_ROUNDED = f"Counts are rounded to {ROUND_TO}; rates are computed from rounded counts."
_FITTED = (
    "Estimates are of a model of the exact counts, shown to three significant figures; "
    f"counts are rounded to {ROUND_TO}."
)
_AVERAGED = (
    "Averages are of the exact sums, shown to three significant figures; counts are "
    f"rounded to {ROUND_TO}."
)
# An average of rounded sums would be far off in a small group, so it is taken of the
# exact ones and shown coarsely, without the sum that would tell how many they are.
_AVERAGES = (
    known_estimators.mean,
    known_estimators.days_of_five,
    known_estimators.mean_per_fte,
)
# The denominator is of another month, whose people its own row tells and no other.
_ON_A_BASE = (known_estimators.index_100, known_estimators.plain_index)
# Without a count of people, what such a share is of is no people: adverts, answers.
_OF_OTHERS = (known_estimators.proportion,)
# Squares hold the days of the month there, which tell of nobody.
_OF_DAYS = (known_estimators.day_rate,)


def protect(finding: Finding, estimators: Mapping[str, Estimator]) -> Published:
    """Return the finding fit to be published.

    Tables already published by their owner pass through unchanged and say so.
    """
    if not finding.people_counted:
        rows = _exact(finding, estimators)
        return seal(finding=finding, rows=rows, disclosure="already published")
    found = finding.cells if finding.fitted is None else finding.fitted
    few = frozenset(n for n, one in enumerate(found) if _rests_on_few(one, estimators))
    all_of_few = (
        frozenset(n for n, one in enumerate(found) if _all_of_few(one, estimators))
        - few
    )
    primary = few | all_of_few
    secondary = further_hidden(lines_of(finding), primary)
    rows = [
        _hidden(one) if n in primary or n in secondary else _protected(one, estimators)
        for n, one in enumerate(found)
    ]
    notes = (
        _how(finding, estimators),
        *_told(len(rows), len(few), len(all_of_few), len(secondary)),
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


def _how(finding: Finding, estimators: Mapping[str, Estimator]) -> str:
    """Say what was done to the numbers that are shown."""
    if finding.fitted is not None:
        return _FITTED
    used = {estimators[raw["measure"]] for raw in finding.cells}
    return _AVERAGED if used <= {*_AVERAGES} else _ROUNDED


def _told(rows: int, few: int, all_of_few: int, secondary: int) -> list[str]:
    """Say how many rows are hidden, and why."""
    why = (
        (few, "rests on 1 to 4 people", "rest on 1 to 4 people"),
        (
            all_of_few,
            "holds for all or nearly all of 5 to 7 people",
            "hold for all or nearly all of 5 to 7 people",
        ),
        (
            secondary,
            "could be used to work out a count of 1 to 4 people",
            "could be used to work out a count of 1 to 4 people",
        ),
    )
    return [
        f"{number} of {rows} rows {one if number == 1 else many} and "
        f"{'is' if number == 1 else 'are'} not shown."
        for number, one, many in why
        if number
    ]


def _rests_on_few(
    one: Mapping[str, Any] | Fitted, estimators: Mapping[str, Estimator]
) -> bool:
    """Tell whether 1 to 4 people stand behind a row.

    Where a row does not tell how many people there are, fewer than five full-time
    equivalents, or days lost, are taken to be theirs.
    """
    if isinstance(one, Fitted):
        return rests_on_few(one)
    estimator = estimators[one["measure"]]
    sides = (("cases", "numerator"), ("people", "denominator"))
    untold = [
        one[amount]
        for people, amount in sides
        if one[people] is None and estimator not in _OF_OTHERS
    ]
    base = [one["denominator"]] if estimator in _ON_A_BASE else []
    amounts = [abs(amount) for amount in (*untold, *base) if amount is not None]
    return any(map(is_small, (one["cases"], one["people"], *amounts)))


def _all_of_few(
    one: Mapping[str, Any] | Fitted, estimators: Mapping[str, Estimator]
) -> bool:
    """Tell whether a share would show that all of 5 to 7 people did, or nearly all.

    It is judged by what would be shown, not by how many are missing: what is shown
    would tell that nobody is, otherwise.
    """
    if isinstance(one, Fitted):
        top, bottom, of_people = one.numerator, one.denominator, True
    else:
        top, bottom = one["numerator"], one["denominator"]
        share = estimators[one["measure"]] is known_estimators.proportion
        of_people = share and (top, bottom) == (one["cases"], one["people"])
    shown = round_count(top), round_count(bottom)
    return of_people and shown == (SMALLEST_SHOWN, SMALLEST_SHOWN)


def _hidden(one: Mapping[str, Any] | Fitted) -> Row:
    if isinstance(one, Fitted):
        return Row(keys=one.keys, measure=one.measure, status="suppressed")
    return Row(keys=_keys(one), measure=one["measure"], status="suppressed")


def _protected(
    one: Mapping[str, Any] | Fitted, estimators: Mapping[str, Estimator]
) -> Row:
    if isinstance(one, Fitted):
        return protected_row(one)
    cell, estimator = _cell(one), estimators[one["measure"]]
    squares = (cell.numerator_squares, cell.denominator_squares)
    rounded = replace(
        cell,
        numerator=round_count(cell.numerator),
        denominator=round_count(cell.denominator),
        cases=_whole(cell.cases),
        people=_whole(cell.people),
    )
    if estimator in _AVERAGES:
        interval = Interval(*map(coarse, estimator(cell)))
        return _row(one, replace(rounded, numerator=None), interval)
    if estimator not in _OF_DAYS:
        top, bottom = map(_round_squares, squares)
        rounded = replace(rounded, numerator_squares=top, denominator_squares=bottom)
    return _row(one, rounded, estimator(rounded))


def _whole(count: int | None) -> int | None:
    return None if count is None else int(round_count(count) or 0)


def _round_squares(squares: float | None) -> float | None:
    """Return a sum of squared FTE as coarse as the people it is of.

    Where all work full time it is their number. It stays above nothing, or an
    interval would have no width.
    """
    return max(round_count(squares) or 0, ROUND_TO) if squares else squares


def _exact(finding: Finding, estimators: Mapping[str, Estimator]) -> list[Row]:
    if finding.fitted is not None:
        return [exact_row(fitted) for fitted in finding.fitted]
    cells = [(raw, _cell(raw)) for raw in finding.cells]
    return [_row(raw, c, estimators[raw["measure"]](c)) for raw, c in cells]


def _row(raw: Mapping[str, Any], cell: Cell, interval: Interval) -> Row:
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
