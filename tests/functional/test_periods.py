"""What period a result says it speaks of."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from skillmix.catalogue import find
from skillmix.pipeline import open_session
from skillmix.schema.published import SicknessDays
from skillmix.schema.scope import Scope
from skillmix.sources.reading import Reading
from spec.harness import cases, inputs_of

UNDATED = "participation.sickness_across_trusts"


def test_rows_without_a_month_are_of_the_latest_file_whatever_its_place(
    tmp_path: Path,
) -> None:
    case = next(case for case in cases() if case.analysis == UNDATED)
    readings = tuple(
        Reading(
            file=f"{month:%Y-%m}.csv",
            path=tmp_path,
            table=SicknessDays,
            period_start=month,
            period_end=month,
            used=True,
        )
        for month in (dt.date(2020, 6, 1), dt.date(2019, 5, 1))
    )
    inputs = replace(inputs_of(case, tmp_path), readings=readings)
    with open_session(inputs, Scope()) as session:
        published = session.run(find(UNDATED))
    assert published.period == (dt.date(2020, 6, 1), dt.date(2020, 6, 1))
    assert find(UNDATED).narrate(published).startswith("There are too few trusts")
