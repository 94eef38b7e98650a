"""The printed numbers: shipped whole, and held to by analyses that agree with them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from skillmix.catalogue import Analysis, catalogue
from skillmix.report.replication.findings import claimed, stated

ANALYSES = list(catalogue().values())
REPRODUCED = [(a, name) for a in ANALYSES for name in a.reproduces]
SHOWN = [(a, name) for a in ANALYSES for name in a.shows]


def test_every_printed_number_and_claim_is_shipped(shared: Path) -> None:
    for name, shipped in (("published", stated()), ("directional", claimed())):
        path = shared / "facts" / f"{name}_findings.csv"
        with path.open(encoding="utf-8", newline="") as file:
            facts = {row["id"]: row for row in csv.DictReader(file)}
        assert set(shipped) == set(facts)
        for one in shipped.values():
            assert str(one.figure or "") == facts[one.id]["figure"]
    for row in stated().values():
        assert row.low <= row.value, row.id
        assert row.high is None or row.value <= row.high, row.id


@pytest.mark.parametrize(("analysis", "name"), REPRODUCED, ids=lambda x: str(x)[:60])
def test_analyses_hold_to_the_number_that_was_printed(
    analysis: Analysis, name: str
) -> None:
    one, printed = stated()[name], analysis.reproduces[name]
    assert printed.value == pytest.approx(one.inner)
    scale = 100 if one.unit == "percent" else 1
    room = max(one.value - one.low, (one.high or 1e99) - one.value, 0.5) / scale
    assert printed.within <= room * 1.001, "wider than the printed rounding allows"


@pytest.mark.parametrize(("analysis", "name"), SHOWN, ids=lambda x: str(x)[:60])
def test_claims_pick_rows_by_known_keys(analysis: Analysis, name: str) -> None:
    claim = analysis.shows[name]
    assert name in claimed()
    assert claim.picks or claim.among
    for row in (*claim.picks, claim.among):
        assert set(row) <= {*analysis.keys, "measure"}
        assert row.get("measure", next(iter(analysis.measures))) in analysis.measures


def test_a_number_held_by_two_analyses_is_held_alike() -> None:
    first: dict[str, float] = {}
    for analysis, name in REPRODUCED:
        value = analysis.reproduces[name].value
        assert first.setdefault(name, value) == value
