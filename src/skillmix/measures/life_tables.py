"""Life tables from counted cells: what happens first, who stays, how long careers are.

Cells come from the engine and rows go to disclosure control; the mathematics is in
`statistics.survival`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from skillmix.measures.closed import closed_row
from skillmix.schema.results import Fitted
from skillmix.statistics import survival
from skillmix.statistics.estimators import NOTHING, Interval
from skillmix.statistics.survival import LifeTable

Row = Mapping[str, Any]
NO_EVENT = "none"
# Ages in pieces of five years: wide enough that a trust has leavers in each.
PIECE = 5
CAREER_AGES = tuple(range(20, 65, PIECE))
MONTHS_A_YEAR = 12
# With fewer leavers an expected stay says little but its interval.
FEWEST_LEAVERS = 20


def first_events(
    rows: Sequence[Row], *, keys: tuple[str, ...], kinds: tuple[str, ...]
) -> list[Fitted]:
    """Give the share who have had each kind of event first by each month.

    Aalen-Johansen estimates. Everybody is followed to the end of the year, so the
    estimate is the share of all who started, and what is published is that share of
    rounded counts.

    Args:
        rows: Cells with `keys`, `month`, `event` (or "none") and `people`.
        keys: What tells the groups apart.
        kinds: The kinds of event, in the order of the rows given.
    """
    out: list[Fitted] = []
    months = sorted({row["month"] for row in rows})
    for named, mine in _grouped(rows, keys):
        table = _cohort_table(mine, months, kinds)
        started = int(table.at_risk[0])
        for kind in kinds:
            curve = survival.cumulative_incidence(table, kind)
            so_far = np.cumsum(table.events[:, kinds.index(kind)]).astype(int)
            for place, month in enumerate(months):
                cases = int(so_far[place])
                interval = survival.on_log_minus_log_of_complement(
                    float(curve.estimate[place]), float(curve.error[place])
                )
                out.append(
                    Fitted(
                        keys={**named, "event": kind, "month": month},
                        measure="incidence",
                        estimate=interval.estimate,
                        conf_low=interval.conf_low,
                        conf_high=interval.conf_high,
                        people=started,
                        rests_on=(cases, started),
                        numerator=cases,
                        denominator=started,
                        counts=(cases, started),
                        formula=_incidence_of_all,
                    )
                )
    return out


def staying(
    rows: Sequence[Row], *, keys: tuple[str, ...], horizon: int
) -> list[Fitted]:
    """Give the share of joiners still there after each number of months.

    Kaplan-Meier estimates: who joined five months ago is followed for five.

    Args:
        rows: Cells with `keys`, `stayed` (months until leaving, or until the last
            snapshot), `left` and `people`.
        keys: What tells the groups apart.
        horizon: Months up to which the mean stay is taken.
    """
    out: list[Fitted] = []
    for named, mine in _grouped(rows, keys):
        at_risk, left = _joiners(mine, horizon)
        if not at_risk:
            continue
        for place in range(len(at_risk)):
            out.append(
                closed_row(
                    {**named, "months_since": place + 1},
                    "still_there",
                    partial(_still_there, place),
                    (*at_risk, *left),
                    people=at_risk[place],
                    rests_on=(at_risk[place], left[place]),
                )
            )
        out.append(
            closed_row(
                {**named, "months_since": horizon},
                "mean_months",
                partial(_mean_months, horizon),
                (*at_risk, *left),
                people=at_risk[0],
                rests_on=(at_risk[0], left[-1]),
            )
        )
    return out


def competing(
    rows: Sequence[Row],
    *,
    keys: tuple[str, ...],
    measures: Mapping[str, str],
    at: tuple[int, ...],
    since: str,
) -> list[Fitted]:
    """Give the share to whom each kind of event has happened, where some are censored.

    Aalen-Johansen estimates: who started late is followed for less, and counts for as
    long as followed.

    Args:
        rows: Cells with `keys`, `time` (of the event, or up to which they were
            followed), `event` (or "none") and `people`.
        keys: What tells the groups apart.
        measures: The measure that each kind of event gives.
        at: Times at which the share is given, where anybody was followed so long.
        since: The key under which the time stands.
    """
    out: list[Fitted] = []
    for named, mine in _grouped(rows, keys):
        table = _followed(mine, tuple(measures), max(at))
        curves = {k: survival.cumulative_incidence(table, k) for k in measures}
        gone = np.cumsum(table.events, axis=0).astype(int)
        # One of those still there stands for all to whom nothing had happened before.
        free = np.concatenate([[1.0], survival.kaplan_meier(table).estimate])
        for time in (t for t in at if table.at_risk[t - 1] > 0):
            there = int(table.at_risk[time - 1])
            for place, (kind, measure) in enumerate(measures.items()):
                found = survival.on_log_minus_log_of_complement(
                    *curves[kind].at(float(time))
                )
                out.append(
                    Fitted(
                        keys={**named, since: time},
                        measure=measure,
                        estimate=found.estimate,
                        conf_low=found.conf_low,
                        conf_high=found.conf_high,
                        people=int(table.at_risk[0]),
                        rests_on=(there, int(gone[time - 1, place])),
                        per_person=float(free[time - 1]) / there,
                    )
                )
    return out


def career_lengths(
    rows: Sequence[Row], *, keys: tuple[str, ...], from_ages: tuple[int, ...]
) -> list[Fitted]:
    """Give the years people can be expected to stay from some ages to 65.

    A period life table on the scale of age: people are at risk at the ages at which
    the record holds them and no others (delayed entry), so nobody's start need be
    known. It holds for somebody who would meet today's chances of leaving at every
    age, as life expectancy does.

    Args:
        rows: Cells with `keys`, `age_from` (first age of a piece), leavers as `cases`
            and person-months as `people`.
        keys: What tells the groups apart.
        from_ages: Ages from which stays are counted.
    """
    out: list[Fitted] = []
    for named, mine in _grouped(rows, keys):
        left = {int(r["age_from"]): int(r["cases"]) for r in mine}
        seen = {int(r["age_from"]): int(r["people"]) for r in mine}
        for start in from_ages:
            ages = [age for age in CAREER_AGES if age >= start]
            leavers = [left.get(age, 0) for age in ages]
            exposure = [seen.get(age, 0) for age in ages]
            steps = PIECE * MONTHS_A_YEAR
            stay = NOTHING
            if sum(leavers) >= FEWEST_LEAVERS:
                stay = _in_years(survival.expected_stay(leavers, exposure, steps))
            out.append(
                Fitted(
                    keys={**named, "from_age": start},
                    measure="years",
                    estimate=stay.estimate,
                    conf_low=stay.conf_low,
                    conf_high=stay.conf_high,
                    people=sum(exposure) // MONTHS_A_YEAR,
                    rests_on=(sum(leavers), min(exposure)),
                )
            )
    return out


def _cohort_table(
    rows: Sequence[Row], months: Sequence[Any], kinds: tuple[str, ...]
) -> LifeTable:
    """Arrange one group's first events; nobody leaves the risk set otherwise."""
    events = np.zeros((len(months), len(kinds)))
    started = 0
    for row in rows:
        started += int(row["people"])
        if row["event"] != NO_EVENT:
            place = months.index(row["month"]), kinds.index(row["event"])
            events[place] += int(row["people"])
    gone = np.concatenate([[0.0], np.cumsum(events.sum(axis=1))[:-1]])
    return LifeTable(
        time=np.arange(1.0, len(months) + 1),
        at_risk=started - gone,
        events=events,
        kinds=kinds,
    )


def _followed(rows: Sequence[Row], kinds: tuple[str, ...], last: int) -> LifeTable:
    """Arrange one group's events where people are followed for unlike times."""
    events = np.zeros((last, len(kinds)))
    ends = np.zeros(last + 1)
    for row in rows:
        time = int(row["time"])
        ends[min(time, last)] += int(row["people"])
        if row["event"] != NO_EVENT and time <= last:
            events[time - 1, kinds.index(row["event"])] += int(row["people"])
    return LifeTable(
        time=np.arange(1.0, last + 1),
        at_risk=np.cumsum(ends[::-1])[::-1][1:],
        events=events,
        kinds=kinds,
    )


def _joiners(
    rows: Sequence[Row], horizon: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Count one group's joiners at risk in each month, and those who had left by it."""
    left = np.zeros(horizon + 1, dtype=int)
    followed = np.zeros(horizon + 1, dtype=int)
    for row in rows:
        stayed = min(int(row["stayed"]), horizon)
        followed[stayed] += int(row["people"])
        if row["left"] and int(row["stayed"]) <= horizon:
            left[stayed] += int(row["people"])
    at_risk = np.cumsum(followed[::-1])[::-1]
    used = int((at_risk[1:] > 0).sum())
    gone = np.cumsum(left[1:])
    return tuple(at_risk[1 : used + 1].tolist()), tuple(gone[:used].tolist())


def _table(counts: Sequence[int]) -> LifeTable:
    """Make a life table of those at risk in each month and those gone by its end.

    Counts may be rounded: events are differences of the rounded totals, so that the
    curve still only falls and no month's own few leavers can be read from it.
    """
    months = len(counts) // 2
    at_risk = np.array(counts[:months], dtype=float)
    events = np.diff(np.array([0, *counts[months:]], dtype=float))
    return LifeTable(
        time=np.arange(1.0, months + 1),
        at_risk=np.maximum(at_risk, events),
        events=events[:, None],
        kinds=("left",),
    )


def _still_there(place: int, *counts: int) -> Interval:
    curve = survival.kaplan_meier(_table(counts))
    estimate, error = float(curve.estimate[place]), float(curve.error[place])
    return survival.on_log_minus_log(estimate, error)


def _mean_months(horizon: int, *counts: int) -> Interval:
    table = _table(counts)
    if float(table.time[-1]) < horizon - 1:
        return NOTHING
    return survival.restricted_mean(table, horizon)


def _grouped(
    rows: Sequence[Row], keys: tuple[str, ...]
) -> list[tuple[dict[str, Any], list[Row]]]:
    """Put the rows of each group together, in the order in which they first come."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return [(dict(zip(keys, k, strict=True)), mine) for k, mine in groups.items()]


def _incidence_of_all(cases: int, started: int) -> Interval:
    if not started:
        return NOTHING
    share = cases / started
    error = math.sqrt(share * (1 - share) / started)
    return survival.on_log_minus_log_of_complement(share, error)


def _in_years(stay: Interval) -> Interval:
    return Interval(*(None if v is None else v / MONTHS_A_YEAR for v in stay))
