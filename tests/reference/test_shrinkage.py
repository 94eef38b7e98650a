"""Empirical Bayes agrees with optimize() and qbeta() in R."""

from __future__ import annotations

import numpy as np

from reference.reference_values import close, reference
from skillmix.statistics import shrinkage

VALUES = reference("shrinkage")


def test_strengths_near_the_likeliest_weigh_most() -> None:
    found = shrinkage.likely_strengths(
        VALUES["cases"], VALUES["people"], VALUES["expected"]
    )
    heaviest = int(np.argmax(found.weights))
    below, above = found.values[heaviest - 1], found.values[heaviest + 1]
    assert below < VALUES["strength"] < above
    close(float(found.weights.sum()), 1.0)


def test_rates_of_one_known_strength_are_those_of_its_beta_distributions() -> None:
    known = shrinkage.Strengths(
        values=np.array([VALUES["strength"]]), weights=np.array([1.0])
    )
    found = [
        shrinkage.pulled_together(x, n, m, known)
        for x, n, m in zip(
            VALUES["cases"], VALUES["people"], VALUES["expected"], strict=True
        )
    ]
    close([f.estimate for f in found], VALUES["estimate"])
    close([f.conf_low for f in found], VALUES["low"])
    close([f.conf_high for f in found], VALUES["high"])


def test_doubt_about_the_expected_rate_widens_the_interval() -> None:
    strengths = shrinkage.likely_strengths(
        VALUES["cases"], VALUES["people"], VALUES["expected"]
    )
    sure = shrinkage.pulled_together(2, 20, 0.12, strengths)
    unsure = shrinkage.pulled_together(2, 20, 0.12, strengths, expected_error=0.05)
    assert sure.conf_low is not None
    assert sure.conf_high is not None
    assert unsure.conf_low is not None
    assert unsure.conf_high is not None
    assert unsure.conf_low < sure.conf_low
    assert sure.conf_high < unsure.conf_high
    # The doubt is lopsided on the scale of rates, and must not carry the estimate off.
    assert 2 / 20 < (unsure.estimate or 0) < 0.12
