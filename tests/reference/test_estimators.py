"""What every estimator does where there is little or nothing to go by."""

from __future__ import annotations

import math

import pytest

from reference.reference_values import close
from skillmix.statistics import estimators
from skillmix.statistics.estimators import NOTHING, Z95, Cell, Interval, wilson

OF_A_BASE = (
    *("proportion", "fte_share", "fte_ratio", "mean", "days_of_five", "mean_per_fte"),
    *("index_100", "day_rate", "event_rate", "relative_change"),
    *("plain_ratio", "plain_index", "plain_change"),
)


@pytest.mark.parametrize("name", OF_A_BASE)
@pytest.mark.parametrize(
    "cell",
    [
        Cell(numerator=3.0, denominator=0.0),
        Cell(numerator=3.0, denominator=None),
        Cell(numerator=None, denominator=5.0),
    ],
    ids=["of none", "of unknown", "unknown"],
)
def test_without_both_sides_there_is_no_estimate(name: str, cell: Cell) -> None:
    assert getattr(estimators, name)(cell) == NOTHING


@pytest.mark.parametrize("name", ["total", "index_100"])
def test_a_given_amount_has_no_interval(name: str) -> None:
    given = Cell(numerator=80.0, denominator=80.0, numerator_squares=0.0)
    found = getattr(estimators, name)(given)
    assert found[1:] == (None, None)
    counted = Cell(numerator=80.0, denominator=80.0)
    assert None not in getattr(estimators, name)(counted)


def test_a_total_that_is_not_known_is_nothing() -> None:
    assert estimators.total(Cell(numerator=None, denominator=None)) == NOTHING


def test_a_ratio_of_nobody_to_some_is_none_without_an_interval() -> None:
    found = estimators.fte_ratio(Cell(numerator=0.0, denominator=12.0))
    assert found == Interval(0.0, None, None)


def test_a_share_of_fte_rests_on_squares_else_on_people_else_on_fte() -> None:
    part = {"numerator": 10.0, "denominator": 40.0}
    squares = Cell(**part, people=60, denominator_squares=32.0)
    close(estimators.fte_share(squares), wilson(0.25, 40.0**2 / 32.0))
    close(estimators.fte_share(Cell(**part, people=60)), wilson(0.25, 60))
    close(estimators.fte_share(Cell(**part)), wilson(0.25, 40))


def test_a_mean_of_one_person_or_without_squares_has_no_interval() -> None:
    one = Cell(numerator=0.8, denominator=1.0, numerator_squares=0.64)
    assert estimators.mean(one) == Interval(0.8, None, None)
    bare = Cell(numerator=8.0, denominator=10.0)
    assert estimators.mean(bare) == Interval(0.8, None, None)
    assert estimators.mean_per_fte(bare) == Interval(0.8, None, None)


def test_no_event_still_has_an_upper_end() -> None:
    found = estimators.event_rate(Cell(numerator=0.0, denominator=100.0))
    assert found.estimate == 0.0
    assert found.conf_low == 0.0
    assert found.conf_high is not None
    # Byar's end for no event: (8/9 + z/3)^3, a little under the exact 3.69.
    close(found.conf_high * 100, (1 - 1 / 9 + Z95 / 3) ** 3)


def test_a_share_near_an_end_keeps_its_log_odds_interval_inside() -> None:
    found = estimators.on_logit(0.02, 0.015)
    assert found.conf_low is not None
    assert found.conf_high is not None
    assert 0 < found.conf_low < 0.02 < found.conf_high < 1
    step = Z95 * 0.015 / (0.02 * 0.98)
    close(math.log(found.conf_high / (1 - found.conf_high)), math.log(2 / 98) + step)
