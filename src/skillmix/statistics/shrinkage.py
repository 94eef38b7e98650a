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

from skillmix.statistics.estimators import Z95, Interval

Numbers = NDArray[np.floating[Any]]
# Beyond this many people's worth, a prior has pulled every group onto its line.
_STRONGEST = 1e7
_ROUNDS = 120
_SHARES = 40
_POINTS = 5
_HALVINGS = 30
_NEGLIGIBLE = 1e-5


def beta_binomial_strength(
    cases: Sequence[int], people: Sequence[int], expected: Sequence[float]
) -> float:
    """Return how many people's worth the expectation counts for, by likelihood.

    Each group's rate is Beta with the expected rate as its mean; the strength is the
    sum of its two parameters, the same for all groups. Skellam (1948), Journal of
    the Royal Statistical Society B 10:257-261.

    Args:
        cases: People with the event, by group.
        people: People, by group.
        expected: The expected rate of each group, from an additive model.
    """
    from scipy.special import betaln

    x, n = np.array(cases, dtype=float), np.array(people, dtype=float)
    m = np.clip(np.array(expected, dtype=float), 1e-9, 1 - 1e-9)

    def likelihood(logarithm: float) -> float:
        strength = math.exp(logarithm)
        a, b = m * strength, (1 - m) * strength
        return float((betaln(x + a, n - x + b) - betaln(a, b)).sum())

    return math.exp(_highest(likelihood, 0.0, math.log(_STRONGEST)))


def beta_binomial(
    cases: int, people: int, expected: float, strength: float
) -> Interval:
    """Return a group's rate, pulled towards the expected by a known strength.

    The interval is of the posterior Beta distribution: Morris (1983), Journal of the
    American Statistical Association 78:47-55.
    """
    from scipy.special import betaincinv

    mean = min(max(expected, 1e-9), 1 - 1e-9)
    a = cases + mean * strength
    b = people - cases + (1 - mean) * strength
    low, high = (float(betaincinv(a, b, tail)) for tail in (0.025, 0.975))
    return Interval(a / (a + b), low, high)


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

    The mean and the interval are those of the mixture of Beta distributions over the
    strengths, and over the expected rate, taken to be normal on the log odds.

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
    return Interval(float((weight * a / (a + b)).sum()), low, high)


def normal(estimates: Sequence[float], errors: Sequence[float]) -> tuple[Interval, ...]:
    """Return estimates pulled towards their mean, with 95% intervals.

    The spread between groups is DerSimonian and Laird's (1986, Controlled Clinical
    Trials 7:177-188) moment estimate. The interval allows for the mean being
    estimated too, but not the spread.
    """
    y = np.array(estimates, dtype=float)
    w = 1 / np.array(errors, dtype=float) ** 2
    fixed = float((w * y).sum() / w.sum())
    excess = float((w * (y - fixed) ** 2).sum()) - (len(y) - 1)
    spread = max(excess / float(w.sum() - (w**2).sum() / w.sum()), 0.0)
    weights = 1 / (1 / w + spread)
    mean = float((weights * y).sum() / weights.sum())
    own = spread / (spread + 1 / w)
    centre = own * y + (1 - own) * mean
    variance = own / w + (1 - own) ** 2 / float(weights.sum())
    half = Z95 * np.sqrt(variance)
    return tuple(
        Interval(float(c), float(c - h), float(c + h))
        for c, h in zip(centre, half, strict=True)
    )


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


def _highest(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function of one peak is highest, by golden section."""
    ratio = (math.sqrt(5) - 1) / 2
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = function(left), function(right)
    for _ in range(_ROUNDS):
        if at_left >= at_right:
            high, right, at_right = right, left, at_left
            left = high - ratio * (high - low)
            at_left = function(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + ratio * (high - low)
            at_right = function(right)
    return (low + high) / 2
