"""The monthly workforce pack: Core 1, Core 5 and Core 14."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from skillmix.schema.codelists import codelist, label
from skillmix.schema.occupation import mental_health_areas
from skillmix.schema.values import STAFF_GROUPS
from skillmix.synth.employers import employers
from skillmix.synth.posts import posts
from skillmix.synth.published.files import grouped, shown, write_csv
from skillmix.synth.published.history import Before
from skillmix.synth.published.names import (
    ALL,
    MAIN_GROUPS,
    grade,
    group_names,
    in_main,
    main_name,
    main_of_group,
    month_end,
    occupation,
    place,
    region_name,
)
from skillmix.synth.tables import Array
from skillmix.synth.tally import MonthTally, Tally
from skillmix.synth.world import world

_PLACE = (
    *("DATA_MONTH", "DATA_LEVEL", "NHSE_REGION_CODE", "NHSE_REGION_NAME"),
    *("ICS_CODE", "ICS_NAME", "ORG_CODE", "ORG_NAME"),
)
_REGIONS, _BOARDS = "All NHSE regions", "All ICS areas"
_ORGANISATIONS = "All organisations"
_NATION = (_REGIONS, _REGIONS, _BOARDS, _BOARDS, _ORGANISATIONS, _ORGANISATIONS)


def write_core_1(folder: Path, tally: Tally, before: Before, at: dt.date) -> None:
    """Write FTE by staff group: nationally each month, by place in one month."""
    last = tally.months[-1].month
    write_csv(
        folder,
        f"Core 1. Staff group - England and organisation, Jan-10 to {last:%b-%y}.csv",
        (*_PLACE, "MAIN_STAFF_GROUP", "STAFF_GROUP_1", "FTE"),
        _core_1(tally, before, at),
    )


def _core_1(tally: Tally, before: Before, at: dt.date) -> Iterator[tuple[str, ...]]:
    for month, fte in (
        *before.group_fte(),
        *((m.month, _groups(m)) for m in tally.months),
    ):
        start = (month_end(month).isoformat(), "England", *_NATION)
        yield from (start + row for row in _group_rows(fte))
    everywhere = grouped(tally.of(at).fte, world().staff_group, len(STAFF_GROUPS))
    regions = employers().regions
    for region in sorted(set(regions.tolist())):
        code = place(int(np.flatnonzero(regions == region)[0]))[0]
        spot = (code, region_name(code), _BOARDS, _BOARDS)
        start = (month_end(at).isoformat(), "NHS England region", *spot)
        start = (*start, _ORGANISATIONS, _ORGANISATIONS)
        fte = everywhere[:, regions == region].sum(axis=1)
        yield from (start + row for row in _group_rows(fte))
    for employer in range(len(regions)):
        start = (month_end(at).isoformat(), "Organisation", *place(employer))
        yield from (start + row for row in _group_rows(everywhere[:, employer]))


def _group_rows(fte: Array) -> Iterator[tuple[str, str, str]]:
    """Give the rows of one place and month: total, main groups and groups."""
    if not fte.any():
        return
    yield ALL, ALL, shown(float(fte.sum()))
    for main in MAIN_GROUPS:
        mine = in_main(main)
        if fte[mine].any():
            yield main_name(main), ALL, shown(float(fte[mine].sum()))
        for one in np.flatnonzero(mine & (fte > 0)):
            yield main_name(main), group_names()[one], shown(float(fte[one]))


def _groups(month: MonthTally) -> Array:
    """Return national FTE by staff group."""
    return grouped(month.fte.sum(axis=1), world().staff_group, len(STAFF_GROUPS))


def write_core_5(folder: Path, tally: Tally, at: dt.date) -> None:
    """Write staff by care setting, level and grade of every organisation."""
    write_csv(
        folder,
        "Core 5. Staff groups (excl medical) care setting, level, grade - org, "
        f"{at:%b-%y}.csv",
        (
            *(*_PLACE, "MAIN_STAFF_GROUP", "STAFF_GROUP_1", "STAFF_GROUP_2"),
            *("CARE_SETTING", "LEVEL", "GRADE", "FTE", "HEADCOUNT"),
        ),
        _core_5(tally.of(at)),
    )


def _core_5(month: MonthTally) -> Iterator[tuple[str, ...]]:
    w = world()
    told = {
        cell: _described(cell)
        for cell in range(len(w.names))
        if STAFF_GROUPS[w.staff_group[cell]] != "doctors"
    }
    date = month_end(month.month).isoformat()
    for employer in range(len(employers().codes)):
        sums: dict[tuple[str, ...], list[float]] = {}
        for cell in np.flatnonzero(month.heads[:, employer]):
            if int(cell) not in told:
                continue
            both = sums.setdefault(told[int(cell)], [0.0, 0.0])
            both[0] += month.fte[cell, employer]
            both[1] += month.heads[cell, employer]
        for row, (fte, heads) in sorted(sums.items()):
            start = (date, "Organisation", *place(employer))
            yield (*start, *row, shown(fte), str(int(heads)))


def _described(cell: int) -> tuple[str, ...]:
    """Return groups, setting, level and grade, with the publisher's sort prefixes."""
    code, group = occupation(cell), world().staff_group[cell]
    main = main_of_group()[group]
    return (
        f"{MAIN_GROUPS.index(main) + 1:03}_{main_name(main)}",
        f"{group + 1:03}_{group_names()[group]}",
        _prefixed("detailed_group", code.detailed_group),
        _prefixed("care_setting", code.care_setting),
        f"{_levels().index(code.level) + 1:03}_{code.level}",
        grade(cell, "Non AfC Grade"),
    )


def _prefixed(vocabulary: str, slug: str) -> str:
    return f"{_order(vocabulary).index(slug) + 1:03}_{label(vocabulary, slug)}"


@cache
def _order(vocabulary: str) -> tuple[str, ...]:
    from skillmix.schema.codelists import labels

    return tuple(labels(vocabulary))


@cache
def _levels() -> tuple[str, ...]:
    cells = range(len(world().names))
    return tuple(sorted({occupation(cell).level for cell in cells}))


def write_core_14(folder: Path, tally: Tally, before: Before) -> None:
    """Write the mental health workforce: nationally each month, and by organisation."""
    last = tally.months[-1].month
    write_csv(
        folder,
        f"Core 14. Mental health workforce - England, Jan-10 to {last:%b-%y}.csv",
        _CORE_14,
        _core_14(tally, before),
    )
    for month, (where, fte) in sorted(tally.places.items()):
        write_csv(
            folder,
            f"Core 14. Mental health workforce - org, {month:%b-%y}.csv",
            _CORE_14,
            _core_14_places(month, where, fte),
        )


_CORE_14 = (
    *(*_PLACE, "MAIN_STAFF_GROUP", "STAFF_GROUP_1"),
    *("CARE_SETTING_OR_SPECIALTY", "PRIMARY_AREA_OF_WORK"),
    *("SECONDARY_AREA_OF_WORK", "TERTIARY_AREA_OF_WORK"),
    *("MENTAL_HEALTH_CLASSIFICATION", "FTE"),
)


def _core_14(tally: Tally, before: Before) -> Iterator[tuple[str, ...]]:
    inside = posts().mental_health
    cells, areas = np.nonzero(inside & (tally.months[0].area_fte > 0))
    every = (*before.area_fte(), *((m.month, m.area_fte) for m in tally.months))
    for month, fte in every:
        if month == tally.months[0].month:
            cells, areas = np.nonzero(
                inside & (sum(m.area_fte for m in tally.months) > 0)
            )
        sums: dict[tuple[str, ...], float] = {}
        for cell, area in zip(cells.tolist(), areas.tolist(), strict=True):
            row = _classified(cell, area)
            sums[row] = sums.get(row, 0.0) + float(fte[cell, area])
        start = (month_end(month).isoformat(), "England", *_NATION)
        for row, total in sums.items():
            if total > 0:
                yield (*start, *row, shown(total))


def _core_14_places(
    month: dt.date, where: Array, fte: Array
) -> Iterator[tuple[str, ...]]:
    sums: dict[tuple[int, tuple[str, ...]], float] = {}
    for (employer, cell, area), total in zip(where.T.tolist(), fte, strict=True):
        key = employer, _classified(cell, area)
        sums[key] = sums.get(key, 0.0) + float(total)
    for (employer, row), total in sums.items():
        start = (month_end(month).isoformat(), "Organisation", *place(employer))
        yield (*start, *row, shown(total))


@cache
def _classified(cell: int, area: int) -> tuple[str, ...]:
    """Return groups, setting, areas and the rule that admits a post."""
    name = posts().areas[area]
    group = world().staff_group[cell]
    by_code, by_area = bool(world().by_code[cell]), name in mental_health_areas()
    rule = {
        (True, True): "Mental Health Area of Work and Occupation Code",
        (True, False): "Mental Health Occupation Code",
        (False, True): "Mental Health Area of Work",
    }[by_code, by_area]
    primary, secondary = _wider_areas()[name]
    return (
        main_name(main_of_group()[group]),
        group_names()[group],
        occupation(cell).care_setting_label,
        *(primary, secondary, name, rule),
    )


@cache
def _wider_areas() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for row in codelist("areas_of_work"):
        found.setdefault(row["tertiary"], (row["primary"], row["secondary"]))
    return found
