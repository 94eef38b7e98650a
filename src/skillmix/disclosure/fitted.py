"""What a model may show: its rows are judged by the counts beneath them.

A row is suppressed where any count it rests on is 1 to 4 people. A closed form is
computed again from rounded counts, as every rate is. A life table or a regression
cannot be, its cells being too many and too small: it is fitted to the exact cells, and
what is shown keeps three significant figures and is no finer than five people would
make it, so that the exact counts cannot be worked back out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from skillmix.disclosure.thresholds import ROUND_TO, is_small, round_count
from skillmix.schema.results import Fitted, Row

FIGURES_SHOWN = 3


def rests_on_few(fitted: Fitted) -> bool:
    """Tell whether any count beneath a model's row is 1 to 4 people."""
    return any(map(is_small, (*fitted.rests_on, fitted.people)))


def protected_row(fitted: Fitted) -> Row:
    """Return a row that rests on enough people, fit to be published."""
    estimate, conf_low, conf_high = _published(fitted)
    return _row(
        fitted,
        estimate=estimate,
        conf_low=conf_low,
        conf_high=conf_high,
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


def _published(fitted: Fitted) -> Sequence[float | None]:
    if fitted.formula is not None:
        rounded = [int(round_count(count) or 0) for count in fitted.counts]
        return tuple(fitted.formula(*rounded))
    exact = (fitted.estimate, fitted.conf_low, fitted.conf_high)
    return tuple(coarse(value, ROUND_TO * fitted.per_person) for value in exact)


def coarse(value: float | None, step: float = 0.0) -> float | None:
    """Return a number to three significant figures, and to whole steps if told."""
    if value is None or value == 0 or not math.isfinite(value):
        return value
    stepped = step * round(value / step) if step > 0 else value
    if stepped == 0:
        return 0.0
    figures = FIGURES_SHOWN - 1 - math.floor(math.log10(abs(stepped)))
    return round(stepped, figures)
