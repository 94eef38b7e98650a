"""Monthly chances of moving post, solved from the shares wanted after a year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from skillmix.schema.values import BANDS
from skillmix.synth.makeup import AGE_STARTS, class_of_family, usual_ages
from skillmix.synth.tables import Array, rows, values
from skillmix.synth.world import World, world

AGE_STEPS = tuple(int(r["from_age"]) for r in rows("leaving_ages"))
_MONTHS = 12
_ROUNDS = 80
_SURE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """Chances of leaving and moving, by state (family and band) and age.

    Attributes:
        states: Family position and band position of each state.
        state_of_cell: State of each cell.
        monthly: Chance of going from state to state within a month, at mean age.
        move: Chance of moving within a month, by state and age step.
        leave: Chance of leaving within a month, by cell and age step.
        wanted: Share wanted in another state after a year, by state and state.
    """

    states: tuple[tuple[int, int], ...]
    state_of_cell: Array
    monthly: Array
    move: Array
    leave: Array
    wanted: Array


def age_step(age: Array) -> Array:
    """Return the position of each age among the age steps."""
    return np.searchsorted(np.array(AGE_STEPS[1:]), age, side="right")


@cache
def flows() -> Flows:
    """Return the chances, with the yearly shares they were solved from."""
    w = world()
    pairs = list(zip(w.family.tolist(), w.band.tolist(), strict=True))
    states = tuple(dict.fromkeys(pairs))
    places = {state: n for n, state in enumerate(states)}
    wanted = np.zeros((len(states), len(states)))
    for row in rows("moves"):
        start = places[w.families.index(row["family"]), BANDS.index(row["band"])]
        end = places[w.families.index(row["to_family"]), BANDS.index(row["to_band"])]
        wanted[start, end] = float(row["percent_within_year"]) / 100.0
    monthly = _solve(wanted)
    leave = _leaving(w)
    state_of_cell = np.array([places[p] for p in pairs], dtype=np.int16)
    return Flows(
        states=states,
        state_of_cell=state_of_cell,
        monthly=monthly,
        move=_by_age(w, wanted, monthly, state_of_cell),
        leave=leave,
        wanted=wanted,
    )


def age_shares(family: int) -> Array:
    """Return the share of a family's people in each age step, in June 2019."""
    share = np.zeros(len(AGE_STEPS))
    np.add.at(share, age_step(np.array(AGE_STARTS)), usual_ages()[family])
    return share / share.sum()


def _solve(wanted: Array) -> Array:
    """Find monthly chances whose twelfth power has the yearly shares wanted."""
    monthly = wanted / _MONTHS
    listed = wanted > 0
    for _ in range(_ROUNDS):
        step = monthly + np.diag(1.0 - monthly.sum(axis=1))
        year = np.linalg.matrix_power(step, _MONTHS)
        monthly[listed] *= wanted[listed] / year[listed]
    return monthly


def _leaving(w: World) -> Array:
    """Return the monthly chance of leaving; its yearly mean is as in the file."""
    multiple = np.array([float(r["leave_multiple"]) for r in rows("leaving_ages")])
    out = np.zeros((len(w.names), len(AGE_STEPS)))
    for place in range(len(w.families)):
        relative = multiple / float((age_shares(place) * multiple).sum())
        yearly = np.minimum(_yearly_leaving(place) * relative, _SURE)
        out[w.family == place] = 1.0 - (1.0 - yearly) ** (1.0 / _MONTHS)
    return out


def _yearly_leaving(family: int) -> float:
    """Return the share of a family that leaves within a year, of all ages."""
    w = world()
    by_class = values("classes", "staff_class", "leave_within_year")
    by_family = values("leaving_families", "family", "leave_within_year")
    name = w.classes[class_of_family()[family]]
    return by_family.get(w.families[family], by_class[name])


def _by_age(w: World, wanted: Array, monthly: Array, state_of_cell: Array) -> Array:
    """Spread each state's chance of moving over ages; stayers' mean is unchanged."""
    multiple = np.array([float(r["promotion_multiple"]) for r in rows("leaving_ages")])
    leaving = np.array([float(r["leave_multiple"]) for r in rows("leaving_ages")])
    out = np.zeros((len(monthly), len(AGE_STEPS)))
    for state, total in enumerate(wanted.sum(axis=1)):
        if total <= 0.0:
            continue
        cell = int(np.flatnonzero(state_of_cell == state)[0])
        shares = age_shares(w.family[cell])
        leaves = _yearly_leaving(int(w.family[cell]))
        stay = 1.0 - leaves * leaving / float((shares * leaving).sum())
        stayers = shares * np.maximum(stay, 0.0)
        relative = multiple / float((stayers * multiple).sum() / stayers.sum())
        yearly = np.minimum(total * relative, _SURE)
        factor = np.log1p(-yearly) / np.log1p(-total)
        out[state] = np.minimum(monthly[state].sum() * factor, 0.5)
    return out
