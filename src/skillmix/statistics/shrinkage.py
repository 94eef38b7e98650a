"""Estimates for many small groups, each pulled towards what groups like it show.

A rate seen in twelve people says little by itself. Empirical Bayes sets it beside the
rate expected of such a group and pulls it there, the more so the fewer people there
are, by a strength that the spread of all the groups decides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmix.statistics.estimators import Interval

Numbers = NDArray[np.floating[Any]]
_SHARES = 40
_POINTS = 5
_HALVINGS = 30
_NEGLIGIBLE = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Strengths:
    """How many people's worth the expectation may count for, with probabilities."""

    values: Numbers
    weights: Numbers


def likely_strengths(
    cases: Sequence[int], people: Sequence[int], expected: Sequence[float]
) -> Strengths:
    """Return which strengths the spread of the groups bears out, and how much each.

    With thirty groups the strength itself is uncertain, and intervals that take the
    likeliest one for known cover too seldom. The prior is uniform in the share by
    which a group of usual size is pulled: Daniels (1999), Canadian Journal of
    Statistics 27:567-578.

    Args:
        cases: People with the event, by group.
        people: People, by group.
        expected: The expected rate of each group.
    """
    from scipy.special import betaln

    x, n = np.array(cases, dtype=float), np.array(people, dtype=float)
    m = np.clip(np.array(expected, dtype=float), 1e-9, 1 - 1e-9)
    usual = len(n) / float((1 / np.maximum(n, 1.0)).sum())
    pulled = (np.arange(_SHARES) + 0.5) / _SHARES
    strengths = usual * pulled / (1 - pulled)
    a, b = np.outer(strengths, m), np.outer(strengths, 1 - m)
    log = (betaln(x + a, n - x + b) - betaln(a, b)).sum(axis=1)
    weights = np.exp(log - log.max())
    return Strengths(values=strengths, weights=weights / weights.sum())


def pulled_together(
    cases: int,
    people: int,
    expected: float,
    strengths: Strengths,
    *,
    expected_error: float = 0.0,
) -> Interval:
    """Return a group's rate, pulled towards the expected, whatever the strength.

    The estimate is the mean over the strengths, so it lies between the rate seen and
    the rate expected. The interval is that of the mixture of Beta distributions over
    the strengths and over the expected rate, taken to be normal on the log odds.

    Args:
        cases: People with the event.
        people: People in the group.
        expected: The expected rate.
        strengths: From `likely_strengths`.
        expected_error: Standard error of the expected rate.
    """
    from scipy.special import betainc

    mean = min(max(expected, 1e-6), 1 - 1e-6)
    points, shares = np.polynomial.hermite_e.hermegauss(_POINTS)
    error = expected_error / (mean * (1 - mean))
    rates = 1 / (1 + np.exp(-(math.log(mean / (1 - mean)) + error * points)))
    a = cases + np.outer(strengths.values, rates).ravel()
    b = people - cases + np.outer(strengths.values, 1 - rates).ravel()
    weight = np.outer(strengths.weights, shares / shares.sum()).ravel()
    kept = weight > _NEGLIGIBLE
    a, b, weight = a[kept], b[kept], weight[kept] / weight[kept].sum()

    def below(rate: float) -> float:
        return float((weight * betainc(a, b, rate)).sum())

    low, high = (_where(below, tail) for tail in (0.025, 0.975))
    drawn = (cases + strengths.values * mean) / (people + strengths.values)
    return Interval(float((strengths.weights * drawn).sum()), low, high)


def _where(below: Callable[[float], float], tail: float) -> float:
    """Return the rate below which a share of a distribution lies, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if below(middle) < tail:
            low = middle
        else:
            high = middle
    return (low + high) / 2
