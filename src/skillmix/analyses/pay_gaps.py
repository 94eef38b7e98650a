"""What every pay gap shows, by one sign rule."""

from __future__ import annotations

from collections.abc import Mapping

from skillmix.catalogue import Measure

DEFINITION = (
    "Basic pay an hour, for a 37.5-hour week, of staff in post in the as-at month, at "
    "the main post. A gap is the reference group's pay minus the other's, over the "
    "reference group's: above zero, the reference group is paid more."
)


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
