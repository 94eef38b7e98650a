"""Shares, differences, ratios, quantiles and power agree with R."""

from __future__ import annotations

import math

import pytest

from reference.reference_values import close, reference
from skillmix.statistics import equivalence, intervals, multiplicity
from skillmix.statistics.estimators import NOTHING, Interval, on_logit, wilson

VALUES = reference("intervals")
PAIRS = VALUES["pairs"]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: str(p["table"]))
def test_intervals_of_two_shares(pair: dict) -> None:
    x1, n1, x2, n2 = pair["table"]
    close(wilson(x1 / n1, n1)[1:], pair["wilson"])
    close(intervals.newcombe_difference(x1, n1, x2, n2)[1:], pair["newcombe"])
    score = intervals.miettinen_nurminen_difference
    close(score(x1, n1, x2, n2)[1:], pair["miettinen_nurminen"])
    close(score(x1, n1, x2, n2, level=0.9)[1:], pair["miettinen_nurminen_90"])
    close(intervals.score_ratio(x1, n1, x2, n2)[1:], pair["koopman"])
    if x1:
        close(intervals.odds_ratio(x1, n1, x2, n2)[1:], pair["woolf"])
    else:
        assert intervals.odds_ratio(x1, n1, x2, n2) == NOTHING


@pytest.mark.parametrize("case", VALUES["quantiles"]["cases"], ids=lambda c: c["share"])
def test_quantiles_with_order_statistics(case: dict) -> None:
    pay = VALUES["quantiles"]["pay"]
    found = intervals.quantile(pay["values"], pay["people"], case["share"])
    wanted = (case["estimate"], case.get("low"), case.get("high"))
    assert tuple(found) == wanted


def test_a_quantile_beyond_the_sample_has_no_end() -> None:
    found = intervals.quantile([1.0, 2.0, 3.0], [1, 1, 1], 0.5)
    assert found == Interval(2.0, None, None)


def test_adjusted_p_values() -> None:
    p = VALUES["p_values"]["p"]
    close(multiplicity.holm(p), VALUES["p_values"]["holm"])


def test_ratio_from_two_intervals() -> None:
    first, second = VALUES["ratio_of"]["first"], VALUES["ratio_of"]["second"]
    found = intervals.ratio_of(Interval(*first), Interval(*second))
    close(found, [first[0] / second[0], *VALUES["ratio_of"]["ends"]])


@pytest.mark.parametrize("case", VALUES["power"], ids=lambda c: c["share"])
def test_minimum_detectable_difference(case: dict) -> None:
    n = case["people"]
    _, above = equivalence.minimum_detectable_difference(case["share"], n, n)
    # power.prop.test leaves out the other tail's negligible share, as we do.
    close(above, case["above"])


def test_small_groups_cannot_detect_a_fall_to_nothing() -> None:
    below, above = equivalence.minimum_detectable_difference(0.06, 12, 4000)
    assert below is None
    assert above is not None
    assert above > 0.2


@pytest.mark.parametrize(
    ("outer", "inner", "p", "says"),
    [
        ((0.5, 0.75), (0.52, 0.73), None, "different"),
        ((0.88, 0.98), (0.89, 0.97), None, "small_difference"),
        ((0.9, 1.1), (0.92, 1.08), None, "no_material_difference"),
        ((0.6, 1.4), (0.65, 1.3), None, "undecided"),
        # Seen alone it differs, but not among so many comparisons.
        ((0.5, 0.98), (0.52, 0.95), 0.2, "undecided"),
    ],
)
def test_no_evidence_of_difference_is_not_evidence_of_none(
    outer: tuple, inner: tuple, p: float | None, says: str
) -> None:
    found = equivalence.verdict(
        Interval(1.0, *outer), Interval(1.0, *inner), p_adjusted=p
    )
    assert found == says


def test_a_two_sided_p_value() -> None:
    assert math.isclose(equivalence.p_value(1.959963984540054), 0.05, rel_tol=1e-12)
    assert equivalence.p_value(-3.0) == equivalence.p_value(3.0)


def test_an_error_beyond_all_bounds_leaves_a_share_anywhere() -> None:
    assert on_logit(0.5, 1e6) == Interval(0.5, 0.0, 1.0)
    assert on_logit(0.5, 0.0) == Interval(0.5, None, None)
    assert on_logit(1.0 - 1e-15, 1e-9) == Interval(1.0 - 1e-15, None, None)
