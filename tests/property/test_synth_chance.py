"""Draws keep what was asked for: exactly where steady, on average where free."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmix.synth.chance import Chance
from skillmix.synth.vacancies import match


@given(
    chance=st.floats(0.001, 0.4), many=st.integers(1, 3000), seed=st.integers(0, 2**31)
)
@settings(max_examples=60, deadline=None)
def test_a_steady_event_happens_as_often_as_expected_over_many_months(
    chance: float, many: int, seed: int
) -> None:
    draws = Chance(seed, "test")
    group = np.zeros(many, dtype=np.int64)
    months = [
        int(draws.happens(np.full(many, chance), group, 1, "event").sum())
        for _ in range(12)
    ]
    assert abs(sum(months) - 12 * many * chance) <= 1.0


def test_a_steady_event_keeps_each_group_apart() -> None:
    draws = Chance(1, "test")
    group = np.tile(np.arange(5), 400)
    chance = np.array([0.0, 0.01, 0.1, 0.5, 1.0])[group]
    happened = draws.happens(chance, group, 5, "event")
    counts = np.bincount(group[happened], minlength=5)
    assert counts[0] == 0
    assert counts[4] == 400
    assert (abs(counts[:4] - np.array([0, 4, 40, 200])) <= 1).all()


def test_free_events_vary_as_independent_people_do() -> None:
    group = np.zeros(500, dtype=np.int64)
    counts = [
        Chance(seed, "test", steady=False)
        .happens(np.full(500, 0.2), group, 1, "event")
        .sum()
        for seed in range(400)
    ]
    # Binomial: standard deviation of the variance estimate is about 7%.
    assert np.var(counts) == pytest.approx(500 * 0.2 * 0.8, rel=0.25)
    assert np.mean(counts) == pytest.approx(100, abs=1.5)


@given(
    shares=st.lists(st.floats(0.0, 10.0), min_size=1, max_size=9).filter(any),
    many=st.integers(1, 2000),
    seed=st.integers(0, 2**31),
)
@settings(max_examples=60, deadline=None)
def test_choices_follow_the_shares(shares: list[float], many: int, seed: int) -> None:
    table = np.array([shares])
    chosen = Chance(seed, "test").choose(table, np.zeros(many, dtype=np.int64), "kind")
    counts = np.bincount(chosen, minlength=len(shares))
    expected = many * table[0] / table.sum()
    assert counts.sum() == many
    # The discrepancy of a Kronecker sequence grows with the logarithm only.
    assert (abs(counts - expected) <= 3 + 2 * np.log(many + 1)).all()
    assert (counts[table[0] == 0.0] == 0).all()


def test_two_characteristics_are_drawn_independently() -> None:
    draws = Chance(3, "test")
    group = np.zeros(20_000, dtype=np.int64)
    one = draws.choose(np.array([[0.3, 0.7]]), group, "one")
    two = draws.choose(np.array([[0.6, 0.4]]), group, "two")
    assert (one[two == 0] == 0).mean() == pytest.approx(0.3, abs=0.01)


def test_streams_of_one_seed_do_not_disturb_each_other() -> None:
    alone = Chance(5, "careers").rng.random(3)
    Chance(5, "pay").rng.random(1000)
    again = Chance(5, "careers").rng.random(3)
    assert (alone == again).all()
    assert (alone != Chance(5, "pay").rng.random(3)).all()


@given(
    expected=st.lists(st.floats(0.0, 50.0), min_size=1, max_size=30).filter(any),
    seed=st.integers(0, 2**31),
)
@settings(max_examples=100, deadline=None)
def test_whole_numbers_add_up_and_are_near_what_was_expected(
    expected: list[float], seed: int
) -> None:
    wanted = np.array(expected)
    total = round(float(wanted.sum())) + 1
    found = Chance(seed, "test").whole(wanted, total)
    scaled = wanted * total / wanted.sum()
    assert found.sum() == total
    assert (abs(found - scaled) < 1.0 + 1e-6).all()


@given(
    wanted=st.lists(st.integers(0, 6), max_size=40),
    offered=st.lists(st.integers(0, 6), max_size=40),
    seed=st.integers(0, 2**31),
)
@settings(max_examples=100, deadline=None)
def test_requests_meet_offers_of_their_own_key_and_each_offer_once(
    wanted: list[int], offered: list[int], seed: int
) -> None:
    asks, has = np.array(wanted, dtype=np.int64), np.array(offered, dtype=np.int64)
    paired = match(asks, has, Chance(seed, "test"))
    met = paired >= 0
    assert (asks[met] == has[paired[met]]).all()
    assert len(set(paired[met].tolist())) == met.sum()
    for key in range(7):
        both = min((asks == key).sum(), (has == key).sum())
        assert (asks[met] == key).sum() == both
