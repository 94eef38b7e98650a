"""What a model may show: its rows are judged by the counts beneath them.

A life table or a regression cannot be made again from rounded counts, as a rate can:
its cells are too many and too small. So it is fitted to the exact cells, a row is
suppressed where any count it rests on is 1 to 4 people, and what is shown keeps three
significant figures, too few to work the exact counts back out.
"""

from __future__ import annotations

import math

from skillmix.disclosure.thresholds import SMALLEST_SHOWN, round_count
from skillmix.schema.results import Fitted, Row

FIGURES_SHOWN = 3


def protected_row(fitted: Fitted) -> Row:
    """Return a model's row fit to be published."""
    if any(0 < count < SMALLEST_SHOWN for count in fitted.rests_on):
        return Row(keys=fitted.keys, measure=fitted.measure, status="suppressed")
    return _row(
        fitted,
        estimate=_coarse(fitted.estimate),
        conf_low=_coarse(fitted.conf_low),
        conf_high=_coarse(fitted.conf_high),
        numerator=round_count(fitted.numerator),
        denominator=round_count(fitted.denominator),
        n=None if fitted.people is None else int(round_count(fitted.people) or 0),
    )


def exact_row(fitted: Fitted) -> Row:
    """Return a model's row as it is, for internal use."""
    return _row(
        fitted,
        estimate=fitted.estimate,
        conf_low=fitted.conf_low,
        conf_high=fitted.conf_high,
        numerator=fitted.numerator,
        denominator=fitted.denominator,
        n=fitted.people,
    )


def _row(
    fitted: Fitted,
    *,
    estimate: float | None,
    conf_low: float | None,
    conf_high: float | None,
    numerator: float | None,
    denominator: float | None,
    n: int | None,
) -> Row:
    return Row(
        keys=fitted.keys,
        measure=fitted.measure,
        numerator=numerator,
        denominator=denominator,
        estimate=estimate,
        conf_low=conf_low,
        conf_high=conf_high,
        n=n,
        status="shown" if estimate is not None else "unavailable",
    )


def _coarse(value: float | None) -> float | None:
    """Return a number to three significant figures."""
    if value is None or value == 0 or not math.isfinite(value):
        return value
    return round(value, FIGURES_SHOWN - 1 - math.floor(math.log10(abs(value))))
