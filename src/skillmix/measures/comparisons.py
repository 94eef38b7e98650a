"""How likely one group is to move up, train or leave, beside another like it.

The engine counts people and events by pattern (group, band, setting, role, age and
trust); the model compares each group with its reference twice: as they are, and as
they would be if both had the same bands, roles, settings and ages.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import ibis.expr.types as ir
import numpy as np

from skillmix.measures.cells import cells
from skillmix.measures.characteristics import by_characteristic, characteristics
from skillmix.measures.closed import share_of
from skillmix.schema.results import Fitted
from skillmix.statistics import equivalence, intervals, multiplicity
from skillmix.statistics.bounds import rate_with_unknown
from skillmix.statistics.estimators import NOTHING, Interval
from skillmix.statistics.regression import design, logistic, standardised

FACTORS = ("band", "care_setting", "role_category", "age_group")
CLUSTER = "employer"
BY = ("characteristic", "group", *FACTORS, CLUSTER)
# Groups with fewer events than this carry no adjusted estimate: about ten events a
# coefficient is the usual rule (Peduzzi and others 1996), and five is its floor.
FEWEST_EVENTS = 5
# A ratio that may be a thousand either way says nothing of the groups.
WIDEST = 1000.0
# Degrees of freedom at which Student's t is the normal distribution.
MANY = 10**9
NOT_SHOWN = "not_shown"
REFERENCE = "reference"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group's people and events, all patterns together."""

    name: str
    cases: int
    people: int

    @property
    def rests_on(self) -> tuple[int, ...]:
        """Counts that must not be of 1 to 4 people."""
        return (self.people, self.cases, self.people - self.cases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """A group against its reference, both with everybody's bands, roles and ages.

    Attributes:
        ratio: Relative likelihood.
        ratio_90: The same with its 90% interval.
        difference: Difference of the chances.
        spread: How much wider trusts being alike make it: robust over plain variance.
        p_value: Of no difference, before other comparisons are allowed for.
    """

    ratio: Interval
    ratio_90: Interval
    difference: Interval
    spread: float
    p_value: float


def comparison_cells(
    people: ir.Table, happened: ir.BooleanValue, names: Sequence[str]
) -> ir.Table:
    """Give people and events by characteristic, group, pattern and trust."""
    named = by_characteristic(people.mutate(happened=happened), names)
    counted = named.group_by(list(BY)).agg(
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


def compare(rows: Sequence[Row]) -> list[Fitted]:
    """Compare every group with its reference; p-values allow for their number.

    Keys of the rows are `characteristic`, `group` and `verdict` (see
    `statistics.equivalence`); groups whose characteristic is not known are compared
    with nobody and widen the others' bounds instead.
    """
    found: list[tuple[str, Group, Group, Group, Adjusted | None]] = []
    for name in dict.fromkeys(row["characteristic"] for row in rows):
        mine = [row for row in rows if row["characteristic"] == name]
        groups = _groups(mine)
        told = characteristics()[name]
        nobody = Group(name=told.not_known, cases=0, people=0)
        unknown = groups.pop(told.not_known, nobody)
        reference = groups.pop(told.reference, None)
        if reference is None:
            continue
        known = [row for row in mine if row["group"] != told.not_known]
        adjusted = _adjust(known, name, reference.name)
        found.append((name, reference, reference, unknown, None))
        found += [
            (name, group, reference, unknown, adjusted.get(group.name))
            for group in groups.values()
        ]
    return _rows(found)


def _rows(
    found: Sequence[tuple[str, Group, Group, Group, Adjusted | None]],
) -> list[Fitted]:
    compared = [n for n, (_, group, ref, *_) in enumerate(found) if group is not ref]
    p_values = dict(
        zip(
            compared,
            multiplicity.holm([_p_value_of(found[n][4]) for n in compared]),
            strict=True,
        )
    )
    out: list[Fitted] = []
    for n, (name, group, reference, unknown, adjusted) in enumerate(found):
        keys = {"characteristic": name, "group": group.name}
        if group is reference:
            keys["verdict"] = REFERENCE
            out += _rates(keys, group, unknown)
            continue
        keys["verdict"] = _verdict(group, adjusted, p_values[n])
        if _small(group):
            # One row says that the group is too small; eight would say no more.
            out += _rates(keys, group, unknown)[:1]
            continue
        out += _rates(keys, group, unknown)
        out += _as_they_are(keys, group, reference)
        out += _like_for_like(keys, group, reference, adjusted, p_values[n])
        out += _noticeable(keys, group, reference, adjusted)
    return out


def _groups(rows: Sequence[Row]) -> dict[str, Group]:
    sums: dict[str, list[int]] = {}
    for row in rows:
        both = sums.setdefault(row["group"], [0, 0])
        both[0] += int(row["cases"])
        both[1] += int(row["people"])
    return {
        name: Group(name=name, cases=cases, people=people)
        for name, (cases, people) in sorted(sums.items())
    }


def _adjust(rows: Sequence[Row], name: str, reference: str) -> dict[str, Adjusted]:
    """Fit the groups of one characteristic beside band, setting, role and age."""
    groups = _groups(rows)
    able = {
        g.name
        for g in groups.values()
        if min(g.cases, g.people - g.cases) >= FEWEST_EVENTS
    }
    if reference not in able or len(able) < 2:
        return {}
    kept = [row for row in rows if row["group"] in able]
    factors = [f for f in FACTORS if not (name == "age" and f == "age_group")]
    usual = {f: commonest(kept, f) for f in factors}
    plan = design(kept, {"group": reference, **usual})
    cases = np.array([float(row["cases"]) for row in kept])
    people = np.array([float(row["people"]) for row in kept])
    clusters = [row[CLUSTER] for row in kept]
    robust = logistic(plan.matrix, cases, people, clusters=clusters)
    if not robust.converged:
        return {}
    plain = replace(robust, covariance=robust.unclustered)
    # One trust has nobody to be compared with, and its people are taken one by one.
    freedom = len(set(clusters)) - 1
    if freedom < 1:
        robust, freedom = plain, MANY
    places = plan.columns("group")
    given = np.isfinite(robust.coefficients)
    others = [name for name, place in places.items() if given[place]]
    levels = (reference, *others)
    share, covariance = standardised(robust, plan, people, "group", levels)
    _, without = standardised(plain, plan, people, "group", levels)
    found = {
        other: _contrast(share, covariance, without, place, freedom)
        for place, other in enumerate(others, start=1)
    }
    return {other: told for other, told in found.items() if _bounded(told)}


def _bounded(told: Adjusted) -> bool:
    """Tell whether a ratio says anything.

    Where patterns part a group from those it is set beside, the fit ends at chances of
    next to nothing, and ratios of them run to thousands and beyond.
    """
    return all(e is not None and 1 / WIDEST < e < WIDEST for e in told.ratio)


def _contrast(
    share: np.ndarray[Any, Any],
    covariance: np.ndarray[Any, Any],
    plain: np.ndarray[Any, Any],
    place: int,
    freedom: int,
) -> Adjusted:
    """Set a group's standardised chance beside the reference's, which is the first.

    Quantiles are Student's with one degree of freedom less than there are trusts: by
    simulation the normal ones cover too seldom with sixty trusts.
    """
    base, mine = float(share[0]), float(share[place])
    on_log = np.zeros(len(share))
    on_log[0], on_log[place] = -1 / base, 1 / mine
    apart = np.zeros(len(share))
    apart[0], apart[place] = -1.0, 1.0
    error = math.sqrt(max(float(on_log @ covariance @ on_log), 0.0))
    alone = float(on_log @ plain @ on_log)
    t95, t90 = (intervals.student_quantile(level, freedom) for level in (0.95, 0.9))
    half = t95 * math.sqrt(max(float(apart @ covariance @ apart), 0.0))
    gap = mine - base
    return Adjusted(
        ratio=_on_log(mine / base, error, t95),
        ratio_90=_on_log(mine / base, error, t90),
        difference=Interval(gap, gap - half, gap + half),
        spread=max(error**2 / alone, 1.0) if alone > 0 else 1.0,
        p_value=equivalence.p_value(math.log(mine / base) / error, freedom=freedom)
        if error > 0
        else 1.0,
    )


def _rates(keys: Row, group: Group, unknown: Group) -> list[Fitted]:
    rows = [_closed(keys, "rate", share_of, (group,))]
    if unknown.people:
        rows.append(
            _closed(keys, "rate_with_not_known", rate_with_unknown, (group, unknown))
        )
    return rows


def _as_they_are(keys: Row, group: Group, reference: Group) -> list[Fitted]:
    both = (group, reference)
    gap = intervals.miettinen_nurminen_difference
    return [
        _closed(keys, "relative_likelihood", intervals.score_ratio, both),
        _closed(keys, "difference", gap, both),
    ]


def _like_for_like(
    keys: Row,
    group: Group,
    reference: Group,
    adjusted: Adjusted | None,
    p_adjusted: float,
) -> list[Fitted]:
    ratio = adjusted.ratio if adjusted else NOTHING
    gap = adjusted.difference if adjusted else NOTHING
    p_value = Interval(p_adjusted if adjusted else None, None, None)
    both = (group, reference)
    return [
        _fitted(keys, "adjusted_likelihood", ratio, both),
        _fitted(keys, "adjusted_difference", gap, both),
        _fitted(keys, "p_value", p_value, both),
    ]


def _noticeable(
    keys: Row, group: Group, reference: Group, adjusted: Adjusted | None
) -> list[Fitted]:
    """Give the relative likelihoods between which a difference could have hidden.

    Trusts being alike make people count for less, by the spread of the adjusted fit.
    """
    spread = adjusted.spread if adjusted else 1.0
    both = (group, reference)
    return [
        _closed(keys, name, partial(_noticed, spread, side), both)
        for side, name in enumerate(("noticed_below", "noticed_above"))
    ]


def _noticed(
    spread: float, side: int, cases: int, people: int, of_cases: int, of_people: int
) -> Interval:
    if not of_people or not of_cases:
        return NOTHING
    share = of_cases / of_people
    ends = equivalence.minimum_detectable_difference(
        share, people / spread, of_people / spread
    )
    end = ends[side]
    return Interval(None if end is None else 1 + end / share, None, None)


def _closed(
    keys: Row,
    measure: str,
    formula: Callable[..., Interval],
    groups: tuple[Group, ...],
) -> Fitted:
    """Give a row that follows from the cases and people of its groups alone."""
    counts = tuple(n for group in groups for n in (group.cases, group.people))
    row = _fitted(keys, measure, formula(*counts), groups)
    return replace(row, counts=counts, formula=formula)


def _fitted(
    keys: Row, measure: str, interval: Interval, groups: tuple[Group, ...]
) -> Fitted:
    return Fitted(
        keys=keys,
        measure=measure,
        estimate=interval.estimate,
        conf_low=interval.conf_low,
        conf_high=interval.conf_high,
        people=groups[0].people,
        rests_on=tuple(n for group in groups for n in group.rests_on),
        numerator=groups[0].cases,
        denominator=groups[0].people,
    )


def _verdict(group: Group, adjusted: Adjusted | None, p_adjusted: float) -> str:
    if adjusted is None or _small(group):
        return NOT_SHOWN
    found = equivalence.verdict(
        adjusted.ratio, adjusted.ratio_90, p_adjusted=p_adjusted
    )
    return found or NOT_SHOWN


def _small(group: Group) -> bool:
    return any(0 < n < FEWEST_EVENTS for n in group.rests_on)


def _p_value_of(adjusted: Adjusted | None) -> float:
    return adjusted.p_value if adjusted else 1.0


def _on_log(ratio: float, error: float, z: float) -> Interval:
    step = math.exp(z * error)
    return Interval(ratio, ratio / step, ratio * step)


def commonest(rows: Sequence[Row], factor: str) -> str:
    """Return the level with most people; the first in the alphabet of equals."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[str(row[factor])] = sums.get(str(row[factor]), 0) + int(row["people"])
    return min(sums, key=lambda level: (-sums[level], level))
