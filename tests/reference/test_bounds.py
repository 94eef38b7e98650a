"""Bounds for people who did not say hold whatever these people are."""

from __future__ import annotations

import pytest

from reference.reference_values import close
from skillmix.statistics.bounds import rate_with_unknown, share_with_unknown
from skillmix.statistics.estimators import NOTHING, wilson


@pytest.mark.parametrize(
    ("cases", "known", "unknown"), [(2, 5, 5), (0, 8, 3), (4, 4, 9)]
)
def test_a_share_lies_within_its_bounds_whatever_the_silent_are(
    cases: int, known: int, unknown: int
) -> None:
    found = share_with_unknown(cases, known, unknown)
    assert found.estimate == cases / known
    assert found.conf_low is not None
    assert found.conf_high is not None
    everyone = known + unknown
    for hidden in range(unknown + 1):
        one = wilson((cases + hidden) / everyone, everyone)
        assert one.conf_low is not None
        assert one.conf_high is not None
        assert found.conf_low <= one.conf_low
        assert one.conf_high <= found.conf_high


def test_without_silent_people_the_bounds_are_wilsons_interval() -> None:
    close(share_with_unknown(3, 20, 0), wilson(3 / 20, 20))
    close(rate_with_unknown(3, 20, 0, 0), wilson(3 / 20, 20))


def test_a_rate_lies_within_its_bounds_whoever_belongs_to_the_group() -> None:
    cases, people, unknown_cases, unknown_people = 3, 10, 2, 6
    found = rate_with_unknown(cases, people, unknown_cases, unknown_people)
    assert found.estimate == 0.3
    assert found.conf_low is not None
    assert found.conf_high is not None
    reached: list[tuple[float, float]] = []
    for with_event in range(unknown_cases + 1):
        for without in range(unknown_people - unknown_cases + 1):
            n = people + with_event + without
            one = wilson((cases + with_event) / n, n)
            assert one.conf_low is not None
            assert one.conf_high is not None
            reached.append((one.conf_low, one.conf_high))
    close(found.conf_low, min(low for low, _ in reached))
    close(found.conf_high, max(high for _, high in reached))


def test_of_nobody_known_nothing_is_said() -> None:
    assert share_with_unknown(0, 0, 5) == NOTHING
    assert rate_with_unknown(0, 0, 1, 5) == NOTHING
