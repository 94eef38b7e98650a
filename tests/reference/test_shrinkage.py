"""Empirical Bayes agrees with optimize() and qbeta() in R."""

from __future__ import annotations

import numpy as np

from reference.reference_values import close, reference
from skillmix.statistics import shrinkage

VALUES = reference("shrinkage")


def test_beta_binomial_strength() -> None:
    found = shrinkage.beta_binomial_strength(
        VALUES["cases"], VALUES["people"], VALUES["expected"]
    )
    # Both search for a peak, and a peak is flat: half the digits are what there is.
    close(found, VALUES["strength"], 1e-5)


def test_beta_binomial_estimates() -> None:
    found = [
        shrinkage.beta_binomial(x, n, m, VALUES["strength"])
        for x, n, m in zip(
            VALUES["cases"], VALUES["people"], VALUES["expected"], strict=True
        )
    ]
    close([f.estimate for f in found], VALUES["estimate"])
    close([f.conf_low for f in found], VALUES["low"])
    close([f.conf_high for f in found], VALUES["high"])


def test_normal_estimates() -> None:
    wanted = VALUES["normal"]
    found = shrinkage.normal(wanted["estimates"], wanted["errors"])
    close([f.estimate for f in found], wanted["estimate"])
    half = np.array([(f.conf_high or 0) - (f.estimate or 0) for f in found])
    close(half, wanted["half"])


def test_groups_that_agree_are_pulled_all_the_way() -> None:
    found = shrinkage.normal([0.2, 0.2, 0.2], [0.05, 0.1, 0.2])
    assert {round(f.estimate or 0, 12) for f in found} == {0.2}
