"""A comparison of unlike things says so by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from skillmix.disclosure.control import leave_unprotected
from skillmix.schema.results import Counted, Finding, Published
from skillmix.schema.scope import Scope
from skillmix.statistics.estimators import proportion
from skillmix.words.comparability import comparability

NOTHING = dict.fromkeys(Counted.columns())
JUNE, APRIL = dt.date(2020, 6, 1), dt.date(2020, 4, 1)


def result(*rows: dict[str, Any]) -> Published:
    cells = [
        {**NOTHING, "measure": "share", "numerator": 1.0, "denominator": 2.0, **row}
        for row in rows
    ]
    finding = Finding(
        analysis="example",
        scope=Scope(),
        cells=cells,
        sources=(),
        people_counted=False,
        way="",
    )
    return leave_unprotected(finding, {"share": proportion})


def test_other_dates_are_named_with_whom_they_are_of() -> None:
    (note,) = comparability(
        result(
            {"series": "in_service", "year": 2020},
            {"series": "elsewhere", "year": 2020},
            {"series": "population", "year": 2011},
        )
    )
    assert note.startswith("Dates differ")
    assert "2020: Mental health, Elsewhere" in note
    assert "2011: Population" in note


def test_series_that_end_in_other_months_are_named() -> None:
    (note,) = comparability(
        result(
            {"series": "all_staff", "month": APRIL},
            {"series": "workforce", "month": APRIL},
            {"series": "workforce", "month": JUNE},
        )
    )
    assert "Apr 2020: " in note
    assert "Apr 2020 to Jun 2020: " in note


def test_other_places_are_named() -> None:
    notes = comparability(
        result(
            {"figure": "a", "subject": "staff", "place": "England"},
            {"figure": "b", "subject": "adults", "place": "UK"},
        )
    )
    assert notes == (
        "Places differ, so compare with care. England: staff; UK: adults.",
    )


def test_groups_that_differ_in_staff_and_setting_are_not_like_for_like() -> None:
    (note,) = comparability(
        result(
            {"cohort": "support_all_trusts"},
            {"cohort": "all_staff_service_trusts"},
            {"cohort": "support_service_trusts"},
        )
    )
    assert note.startswith("Not like for like")
    assert note.count(" and ") == 2


@pytest.mark.parametrize(
    "rows",
    [
        ({"series": "in_service", "year": 2020}, {"series": "elsewhere", "year": 2020}),
        ({"cohort": "support_service_trusts"}, {"cohort": "support_other_trusts"}),
        ({"month": JUNE}, {"month": APRIL}),
        (),
    ],
)
def test_like_things_earn_no_note(rows: tuple[dict[str, Any], ...]) -> None:
    assert comparability(result(*rows)) == ()
