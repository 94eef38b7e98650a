"""Hourly pay: counted by the penny, so that medians, quarters and gaps follow.

Sign rule, everywhere: a gap is the reference group's pay minus the other's, over the
reference group's; above zero, the reference group (men, white staff, staff who are
not disabled) is paid more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from skillmix.measures.cells import cells
from skillmix.measures.characteristics import by_characteristic, characteristics
from skillmix.measures.closed import fraction_row
from skillmix.schema.results import Fitted
from skillmix.statistics import intervals
from skillmix.statistics.estimators import NOTHING, Z95, Interval

# A full-time week of 37.5 hours, 365.25 days a year; basic pay is by the month.
HOURS_A_MONTH = 37.5 * 365.25 / 7 / 12
PENCE = 100.0
QUARTERS = ("lower", "lower_middle", "upper_middle", "upper")
# A median of fewer people comes too close to telling one person's pay.
FEWEST_PAID = 10
EVERYONE_ELSE = "all_others"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A group's hourly pay in pence, ascending, with the people at each penny."""

    pence: tuple[int, ...]
    people: tuple[int, ...]

    @property
    def number(self) -> int:
        """How many people there are."""
        return sum(self.people)

    def mean(self) -> Interval:
        """Return the mean with its normal interval."""
        n = self.number
        if n < 2:
            return NOTHING
        pairs = list(zip(self.pence, self.people, strict=True))
        mean = sum(p * k for p, k in pairs) / n
        square = sum(k * (p - mean) ** 2 for p, k in pairs)
        half = Z95 * math.sqrt(square / (n - 1) / n)
        return Interval(mean, mean - half, mean + half)

    def median(self) -> Interval:
        """Return the median with its interval of order statistics."""
        return intervals.quantile(self.pence, self.people, 0.5)


def hourly(posts: ir.Table) -> ir.Table:
    """Keep paid main posts, with basic pay an hour in whole pence."""
    paid = posts.filter(posts.main_post & (posts.basic_pay > 0) & (posts.fte > 0))
    rate = paid.basic_pay.cast("float64") / paid.fte.cast("float64") / HOURS_A_MONTH
    return paid.mutate(pence=rate.round().cast("int64"))


def pay_cells(posts: ir.Table, *, by: Sequence[str], names: Sequence[str]) -> ir.Table:
    """Give people by characteristic, group, keys and penny of hourly pay."""
    keys = (*by, "characteristic", "group", "pence")
    named = by_characteristic(hourly(posts), names)
    counted = named.group_by(list(keys)).agg(people=lambda t: t.count())
    return cells(
        counted,
        keys=keys,
        measure="people",
        numerator=counted.people,
        cases=counted.people,
        people=counted.people,
    )


def fit_gaps(rows: Sequence[Row], *, by: tuple[str, ...]) -> list[Fitted]:
    """Give each group's mean and median pay and its gaps to the reference group."""
    out: list[Fitted] = []
    for key, groups in _paid(rows, (*by, "characteristic")).items():
        named = dict(zip((*by, "characteristic"), key, strict=True))
        told = characteristics()[str(named["characteristic"])]
        reference = groups.pop(told.reference, None)
        groups.pop(told.not_known, None)
        if reference is None:
            continue
        if len(groups) > 1:
            groups[EVERYONE_ELSE] = _merged(list(groups.values()))
        out += _levels({**named, "group": told.reference}, reference)
        for group, paid in groups.items():
            keys = {**named, "group": group}
            out += _levels(keys, paid)
            out += _gaps(keys, paid, reference)
    return out


def fit_statutory(rows: Sequence[Row], *, by: tuple[str, ...]) -> list[Fitted]:
    """Give the gender pay gap in its statutory form: gaps, and women by quarter."""
    out: list[Fitted] = []
    for key, groups in _paid(rows, by).items():
        women, men = groups.get("female"), groups.get("male")
        if women is None or men is None:
            continue
        named = dict(zip(by, key, strict=True))
        out += _gaps({**named, "quarter": "all"}, women, men)
        for quarter, (share, people) in zip(
            QUARTERS, women_by_quarter(women, men), strict=True
        ):
            out.append(_quarter({**named, "quarter": quarter}, share, people))
    return out


def fit_bonuses(rows: Sequence[Row], *, by: tuple[str, ...]) -> list[Fitted]:
    """Give the bonus gaps among those who had one, and who had one.

    Args:
        rows: People by keys, group and `pence` of bonus pay in the year; 0 for none.
        by: Keys that tell series apart.
    """
    out: list[Fitted] = []
    for key, groups in _paid(rows, by).items():
        named = dict(zip(by, key, strict=True))
        paid = {name: _with_bonus(groups[name]) for name in groups}
        if {"female", "male"} <= set(paid):
            keys = {**named, "group": "female"}
            out += _gaps(keys, paid["female"], paid["male"])
        for name in ("female", "male"):
            if name in groups:
                counts = (paid[name].number, groups[name].number)
                out.append(fraction_row({**named, "group": name}, "received", *counts))
    return out


def _with_bonus(group: Paid) -> Paid:
    kept = [(p, n) for p, n in zip(group.pence, group.people, strict=True) if p > 0]
    return Paid(pence=tuple(p for p, _ in kept), people=tuple(n for _, n in kept))


def women_by_quarter(women: Paid, men: Paid) -> list[tuple[float, float]]:
    """Return women and all people in each quarter of hourly pay, lowest first.

    People are ranked by hourly pay and cut into four equal parts; where a cut falls
    among people on the same pay, women and men are shared out in proportion.
    """
    pennies = sorted({*women.pence, *men.pence})
    of_women = dict(zip(women.pence, women.people, strict=True))
    of_men = dict(zip(men.pence, men.people, strict=True))
    each = (women.number + men.number) / len(QUARTERS)
    found = [[0.0, 0.0] for _ in QUARTERS]
    place, room = 0, each
    for penny in pennies:
        mine, everyone = of_women.get(penny, 0), 0.0
        everyone = float(mine + of_men.get(penny, 0))
        share, left = mine / everyone, everyone
        while left > 1e-9:
            take = min(left, room) if place < len(QUARTERS) - 1 else left
            found[place][0] += take * share
            found[place][1] += take
            left, room = left - take, room - take
            if room <= 1e-9 and place < len(QUARTERS) - 1:
                place, room = place + 1, each
    return [(w, n) for w, n in found]


def _levels(keys: Row, paid: Paid) -> list[Fitted]:
    return [
        _row(keys, "mean_pay", _in_pounds(paid.mean()), paid),
        _row(keys, "median_pay", _in_pounds(paid.median()), paid),
    ]


def _gaps(keys: Row, paid: Paid, reference: Paid) -> list[Fitted]:
    return [
        _row(keys, "mean_gap", _gap(paid.mean(), reference.mean()), paid, reference),
        _row(
            keys, "median_gap", _gap(paid.median(), reference.median()), paid, reference
        ),
    ]


def _gap(mine: Interval, reference: Interval) -> Interval:
    """Return one minus the ratio of two pays, with its interval (MOVER)."""
    ratio = intervals.ratio_of(mine, reference)
    if ratio.estimate is None or ratio.conf_low is None or ratio.conf_high is None:
        if mine.estimate is None or not reference.estimate:
            return NOTHING
        return Interval(1 - mine.estimate / reference.estimate, None, None)
    return Interval(1 - ratio.estimate, 1 - ratio.conf_high, 1 - ratio.conf_low)


def _quarter(keys: Row, women: float, people: float) -> Fitted:
    share = women / people
    return Fitted(
        keys=keys,
        measure="women",
        estimate=share,
        people=round(people),
        rests_on=(round(women), round(people - women)),
        per_person=1 / people,
    )


def _row(keys: Row, measure: str, interval: Interval, *groups: Paid) -> Fitted:
    numbers = tuple(group.number for group in groups)
    shown = interval if min(numbers) >= FEWEST_PAID else NOTHING
    return Fitted(
        keys=keys,
        measure=measure,
        estimate=shown.estimate,
        conf_low=shown.conf_low,
        conf_high=shown.conf_high,
        people=numbers[0],
        rests_on=numbers,
    )


def _in_pounds(pence: Interval) -> Interval:
    return Interval(*(None if v is None else v / PENCE for v in pence))


def _paid(
    rows: Sequence[Row], by: tuple[str, ...]
) -> dict[tuple[Any, ...], dict[str, Paid]]:
    """Put each group's pennies together, ascending, by the keys."""
    sums: dict[tuple[Any, ...], dict[str, dict[int, int]]] = {}
    for row in rows:
        groups = sums.setdefault(tuple(row[key] for key in by), {})
        pennies = groups.setdefault(row["group"], {})
        penny = int(row["pence"])
        pennies[penny] = pennies.get(penny, 0) + int(row["people"])
    return {
        key: {name: _sorted(pennies) for name, pennies in sorted(groups.items())}
        for key, groups in sums.items()
    }


def _merged(groups: Sequence[Paid]) -> Paid:
    sums: dict[int, int] = {}
    for group in groups:
        for penny, people in zip(group.pence, group.people, strict=True):
            sums[penny] = sums.get(penny, 0) + people
    return _sorted(sums)


def _sorted(pennies: Mapping[int, int]) -> Paid:
    order = sorted(pennies)
    return Paid(pence=tuple(order), people=tuple(pennies[p] for p in order))
