"""Rows that follow from a few counts alone.

Disclosure control works them out again from rounded counts; a row that came from the
exact ones could be worked back to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from skillmix.schema.results import Fitted
from skillmix.statistics.estimators import NOTHING, Interval, wilson


def share_of(cases: int, people: int) -> Interval:
    """Return the share of people to whom something happened, with Wilson's interval."""
    return wilson(cases / people, people) if people else NOTHING


def closed_row(
    keys: Mapping[str, Any],
    measure: str,
    formula: Callable[..., Interval],
    counts: tuple[int, ...],
    *,
    people: int,
    rests_on: tuple[int, ...] | None = None,
) -> Fitted:
    """Return a row that a formula gives from some counts.

    Args:
        keys: What the row is about.
        measure: The measure's slug.
        formula: From the counts to the estimate and the ends of its interval.
        counts: The counts, in the order in which the formula takes them.
        people: People behind the row.
        rests_on: Counts that must not be of 1 to 4 people, if not those above.
    """
    found = formula(*counts)
    return Fitted(
        keys=keys,
        measure=measure,
        estimate=found.estimate,
        conf_low=found.conf_low,
        conf_high=found.conf_high,
        people=people,
        rests_on=counts if rests_on is None else rests_on,
        counts=counts,
        formula=formula,
    )


def fraction_row(
    keys: Mapping[str, Any],
    measure: str,
    cases: int,
    people: int,
    *,
    formula: Callable[..., Interval] = share_of,
    rests_on: tuple[int, ...] | None = None,
) -> Fitted:
    """Return a row of cases out of people, which it shows; a share if not told else."""
    row = closed_row(
        keys, measure, formula, (cases, people), people=people, rests_on=rests_on
    )
    return replace(row, numerator=cases, denominator=people)
