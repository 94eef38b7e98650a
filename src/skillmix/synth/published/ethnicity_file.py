"""Headcount by ethnic group, staff group and grade, September by September."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from skillmix.schema.values import ETHNIC_GROUPS, ETHNICITIES
from skillmix.schema.vocabulary import ethnic_group
from skillmix.synth.published.files import PREFIX
from skillmix.synth.published.history import Before
from skillmix.synth.published.names import (
    grade,
    group_names,
    main_name,
    main_of_group,
)
from skillmix.synth.published.workbook import write_workbook
from skillmix.synth.tables import Array
from skillmix.synth.tally import Tally
from skillmix.synth.world import world

SHEET = "nhs-workforce-data-june-2022"
_HEADER = (
    *("Time", "Ethnicity", "Ethnicity_type", "Staff_Group", "Role_Group"),
    *("Grade", "Value"),
)
_KNOWN = "ONS 6+1"
# Each year back, minority ethnic groups were this much smaller a share of staff.
YEARLY_CHANGE = 0.02
_BASE = dt.date(1899, 12, 30)


def write_ethnicity(folder: Path, tally: Tally, before: Before) -> None:
    """Write the counts of every September, and of June 2020."""
    folder.mkdir(parents=True, exist_ok=True)
    write_workbook(
        folder / f"{PREFIX}nhsworkforcedata.xlsx",
        SHEET,
        _HEADER,
        [
            row
            for month, counts in _counts(tally, before)
            for row in _rows(month, counts)
        ],
    )


def _counts(tally: Tally, before: Before) -> Iterator[tuple[dt.date, Array]]:
    """Give people by cell and ethnic group of each month published."""
    groups = np.array([_group(code) for code in ETHNICITIES])
    first = _grouped(tally.months[0].ethnicity, groups)
    for month, index in zip(before.months, before.index, strict=True):
        if month.month == 9:
            years = (tally.months[0].month - month).days / 365.25
            yield month, np.rint(_earlier(first, years) * index[:, None])
    for one in tally.months:
        if one.month.month == 9 or one.month == dt.date(2020, 6, 1):
            yield one.month, _grouped(one.ethnicity, groups)


def _group(code: str) -> int:
    name = ethnic_group(code)
    return ETHNIC_GROUPS.index(name) if name in ETHNIC_GROUPS else len(ETHNIC_GROUPS)


def _grouped(counts: Array, groups: Array) -> Array:
    sums = np.zeros((len(counts), len(ETHNIC_GROUPS) + 1))
    np.add.at(sums.T, groups, counts.T)
    return sums


def _earlier(counts: Array, years: float) -> Array:
    """Move the ethnic make-up back by so many years; white staff take the rest."""
    moved = counts.copy()
    white = ETHNIC_GROUPS.index("white")
    others = [n for n in range(len(ETHNIC_GROUPS)) if n != white]
    moved[:, others] *= (1.0 - YEARLY_CHANGE) ** years
    moved[:, white] += counts[:, others].sum(axis=1) - moved[:, others].sum(axis=1)
    return moved


def _rows(month: dt.date, counts: Array) -> Iterator[tuple[object, ...]]:
    w = world()
    serial = (month - _BASE).days
    grades = [grade(cell, "Non Afc Grade") for cell in range(len(w.names))]
    names = [slug.title() for slug in ETHNIC_GROUPS]
    for group, printed in enumerate(group_names()):
        mine = w.staff_group == group
        if not counts[mine].any():
            continue
        main = main_name(main_of_group()[group]).title()
        for one in (
            "All Grades",
            *sorted({g for g, m in zip(grades, mine, strict=True) if m}),
        ):
            cells = mine & np.array([one in ("All Grades", g) for g in grades])
            sums = counts[cells].sum(axis=0).astype(int).tolist()
            known = sum(sums[:-1])
            listed = (
                *((name, _KNOWN, n) for name, n in zip(names, sums[:-1], strict=True)),
                ("Unknown & Not Stated", _KNOWN, sums[-1]),
                ("All", "All", known),
                (
                    "All - Including Unknown, Not Stated And Discontinued Codes",
                    "All",
                    known + sums[-1],
                ),
            )
            for ethnicity, kind, value in listed:
                if value:
                    yield (serial, ethnicity, kind, main, printed.title(), one, value)
