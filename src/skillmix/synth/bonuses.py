"""Bonus pay: excellence awards of senior doctors, and few others' bonuses."""

from __future__ import annotations

import datetime as dt

import numpy as np

from skillmix.schema.values import GENDERS
from skillmix.synth.chance import Chance
from skillmix.synth.people import People
from skillmix.synth.tables import Array, rows
from skillmix.synth.world import world

PAID_IN = 3
_FEMALE = GENDERS.index("female")


def bonuses_of(
    people: People, month: dt.date, chance: Chance
) -> tuple[Array, Array] | None:
    """Draw who has a bonus in the month, and how much, in pence.

    Returns:
        Positions among the people, and the amounts; None in months without bonuses.
    """
    if month.month != PAID_IN:
        return None
    told = {row["staff_class"]: row for row in rows("bonuses")}
    classes = world().classes
    share, pounds, less = (
        np.array([float(told[name][key]) for name in classes])
        for key in ("share", "pounds", "women_share_of_mens")
    )
    group = world().staff_class[people.cell]
    women = people.gender == _FEMALE
    p = np.where(people.in_post(), share[group], 0.0) * np.where(women, less[group], 1)
    has = np.flatnonzero(chance.happens(p, group, len(classes), "bonus"))
    spread = np.exp(0.5 * chance.rng.standard_normal(len(has)) - 0.125)
    amounts = np.round(pounds[group[has]] * spread, -1) + 10
    return has, (amounts * 100).astype(np.int64)
