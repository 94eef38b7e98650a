"""Estimates for many small groups, each pulled towards what groups like it show.

A rate seen in twelve people says little by itself. Empirical Bayes sets it beside the
rate expected of such a group and pulls it there, the more so the fewer people there
are, by a strength that the spread of all the groups decides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from skillmix.statistics.estimators import Z95, Interval

# Beyond this many people's worth, a prior has pulled every group onto its line.
_STRONGEST = 1e7
_ROUNDS = 120


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
    cases: int,
    people: int,
    expected: float,
    strength: float,
    *,
    expected_error: float = 0.0,
) -> Interval:
    """Return a group's rate, pulled towards the expected, with its 95% interval.

    The interval is of the posterior Beta distribution: Morris (1983), Journal of the
    American Statistical Association 78:47-55. Where the expected rate is uncertain
    itself, its error is added by the weight it has, and the interval is taken on the
    log odds; otherwise groups that agree would seem to be known without doubt.

    Args:
        cases: People with the event.
        people: People in the group.
        expected: The expected rate.
        strength: How many people's worth the expectation counts for.
        expected_error: Standard error of the expected rate.
    """
    from scipy.special import betaincinv

    mean = min(max(expected, 1e-9), 1 - 1e-9)
    a = cases + mean * strength
    b = people - cases + (1 - mean) * strength
    rate = a / (a + b)
    if expected_error <= 0:
        low, high = (float(betaincinv(a, b, tail)) for tail in (0.025, 0.975))
        return Interval(rate, low, high)
    weight = strength / (strength + people)
    variance = rate * (1 - rate) / (a + b + 1) + (weight * expected_error) ** 2
    step = Z95 * math.sqrt(variance) / (rate * (1 - rate))
    odds = rate / (1 - rate)
    lower, upper = odds * math.exp(-step), odds * math.exp(step)
    return Interval(rate, lower / (1 + lower), upper / (1 + upper))


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
