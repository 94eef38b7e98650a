"""Groups that people belong to at once, pulled towards what each alone would give.

A rate in thirty Asian women under thirty says little. It is set beside what being
Asian, a woman and under thirty would add up to, and pulled there, the more so the
fewer people there are. What is left over is what the intersection itself adds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import ibis.expr.types as ir
import numpy as np

from skillmix.measures.cells import cells
from skillmix.measures.characteristics import characteristics, group_of
from skillmix.measures.closed import fraction_row
from skillmix.schema.results import Fitted
from skillmix.statistics.estimators import Z95, Interval
from skillmix.statistics.regression import Fit, Numbers, design, logistic
from skillmix.statistics.shrinkage import (
    Strengths,
    likely_strengths,
    pulled_together,
)

CROSSED = ("gender", "ethnic_group", "age")
GROUPS = ("gender_group", "ethnicity_group", "wide_age")
BY = (*GROUPS, "band")
Row = Mapping[str, Any]


def intersection_cells(people: ir.Table, happened: ir.BooleanValue) -> ir.Table:
    """Give people and events by gender, ethnic group, age and band, all known."""
    told = people.mutate(happened=happened)
    told = told.mutate(
        **{g: group_of(told, c) for g, c in zip(GROUPS, CROSSED, strict=True)}
    )
    for group, name in zip(GROUPS, CROSSED, strict=True):
        told = told.filter(told[group] != characteristics()[name].not_known)
    counted = told.group_by(list(BY)).agg(
        people=lambda t: t.count(), cases=lambda t: t.happened.cast("int64").sum()
    )
    return cells(
        counted,
        keys=BY,
        measure="events",
        numerator=counted.cases,
        denominator=counted.people,
        cases=counted.cases,
        people=counted.people,
    )


def fit_intersections(rows: Sequence[Row]) -> list[Fitted]:
    """Give each intersection's rate as it is, expected, and pulled together.

    The additive model is fitted with Firth's penalty: where nobody of some ethnic
    group moved, the likelihood alone would expect a chance of nothing.

    Raises:
        ValueError: If the fit does not settle.
    """
    references = {
        group: characteristics()[name].reference
        for group, name in zip(GROUPS, CROSSED, strict=True)
    }
    plan = design(rows, {**references, "band": str(rows[0]["band"])})
    cases = np.array([float(row["cases"]) for row in rows])
    people = np.array([float(row["people"]) for row in rows])
    fit = logistic(plan.matrix, cases, people, penalised=True)
    if not fit.converged:
        raise ValueError("the groups cannot be told apart")
    out: list[Fitted] = []
    groups = _expected(rows, plan.matrix, fit)
    strengths = likely_strengths(
        [g.cases for g in groups],
        [g.people for g in groups],
        [g.expected for g in groups],
    )
    for group in groups:
        pulled = partial(_pulled, group.expected, group.error, strengths)
        both = (group.cases, group.people)
        rests_on = (*both, group.people - group.cases)
        out += [
            fraction_row(group.keys, "seen", *both, rests_on=rests_on),
            fraction_row(
                group.keys, "pulled", *both, formula=pulled, rests_on=rests_on
            ),
            Fitted(
                keys=group.keys,
                measure="expected",
                estimate=group.expected,
                conf_low=max(group.expected - Z95 * group.error, 0.0),
                conf_high=min(group.expected + Z95 * group.error, 1.0),
                people=group.people,
                rests_on=(group.people,),
            ),
        ]
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An intersection's people and events, and the rate the parts add up to."""

    keys: Row
    cases: int
    people: int
    expected: float
    error: float


def _expected(rows: Sequence[Row], matrix: Numbers, fit: Fit) -> list[Group]:
    """Sum the bands of each intersection, with its expected rate and error."""
    # Where nobody of a group moved, the odds are beyond what can be written.
    odds = np.clip(matrix @ np.nan_to_num(fit.coefficients), -500, 500)
    chance = 1 / (1 + np.exp(-odds))
    slope = (chance * (1 - chance))[:, None] * matrix
    covariance = np.nan_to_num(fit.covariance)
    places: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(tuple(row[g] for g in GROUPS), []).append(place)
    found: list[Group] = []
    for key, mine in sorted(places.items()):
        people = np.array([float(rows[place]["people"]) for place in mine])
        weight = people / people.sum()
        gradient = weight @ slope[mine]
        variance = float(gradient @ covariance @ gradient)
        found.append(
            Group(
                keys=dict(zip(GROUPS, key, strict=True)),
                cases=sum(int(rows[place]["cases"]) for place in mine),
                people=int(people.sum()),
                expected=float(weight @ chance[mine]),
                error=math.sqrt(max(variance, 0.0)),
            )
        )
    return found


def _pulled(
    expected: float, error: float, strengths: Strengths, cases: int, people: int
) -> Interval:
    return pulled_together(cases, people, expected, strengths, expected_error=error)
