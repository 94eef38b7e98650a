"""Time away from a post that is kept: maternity, career breaks, secondments."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np

from skillmix.schema.values import GENDERS, STATUSES
from skillmix.synth.chance import Chance
from skillmix.synth.makeup import AGE_STARTS, class_share, usual_ages
from skillmix.synth.people import ACTIVE, ACTIVE_PLACES, BANK, People
from skillmix.synth.recruits import Numbers, births_in, recruit
from skillmix.synth.tables import Array, rows
from skillmix.synth.world import world

_FEMALE = GENDERS.index("female")
MATERNITY_AGES = (20, 45)


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
    away = [
        _away(row, heads, now, numbers, chance)
        for row in rows("leave_of_absence")
        if STATUSES.index(row["status"]) not in ACTIVE_PLACES
    ]
    return reduce(lambda some, more: some.joined_by(more), away)


def _away(
    row: Mapping[str, str], heads: Array, now: int, numbers: Numbers, chance: Chance
) -> People:
    """Make those away for one reason, as many as usually are."""
    w, months = world(), int(row["months"])
    ages = usual_ages()
    rate = np.full(len(w.names), float(row["starts_within_month"]) * months)
    mothers = row["who"] != "everyone"
    if mothers:
        ages = ages * _of_age(np.array(AGE_STARTS))
        rate *= class_share("gender", "female")[w.staff_class]
        rate *= ages.sum(axis=1)[w.family]
    expected = heads * rate[:, None]
    many = chance.whole(expected.ravel(), round(float(expected.sum())))
    cells, places = np.divmod(np.repeat(np.arange(len(many)), many), heads.shape[1])
    step = chance.choose(ages, w.family[cells], "age of those away")
    born = births_in(step, now, chance)
    made = recruit(cells, places, born, now, numbers, chance)
    if mothers:
        made.gender[:] = _FEMALE
    made.status[:] = STATUSES.index(row["status"])
    made.status_ends[:] = now + chance.rng.integers(1, months + 1, len(made))
    return made


def _of_age(age: Array) -> Array:
    return (age >= MATERNITY_AGES[0]) & (age < MATERNITY_AGES[1])


def _could_be_mothers(people: People, now: int) -> Array:
    return (people.gender == _FEMALE) & _of_age(people.ages(now))
