"""Control charts keep the published rules, and none of the faults others had.

The numbers in brackets are issues of the NHSRplotthedots project, whose fixed faults
are tested here.
"""

from __future__ import annotations

import pytest

from skillmix.statistics.spc import LIMITS, control_chart

STEADY = [10.0, 12.0] * 10


def rules(values: list[float | None], **options: object) -> list[str]:
    return [p.rule for p in control_chart(values, **options).points]


def test_limits_are_the_mean_and_the_mean_moving_range() -> None:
    chart = control_chart(STEADY)
    (point, *_) = chart.points
    assert point.mean == pytest.approx(11)
    assert point.high == pytest.approx(11 + LIMITS * 2)
    assert point.low == pytest.approx(11 - LIMITS * 2)
    assert chart.variation == "common"
    assert not chart.trial


def test_an_extreme_moving_range_is_left_out_of_the_limits_once() -> None:
    shocked = [*STEADY, 60.0, *STEADY]
    point = control_chart(shocked).points[0]
    assert point.high is not None
    assert point.mean is not None
    assert point.high - point.mean == pytest.approx(LIMITS * 2)
    assert rules(shocked)[20] == "outside"


@pytest.mark.parametrize("sign", [1, -1])
def test_seven_points_one_way_are_a_trend_up_or_down(sign: int) -> None:
    """A falling trend was once not flagged (167)."""
    values = [*STEADY, *(11.0 + sign * 0.3 * n for n in range(7))]
    assert rules(values)[-7:] == ["trend"] * 7


def test_six_points_one_way_are_not_a_trend() -> None:
    assert "trend" not in rules([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 4.0, 0.0])


@pytest.mark.parametrize(
    ("better", "told"), [("up", "concern"), ("down", "improvement")]
)
def test_a_trend_is_coloured_by_the_way_it_runs(better: str, told: str) -> None:
    """Points that fall above the mean were once called improvement (171)."""
    values = [*STEADY, *(15.0 - 0.3 * n for n in range(8))]
    chart = control_chart(values, better=better, baseline=20)
    falling = [p for p in chart.points if p.rule == "trend"]
    assert len(falling) == 8
    assert all((p.value or 0) > (p.mean or 0) for p in falling)
    assert {p.variation for p in falling} == {told}


def test_two_in_three_must_lie_on_one_side() -> None:
    """Near points with one across the mean between them were once flagged (143)."""
    across = rules([*STEADY, 15.0, 10.9, 15.0, 10.0], baseline=20)
    together = rules([*STEADY, 15.0, 11.1, 15.0, 10.0], baseline=20)
    assert "two_in_three" not in across
    assert together[20:23] == ["two_in_three", "", "two_in_three"]


def test_seven_points_on_one_side_are_a_shift_and_six_are_not() -> None:
    high = [11.4, 11.6, 11.5, 11.7, 11.4, 11.6, 11.5]
    assert rules([*STEADY, *high], baseline=20)[-7:] == ["shift"] * 7
    assert "shift" not in rules([*STEADY[:-1], *high[:6], 10.0], baseline=19)


def test_a_point_outside_the_limits_outranks_every_other_rule() -> None:
    values = [*STEADY, *(11.0 + 2.0 * n for n in range(7))]
    assert rules(values)[-1] == "outside"


def test_a_point_that_ends_one_trend_and_begins_the_next_belongs_to_the_first() -> None:
    rising = [8.0 + 0.5 * n for n in range(8)]
    values = [*STEADY, *rising, *(11.5 - 0.3 * n for n in range(1, 8))]
    chart = control_chart(values, better="up", baseline=20)
    before, peak, after = chart.points[26:29]
    assert (before.variation, before.rule) == ("improvement", "trend")
    assert (peak.variation, peak.rule) == ("improvement", "trend")
    assert (after.variation, after.rule) == ("concern", "trend")


def test_rebasing_judges_each_stretch_by_itself() -> None:
    values = [*STEADY, *(v + 20 for v in STEADY)]
    assert any(rules(values))
    assert not any(rules(values, rebase=[20]))


def test_rebasing_and_a_fixed_baseline_hold_together() -> None:
    """Limits rest on the first points of each stretch, not of the series (93)."""
    drifting = [*STEADY[:12], *([20.0, 22.0] * 4)]
    values = [*drifting, *(v + 50 for v in drifting)]
    chart = control_chart(values, rebase=[20], baseline=12)
    assert chart.points[0].mean == pytest.approx(11)
    assert chart.points[-1].mean == pytest.approx(61)


@pytest.mark.parametrize(
    ("better", "target", "told"),
    [
        ("up", 50.0, "fail"),
        ("up", 5.0, "pass"),
        ("down", 50.0, "pass"),
        ("down", 5.0, "fail"),
        ("up", 11.0, "inconsistent"),
        ("neither", 11.0, ""),
    ],
)
def test_assurance_says_whether_the_process_can_meet_the_target(
    better: str, target: float, told: str
) -> None:
    assert control_chart(STEADY, better=better, target=target).assurance == told


def test_assurance_goes_by_the_latest_limits() -> None:
    """The icon once went by the limits before rebasing (172)."""
    values = [*STEADY, *(v + 20 for v in STEADY)]
    chart = control_chart(values, better="up", target=20.0, rebase=[20])
    assert chart.assurance == "pass"


def test_few_points_give_trial_limits() -> None:
    assert control_chart(STEADY[:12]).trial
    assert not control_chart(STEADY[:13]).trial


def test_months_without_a_value_are_skipped_and_kept_in_place() -> None:
    values: list[float | None] = [*STEADY, None, *STEADY]
    chart = control_chart(values)
    assert chart.points[20].value is None
    assert chart.points[20].rule == ""
    assert len(chart.points) == 41


def test_one_value_has_no_limits() -> None:
    (point,) = control_chart([3.0]).points
    assert (point.mean, point.rule) == (None, "")
