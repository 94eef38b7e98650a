"""One draw from a known truth for every kind of interval: see `known_truths.py`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from skillmix.measures.pay import Paid
from skillmix.measures.standards import disparity_ratio
from skillmix.statistics import intervals, markov, survival
from skillmix.statistics.decomposition import Sums, oaxaca_blinder
from skillmix.statistics.estimators import Cell, Estimator, Interval, on_logit
from skillmix.statistics.regression import (
    design,
    multinomial,
    standardised_outcomes,
)
from skillmix.statistics.survival import LifeTable

Draw = Callable[[np.random.Generator], Interval]


def two_shares(method: Callable[..., Interval]) -> Draw:
    def draw(rng: np.random.Generator) -> Interval:
        a, b = rng.binomial([260, 900], [0.12, 0.20])
        return method(int(a), 260, int(b), 900)

    return draw


GEOMETRIC = 0.05
LATEST = 12


def life_table(rng: np.random.Generator) -> LifeTable:
    """People who enter in the first half year, leave for two reasons, or stay."""
    n = 500
    entry = rng.integers(0, 7, n)
    end = entry + rng.geometric(2 * GEOMETRIC, n)
    kind = rng.integers(0, 2, n)
    time = np.minimum(end, LATEST)
    steps = np.arange(1, LATEST + 1)
    at_risk = np.array([((entry < t) & (time >= t)).sum() for t in steps], dtype=float)
    events = np.array(
        [[((end == t) & (kind == k)).sum() for k in (0, 1)] for t in steps],
        dtype=float,
    )
    return LifeTable(
        time=steps.astype(float), at_risk=at_risk, events=events, kinds=("a", "b")
    )


def still_there(rng: np.random.Generator) -> Interval:
    curve = survival.kaplan_meier(life_table(rng))
    return survival.on_log_minus_log(*curve.at(10))


def incidence(rng: np.random.Generator) -> Interval:
    curve = survival.cumulative_incidence(life_table(rng), "a")
    return survival.on_log_minus_log_of_complement(*curve.at(10))


def mean_time(rng: np.random.Generator) -> Interval:
    return survival.restricted_mean(life_table(rng), 10)


CHANCES = (0.02, 0.008, 0.012)
EXPOSURE = (2000, 3000, 2500)


def stay(rng: np.random.Generator) -> Interval:
    left = rng.binomial(EXPOSURE, CHANCES)
    return survival.expected_stay(left.tolist(), EXPOSURE, 60)


def true_stay() -> float:
    curve = np.concatenate([[1.0], np.cumprod(1 - np.repeat(CHANCES, 60))])
    return float(((curve[:-1] + curve[1:]) / 2).sum())


STATES, ENDS = ("2", "3"), ("goal", "left")
TRUE_STEPS = np.array([[0.955, 0.025, 0.004, 0.016], [0.003, 0.962, 0.02, 0.015]])


def chain(rng: np.random.Generator) -> markov.Steps:
    counts = np.array([rng.multinomial(4000, row) for row in TRUE_STEPS], dtype=float)
    return markov.Steps(states=STATES, ends=ENDS, counts=counts)


def true_chain() -> markov.Steps:
    return markov.Steps(states=STATES, ends=ENDS, counts=TRUE_STEPS * 1e9)


def ever(rng: np.random.Generator) -> Interval:
    return markov.ever_reached(chain(rng), "2")


def years(rng: np.random.Generator) -> Interval:
    return markov.years_to_reach(chain(rng), "2")


def median(rng: np.random.Generator) -> Interval:
    values = np.sort(rng.lognormal(3.0, 0.4, 301))
    return intervals.quantile(values.tolist(), [1] * 301, 0.5)


def paid(rng: np.random.Generator, level: float, number: int) -> Paid:
    pence, people = np.unique(
        np.round(rng.lognormal(math.log(level), 0.3, number)).astype(int),
        return_counts=True,
    )
    return Paid(pence=tuple(pence.tolist()), people=tuple(people.tolist()))


def mean_pay_ratio(rng: np.random.Generator) -> Interval:
    first, second = paid(rng, 1100, 250), paid(rng, 1250, 400)
    return intervals.ratio_of(first.mean(), second.mean())


def median_pay_ratio(rng: np.random.Generator) -> Interval:
    first, second = paid(rng, 1100, 251), paid(rng, 1250, 401)
    return intervals.ratio_of(first.median(), second.median())


def disparity(rng: np.random.Generator) -> Interval:
    return disparity_ratio(*rng.poisson([80, 800, 30, 400]).tolist())


PLAN = design(
    [{"band": b, "region": r} for b in "234" for r in ("n", "s")],
    {"band": "2", "region": "n"},
)
PAY = np.array([1000.0, 1050, 1150, 1200, 1400, 1450])
MEN, WOMEN = np.array([2, 2, 2, 1, 2, 1]) / 10, np.array([3, 2, 2, 1, 1, 1]) / 10


def sums(
    rng: np.random.Generator, shares: np.ndarray, number: int, more: float
) -> Sums:
    people = rng.multinomial(number, shares)
    totals, squares = np.zeros(6), np.zeros(6)
    for place, many in enumerate(people):
        pay = PAY[place] + more + rng.normal(0, 150, many)
        totals[place], squares[place] = pay.sum(), (pay**2).sum()
    return Sums(people=people.astype(float), total=totals, squares=squares)


def part(name: str) -> Draw:
    def draw(rng: np.random.Generator) -> Interval:
        found = oaxaca_blinder(
            PLAN, sums(rng, MEN, 300, 25), sums(rng, WOMEN, 500, 0), ("band",)
        )
        return getattr(found, name)

    return draw


EXPLAINED = float(PAY @ (MEN - WOMEN))


HOURS = np.array([0.2, 0.4, 0.6, 0.8, 1.0])
OF_HOURS = np.array([0.05, 0.1, 0.2, 0.15, 0.5])
MEAN_HOURS = float(HOURS @ OF_HOURS)


def hours(rng: np.random.Generator, many: int) -> np.ndarray[Any, Any]:
    return rng.choice(HOURS, size=many, p=OF_HOURS)


def of_cell(estimator: Estimator, make: Callable[..., Cell]) -> Draw:
    return lambda rng: estimator(make(rng))


def fte_share(rng: np.random.Generator) -> Cell:
    fte = hours(rng, 300)
    mine = rng.random(300) < 0.3
    return Cell(
        numerator=float(fte[mine].sum()),
        denominator=float(fte.sum()),
        denominator_squares=float((fte**2).sum()),
    )


def compound(rng: np.random.Generator, people: float) -> tuple[float, float]:
    """Draw the FTE of a random number of people, and its sum of squares."""
    fte = hours(rng, int(rng.poisson(people)))
    return float(fte.sum()), float((fte**2).sum())


def fte_ratio(rng: np.random.Generator) -> Cell:
    (top, top_squares), (bottom, squares) = compound(rng, 180), compound(rng, 400)
    return Cell(
        numerator=top,
        denominator=bottom,
        numerator_squares=top_squares,
        denominator_squares=squares,
    )


def fte_total(rng: np.random.Generator) -> Cell:
    total, squares = compound(rng, 250)
    return Cell(numerator=total, denominator=None, numerator_squares=squares)


def renewed(rng: np.random.Generator) -> Cell:
    """Draw a total of people who are all new, beside the total of long ago."""
    total, squares = compound(rng, 250)
    return Cell(numerator=total, denominator=170.0, numerator_squares=squares)


def a_year_on(rng: np.random.Generator) -> Cell:
    """Draw who is left after a year, and who came, beside the same people before."""
    before = np.tile(HOURS, 60)
    left = before[rng.random(300) > 0.15]
    came = hours(rng, int(rng.poisson(50)))
    now = np.concatenate([left, came])
    return Cell(
        numerator=float(now.sum()),
        denominator=float(before.sum()),
        numerator_squares=float((now**2).sum()),
    )


YEAR_ON = 0.85 * 180 + 50 * MEAN_HOURS


def mean_hours(rng: np.random.Generator) -> Cell:
    fte = hours(rng, 150)
    return Cell(
        numerator=float(fte.sum()),
        denominator=150.0,
        numerator_squares=float((fte**2).sum()),
    )


def pay_per_fte(rng: np.random.Generator) -> Cell:
    fte, pay = hours(rng, 200), rng.gamma(16.0, 1500.0, 200)
    return Cell(
        numerator=float((pay * fte).sum()),
        denominator=float(fte.sum()),
        numerator_squares=float((pay**2 * fte).sum()),
        denominator_squares=float((fte**2).sum()),
    )


def events(rng: np.random.Generator) -> Cell:
    return Cell(numerator=float(rng.poisson(24)), denominator=400.0)


def days_lost(rng: np.random.Generator) -> Cell:
    """Draw days lost by 300 people, most of whom lose none."""
    ill = rng.random(300) < 0.2
    days = np.where(ill, np.minimum(rng.geometric(0.2, 300), 30), 0)
    return Cell(
        numerator=float(days.sum()),
        denominator=300 * 30.0,
        denominator_squares=30.0,
    )


DAYS_LOST = 0.2 * (1 - 0.8**30) / 0.2 / 30


OUTCOME_PLAN = design(
    [{"band": b, "age": a} for b in "234" for a in ("young", "old")],
    {"band": "2", "age": "young"},
)
OUTCOME_SHARES = np.array([0.25, 0.15, 0.2, 0.15, 0.1, 0.15])
OUTCOME_BETA = np.array([[-1.6, -0.4, -0.8, -0.5], [-1.9, 0.2, 0.1, 0.4]])


def outcome_truth() -> np.ndarray[Any, Any]:
    """Return each pattern's chances of staying, moving up and leaving."""
    eta = np.column_stack([np.zeros(6), OUTCOME_PLAN.matrix @ OUTCOME_BETA.T])
    odds = np.exp(eta)
    return odds / odds.sum(axis=1, keepdims=True)


def outcome(place: int) -> Draw:
    """Draw the chance of moving up (1) or leaving (2) that band 3 would have."""

    def draw(rng: np.random.Generator) -> Interval:
        people = (OUTCOME_SHARES * 1200).astype(int)
        counts = np.array(
            [
                rng.multinomial(n, row)
                for n, row in zip(people, outcome_truth(), strict=True)
            ],
            dtype=float,
        )
        fit = multinomial(OUTCOME_PLAN.matrix, counts)
        share, covariance = standardised_outcomes(
            fit, OUTCOME_PLAN, people.astype(float), "band", ("3",)
        )
        return on_logit(float(share[0, place]), math.sqrt(covariance[place, place]))

    return draw


def true_outcome(place: int) -> float:
    """Return the same chance from the truth, over the people's own ages."""
    old = float(OUTCOME_SHARES[1::2].sum())
    young, other = outcome_truth()[2], outcome_truth()[3]
    return float((1 - old) * young[place] + old * other[place])
