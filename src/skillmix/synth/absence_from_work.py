"""Time away from a post that is kept: maternity, career breaks, secondments."""

from __future__ import annotations

import numpy as np

from skillmix.schema.values import GENDERS, STATUSES
from skillmix.synth.chance import Chance
from skillmix.synth.people import ACTIVE, ACTIVE_PLACES, BANK, People
from skillmix.synth.recruits import (
    AGE_STARTS,
    Numbers,
    age_targets,
    births_by_share,
    recruit,
    trait_shares,
)
from skillmix.synth.tables import Array, rows
from skillmix.synth.world import world

_FEMALE = GENDERS.index("female")
_MATERNITY = STATUSES.index("maternity_adoption")
_FROM, _TO = 20, 45


def pass_month(people: People, now: int, chance: Chance) -> None:
    """Bring back those whose time is over, and let others begin."""
    over = (people.status_ends > 0) & (people.status_ends <= now)
    people.status[over] = ACTIVE
    people.status_ends[over] = 0
    able = (people.status == ACTIVE) & (people.contract != BANK) & ~over
    mothers = _could_be_mothers(people, now)
    drawn = chance.rng.random(len(people))
    for row in rows("leave_of_absence"):
        starts = float(row["starts_within_month"])
        everyone = row["who"] == "everyone"
        who = able & (drawn < starts) if everyone else able & mothers & (drawn < starts)
        people.status[who] = STATUSES.index(row["status"])
        people.status_ends[who] = now + int(row["months"])
        able &= ~who
        # What is left of the draw serves the next kind.
        drawn = drawn - starts if everyone else drawn - starts * mothers
        drawn[drawn < 0.0] = 1.0


def beginning(heads: Array, now: int, numbers: Numbers, chance: Chance) -> People:
    """Make the people who are away in the first month.

    Args:
        heads: People in post by cell and employer; those away come on top.
        now: The month, counted from year 0.
        numbers: Free numbers.
        chance: The run's draws.
    """
    away: People | None = None
    for row in rows("leave_of_absence"):
        status = STATUSES.index(row["status"])
        if status in ACTIVE_PLACES:
            continue
        made = _away(
            heads,
            now,
            row["status"],
            row["who"] != "everyone",
            float(row["starts_within_month"]) * int(row["months"]),
            numbers,
            chance,
        )
        made.status[:] = status
        left = chance.rng.integers(1, int(row["months"]) + 1, len(made))
        made.status_ends[:] = now + left
        away = made if away is None else away.joined_by(made)
    if away is None:
        raise ValueError("leave_of_absence.csv names no leave.")
    return away


def _away(
    heads: Array,
    now: int,
    name: str,
    mothers: bool,
    share: float,
    numbers: Numbers,
    chance: Chance,
) -> People:
    w = world()
    ages = age_targets()[0].copy()
    rate = np.full(len(w.classes), share)
    if mothers:
        young = np.array([_FROM <= a < _TO for a in AGE_STARTS])
        rate = rate * trait_shares("gender")[:, _FEMALE] / 100.0
        rate = rate * ages[:, young].sum(axis=1)
        ages[:, ~young] = 0.0
    expected = (heads * rate[w.staff_class][:, None]).ravel()
    many = chance.whole(expected, round(float(expected.sum()))).reshape(heads.shape)
    cells, places = np.nonzero(many)
    cell = np.repeat(cells, many[cells, places])
    employer = np.repeat(places, many[cells, places])
    born = births_by_share(w.staff_class[cell], now, ages, chance)
    made = recruit(cell, employer, born, now, numbers, chance)
    if mothers:
        made.gender[:] = _FEMALE
    del name
    return made


def _could_be_mothers(people: People, now: int) -> Array:
    age = people.ages(now)
    return (people.gender == _FEMALE) & (age >= _FROM) & (age < _TO)
