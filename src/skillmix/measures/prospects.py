"""How far people get: steps between bands and training, goals, and their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.measures.careers import counted_people
from skillmix.measures.cells import together
from skillmix.measures.characteristics import by_characteristic
from skillmix.measures.closed import closed_row, fraction_row
from skillmix.measures.progression import rank
from skillmix.schema.careers import AWAY, LEFT
from skillmix.schema.results import Fitted
from skillmix.statistics import markov
from skillmix.statistics.estimators import Interval

BAND_5 = "band_5"
REGISTERED = "registered"
GOALS = (BAND_5, REGISTERED)
GOAL = "goal"
ELSEWHERE = "elsewhere"
TRAINING = "training"
ABOVE = "5_and_over"
STATES = ("1", "2", "3", "4", TRAINING, ABOVE)
ENDS = (GOAL, LEFT, ELSEWHERE)
BY = ("characteristic", "group", "state", "end_state")
SHOWN = ("2", "3", "4", TRAINING)
EVERYBODY = "all"
Row = Mapping[str, Any]


def step_cells(steps: ir.Table, names: Sequence[str]) -> ir.Table:
    """Give monthly steps between states for each goal, by characteristic and in all.

    Who goes on leave is taken to keep the post; who moves off the bands has gone
    elsewhere. `measure` names the goal.
    """
    groups = _by_group(steps, names)
    return together(*(_goal_cells(groups, goal) for goal in GOALS))


def stay_cells(steps: ir.Table, names: Sequence[str]) -> ir.Table:
    """Give monthly steps between bands, by characteristic and in all."""
    return _goal_cells(_by_group(steps, names), BAND_5)


def fit_prospects(rows: Sequence[Row]) -> list[Fitted]:
    """Give, for each goal, group and state, the chance of arriving and the years."""
    out: list[Fitted] = []
    names = ("measure", "characteristic", "group")
    groups: dict[tuple[str, ...], dict[tuple[str, str], int]] = {}
    for row in rows:
        counts = groups.setdefault(tuple(row[n] for n in names), {})
        counts[row["state"], row["end_state"]] = int(row["people"])
    for (goal, characteristic, group), counts in sorted(groups.items()):
        steps = markov.steps_of(counts, STATES, ENDS)
        arrived = sum(n for (_, end), n in counts.items() if end == GOAL)
        left = sum(n for (_, end), n in counts.items() if end == LEFT)
        for state in (s for s in SHOWN if s in steps.states):
            keys = {
                "goal": goal,
                "characteristic": characteristic,
                "group": group,
                "state": state,
            }
            people = int(steps.people[steps.states.index(state)]) // 12
            rests_on = (people, arrived, left)
            ever = markov.ever_reached(steps, state)
            years = markov.years_to_reach(steps, state)
            out += [
                _fitted(keys, "ever", ever, people, rests_on),
                _fitted(keys, "years", years, people, rests_on),
            ]
    return out


def fit_stays(rows: Sequence[Row]) -> list[Fitted]:
    """Give how long each group stays at a band at a stretch, and who leaves from it."""
    seen: dict[tuple[str, ...], int] = {}
    going: dict[tuple[str, ...], int] = {}
    left: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = (row["characteristic"], row["group"], row["state"])
        people, end = int(row["people"]), row["end_state"]
        for sums, counts in ((seen, True), (going, end != key[2]), (left, end == LEFT)):
            sums[key] = sums.get(key, 0) + (people if counts else 0)
    out: list[Fitted] = []
    for key in sorted(k for k in seen if k[2] in SHOWN):
        keys = dict(zip(("characteristic", "group", "state"), key, strict=True))
        gone, steps, leavers = going[key], seen[key], left[key]
        rests_on = (gone, leavers, gone - leavers)
        out += [
            closed_row(
                keys,
                "years",
                markov.years_in_state,
                (gone, steps),
                people=steps // 12,
                rests_on=rests_on,
            ),
            fraction_row(keys, "left", leavers, gone, rests_on=rests_on),
        ]
    return out


def _by_group(steps: ir.Table, names: Sequence[str]) -> ir.Table:
    """Give the service's steps by characteristic, and once more for everybody."""
    mine = steps.filter(steps.in_service)
    return by_characteristic(mine, names).union(
        mine.mutate(
            characteristic=ibis.literal(EVERYBODY, "string"),
            group=ibis.literal(EVERYBODY, "string"),
        )
    )


def _goal_cells(groups: ir.Table, goal: str) -> ir.Table:
    kept = groups.filter(_state(groups, goal).notnull())
    named = kept.mutate(state=_state(kept, goal), end_state=_end_state(kept, goal))
    counted = named.group_by(list(BY)).agg(people=lambda t: t.people.sum())
    return counted_people(counted, keys=BY, measure=goal)


def _state(steps: ir.Table, goal: str) -> ir.Value:
    """Return where a step starts; nothing for those who have arrived, or off bands."""
    place = rank(steps.band)
    arrived = place >= 5 if goal == BAND_5 else steps.registered
    return ibis.cases(
        (place.isnull() | arrived.fill_null(True), ibis.null("string")),
        (place >= 5, ibis.literal(ABOVE)),
        (steps.training, ibis.literal(TRAINING)),
        else_=steps.band,
    )


def _end_state(steps: ir.Table, goal: str) -> ir.Value:
    place = rank(steps.end_band)
    arrived = place >= 5 if goal == BAND_5 else steps.end_registered
    return ibis.cases(
        (steps.end_band == LEFT, ibis.literal(LEFT)),
        (steps.end_band == AWAY, _state(steps, goal)),
        (arrived.fill_null(False), ibis.literal(GOAL)),
        (place.isnull(), ibis.literal(ELSEWHERE)),
        (place >= 5, ibis.literal(ABOVE)),
        (steps.end_training, ibis.literal(TRAINING)),
        else_=steps.end_band,
    )


def _fitted(
    keys: Row,
    measure: str,
    interval: Interval,
    people: int,
    rests_on: tuple[int, ...],
) -> Fitted:
    return Fitted(
        keys=keys,
        measure=measure,
        estimate=interval.estimate,
        conf_low=interval.conf_low,
        conf_high=interval.conf_high,
        people=people,
        rests_on=rests_on,
    )
