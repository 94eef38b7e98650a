"""What a pay gap is made of: different posts, and different pay in like posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis.expr.types as ir
import numpy as np

from skillmix.measures.cells import cells
from skillmix.measures.characteristics import (
    by_characteristic,
    characteristics,
    wide_age,
)
from skillmix.measures.comparisons import commonest
from skillmix.measures.pay import EVERYONE_ELSE, FEWEST_PAID, PENCE, hourly
from skillmix.schema.results import Fitted
from skillmix.statistics.decomposition import Sums, oaxaca_blinder
from skillmix.statistics.estimators import Interval
from skillmix.statistics.regression import design

FACTORS = ("band", "staff_group", "age_group", "region", "employer_type")
BY = ("characteristic", "group", *FACTORS)
Row = Mapping[str, Any]


def part_cells(posts: ir.Table, names: Sequence[str]) -> ir.Table:
    """Give people, pay and squared pay by characteristic, group and pattern."""
    paid = hourly(posts)
    paid = paid.mutate(age_group=wide_age(paid.age), squares=paid.pence * paid.pence)
    counted = (
        by_characteristic(paid, names)
        .group_by(list(BY))
        .agg(
            people=lambda t: t.count(),
            pence=lambda t: t.pence.sum(),
            squares=lambda t: t.squares.sum(),
        )
    )
    return cells(
        counted,
        keys=BY,
        measure="pay",
        numerator=counted.pence,
        denominator=counted.people,
        cases=counted.people,
        people=counted.people,
        numerator_squares=counted.squares,
    )


def fit_parts(rows: Sequence[Row]) -> list[Fitted]:
    """Part each characteristic's gap into what posts explain and what they do not."""
    out: list[Fitted] = []
    for name in dict.fromkeys(row["characteristic"] for row in rows):
        told = characteristics()[name]
        mine = [r for r in rows if r["characteristic"] == name]
        reference = [r for r in mine if r["group"] == told.reference]
        groups = sorted({r["group"] for r in mine} - {told.reference, told.not_known})
        compared = {g: [r for r in mine if r["group"] == g] for g in groups}
        if len(groups) > 1:
            compared[EVERYONE_ELSE] = [r for r in mine if r["group"] in groups]
        for group, others in compared.items():
            if _people(reference) >= FEWEST_PAID and _people(others) >= FEWEST_PAID:
                keys = {"characteristic": name, "group": group}
                out += _parts(keys, reference, others)
    return out


def _parts(keys: Row, reference: Sequence[Row], others: Sequence[Row]) -> list[Fitted]:
    both = [*reference, *others]
    patterns = sorted({tuple(str(r[f]) for f in FACTORS) for r in both})
    as_rows: list[Row] = [
        dict(zip(FACTORS, pattern, strict=True)) for pattern in patterns
    ]
    usual: dict[str, str] = {f: commonest(reference, f) for f in FACTORS}
    plan = design(as_rows, usual)
    places = {pattern: n for n, pattern in enumerate(patterns)}
    first, second = _sums(reference, places), _sums(others, places)
    parts = oaxaca_blinder(plan, first, second, FACTORS)
    base = float(first.total.sum() / first.people.sum())
    found = {
        "gap": parts.gap,
        "explained": parts.explained,
        "unexplained": parts.unexplained,
        **{f"by_{factor}": part for factor, part in parts.by_factor.items()},
    }
    counts = (_people(others), _people(reference))
    return [
        Fitted(
            keys={**keys, "part": part},
            measure=measure,
            estimate=scaled.estimate,
            conf_low=scaled.conf_low,
            conf_high=scaled.conf_high,
            people=counts[0],
            rests_on=counts,
        )
        for part, interval in found.items()
        for measure, scaled in (
            ("of_reference_pay", _over(interval, base)),
            ("pounds_an_hour", _over(interval, PENCE)),
        )
    ]


def _sums(rows: Sequence[Row], places: Mapping[tuple[str, ...], int]) -> Sums:
    table = np.zeros((3, len(places)))
    for row in rows:
        place = places[tuple(str(row[f]) for f in FACTORS)]
        table[0, place] += float(row["people"])
        table[1, place] += float(row["numerator"])
        table[2, place] += float(row["numerator_squares"])
    return Sums(people=table[0], total=table[1], squares=table[2])


def _people(rows: Sequence[Row]) -> int:
    return sum(int(row["people"]) for row in rows)


def _over(interval: Interval, base: float) -> Interval:
    return Interval(*(None if v is None else v / base for v in interval))
