"""Life tables agree with R's survival, etm and cmprsk, ties and delayed entry in."""

from __future__ import annotations

import numpy as np
import pytest

from reference.reference_values import close, reference
from skillmix.measures.life_tables import first_events
from skillmix.statistics import survival
from skillmix.statistics.estimators import NOTHING, Z95
from skillmix.statistics.survival import LifeTable

VALUES = reference("survival")


def table(rows: list[dict]) -> LifeTable:
    return LifeTable(
        time=np.array([r["time"] for r in rows], dtype=float),
        at_risk=np.array([r["at_risk"] for r in rows], dtype=float),
        events=np.array([r["events"] for r in rows], dtype=float),
        kinds=("1", "2", "3"),
    )


WHOLE = table(VALUES["rows"])


def test_kaplan_meier_with_delayed_entry() -> None:
    wanted = VALUES["kaplan_meier"]
    curve = survival.kaplan_meier(WHOLE)
    close(curve.estimate, wanted["estimate"])
    close(curve.error, wanted["error"])
    ends = [
        survival.on_log_minus_log(float(e), float(s))
        for e, s in zip(curve.estimate, curve.error, strict=True)
    ]
    close([e.conf_low for e in ends], wanted["low"])
    close([e.conf_high for e in ends], wanted["high"])


def test_restricted_mean() -> None:
    wanted = VALUES["restricted_mean"]
    found = survival.restricted_mean(WHOLE, wanted["horizon"])
    close(found.estimate, wanted["estimate"])
    assert found.conf_low is not None
    close((found.estimate - found.conf_low) / Z95, wanted["error"])


@pytest.mark.parametrize("case", VALUES["incidence"], ids=lambda c: c["kind"])
def test_cumulative_incidence_with_competing_events(case: dict) -> None:
    curve = survival.cumulative_incidence(WHOLE, str(case["kind"]))
    close(curve.estimate, case["estimate"])
    close(curve.error, case["error"])


def test_cumulative_incidence_without_delay_is_that_of_cmprsk() -> None:
    wanted = VALUES["without_delay"]
    rows = table(wanted["rows"])
    found = [survival.cumulative_incidence(rows, k).at(wanted["at"])[0] for k in "123"]
    close(found, wanted["estimate"])


def test_incidences_and_survival_add_up_to_one() -> None:
    parts = sum(survival.cumulative_incidence(WHOLE, k).estimate for k in "123")
    close(parts + survival.kaplan_meier(WHOLE).estimate, np.ones(len(WHOLE.time)))


def test_expected_stay_from_piecewise_chances() -> None:
    wanted = VALUES["stay"]
    found = survival.expected_stay(wanted["left"], wanted["seen"], 12)
    close(found.estimate, wanted["mean"])
    assert found.conf_low is not None
    close((found.estimate - found.conf_low) / Z95, wanted["error"])


def test_a_piece_never_observed_gives_no_expected_stay() -> None:
    assert survival.expected_stay([1, 0], [20, 0], 12) == NOTHING


def test_if_everybody_leaves_at_once_nobody_stays_a_step() -> None:
    found = survival.expected_stay([10], [10], 12)
    # Leaving falls in the middle of the first step.
    assert found.estimate == 0.5


def test_with_everybody_followed_an_incidence_is_a_share_of_all() -> None:
    rows = [
        {"month": 1, "event": "promoted", "people": 12},
        {"month": 2, "event": "promoted", "people": 9},
        {"month": 2, "event": "left", "people": 7},
        {"month": 3, "event": "none", "people": 72},
    ]
    found = first_events(rows, keys=(), kinds=("promoted", "left"))
    for row in found:
        assert row.formula is not None
        if row.counts[0]:
            again = tuple(row.formula(*row.counts))
            close((row.estimate, row.conf_low, row.conf_high), again)
    last = [r for r in found if r.keys["month"] == 3]
    assert [r.counts for r in last] == [(21, 100), (7, 100)]
