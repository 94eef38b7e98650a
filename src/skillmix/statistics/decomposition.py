"""What a gap between two groups is made of: who they are, and how they fare.

A gap in mean pay between men and women mixes two things: that they hold different
posts, and that they are paid differently in like posts. Both parts come from grouped
sums (people, pay and squared pay by pattern of characteristics).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmix.statistics.estimators import Z95, Interval
from skillmix.statistics.regression import Design

Numbers = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A gap in two parts, and the first part by factor.

    Attributes:
        gap: Reference group's mean minus the other's.
        explained: The part that lies in having different characteristics.
        unexplained: The rest: other pay for the same characteristics, and everything
            the record does not hold. It is not a measure of discrimination.
        by_factor: The explained part, by factor.
    """

    gap: Interval
    explained: Interval
    unexplained: Interval
    by_factor: Mapping[str, Interval]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """One group's people, values and squared values by pattern of characteristics."""

    people: Numbers
    total: Numbers
    squares: Numbers


def oaxaca_blinder(
    plan: Design, reference: Sums, other: Sums, factors: Sequence[str]
) -> Parts:
    """Return a gap in means, explained and unexplained, with intervals.

    Oaxaca (1973), International Economic Review 14:693-709, and Blinder (1973),
    Journal of Human Resources 8:436-455, with the reference group's coefficients.
    Errors allow for the characteristics being a sample too: Jann (2008), The Stata
    Journal 8:453-479.

    Args:
        plan: Columns of the patterns, the same for both groups.
        reference: The group whose pay structure stands for the usual one.
        other: The group it is compared with.
        factors: Factors of the plan whose part is wanted.
    """
    x = plan.matrix
    beta, of_beta = _least_squares(x, reference)
    gamma, of_gamma = _least_squares(x, other)
    mean_r, of_mean_r = _means(x, reference.people)
    mean_o, of_mean_o = _means(x, other.people)
    # A level that no reference person has says nothing about their pay there; its
    # people count as the reference level of that factor.
    apart = mean_r - mean_o
    explained = float(apart @ beta)
    explained_error = _root(
        apart @ of_beta @ apart + beta @ (of_mean_r + of_mean_o) @ beta
    )
    differs = beta - gamma
    unexplained = float(mean_o @ differs)
    unexplained_error = _root(
        mean_o @ (of_beta + of_gamma) @ mean_o + differs @ of_mean_o @ differs
    )
    gap = float(reference.total.sum() / reference.people.sum()) - float(
        other.total.sum() / other.people.sum()
    )
    gap_error = _root(_variance_of_mean(reference) + _variance_of_mean(other))
    return Parts(
        gap=_interval(gap, gap_error),
        explained=_interval(explained, explained_error),
        unexplained=_interval(unexplained, unexplained_error),
        by_factor={
            factor: _factor(
                list(plan.columns(factor).values()),
                apart,
                beta,
                of_beta,
                of_mean_r + of_mean_o,
            )
            for factor in factors
        },
    )


def _factor(
    places: list[int], apart: Numbers, beta: Numbers, of_beta: Numbers, of_mean: Numbers
) -> Interval:
    d, b = apart[places], beta[places]
    inner = np.ix_(places, places)
    return _interval(
        float(d @ b), _root(d @ of_beta[inner] @ d + b @ of_mean[inner] @ b)
    )


def _least_squares(x: Numbers, sums: Sums) -> tuple[Numbers, Numbers]:
    """Return coefficients and covariance of a regression on individual values."""
    information = x.T @ (x * sums.people[:, None])
    inverse = np.linalg.pinv(information, rcond=1e-12, hermitian=True)
    beta = inverse @ (x.T @ sums.total)
    left = float(sums.squares.sum() - beta @ (x.T @ sums.total))
    freedom = float(sums.people.sum()) - float(np.linalg.matrix_rank(information))
    variance = max(left, 0.0) / freedom if freedom > 0 else 0.0
    return beta, inverse * variance


def _means(x: Numbers, people: Numbers) -> tuple[Numbers, Numbers]:
    """Return the mean of each column and the covariance of these means."""
    n = float(people.sum())
    mean = people @ x / n
    spread = x.T @ (x * people[:, None]) / n - np.outer(mean, mean)
    return mean, spread / (n - 1)


def _variance_of_mean(sums: Sums) -> float:
    n = float(sums.people.sum())
    mean = float(sums.total.sum()) / n
    return max(float(sums.squares.sum()) / n - mean**2, 0.0) / (n - 1)


def _root(variance: float | Numbers) -> float:
    return math.sqrt(max(float(variance), 0.0))


def _interval(estimate: float, error: float) -> Interval:
    return Interval(estimate, estimate - Z95 * error, estimate + Z95 * error)
