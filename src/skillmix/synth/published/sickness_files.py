"""Sickness absence by organisation and staff group, one file a month."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from skillmix.schema.values import STAFF_GROUPS
from skillmix.synth.employers import employers
from skillmix.synth.published.files import grouped, shown, write_csv
from skillmix.synth.published.names import (
    ALL,
    cluster,
    group_names,
    month_end,
    place,
)
from skillmix.synth.tables import days_in
from skillmix.synth.tally import MonthTally, Tally
from skillmix.synth.world import world

# Groups of fewer people have all three cells empty.
_FEWEST = 5
_HEADER = (
    *("DATE", "NHSE_REGION_CODE", "NHSE_REGION_NAME", "ICS_CODE", "ICS_NAME"),
    *("ORG_CODE", "ORG_NAME", "CLUSTER_GROUP", "BENCHMARK_GROUP", "STAFF_GROUP"),
    *("FTE_DAYS_LOST", "FTE_DAYS_AVAILABLE", "SICKNESS_ABSENCE_RATE_PERCENT"),
)


def write_sickness(folder: Path, tally: Tally) -> None:
    """Write the sickness absence file of every month."""
    for month in tally.months:
        write_csv(
            folder,
            f"NHS Sickness Absence benchmarking tool CSV, {month.month:%B %Y}.csv",
            _HEADER,
            _rows(month),
        )


def _rows(month: MonthTally) -> Iterator[tuple[str, ...]]:
    groups = len(STAFF_GROUPS)
    days = days_in(month.month)
    available = grouped(month.fte, world().staff_group, groups) * days
    heads = grouped(month.heads.astype(float), world().staff_group, groups)
    date = f"{month_end(month.month):%d/%m/%Y}"
    for employer, benchmark in enumerate(employers().benchmarks):
        start = (date, *place(employer), cluster(employer), benchmark)
        if not heads[:, employer].any():
            continue
        lost, able = month.lost[:, employer], available[:, employer]
        yield (*start, ALL, *_rate(float(lost.sum()), float(able.sum())))
        for group in np.flatnonzero(heads[:, employer]):
            shown_cells = ("", "", "")
            if heads[group, employer] >= _FEWEST:
                shown_cells = _rate(float(lost[group]), float(able[group]))
            yield (*start, group_names()[group], *shown_cells)


def _rate(lost: float, available: float) -> tuple[str, str, str]:
    lost, available = round(lost, 5), round(available, 5)
    return shown(lost), shown(available), shown(round(100 * lost / available, 2))
