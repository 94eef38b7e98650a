"""Funnel limits agree with closed forms, and real spread widens them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from skillmix.statistics.funnel import Z95, Z998, funnel


def test_limits_of_a_proportion_are_near_the_binomial_ones_in_large_units() -> None:
    chart = funnel([(200, 1000)] * 20, overdispersed=False)
    low, high = chart.limits(10_000, z=Z95)
    spread = Z95 * math.sqrt(0.2 * 0.8 / 10_000)
    assert low == pytest.approx(0.2 - spread, abs=1e-4)
    assert high == pytest.approx(0.2 + spread, abs=1e-4)


def test_limits_of_a_rate_are_those_of_the_square_root_of_a_poisson_count() -> None:
    chart = funnel([(50, 100)] * 5, kind="rate", overdispersed=False)
    assert chart.limits(100)[1] == pytest.approx((math.sqrt(0.5) + Z998 / 20) ** 2)


def test_limits_of_a_ratio_are_symmetric_in_its_logarithm() -> None:
    chart = funnel([(50, 100)] * 5, kind="ratio", overdispersed=False)
    low, high = chart.limits(100)
    assert low * high == pytest.approx(chart.centre**2)


def test_chance_alone_gives_no_extra_spread_and_few_outliers() -> None:
    rng = np.random.default_rng(7)
    sizes = rng.integers(200, 2000, 200)
    counts = [(float(rng.binomial(n, 0.3)), float(n)) for n in sizes]
    chart = funnel(counts)
    assert chart.dispersion < 1.1
    assert sum(bool(u.outlier) for u in chart.units) <= 3


def test_real_spread_between_units_widens_the_limits() -> None:
    rng = np.random.default_rng(7)
    shares = np.clip(rng.normal(0.3, 0.05, 150), 0.05, 0.6)
    counts = [(float(rng.binomial(2000, p)), 2000.0) for p in shares]
    plain, wide = funnel(counts, overdispersed=False), funnel(counts)
    assert sum(bool(u.outlier) for u in plain.units) > 30
    assert sum(bool(u.outlier) for u in wide.units) <= 3
    # The spread put in is 0.05 / (2 sqrt(p q)) on the arc sine scale; drawing the
    # outermost tenth in on each side takes a good quarter off a normal one.
    put_in = 0.05 / (2 * math.sqrt(0.21))
    assert 0.65 < wide.between / put_in < 0.85


def test_one_unit_far_off_stays_an_outlier_beside_ordinary_spread() -> None:
    rng = np.random.default_rng(3)
    counts = [(float(rng.binomial(1000, 0.3)), 1000.0) for _ in range(60)]
    chart = funnel([*counts, (700.0, 1000.0)])
    assert chart.units[-1].outlier == "high"
    assert not any(u.outlier for u in chart.units[:-1])
