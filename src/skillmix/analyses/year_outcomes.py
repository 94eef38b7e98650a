"""What the analyses of a year's outcomes show: moving up, of stayers and of all."""

from __future__ import annotations

from collections.abc import Mapping

from skillmix.catalogue import Measure
from skillmix.statistics import estimators

PEOPLE = "people of the workforce at bands 2 to 4 a year before"
DEFINITION = (
    "Headcount by main post: people of the workforce at bands 2 to 4 a year before the "
    "as-at month. Of stayers counts those in post at both ends; of all counts everyone "
    "at the start, so that whoever left had no chance to move up. Left means in no "
    "post of the record."
)


def measures() -> Mapping[str, Measure]:
    """Return moving up of stayers, moving up of all, and leaving."""
    return {
        "moved_up_of_stayers": Measure(
            label="Moved up a band, of those still in post",
            unit="percent",
            denominator=f"{PEOPLE} and still in post",
            estimator=estimators.proportion,
        ),
        "moved_up_of_all": Measure(
            label="Moved up a band, of all",
            unit="percent",
            denominator=PEOPLE,
            estimator=estimators.proportion,
        ),
        "left_of_all": Measure(
            label="Left, of all",
            unit="percent",
            denominator=PEOPLE,
            estimator=estimators.proportion,
        ),
    }
