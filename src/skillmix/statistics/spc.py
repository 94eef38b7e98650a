"""XmR control charts by the rules of the NHS "Making Data Count" programme.

Individual values with limits from their moving ranges. Constants and the order of
the rules are those of the reference implementation that NHS teams use: limits at
2.66 mean moving ranges, near limits at two thirds of that, seven points for a shift
or a trend; a point outside the limits outranks a trend, a trend outranks two in
three near a limit, and that outranks a shift. Moving ranges beyond 3.267 of their
mean are left out once before the limits are drawn, or one shock would hide the next.

Sources: NHS England, Making Data Count: Strengthening your decisions (2019); Provost
and Murray (2011), The Health Care Data Guide, chapter 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

LIMITS = 2.66
NEAR_LIMITS = 2 * LIMITS / 3
SCREEN = 3.267
RUN = 7
FEWEST = 13

Better = Literal["up", "down", "neither"]
Rule = Literal["", "outside", "trend", "two_in_three", "shift"]
Variation = Literal["common", "improvement", "concern", "neutral"]
Assurance = Literal["", "pass", "fail", "inconsistent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a control chart.

    Attributes:
        value: The value, or None where there is none.
        mean: Centre line of its stretch.
        low: Lower process limit of its stretch.
        high: Upper process limit of its stretch.
        rule: The first rule it breaks, in order of precedence; empty for none.
        variation: What that means, given which way is better.
    """

    value: float | None
    mean: float | None
    low: float | None
    high: float | None
    rule: Rule = ""
    variation: Variation = "common"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChart:
    """A whole chart: its points and what the two icons beside it say.

    Attributes:
        points: One for each value given, in order.
        variation: That of the latest point.
        assurance: Whether the latest limits meet the target: always, never or by
            chance; empty without a target, or where neither way is better.
        trial: Whether the latest stretch has too few points for settled limits.
    """

    points: tuple[Point, ...]
    variation: Variation
    assurance: Assurance
    trial: bool


def control_chart(
    values: Sequence[float | None],
    *,
    better: Better = "neither",
    rebase: Iterable[int] = (),
    baseline: int | None = None,
    target: float | None = None,
) -> ControlChart:
    """Return the limits of a series and which points are more than chance.

    Args:
        values: In order of time; None where a month has no value.
        better: Which way is improvement.
        rebase: Positions from which limits are worked out anew, because something
            is known to have changed; a reason should stand beside the chart.
        baseline: How many points of each stretch its limits rest on; all if None.
        target: A value to be met, for the assurance icon.
    """
    inner = {at for at in rebase if 0 < at < len(values)}
    starts = sorted({0, *inner, len(values)})
    points: list[Point] = []
    last: list[float | None] = []
    for start, end in pairwise(starts):
        last = list(values[start:end])
        points += _stretch(last, better, baseline)
    given = [p for p in points if p.value is not None]
    return ControlChart(
        points=tuple(points),
        variation=given[-1].variation if given else "common",
        assurance=_assurance(points, better, target),
        trial=sum(v is not None for v in last) < FEWEST,
    )


def _stretch(
    values: Sequence[float | None], better: Better, baseline: int | None
) -> list[Point]:
    """Judge one stretch between rebasings; months without a value are skipped."""
    known = [v for v in values if v is not None]
    limits = _limits(known[:baseline] if baseline else known)
    if limits is None:
        return [Point(value=v, mean=None, low=None, high=None) for v in values]
    mean, spread = limits
    rules = _rules(known, mean, spread)
    judged = iter(zip(known, rules, strict=True))
    points: list[Point] = []
    for value in values:
        low, high = mean - LIMITS * spread, mean + LIMITS * spread
        rule, sign = next(judged)[1] if value is not None else ("", 0)
        points.append(
            Point(
                value=value,
                mean=mean,
                low=low,
                high=high,
                rule=rule,
                variation=_variation(rule, sign, better),
            )
        )
    return points


def _limits(values: Sequence[float]) -> tuple[float, float] | None:
    """Return the mean and the mean moving range, extreme ranges left out once."""
    if len(values) < 2:
        return None
    ranges = [abs(b - a) for a, b in pairwise(values)]
    most = SCREEN * sum(ranges) / len(ranges)
    kept = [r for r in ranges if r < most] or ranges
    return sum(values) / len(values), sum(kept) / len(kept)


def _rules(
    values: Sequence[float], mean: float, spread: float
) -> list[tuple[Rule, int]]:
    """Return the first rule each point breaks, and which way: up is 1, down is -1.

    A trend points the way it runs, whichever side of the mean it lies on.
    """
    sides = [_sign(v - mean) for v in values]
    outside = [
        side if abs(value - mean) > LIMITS * spread else 0
        for value, side in zip(values, sides, strict=True)
    ]
    steps = [_sign(b - a) for a, b in pairwise(values)]
    trend = _runs(steps, RUN - 1, widen=1)
    near = _two_in_three(values, sides, mean, spread)
    shift = _runs(sides, RUN)
    found: list[tuple[Rule, int]] = []
    for place in range(len(values)):
        named: tuple[tuple[Rule, int], ...] = (
            ("outside", outside[place]),
            ("trend", trend[place]),
            ("two_in_three", near[place]),
            ("shift", shift[place]),
        )
        found.append(next((r for r in named if r[1]), ("", 0)))
    return found


def _runs(signs: Sequence[int], length: int, *, widen: int = 0) -> list[int]:
    """Mark each place in an unbroken run of one sign; steps mark both their ends.

    A point that ends one trend and begins the next belongs to the first.
    """
    marks = [0] * (len(signs) + widen)
    start = 0
    for place in range(1, len(signs) + 1):
        if place < len(signs) and signs[place] == signs[start]:
            continue
        if signs[start] and place - start >= length:
            for at in range(start, place + widen):
                marks[at] = marks[at] or signs[start]
        start = place
    return marks


def _two_in_three(
    values: Sequence[float], sides: Sequence[int], mean: float, spread: float
) -> list[int]:
    """Mark points near a limit where two of three in a row are, on one side.

    All three must lie on that side of the mean: two near the upper limit with one
    below the mean between them say nothing.
    """

    def close(place: int) -> bool:
        gap = abs(values[place] - mean)
        return NEAR_LIMITS * spread < gap <= LIMITS * spread

    marks = [0] * len(values)
    for place in range(len(values) - 2):
        three = range(place, place + 3)
        same = sides[place] and len({sides[p] for p in three}) == 1
        if same and sum(map(close, three)) >= 2:
            for p in filter(close, three):
                marks[p] = sides[p]
    return marks


def _variation(rule: Rule, sign: int, better: Better) -> Variation:
    if not rule:
        return "common"
    if better == "neither":
        return "neutral"
    return "improvement" if (sign > 0) == (better == "up") else "concern"


def _assurance(
    points: Sequence[Point], better: Better, target: float | None
) -> Assurance:
    """Judge the target by the latest stretch's limits, which may have been rebased."""
    if target is None or better == "neither" or not points:
        return ""
    low, high = points[-1].low, points[-1].high
    if low is None or high is None:
        return ""
    if low <= target <= high:
        return "inconsistent"
    return "pass" if (target < low) == (better == "up") else "fail"


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
