"""Staff earnings estimates: mean monthly pay by staff group and by band."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from skillmix.schema.values import BANDS, STAFF_GROUPS, SUPPORT_GROUPS
from skillmix.synth.careers import FIRST
from skillmix.synth.published.files import write_csv
from skillmix.synth.published.names import (
    group_names,
    in_main,
    main_name,
    medical_grade,
    month_end,
)
from skillmix.synth.tables import Array, months_from, rows
from skillmix.synth.tally import Tally
from skillmix.synth.world import world

# The year to June 2011, which pay is compared with, is the first.
_SINCE = dt.date(2010, 7, 1)
_YEAR = (dt.date(2019, 7, 1), dt.date(2020, 6, 1))
# Months from the start to the middle of the first year, and between the two years.
_MIDDLE, _YEARS_APART = 5.5, 108
# Means of fewer people are not printed.
_FEWEST = 10
_TYPES = (
    *("PUBGRP_010_BASIC_PAY_PER_FTE", "PUBGRP_020_EARNINGS", "PUBGRP_030_BASIC_PAY"),
    *("PUBGRP_040_NON_BASIC_PAY_PER_ROLE", "PUBGRP_130_GEOGRAPHIC_ALLOWANCE"),
)
_PEOPLE, _FTE, _BASIC, _ALLOWANCE, _EARNINGS = range(5)
# Order, name, history and kinds of post of a group.
_Group = tuple[int, str, str, Array]


def write_earnings(folder: Path, tally: Tally) -> None:
    """Write monthly earnings by staff group since 2010, and by band in the record."""
    last = tally.months[-1].month
    write_csv(
        folder,
        f"Monthly-Earnings-to-{last:%b%Y}-NHS-Trusts.csv",
        (
            *("DATE", "STAFF_GROUP_ORDER", "STAFF_GROUP", "PAYMENT_TYPE"),
            *("AMOUNT", "SAMPLE_SIZE"),
        ),
        _by_group(tally),
    )
    write_csv(
        folder,
        f"Monthly-Earnings-by-AfC-band-to-{last:%b%Y}-NHS-Trusts.csv",
        (
            *("DATE", "PAYMENT_TYPE", "STAFF_GROUP_ORDER", "STAFF_GROUP"),
            *("AFC_BAND", "GRADE_STEP", "AMOUNT", "SAMPLE_SIZE"),
        ),
        _by_band(tally),
    )


def _groups() -> tuple[_Group, ...]:
    """Return order, name, history and kinds of post of each group printed."""
    w, names = world(), group_names()
    group = w.staff_group
    doctors = group == STAFF_GROUPS.index("doctors")
    found: list[_Group] = [
        (1, "All staff", "everyone", group >= 0),
        (
            2,
            main_name("professionally_qualified"),
            "everyone",
            in_main("professionally_qualified")[group],
        ),
        (3, "HCHS doctors - All grades", "everyone", doctors),
    ]
    for order, grade, history in (
        (4, "Consultant", "consultants"),
        (6, "Specialty Doctor", "everyone"),
        (8, "Specialty Registrar", "everyone"),
        (10, "Foundation Doctor Year 2", "everyone"),
        (11, "Foundation Doctor Year 1", "everyone"),
    ):
        mine = np.array([medical_grade(c) == grade for c in range(len(w.names))])
        found.append((order, f"HCHS doctors - {grade}", history, doctors & mine))
    for order, slug in (
        *((14, "nurses"), (15, "midwives"), (16, "ambulance_staff"), (17, "st_and_t")),
        *((19 + n, slug) for n, slug in enumerate(SUPPORT_GROUPS)),
        *((23, "central_functions"), (24, "hotel_property_estates")),
        *((25, "senior_managers"), (26, "managers")),
    ):
        place = STAFF_GROUPS.index(slug)
        found.append((order, names[place], slug, group == place))
    for order, slug in (
        (18, "support_to_clinical_staff"),
        (22, "infrastructure_support"),
    ):
        found.append((order, main_name(slug), slug, in_main(slug)[group]))
    return tuple(sorted(found, key=lambda g: g[0]))


def _by_group(tally: Tally) -> Iterator[tuple[object, ...]]:
    groups = _groups()
    yield from _history(tally, groups)
    for one in tally.months:
        for order, name, _, cells in groups:
            sums = one.pay[cells].sum(axis=0)
            if sums[_PEOPLE] < _FEWEST:
                continue
            for kind, amount in zip(_TYPES, _amounts(sums), strict=True):
                yield _row(one.month, order, name, kind, amount, sums[_PEOPLE])


def _history(tally: Tally, groups: tuple[_Group, ...]) -> Iterator[tuple[object, ...]]:
    """Give the months before the record: its first month, on a line back to 2010."""
    first = tally.months[0].pay
    rises = {r["group"]: r for r in rows("earnings_history")}
    year = [m.pay for m in tally.months if _YEAR[0] <= m.month <= _YEAR[1]]
    many = (FIRST.year - _SINCE.year) * 12 + FIRST.month - _SINCE.month
    for order, name, history, cells in groups:
        sums = first[cells].sum(axis=0)
        if sums[_PEOPLE] < _FEWEST:
            continue
        now = float(np.mean([_per_fte(pay[cells].sum(axis=0)) for pay in year]))
        early = _earlier(now, rises.get(history, rises["everyone"]))
        for done, month in enumerate(months_from(_SINCE, many)):
            level = early + (now - early) * (done - _MIDDLE) / _YEARS_APART
            amounts = _amounts(sums) * level / _per_fte(sums)
            for kind, amount in zip(_TYPES, amounts, strict=True):
                yield _row(month, order, name, kind, amount, sums[_PEOPLE])


def _earlier(now: float, rise: Mapping[str, str]) -> float:
    """Return monthly earnings of a full-time year to June 2011, from those to 2020."""
    if rise["rise_pounds"]:
        return now - float(rise["rise_pounds"]) / 12.0
    return now / (1.0 + float(rise["rise_percent"]) / 100.0)


def _per_fte(sums: Array) -> float:
    """Return earnings for each full-time equivalent, in pounds."""
    return float(sums[_EARNINGS] / max(sums[_FTE], 1e-9) / 100.0)


def _row(
    month: dt.date, order: int, name: str, kind: str, amount: float, people: float
) -> tuple[object, ...]:
    date = month_end(month).isoformat()
    return date, order, name, kind, f"{amount:.2f}", int(people)


def _amounts(sums: Array) -> Array:
    """Return the mean of each payment type in pounds."""
    people, fte = max(sums[_PEOPLE], 1.0), max(sums[_FTE], 1e-9)
    return (
        np.array(
            (
                sums[_BASIC] / fte,
                sums[_EARNINGS] / people,
                sums[_BASIC] / people,
                (sums[_EARNINGS] - sums[_BASIC]) / people,
                sums[_ALLOWANCE] / people,
            )
        )
        / 100.0
    )


def _by_band(tally: Tally) -> Iterator[tuple[object, ...]]:
    w = world()
    banded = w.band < BANDS.index("non_afc")
    for one in tally.months:
        date = month_end(one.month).isoformat()
        for order, name, _, cells in _groups():
            for band, mine in (
                ("All AfC bands", cells & banded),
                *(
                    (f"Band {b}", cells & (w.band == n))
                    for n, b in enumerate(BANDS[:12])
                ),
            ):
                sums = one.pay[mine].sum(axis=0)
                if sums[_PEOPLE] < _FEWEST:
                    continue
                for kind, amount in zip(_TYPES, _amounts(sums), strict=True):
                    yield (
                        *(date, kind, order, name, band, "All grade steps"),
                        *(f"{amount:.2f}", int(sums[_PEOPLE])),
                    )
