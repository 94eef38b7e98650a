"""What a reader can work out from a protected result, tried by counting all ways.

These tests know nothing of the relations that disclosure control looks for: they take
the rows as they are published and count every table that a reader could still think of.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmix.disclosure.control import protect
from skillmix.disclosure.thresholds import ROUND_TO, is_small, round_count
from skillmix.schema.results import Finding, Published, Row
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.statistics.estimators import Estimator

COUNTED = ("measure", "cases", "people", "numerator", "denominator")
SQUARES = ("numerator_squares", "denominator_squares")
# A reader thinks of no group beyond this; all tables here are smaller.
MOST = 40


def cell(keys: Mapping[str, Any], **counted: Any) -> dict[str, Any]:
    return {**keys, **dict.fromkeys((*COUNTED, *SQUARES)), "measure": "m", **counted}


def published(
    cells: Sequence[Mapping[str, Any]], estimator: Estimator = estimators.total
) -> Published:
    finding = Finding(
        analysis="a.b",
        scope=Scope(),
        cells=cells,
        sources=(),
        people_counted=True,
        way="",
    )
    return protect(finding, {"m": estimator})


def headcounts(groups: Mapping[tuple[Any, ...], int]) -> Published:
    """Publish people by two keys, each a row of its own."""
    return published(
        [
            cell(
                {"key": key, "other": other},
                numerator=n,
                cases=n,
                people=n,
            )
            for (key, other), n in groups.items()
        ]
    )


def thinkable(row: Row) -> range:
    """Return what a row may be, to somebody who sees it and knows the rules."""
    if row.status == "suppressed":
        return range(1, MOST)
    least = 0 if row.n == 0 else max(int(row.n or 0) - 2, 5)
    return range(least, 1 if row.n == 0 else int(row.n or 0) + 3)


def can_be(rows: Sequence[Row], parts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Give every way to fill a row of parts and its total, the last row.

    A part that rests on few people is 1 to 4 to the reader, who is told the rule.
    """
    choices = [
        range(1, 5) if is_small(part) else thinkable(row)
        for row, part in zip(rows, parts, strict=False)
    ]
    total = range(1, 5) if is_small(sum(parts)) else thinkable(rows[-1])
    return (ways for ways in product(*choices) if sum(ways) in total)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(1, 14), min_size=2, max_size=4))
def test_no_part_of_a_total_is_narrowed(parts: list[int]) -> None:
    groups = {(n, "each"): part for n, part in enumerate(parts)}
    rows = headcounts({**groups, ("all", "each"): sum(parts)}).rows
    ways = list(can_be(rows, parts))
    assert tuple(parts) in ways
    # With nothing shown, parts of 1 to 4 still cannot pass a total of 1 to 4.
    most = 4 - (len(parts) - 1) if sum(parts) < 5 else 4
    for place, part in enumerate(parts):
        if is_small(part):
            assert {way[place] for way in ways} >= set(range(1, most + 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 11), min_size=4, max_size=4))
def test_no_cell_of_a_table_with_margins_is_narrowed(cells: list[int]) -> None:
    a, b, c, d = cells
    groups = {
        **{("r1", "c1"): a, ("r1", "c2"): b, ("r2", "c1"): c, ("r2", "c2"): d},
        **{("r1", "all"): a + b, ("r2", "all"): c + d},
        **{("all", "c1"): a + c, ("all", "c2"): b + d, ("all", "all"): sum(cells)},
    }
    rows = dict(zip(groups, headcounts(groups).rows, strict=True))
    asked = _tables(groups, rows={key: _blank(row) for key, row in rows.items()})
    left = _tables(groups, rows=rows)
    assert tuple(cells) in left
    for place, value in enumerate(cells):
        if is_small(value):
            wanted = {way[place] for way in asked} & set(range(1, 5))
            assert {way[place] for way in left} >= wanted


def _blank(row: Row) -> Row:
    return Row(keys=row.keys, measure=row.measure, status="suppressed")


def _tables(
    groups: Mapping[tuple[str, str], int], *, rows: Mapping[tuple[str, str], Row]
) -> list[tuple[int, ...]]:
    """Return every two by two table that a reader could think of."""
    choices = {
        key: set(range(1, 5)) if is_small(groups[key]) else set(thinkable(row))
        for key, row in rows.items()
    }
    inner = [("r1", "c1"), ("r1", "c2"), ("r2", "c1"), ("r2", "c2")]
    return [
        (a, b, c, d)
        for a, b, c, d in product(*(sorted(choices[key])[:16] for key in inner))
        if a + b in choices["r1", "all"]
        and c + d in choices["r2", "all"]
        and a + c in choices["all", "c1"]
        and b + d in choices["all", "c2"]
        and a + b + c + d in choices["all", "all"]
    ]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_where_nothing_adds_up_only_small_counts_are_hidden(counts: list[int]) -> None:
    # Doubling lets no count be the sum of others.
    apart = [n if n < 5 else n + 100 * 2**place for place, n in enumerate(counts)]
    rows = headcounts({(n, "each"): count for n, count in enumerate(apart)}).rows
    assert [row.status == "suppressed" for row in rows] == [
        is_small(count) for count in apart
    ]


def test_two_tables_never_narrow_one_difference() -> None:
    """Two counts shown as 10 or more that differ by 1 to 4 people keep the secret.

    This is what holds between questions, scopes and definitions that no audit sees
    together. Shown as 5, two counts can differ by two at most: that is the exception.
    """
    for less, hidden in product(range(8, 200), range(1, 5)):
        more = less + hidden
        shown = [round_count(n) or 0 for n in (less, more)]
        least, most = shown[1] - 2 - shown[0] - 2, shown[1] + 2 - shown[0] + 2
        assert least <= 1, (less, hidden)
        assert most >= 4, (less, hidden)


@pytest.mark.parametrize(
    ("shown_counts", "narrowed"),
    [(2, 0.0), (3, 0.02), (4, 0.06), (5, 0.0), (6, 0.00112)],
)
def test_how_often_a_longer_sum_narrows_a_hidden_count(
    shown_counts: int, narrowed: float
) -> None:
    """What the page on methods says of sums that no audit sees together."""
    found = ways = 0
    # Every remainder of every part; what is left of the tens changes nothing.
    for *parts, hidden in product(*[range(10, 15)] * (shown_counts - 1), range(1, 5)):
        whole = round_count(sum(parts) + hidden) or 0
        left = whole - sum(round_count(part) or 0 for part in parts)
        reach = 2 * shown_counts
        ways += 1
        found += left - reach > 1 or left + reach < 4
    assert found / ways == pytest.approx(narrowed)


PER_PERSON = (estimators.mean, estimators.days_of_five, estimators.mean_per_fte)
WEIGHED = (
    *(estimators.fte_share, estimators.fte_ratio, estimators.total),
    *(estimators.index_100, estimators.relative_change),
)
BY_HEAD = (
    *(estimators.proportion, estimators.event_rate, estimators.plain_ratio),
    *(estimators.plain_index, estimators.plain_change, estimators.as_printed),
)
alike = st.integers(2, 40).flatmap(
    lambda fives: st.tuples(*[st.integers(5 * fives - 2, 5 * fives + 2)] * 2)
)


@pytest.mark.parametrize("estimator", [*WEIGHED, *BY_HEAD], ids=lambda e: e.__name__)
@given(top=alike, bottom=alike, squares=alike)
def test_what_is_shown_says_no_more_than_rounded_counts(
    estimator: Estimator,
    top: tuple[int, int],
    bottom: tuple[int, int],
    squares: tuple[int, int],
) -> None:
    """Two groups alike to the nearest five are shown alike, to the last decimal."""
    one, other = (
        published(
            [
                cell(
                    {"key": "k"},
                    numerator=float(top[n]),
                    denominator=float(bottom[n]),
                    cases=top[n],
                    people=bottom[n],
                    numerator_squares=float(squares[n]),
                    denominator_squares=float(squares[n]),
                )
            ],
            estimator,
        )
        for n in (0, 1)
    )
    assert one.rows == other.rows


@pytest.mark.parametrize("estimator", PER_PERSON, ids=lambda e: e.__name__)
@given(people=st.integers(5, 500), each=st.integers(1_000_000, 9_000_000))
def test_an_average_is_of_the_exact_sums_and_tells_none(
    estimator: Estimator, people: int, each: int
) -> None:
    amount = each / 100
    (row,) = published(
        [
            cell(
                {"key": "k"},
                numerator=amount * people,
                denominator=float(people),
                cases=people,
                people=people,
                numerator_squares=amount * amount * people,
                denominator_squares=float(people),
            )
        ],
        estimator,
    ).rows
    scale = 5 if estimator is estimators.days_of_five else 1
    assert row.numerator is None
    assert row.estimate == float(f"{row.estimate:.3g}")
    assert math.isclose(row.estimate, scale * amount, rel_tol=0.005)


@given(st.integers(5, 7), st.integers(5, 7))
def test_all_of_few_are_hidden_by_what_would_be_shown(cases: int, people: int) -> None:
    """Hidden whoever is missing: a shown 5 of 5 would say that nobody is."""
    cases = min(cases, people)
    (row,) = published(
        [
            cell(
                {"key": "k"},
                numerator=float(cases),
                denominator=float(people),
                cases=cases,
                people=people,
            )
        ],
        estimators.proportion,
    ).rows
    assert row.status == "suppressed"
    assert round_count(cases) == ROUND_TO


def shown(estimator: Estimator, **counted: float | None) -> bool:
    (row,) = published([cell({"key": "k"}, **counted)], estimator).rows
    return row.status != "suppressed"


@given(st.floats(0.01, 4.99), st.floats(5, 500))
def test_amounts_of_untold_people_are_judged_themselves(
    few: float, many: float
) -> None:
    for estimator in (estimators.plain_ratio, estimators.plain_change):
        assert not shown(estimator, numerator=few, denominator=many)
        assert not shown(estimator, numerator=many, denominator=few)
        assert shown(estimator, numerator=many, denominator=many)
    assert not shown(estimators.as_printed, numerator=-few)
    assert not shown(estimators.day_rate, numerator=few, denominator=900.0, people=30)
    # Four adverts are not four people.
    assert shown(estimators.proportion, numerator=few, denominator=35.0)


@given(st.floats(0.01, 4.99), st.integers(5, 500))
def test_a_base_of_few_is_not_told_by_later_months(base: float, people: int) -> None:
    now = {"numerator": float(people), "cases": people, "people": people}
    assert not shown(estimators.index_100, denominator=base, **now)
    assert shown(estimators.index_100, denominator=float(people), **now)
