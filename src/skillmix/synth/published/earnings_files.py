"""Staff earnings estimates: mean monthly pay by staff group and by band."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
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

_SINCE = dt.date(2010, 7, 1)
# Means of fewer people are not printed.
_FEWEST = 10
_TYPES = (
    *("PUBGRP_010_BASIC_PAY_PER_FTE", "PUBGRP_020_EARNINGS", "PUBGRP_030_BASIC_PAY"),
    *("PUBGRP_040_NON_BASIC_PAY_PER_ROLE", "PUBGRP_130_GEOGRAPHIC_ALLOWANCE"),
)
_PEOPLE, _FTE, _BASIC, _ALLOWANCE, _EARNINGS = range(5)
# The history's mean year ends in June 2011, and so lies around this month.
_EARLY = dt.date(2010, 12, 15)
_LATE = dt.date(2019, 12, 15)


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


def _groups() -> tuple[tuple[int, str, str, Array], ...]:
    """Return order, name, history and kinds of post of each group printed."""
    w, names = world(), group_names()
    group = w.staff_group
    doctors = group == STAFF_GROUPS.index("doctors")
    found: list[tuple[int, str, str, Array]] = [
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
    first = tally.months[0]
    growth = {
        r["group"]: float(r["growth_2011_to_2020"]) for r in rows("earnings_history")
    }
    year = [
        m for m in tally.months if dt.date(2019, 7, 1) <= m.month <= dt.date(2020, 6, 1)
    ]
    groups = _groups()
    means = {order: _mean(year, cells) for order, _, _, cells in groups}
    many = (FIRST.year - _SINCE.year) * 12 + FIRST.month - _SINCE.month
    for month in months_from(_SINCE, many):
        for order, name, history, cells in groups:
            level = _level(month, growth.get(history, growth["everyone"]))
            sums = first.pay[cells].sum(axis=0)
            if sums[_PEOPLE] < _FEWEST:
                continue
            # The first month's own level is brought to that of the year's mean.
            now = _amounts(sums) * (means[order] / _amounts(sums)[1])
            for kind, amount in zip(_TYPES, now * level, strict=True):
                yield _row(month, order, name, kind, amount, sums[_PEOPLE])
    for one in tally.months:
        for order, name, _, cells in groups:
            sums = one.pay[cells].sum(axis=0)
            if sums[_PEOPLE] < _FEWEST:
                continue
            for kind, amount in zip(_TYPES, _amounts(sums), strict=True):
                yield _row(one.month, order, name, kind, amount, sums[_PEOPLE])


def _row(
    month: dt.date, order: int, name: str, kind: str, amount: float, people: float
) -> tuple[object, ...]:
    date = month_end(month).isoformat()
    return date, order, name, kind, f"{amount:.2f}", int(people)


def _mean(year: list, cells: Array) -> float:
    """Return mean monthly earnings a head over the year that the growth ends with."""
    sums = np.sum([m.pay[cells].sum(axis=0) for m in year], axis=0)
    return float(sums[_EARNINGS] / max(sums[_PEOPLE], 1.0) / 100.0)


def _level(month: dt.date, growth: float) -> float:
    """Return a month's pay as a share of the year to June 2020, on a straight line."""
    whole = (_LATE - _EARLY).days
    done = (month.replace(day=15) - _EARLY).days / whole
    early = 1.0 / (1.0 + growth)
    return early + (1.0 - early) * done


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
