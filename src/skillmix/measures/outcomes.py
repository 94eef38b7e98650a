"""What becomes of people in a year, all outcomes at once and like for like.

Moving up, staying and leaving exclude each other, so their chances are fitted
together (a multinomial regression) and add up to one. Band is a factor like the
others: its rows are those of a transition matrix for people who are alike in the rest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from skillmix.measures.careers import counted_people
from skillmix.measures.characteristics import characteristics, group_of
from skillmix.measures.comparisons import CLUSTER, FEWEST_EVENTS
from skillmix.measures.progression import moved_up
from skillmix.schema.results import Fitted
from skillmix.statistics.estimators import Interval, on_logit
from skillmix.statistics.intervals import student_quantile
from skillmix.statistics.regression import (
    Design,
    Fit,
    design,
    multinomial,
    standardised_outcomes,
)

STAYED, UP, LEFT = "stayed", "moved_up", "left"
OUTCOMES = (STAYED, UP, LEFT)
BAND = "band"
CHARACTERISTICS = ("age", "gender", "ethnic_group", "disability")
FACTORS = (BAND, *CHARACTERISTICS)
BY = (*FACTORS, CLUSTER, "year_outcome")
REFERENCE_BAND = "2"
# With one trust, people are taken one by one and quantiles are the normal ones.
_MANY = 10**9
Row = Mapping[str, Any]


def outcome_cells(pairs: ir.Table) -> ir.Table:
    """Count people by band, characteristics, trust and what became of them."""
    outcome = ibis.cases(
        (~pairs.stayed, ibis.literal(LEFT)),
        (moved_up(pairs), ibis.literal(UP)),
        else_=STAYED,
    )
    named = pairs.select(
        CLUSTER,
        BAND,
        *(group_of(pairs, name).name(name) for name in CHARACTERISTICS),
        year_outcome=outcome,
    )
    counted = named.group_by(list(BY)).agg(people=lambda t: t.count())
    return counted_people(counted, keys=BY, measure="people")


def fit_outcomes(rows: Sequence[Row]) -> list[Fitted]:
    """Give each outcome's chance by group, with everybody's other characteristics.

    A group in which fewer than five people had some outcome stays in the fit as if of
    the reference group, and is not shown.

    Raises:
        ValueError: If the fit does not settle.
    """
    patterns, by_trust = _patterns(rows)
    counts = by_trust.sum(axis=0)
    if not patterns or not (counts.sum(axis=0) >= FEWEST_EVENTS).all():
        return []
    references = _references()
    shown = {f: _shown(patterns, counts, f) for f in FACTORS}
    usual = {f: r for f, r in references.items() if r in shown[f]}
    placed = [
        {f: p[f] if p[f] in shown[f] else usual[f] for f in usual} for p in patterns
    ]
    plan = design(placed, usual)
    freedom = len(by_trust) - 1
    fit = multinomial(plan.matrix, counts, by_cluster=by_trust if freedom else None)
    if not fit.converged:
        raise ValueError("the outcomes cannot be told apart")
    return [
        row
        for factor, reference in usual.items()
        for row in _of_factor(
            fit,
            plan,
            counts,
            [p[factor] for p in patterns],
            factor=factor,
            levels=(reference, *sorted(shown[factor] - {reference})),
            freedom=freedom or _MANY,
        )
    ]


def _of_factor(
    fit: Fit,
    plan: Design,
    counts: np.ndarray[Any, Any],
    values: Sequence[str],
    *,
    factor: str,
    levels: tuple[str, ...],
    freedom: int,
) -> list[Fitted]:
    share, covariance = standardised_outcomes(
        fit, plan, counts.sum(axis=1), factor, levels
    )
    t = student_quantile(0.95, freedom)
    out: list[Fitted] = []
    for row, level in enumerate(levels):
        mine = counts[[v == level for v in values]].sum(axis=0).astype(int)
        for column, outcome in enumerate(OUTCOMES):
            place = row * len(OUTCOMES) + column
            keys = {
                "characteristic": factor,
                "group": level,
                "year_outcome": outcome,
            }
            chance = float(share[row, column])
            error = math.sqrt(max(float(covariance[place, place]), 0.0))
            out.append(_row(keys, "chance", on_logit(chance, error, quantile=t), mine))
            if row:
                slope = np.zeros(len(covariance))
                slope[place], slope[column] = 1.0, -1.0
                half = t * math.sqrt(max(float(slope @ covariance @ slope), 0.0))
                gap = chance - float(share[0, column])
                apart = Interval(gap, gap - half, gap + half)
                out.append(_row(keys, "difference", apart, mine))
    return out


def _row(
    keys: Row, measure: str, interval: Interval, mine: np.ndarray[Any, Any]
) -> Fitted:
    return Fitted(
        keys=keys,
        measure=measure,
        estimate=interval.estimate,
        conf_low=interval.conf_low,
        conf_high=interval.conf_high,
        people=int(mine.sum()),
        rests_on=tuple(mine.tolist()),
    )


def _patterns(rows: Sequence[Row]) -> tuple[list[Row], np.ndarray[Any, Any]]:
    """Return the patterns, and people by trust, pattern and outcome."""
    keys = [tuple(str(row[name]) for name in FACTORS) for row in rows]
    places = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    trusts = {name: n for n, name in enumerate({row[CLUSTER]: None for row in rows})}
    people = np.zeros((len(trusts), len(places), len(OUTCOMES)))
    for key, row in zip(keys, rows, strict=True):
        outcome = OUTCOMES.index(row["year_outcome"])
        people[trusts[row[CLUSTER]], places[key], outcome] += int(row["people"])
    return [dict(zip(FACTORS, key, strict=True)) for key in places], people


def _shown(
    patterns: Sequence[Row], counts: np.ndarray[Any, Any], factor: str
) -> frozenset[str]:
    """Return the groups in which enough people had every outcome."""
    values = np.array([p[factor] for p in patterns])
    return frozenset(
        str(level)
        for level in np.unique(values)
        if (counts[values == level].sum(axis=0) >= FEWEST_EVENTS).all()
    )


def _references() -> Mapping[str, str]:
    told = characteristics()
    return {BAND: REFERENCE_BAND} | {n: told[n].reference for n in CHARACTERISTICS}
