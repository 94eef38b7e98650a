"""Regression on covariate patterns agrees with R's glm, sandwich and nnet."""

from __future__ import annotations

import numpy as np

from reference.reference_values import close, reference
from skillmix.measures.comparisons import BY, compare
from skillmix.statistics.regression import (
    design,
    logistic,
    multinomial,
    standardised,
    standardised_outcomes,
)

VALUES = reference("regression")
CELLS = VALUES["cells"]
PLAN = design(CELLS, {"band": "2", "group": "white", "gender": "female"})
CASES = np.array([c["cases"] for c in CELLS], dtype=float)
PEOPLE = np.array([c["people"] for c in CELLS], dtype=float)
TRUSTS = [c["trust"] for c in CELLS]
# R writes band3; we write band=3. R's levels stand in alphabetical order, as ours.
PLACES = [
    VALUES["names"].index(_)
    for _ in (
        n.replace("(constant)", "(Intercept)").replace("=", "") for n in PLAN.names
    )
]
ITERATIVE = 1e-8


def ordered(square: list[list[float]]) -> np.ndarray:
    return np.array(square)[np.ix_(PLACES, PLACES)]


def test_logistic() -> None:
    fit = logistic(PLAN.matrix, CASES, PEOPLE)
    assert fit.converged
    wanted = VALUES["logit"]
    close(fit.coefficients, np.array(wanted["coefficients"])[PLACES], ITERATIVE)
    close(fit.covariance, ordered(wanted["covariance"]), ITERATIVE)


def test_logistic_clustered_by_trust() -> None:
    fit = logistic(PLAN.matrix, CASES, PEOPLE, clusters=TRUSTS)
    close(fit.covariance, ordered(VALUES["logit"]["clustered"]), ITERATIVE)


def test_people_or_patterns_make_no_difference() -> None:
    rows = np.repeat(PLAN.matrix, PEOPLE.astype(int), axis=0)
    happened = np.concatenate(
        [
            np.repeat([1.0, 0.0], [int(c), int(n - c)])
            for c, n in zip(CASES, PEOPLE, strict=True)
        ]
    )
    one = logistic(rows, happened, np.ones(len(rows)))
    many = logistic(PLAN.matrix, CASES, PEOPLE)
    close(one.coefficients, many.coefficients, 1e-10)


def test_standardised_chances() -> None:
    fit = logistic(PLAN.matrix, CASES, PEOPLE, clusters=TRUSTS)
    share, covariance = standardised(
        fit, PLAN, PEOPLE, "group", ("white", "black", "asian")
    )
    close(share, VALUES["standardised"]["share"], ITERATIVE)
    close(covariance, VALUES["standardised"]["covariance"], ITERATIVE)


def test_multinomial() -> None:
    wanted = VALUES["multinomial"]
    rows = [{"g": g, "h": h} for g, h in zip(wanted["g"], wanted["h"], strict=True)]
    plan = design(rows, {"g": "a", "h": "x"})
    fit = multinomial(plan.matrix, np.array(wanted["counts"], dtype=float))
    assert fit.converged
    # multinom stops at its own tolerance; its gradient is not zero to 1e-8.
    close(fit.coefficients, np.ravel(wanted["coefficients"]), 1e-5)
    close(fit.covariance, wanted["covariance"], 1e-5)


def test_two_outcomes_are_the_logistic_regression_errors_robust_to_trusts() -> None:
    counts = np.column_stack([PEOPLE - CASES, CASES])
    trusts = list(dict.fromkeys(TRUSTS))
    mine = np.array([[t == name for t in TRUSTS] for name in trusts], dtype=float)
    both = multinomial(PLAN.matrix, counts, by_cluster=mine[:, :, None] * counts[None])
    alone = logistic(PLAN.matrix, CASES, PEOPLE, clusters=TRUSTS)
    close(both.coefficients, alone.coefficients)
    close(both.covariance, alone.covariance)
    levels = ("white", "black", "asian")
    share, covariance = standardised_outcomes(both, PLAN, PEOPLE, "group", levels)
    wanted, of_wanted = standardised(alone, PLAN, PEOPLE, "group", levels)
    close(share[:, 1], wanted)
    close(share.sum(axis=1), np.ones(3))
    close(covariance[1::2, 1::2], of_wanted)
    # What one outcome gains the other loses.
    close(covariance[0::2, 1::2], -of_wanted)


def test_outcomes_of_a_column_given_by_others_are_those_without_it() -> None:
    rows = [{"g": a, "h": a} for a in ("a", "b")]
    counts = np.array([[30.0, 5, 5], [20, 15, 5]])
    plan = design(rows, {"g": "a", "h": "a"})
    fit = multinomial(plan.matrix, counts)
    people = counts.sum(axis=1)
    share, _ = standardised_outcomes(fit, plan, people, "g", ("a", "b"))
    close(share, counts / people[:, None])


def test_firths_penalty() -> None:
    fit = logistic(PLAN.matrix, CASES, PEOPLE, penalised=True)
    assert fit.converged
    wanted = VALUES["penalised"]
    # R's optim() climbs the penalised likelihood and stops a little short of its top.
    close(fit.coefficients, np.array(wanted["coefficients"])[PLACES], 1e-5)
    close(fit.covariance, ordered(wanted["covariance"]), 1e-5)


def test_a_level_without_events_runs_off_unless_the_likelihood_is_penalised() -> None:
    plan = design([{"g": "a"}, {"g": "b"}], {"g": "a"})
    cases, people = np.array([5.0, 0.0]), np.array([50.0, 40.0])
    plain = logistic(plan.matrix, cases, people)
    assert plain.coefficients[1] < -15
    fit = logistic(plan.matrix, cases, people, penalised=True)
    odds = np.exp(plan.matrix @ fit.coefficients)
    # Of one level, half an event and half a non-event are added: a closed form.
    close(odds / (1 + odds), (cases + 0.5) / (people + 1))


def test_a_column_given_by_others_has_no_coefficient() -> None:
    rows = [{"g": a, "h": a} for a in ("a", "b", "a", "b")]
    plan = design(rows, {"g": "a", "h": "a"})
    fit = logistic(plan.matrix, np.array([5.0, 9, 6, 8]), np.array([50.0, 40, 50, 40]))
    assert np.isnan(fit.coefficients[2])
    assert not np.isnan(fit.coefficients[:2]).any()


def test_a_ratio_that_runs_off_is_not_given() -> None:
    # At band 4 nobody of the reference group moves and half of the others do: the fit
    # sets chances of next to nothing beside one another.
    counts = {("white", "2"): (5, 100_000), ("white", "4"): (0, 1000)}
    counts |= {("black", "4"): (50, 100), ("black", "2"): (0, 0)}
    rows = [
        {
            **dict.fromkeys(BY, "any"),
            **{"characteristic": "ethnic_group", "group": group, "band": band},
            **{"employer": trust, "cases": cases, "people": people},
        }
        for (group, band), (cases, people) in counts.items()
        for trust in ("A", "B", "C")
        if people
    ]
    told = [r for r in compare(rows) if r.measure == "adjusted_likelihood"]
    assert [r.keys["group"] for r in told] == ["black"]
    assert told[0].estimate is None
    assert told[0].conf_high is None
