"""What every pay gap shows, by one sign rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model
from skillmix.measures.pay import fit_gaps, pay_cells
from skillmix.schema.results import Fitted, Row
from skillmix.schema.scope import Scope
from skillmix.words.numbers import number

BY = ("staff_group",)
DEFINITION = (
    "Basic pay an hour, for a 37.5-hour week, of staff in post in the as-at month, at "
    "the main post. A gap is the reference group's pay minus the other's, over the "
    "reference group's: above zero, the reference group is paid more."
)


def fit(cells: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Give each group's pay and its gap to the reference group, by staff group."""
    return fit_gaps(cells, by=BY)


MODEL = Model(by=(*BY, "characteristic", "group", "pence"), fit=fit)


def by_staff_group(posts: ir.Table, characteristic: str, scope: Scope) -> ir.Table:
    """Give people by staff group, group and penny of hourly pay, in the as-at month."""
    now = posts.filter(posts.month == ibis.literal(scope.month))
    return pay_cells(now, by=BY, names=(characteristic,))


def gap_measures(reference: str) -> Mapping[str, Measure]:
    """Return the mean and the median gap.

    Args:
        reference: Who the reference group is, in words.
    """
    return {
        "mean_gap": Measure(
            label="Gap in mean hourly pay",
            unit="percent",
            denominator=f"mean hourly pay of {reference}",
            method="ratio of means, MOVER of normal intervals",
        ),
        "median_gap": Measure(
            label="Gap in median hourly pay",
            unit="percent",
            denominator=f"median hourly pay of {reference}",
            method="ratio of medians, MOVER of order-statistic intervals",
        ),
    }


def beside(row: Row | None, reference: str) -> str:
    """Say where pay lies beside the reference group's, in words instead of signs.

    Args:
        row: A gap; above zero the reference group is paid more.
        reference: Whose pay it is set beside, for example "that of men".

    Returns:
        For example "2.1% above that of men (95% interval 0.9% to 3.3% above)".
    """
    if row is None or row.estimate is None:
        return f"cannot be set beside {reference}: too few people to show"
    middle = _side(row.estimate)
    place = f"was level with {reference}" if not middle else f"lay {middle} {reference}"
    if row.conf_low is None or row.conf_high is None:
        return place
    ends = sorted((row.conf_low, row.conf_high), key=abs)
    low, high = (_side(end) for end in ends)
    if not high:
        return place
    if low and row.conf_low < 0 < row.conf_high:
        return f"{place} (95% interval {high} to {low}, so the gap may be none)"
    size = number(abs(ends[0]) if low else 0.0, "percent", 1)
    return f"{place} (95% interval {size} to {high})"


def _side(gap: float) -> str:
    """Return a gap as "2.1% below", the sign being the reference group's."""
    size = number(abs(gap), "percent", 1)
    if size in {number(0.0, "percent", 1), number(1e-9, "percent", 1)}:
        return ""
    return f"{size} {'below' if gap > 0 else 'above'}"


def measures(reference: str) -> Mapping[str, Measure]:
    """Return both gaps, and the pay beneath them."""
    return {
        **gap_measures(reference),
        "mean_pay": Measure(
            label="Mean hourly pay",
            unit="gbp_per_hour",
            denominator="people at their main post",
            method="normal interval",
            decimals=2,
        ),
        "median_pay": Measure(
            label="Median hourly pay",
            unit="gbp_per_hour",
            denominator="people at their main post",
            method="order statistics",
            decimals=2,
        ),
    }
