"""Draws from known truths, one for every interval that a measure can carry.

`TRUTHS` gives each method a draw and the value its interval should hold;
`test_coverage.py` counts how often it does, and `benchmarks/coverage.py` prints the
counts as the table of `docs/explanation/careers-methods.md`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reference import draws, unfairness
from reference.draws import Draw
from skillmix.statistics import estimators, intervals, markov
from skillmix.statistics.estimators import wilson

DRAWS = 2000
SEED = 20200630


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """A method's draw, the value it estimates, and whether it may cover more.

    Attributes:
        says: The method in words, for the table.
        draw: One draw's interval.
        truth: What the interval should hold.
        at_least: Whether the method is meant never to be too narrow, and so is held
            to the lower end of the range only.
        draws: How many draws are made.
    """

    says: str
    draw: Draw
    truth: float | None
    at_least: bool = False
    draws: int = DRAWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What many draws came to.

    Attributes:
        covered: The share of draws whose interval holds the truth.
        bias: How far the estimates lie from the truth on average, as a share of half
            an interval: whether a method leans to one side.
    """

    covered: float
    bias: float


def tried(told: Truth, *, seed: int = SEED) -> Found:
    """Draw as often as is told, and count."""
    rng = np.random.default_rng(seed)
    assert told.truth is not None
    held, apart, half = 0, 0.0, 0.0
    for _ in range(told.draws):
        found = told.draw(rng)
        assert found.estimate is not None
        assert found.conf_low is not None
        assert found.conf_high is not None
        held += found.conf_low <= told.truth <= found.conf_high
        apart += found.estimate - told.truth
        half += (found.conf_high - found.conf_low) / 2
    return Found(covered=held / told.draws, bias=apart / half)


TRUTHS = {
    "wilson": Truth(
        says="Share of people (Wilson)",
        draw=lambda rng: wilson(rng.binomial(400, 0.13) / 400, 400),
        truth=0.13,
    ),
    "fte_share": Truth(
        says="Share of FTE (Wilson on Kish's effective number)",
        draw=draws.of_cell(estimators.fte_share, draws.fte_share),
        truth=0.3,
    ),
    "fte_ratio": Truth(
        says="Ratio of two totals of FTE (compound Poisson)",
        draw=draws.of_cell(estimators.fte_ratio, draws.fte_ratio),
        truth=180 / 400,
    ),
    "total": Truth(
        says="Total of FTE (compound Poisson)",
        draw=draws.of_cell(estimators.total, draws.fte_total),
        truth=250 * draws.MEAN_HOURS,
    ),
    "index_100": Truth(
        says="Index of a total, everybody new since",
        draw=draws.of_cell(estimators.index_100, draws.renewed),
        truth=100 * 250 * draws.MEAN_HOURS / 170,
    ),
    "relative_change": Truth(
        says="Change of a total, everybody new since",
        draw=draws.of_cell(estimators.relative_change, draws.renewed),
        truth=250 * draws.MEAN_HOURS / 170 - 1,
    ),
    "relative_change_of_a_year": Truth(
        says="Change of a total within a year",
        draw=draws.of_cell(estimators.relative_change, draws.a_year_on),
        truth=draws.YEAR_ON / 180 - 1,
        at_least=True,
    ),
    "mean": Truth(
        says="Mean per person",
        draw=draws.of_cell(estimators.mean, draws.mean_hours),
        truth=draws.MEAN_HOURS,
    ),
    "mean_per_fte": Truth(
        says="Mean pay per FTE",
        draw=draws.of_cell(estimators.mean_per_fte, draws.pay_per_fte),
        truth=24000.0,
    ),
    "event_rate": Truth(
        says="Events per person (Byar)",
        draw=draws.of_cell(estimators.event_rate, draws.events),
        truth=24 / 400,
    ),
    "day_rate": Truth(
        says="Sickness absence rate (Wilson on full-time equivalents)",
        draw=draws.of_cell(estimators.day_rate, draws.days_lost),
        truth=draws.DAYS_LOST,
        at_least=True,
    ),
    "newcombe": Truth(
        says="Difference of two shares (Newcombe)",
        draw=draws.two_shares(intervals.newcombe_difference),
        truth=-0.08,
    ),
    "miettinen_nurminen": Truth(
        says="Difference of two shares (Miettinen and Nurminen)",
        draw=draws.two_shares(intervals.miettinen_nurminen_difference),
        truth=-0.08,
    ),
    "koopman": Truth(
        says="Relative likelihood (Koopman)",
        draw=draws.two_shares(intervals.score_ratio),
        truth=0.6,
    ),
    "woolf": Truth(
        says="Odds ratio (Woolf)",
        draw=draws.two_shares(intervals.odds_ratio),
        truth=(0.12 / 0.88) / 0.25,
    ),
    "race_disparity": Truth(
        says="Race disparity ratio",
        draw=draws.disparity,
        truth=(80 / 800) / (30 / 400),
    ),
    "kaplan_meier": Truth(
        says="Share without an event (Kaplan and Meier)",
        draw=draws.still_there,
        truth=(1 - 2 * draws.GEOMETRIC) ** 10,
    ),
    "aalen_johansen": Truth(
        says="Share with one kind of event (Aalen and Johansen)",
        draw=draws.incidence,
        truth=(1 - (1 - 2 * draws.GEOMETRIC) ** 10) / 2,
    ),
    "restricted_mean": Truth(
        says="Restricted mean time",
        draw=draws.mean_time,
        truth=sum((1 - 2 * draws.GEOMETRIC) ** t for t in range(10)),
    ),
    "expected_stay": Truth(
        says="Length of career (period life table)",
        draw=draws.stay,
        truth=draws.true_stay(),
    ),
    "ever_reached": Truth(
        says="Chance ever to arrive (absorbing chain)",
        draw=draws.ever,
        truth=markov.ever_reached(draws.true_chain(), "2").estimate,
    ),
    "years_in_state": Truth(
        says="Years at a band (geometric stays)",
        draw=lambda rng: markov.years_in_state(int(rng.binomial(2_000, 0.04)), 2_000),
        truth=1 / 0.04 / 12,
    ),
    "years_to_reach": Truth(
        says="Years until there (absorbing chain)",
        draw=draws.years,
        truth=markov.years_to_reach(draws.true_chain(), "2").estimate,
    ),
    "outcome_moved_up": Truth(
        says="Chance to move up, like for like (multinomial)",
        draw=draws.outcome(1),
        truth=draws.true_outcome(1),
    ),
    "outcome_left": Truth(
        says="Chance to leave, like for like (multinomial)",
        draw=draws.outcome(2),
        truth=draws.true_outcome(2),
    ),
    "median": Truth(
        says="Median (order statistics)", draw=draws.median, truth=math.exp(3.0)
    ),
    "mean_pay_gap": Truth(
        says="Gap in mean pay", draw=draws.mean_pay_ratio, truth=1100 / 1250
    ),
    "median_pay_gap": Truth(
        says="Gap in median pay", draw=draws.median_pay_ratio, truth=1100 / 1250
    ),
    "gap": Truth(
        says="Pay gap (Oaxaca and Blinder)",
        draw=draws.part("gap"),
        truth=draws.EXPLAINED + 25,
    ),
    "explained": Truth(
        says="Explained part of a pay gap",
        draw=draws.part("explained"),
        truth=draws.EXPLAINED,
    ),
    "unexplained": Truth(
        says="Unexplained part of a pay gap",
        draw=draws.part("unexplained"),
        truth=25.0,
    ),
    "like_for_like": Truth(
        says="Relative likelihood, like for like (60 trusts that differ)",
        draw=lambda rng: unfairness.adjusted(
            unfairness.cells(rng, 0.8), "adjusted_likelihood"
        )[0],
        truth=unfairness.true_ratio(0.8),
        draws=800,
    ),
    "difference_like_for_like": Truth(
        says="Difference of shares, like for like (60 trusts that differ)",
        draw=lambda rng: unfairness.adjusted(
            unfairness.cells(rng, 0.8), "adjusted_difference"
        )[0],
        truth=unfairness.true_difference(0.8),
        draws=800,
    ),
}
