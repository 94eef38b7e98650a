"""Chains of states agree with matrix algebra and msm's delta method in R."""

from __future__ import annotations

import math

import pytest

from reference.reference_values import close, reference
from skillmix.statistics import markov
from skillmix.statistics.estimators import NOTHING, Z95, wilson

VALUES = reference("markov")
EVERY = [*VALUES["states"], *VALUES["ends"]]
COUNTS = {
    (a, b): int(VALUES["counts"][i][j])
    for i, a in enumerate(VALUES["states"])
    for j, b in enumerate(EVERY)
}
STEPS = markov.steps_of(COUNTS, VALUES["states"], VALUES["ends"])


@pytest.mark.parametrize("place", range(3))
def test_ever_reaching_the_goal(place: int) -> None:
    found = markov.ever_reached(STEPS, VALUES["states"][place])
    chance, error = VALUES["ever"][place], VALUES["ever_error"][place]
    close(found.estimate, chance)
    assert found.conf_low is not None
    half = math.log(chance / (1 - chance)) - math.log(
        found.conf_low / (1 - found.conf_low)
    )
    close(half * chance * (1 - chance) / Z95, error)


@pytest.mark.parametrize("place", range(3))
def test_steps_taken_by_those_who_reach_it(place: int) -> None:
    found = markov.years_to_reach(STEPS, VALUES["states"][place], steps_a_year=1)
    mean, error = VALUES["taken"][place], VALUES["taken_error"][place]
    close(found.estimate, mean)
    assert found.conf_low is not None
    close(math.log(mean / found.conf_low) * mean / Z95, error)


def test_markov_test() -> None:
    wanted = VALUES["test"]
    counts = {
        (a, b, c): int(n)
        for a, b, c, n in zip(
            wanted["before"],
            wanted["present"],
            wanted["following"],
            wanted["people"],
            strict=True,
        )
    }
    found = markov.markov_test(counts)
    assert found is not None
    close(found.statistic, wanted["statistic"])
    assert found.freedom == wanted["freedom"]
    close(found.p_value, wanted["p_value"])


def test_a_state_nobody_leaves_has_no_end() -> None:
    steps = markov.steps_of({("two", "two"): 50}, ["two"], ["registered", "left"])
    assert markov.ever_reached(steps, "two") == NOTHING
    assert markov.years_in_state(0, 50) == NOTHING


def test_years_in_a_state_are_geometric() -> None:
    found = markov.years_in_state(100, 1000)
    close(found.estimate, 1000 / 100 / 12)
    # Of a thousand steps, a tenth: Wilson's ends of it, turned over.
    share = wilson(0.1, 1000)
    assert share.conf_low is not None
    assert share.conf_high is not None
    close(found.conf_low, 1 / share.conf_high / 12)
    close(found.conf_high, 1 / share.conf_low / 12)


def test_a_goal_that_everybody_reaches_is_sure_and_has_no_odds() -> None:
    # By rounding the chance is a little below one; its odds would be endless.
    steps = markov.steps_of(
        {
            ("two", "goal"): 3,
            ("two", "training"): 12,
            ("training", "training"): 12,
            ("training", "goal"): 2,
        },
        ["two", "training"],
        ["goal", "left"],
    )
    found = markov.ever_reached(steps, "two")
    assert found.estimate == pytest.approx(1.0)
    assert found.conf_low is None
    assert markov.years_to_reach(steps, "two").estimate is not None
