"""Turnover: joiners, leavers and their denominators, by place, grade and age."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from skillmix.schema.values import REGIONS, STAFF_GROUPS
from skillmix.synth.employers import employers
from skillmix.synth.published.files import shown, write_csv
from skillmix.synth.published.names import (
    ALL,
    MAIN_GROUPS,
    cluster,
    grade,
    group_names,
    in_main,
    main_name,
    place,
    region_name,
)
from skillmix.synth.tables import Array
from skillmix.synth.tally import Snapshot, Tally
from skillmix.synth.world import world

_TYPES = (
    *("Denominator at start of period", "Denominator at end of period"),
    *("Leavers", "Joiners"),
)
_AGES = (
    *((25, "Under 25"), (35, "25 to 34"), (45, "35 to 44"), (55, "45 to 54")),
    *((65, "55 to 64"), (200, "65 and over")),
)
_NATION = "All NHSE regions"
_DOCTORS = "HCHS Doctors (exc. Resident doctors and equivalents)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """People and FTE of the four measures, in the order of the publisher's types.

    Attributes:
        who: The people of each measure, as a mask over a snapshot.
        of: The snapshot each mask is over: start, end, start, end.
    """

    who: tuple[Array, Array, Array, Array]
    of: tuple[Snapshot, Snapshot, Snapshot, Snapshot]


def write_turnover(folder: Path, tally: Tally) -> None:
    """Write turnover by organisation of single months, and of years nationally."""
    for start, end in _periods(tally, months=1):
        write_csv(
            folder,
            "Turnover benchmarking 2. Staff group and organisation, monthly, "
            f"{end:%b-%y}.csv",
            (
                *("PERIOD", "TYPE", "NHSE_REGION_CODE", "NHSE_REGION_NAME", "ICS_CODE"),
                *("ICS_NAME", "REPORTING_ORG_NAME", "REPORTING_ORG_CODE"),
                *("CLUSTER_GROUP", "BENCHMARK_GROUP", "STAFF_GROUP_1_NAME"),
                *("HC", "FTE"),
            ),
            _by_organisation(tally, start, end),
        )
    years = list(_periods(tally, months=12))
    span = f"{years[0][0]:%b-%y} to {years[-1][1]:%b-%y}"
    write_csv(
        folder,
        f"Turnover 1. Staff group - NHSE region, annual, {span}.csv",
        (
            *("PERIOD", "TYPE", "NHSE_REGION_CODE", "NHSE_REGION_NAME"),
            *("MAIN_STAFF_GROUP", "STAFF_GROUP", "HC", "FTE"),
        ),
        (row for start, end in years for row in _by_region(tally, start, end)),
    )
    write_csv(
        folder,
        f"Turnover 2. Staff group, grade and age band - England, annual, {span}.csv",
        (
            *("PERIOD", "TYPE", "MAIN_STAFF_GROUP", "STAFF_GROUP", "GRADE"),
            *("AGE_BAND", "HC", "FTE"),
        ),
        (row for start, end in years for row in _by_age(tally, start, end)),
    )


def _periods(tally: Tally, *, months: int) -> Iterator[tuple[dt.date, dt.date]]:
    """Give the pairs of snapshots that lie so many months apart."""
    known = sorted(tally.snapshots)
    for start in known:
        for end in known:
            if (end.year - start.year) * 12 + end.month - start.month == months:
                yield start, end


def _period(start: dt.date, end: dt.date) -> str:
    return f"{start:%Y%m} to {end:%Y%m}"


def _flow(start: Snapshot, end: Snapshot, place_of: Array | None) -> Flow:
    """Find who left and who joined; with places, moves between them count.

    Args:
        start: Snapshot at the start.
        end: Snapshot at the end.
        place_of: Place of each employer, or None for the whole country.
    """
    stays, at = _common(start.person, end.person)
    comes, was_at = _common(end.person, start.person)
    if place_of is not None:
        there = place_of[start.employer], place_of[end.employer]
        stays &= there[0] == there[1][at]
        comes &= there[1] == there[0][was_at]
    everyone = (
        np.ones(len(start.person), dtype=bool),
        np.ones(len(end.person), dtype=bool),
    )
    return Flow(who=(*everyone, ~stays, ~comes), of=(start, end, start, end))


def _common(of: Array, within: Array) -> tuple[Array, Array]:
    """Tell who of one snapshot is in the other, and where."""
    at = np.minimum(np.searchsorted(within, of), len(within) - 1)
    return within[at] == of, at


def _sums(flow: Flow, measure: int, key: Array, size: int) -> tuple[Array, Array]:
    who, of = flow.who[measure], flow.of[measure]
    heads = np.bincount(key[who], minlength=size)
    return heads, np.bincount(key[who], weights=of.fte[who], minlength=size) / 100.0


def _by_organisation(
    tally: Tally, first: dt.date, last: dt.date
) -> Iterator[tuple[str, ...]]:
    w, every, groups = world(), employers(), len(STAFF_GROUPS)
    counted = w.staff_class != w.classes.index("doctor_training")
    ends = [_without(tally.snapshots[m], counted) for m in (first, last)]
    flow = _flow(ends[0], ends[1], np.arange(len(every.codes)))
    names = (_DOCTORS, *group_names()[1:])
    for measure, kind in enumerate(_TYPES):
        of = flow.of[measure]
        key = of.employer.astype(np.int64) * groups + w.staff_group[of.cell]
        heads, fte = _sums(flow, measure, key, len(every.codes) * groups)
        heads, fte = heads.reshape(-1, groups), fte.reshape(-1, groups)
        for employer, benchmark in enumerate(every.benchmarks):
            region, region_label, board, board_label, code, name = place(employer)
            if region == "QZZ" or not heads[employer].any():
                continue
            start = (_period(first, last), kind, region, region_label, board)
            start = (*start, board_label, name, code, cluster(employer), benchmark)
            total = str(int(heads[employer].sum())), shown(float(fte[employer].sum()))
            yield (*start, ALL, *total)
            for group in np.flatnonzero(heads[employer]):
                one = str(int(heads[employer, group])), shown(fte[employer, group])
                yield (*start, names[group], *one)


def _without(snapshot: Snapshot, counted: Array) -> Snapshot:
    keep = counted[snapshot.cell]
    return Snapshot(
        person=snapshot.person[keep],
        cell=snapshot.cell[keep],
        employer=snapshot.employer[keep],
        fte=snapshot.fte[keep],
        age=snapshot.age[keep],
    )


def _by_region(
    tally: Tally, first: dt.date, last: dt.date
) -> Iterator[tuple[str, ...]]:
    w, regions, groups = world(), employers().regions, len(STAFF_GROUPS)
    ends = tally.snapshots[first], tally.snapshots[last]
    for area in ("nation", "region"):
        flow = _flow(*ends, None if area == "nation" else regions)
        many = 1 if area == "nation" else len(REGIONS)
        for measure, kind in enumerate(_TYPES):
            of = flow.of[measure]
            spot = regions[of.employer].astype(np.int64) * (area == "region")
            key = spot * groups + w.staff_group[of.cell]
            heads, fte = _sums(flow, measure, key, many * groups)
            for one in range(many):
                code = REGIONS[one] if area == "region" else _NATION
                name = region_name(code) if area == "region" else _NATION
                start = (_period(first, last), kind, code, name)
                mine = slice(one * groups, (one + 1) * groups)
                yield from (start + r for r in _group_rows(heads[mine], fte[mine]))


def _group_rows(heads: Array, fte: Array) -> Iterator[tuple[str, str, str, str]]:
    """Give total, main groups and groups, where there is anybody."""

    def cells(mine: Array) -> tuple[str, str]:
        return str(int(heads[mine].sum())), shown(float(fte[mine].sum()))

    if heads.any():
        yield (ALL, ALL, *cells(heads > 0))
    for main in MAIN_GROUPS:
        mine = in_main(main) & (heads > 0)
        if mine.any():
            yield (main_name(main), ALL, *cells(mine))
        for one in np.flatnonzero(mine):
            only = np.arange(len(heads)) == one
            yield (main_name(main), group_names()[one], *cells(only))


def _by_age(tally: Tally, first: dt.date, last: dt.date) -> Iterator[tuple[str, ...]]:
    """Give groups by grade, all ages; and by age band, all grades."""
    w, groups = world(), len(STAFF_GROUPS)
    flow = _flow(tally.snapshots[first], tally.snapshots[last], None)
    grades = [grade(cell, "Non AfC Grade") for cell in range(len(w.names))]
    listed = tuple(
        g for g in dict.fromkeys(grades) if g.startswith("Band") or g.startswith("Non")
    )
    of_cell = np.array(
        [listed.index(g) if g in listed else len(listed) for g in grades]
    )
    cuts = np.array([end for end, _ in _AGES])
    for measure, kind in enumerate(_TYPES):
        of = flow.of[measure]
        group = w.staff_group[of.cell].astype(np.int64)
        start = (_period(first, last), kind)
        age = np.searchsorted(cuts, of.age, side="right")
        rest = "All grades", "All age bands"
        for names, key, first_of in (
            ((rest,), np.zeros(len(group), np.int64), 1),
            (tuple(("All grades", n) for _, n in _AGES), age, len(_AGES)),
            (
                tuple((g, "All age bands") for g in listed),
                of_cell[of.cell],
                len(listed) + 1,
            ),
        ):
            heads, fte = _sums(flow, measure, key * groups + group, first_of * groups)
            for place_, name in enumerate(names):
                mine = slice(place_ * groups, (place_ + 1) * groups)
                for main, one, hc, total in _group_rows(heads[mine], fte[mine]):
                    yield (*start, main, one, *name, hc, total)
