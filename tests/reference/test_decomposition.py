"""Gaps decomposed from grouped sums agree with lm() on people's own rows in R."""

from __future__ import annotations

import numpy as np

from reference.reference_values import close, reference
from skillmix.statistics import decomposition
from skillmix.statistics.estimators import Z95, Interval
from skillmix.statistics.regression import design

VALUES = reference("decomposition")


def parts() -> decomposition.Parts:
    patterns = sorted({(c["band"], c["region"]) for c in VALUES["cells"]})
    rows = [{"band": b, "region": r} for b, r in patterns]
    sums = {}
    for man in (True, False):
        mine = {(c["band"], c["region"]): c for c in VALUES["cells"] if c["man"] == man}
        sums[man] = decomposition.Sums(
            **{
                name: np.array([float(mine[p][name]) for p in patterns])
                for name in ("people", "total", "squares")
            }
        )
    plan = design(rows, {"band": "2", "region": "north"})
    return decomposition.oaxaca_blinder(
        plan, sums[True], sums[False], ("band", "region")
    )


def same(found: Interval, wanted: dict) -> None:
    close(found.estimate, wanted["estimate"])
    assert found.conf_low is not None
    close((found.estimate - found.conf_low) / Z95, wanted["error"])


def test_oaxaca_blinder() -> None:
    found = parts()
    close(found.gap.estimate, VALUES["gap"])
    same(found.explained, VALUES["explained"])
    same(found.unexplained, VALUES["unexplained"])
    same(found.by_factor["band"], VALUES["band"])
    same(found.by_factor["region"], VALUES["region"])


def test_the_parts_make_the_gap() -> None:
    found = parts()
    assert found.explained.estimate is not None
    assert found.unexplained.estimate is not None
    close(found.explained.estimate + found.unexplained.estimate, found.gap.estimate)
