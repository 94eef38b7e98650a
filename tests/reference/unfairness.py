"""Records in which a group's chances are, or are not, what its equals have."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from skillmix.measures.comparisons import BY, compare
from skillmix.statistics import markov
from skillmix.statistics.estimators import Interval


def cells(rng: np.random.Generator, odds_ratio: float) -> list[dict[str, Any]]:
    """People of 60 trusts that differ, two bands, white and black staff."""
    rows = []
    trusts = rng.normal(0, 0.35, 60)
    for trust, effect in enumerate(trusts):
        for band, base in (("2", -1.6), ("3", -2.3)):
            for group, share in (("white", 0.8), ("black", 0.2)):
                people = int(rng.poisson(110 * share)) + 1
                eta = base + effect + (math.log(odds_ratio) if group == "black" else 0)
                cases = int(rng.binomial(people, 1 / (1 + math.exp(-eta))))
                rows.append(
                    dict(
                        zip(
                            BY,
                            (
                                *("ethnic_group", group, band, "any", "any", "30_44"),
                                f"T{trust}",
                            ),
                            strict=True,
                        ),
                        cases=cases,
                        people=people,
                    )
                )
    return rows


def adjusted(
    rows: list[dict[str, Any]], measure: str = "adjusted_likelihood"
) -> tuple[Interval, str]:
    """Return the group's adjusted figure and the verdict on it."""
    for row in compare(rows):
        if row.measure == measure:
            ends = Interval(row.estimate, row.conf_low, row.conf_high)
            return ends, row.keys["verdict"]
    raise AssertionError("no adjusted row")


def true_ratio(odds_ratio: float) -> float:
    """Return the relative likelihood that the odds ratio comes to, over all trusts."""
    return true_share(math.log(odds_ratio)) / true_share(0.0)


def true_difference(odds_ratio: float) -> float:
    """Return the difference of the chances that the odds ratio comes to."""
    return true_share(math.log(odds_ratio)) - true_share(0.0)


def true_share(more: float) -> float:
    """Return the chance over both bands and all trusts, with more log odds."""
    points, weights = np.polynomial.hermite_e.hermegauss(60)
    weights = weights / weights.sum()
    bands = [
        float(weights @ (1 / (1 + np.exp(-(base + more + 0.35 * points)))))
        for base in (-1.6, -2.3)
    ]
    return sum(bands) / 2


def alarms(rng: np.random.Generator, *, odds_ratio: float, draws: int) -> int:
    """Count the draws in which the group is said to differ."""
    told = (adjusted(cells(rng, odds_ratio))[1] for _ in range(draws))
    return sum(verdict in ("different", "small_difference") for verdict in told)


def markov_alarms(rng: np.random.Generator, *, draws: int) -> int:
    """Count the draws from a chain that forgets in which it is said not to."""
    step = np.array([[0.8, 0.15, 0.05], [0.05, 0.85, 0.1], [0.0, 0.05, 0.95]])
    found = 0
    for _ in range(draws):
        counts: dict[tuple[str, str, str], int] = {}
        for a, start in enumerate((300, 300, 300)):
            for b, middle in enumerate(rng.multinomial(start, step[a])):
                for c, n in enumerate(rng.multinomial(middle, step[b])):
                    if n:
                        counts[str(a), str(b), str(c)] = int(n)
        test = markov.markov_test(counts)
        assert test is not None
        found += test.p_value < 0.05
    return found
