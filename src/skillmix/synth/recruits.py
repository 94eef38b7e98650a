"""New people: who they are, what they are contracted for, where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from skillmix.schema.values import CONTRACT_TYPES
from skillmix.synth.chance import Chance
from skillmix.synth.makeup import (
    AGE_STARTS,
    TRAITS,
    family_ages,
    trait_group,
    trait_shares,
    usual_ages,
)
from skillmix.synth.people import ACTIVE, BANK, People
from skillmix.synth.posts import posts
from skillmix.synth.tables import Array, rows, values
from skillmix.synth.world import world

FIXED_TERM = CONTRACT_TYPES.index("fixed_term")
_OLDEST = 70
# Levels of other pay, as multiples of the class's own; their mean is one.
EXTRA_LEVELS = (0.0, 0.5, 1.0, 1.5, 2.0)
# FTE that second posts add to each head, so that hours per head come out.
SECOND_FTE_PER_HEAD = 0.0015


@dataclass(slots=True, kw_only=True)
class Numbers:
    """The next free numbers of people and posts."""

    person: int = 1
    post: int = 1

    def people(self, many: int) -> Array:
        """Give so many new numbers of people."""
        self.person += many
        return np.arange(self.person - many, self.person, dtype=np.int32)

    def posts(self, many: int) -> Array:
        """Give so many new numbers of posts."""
        self.post += many
        return np.arange(self.post - many, self.post, dtype=np.int32)


def recruit(
    cell: Array,
    employer: Array,
    born: Array,
    month: int,
    numbers: Numbers,
    chance: Chance,
) -> People:
    """Make one person for each post, with the characteristics of the staff class."""
    w, p = world(), posts()
    many = len(cell)
    cell = cell.astype(np.int16)
    group = w.staff_class[cell]
    spot = trait_group(cell, employer)
    traits = {
        name: chance.choose(trait_shares(name), spot, name).astype(np.int8)
        for name in TRAITS
    }
    fixed = chance.happens(_fixed_term()[group], group, len(w.classes), "fixed_term")
    return People(
        person=numbers.people(many),
        post=numbers.posts(many),
        cell=cell,
        employer=employer.astype(np.int16),
        area=chance.choose(p.area_shares, cell, "area"),
        title=chance.choose(p.title_shares, cell, "title"),
        born=born.astype(np.int32),
        **traits,
        fte=hours(group, chance),
        contract=np.where(fixed, FIXED_TERM, 0).astype(np.int8),
        status=np.full(many, ACTIVE, dtype=np.int8),
        status_ends=np.zeros(many, dtype=np.int32),
        band_since=np.full(many, month, dtype=np.int32),
        extra=chance.choose(
            np.ones((len(w.classes), len(EXTRA_LEVELS))), group, "extra"
        ).astype(np.int8),
        second=np.zeros(many, dtype=np.int8),
        second_post=np.zeros(many, dtype=np.int32),
        second_fte=np.zeros(many, dtype=np.int16),
    )


def on_bank(people: People) -> None:
    """Turn people into bank staff, who have no contracted hours."""
    people.contract[:] = BANK
    people.fte[:] = 0


def hours(group: Array, chance: Chance) -> Array:
    """Draw contracted hours in hundredths, with the mean of the staff class."""
    choices, shares = _hours()
    return choices[chance.choose(shares, group, "hours")]


def births(cell: Array, month: int, chance: Chance) -> Array:
    """Draw months of birth for posts, by the usual ages of their families."""
    step = chance.choose(usual_ages(), world().family[cell], "age")
    return births_in(step, month, chance)


def births_to_fill(cell: Array, month: int, lacking: Array, chance: Chance) -> Array:
    """Draw months of birth so that each class's lack of ages is made up for.

    Args:
        cell: Kind of post of each newcomer.
        month: Month in which they come.
        lacking: People each class lacks, by age step; negative where too many.
        chance: The run's draws.
    """
    family = world().family[cell]
    many = np.bincount(family, minlength=len(world().families))
    wanted = np.maximum(lacking, 0.0)
    wanted[wanted.sum(axis=1) == 0.0] = 1.0
    shares = family_ages(wanted, many)
    step = np.zeros(len(family), dtype=np.int64)
    for one in np.flatnonzero(many):
        mine = np.flatnonzero(family == one)
        counts = chance.whole(shares[one], len(mine))
        step[chance.rng.permutation(mine)] = np.repeat(np.arange(len(counts)), counts)
    return births_in(step, month, chance)


def age_place(age: Array) -> Array:
    """Return the position of each age among the steps of `ages.csv`."""
    return np.searchsorted(np.array(AGE_STARTS[1:]), age, side="right")


def births_in(step: Array, month: int, chance: Chance) -> Array:
    """Draw months of birth within age steps, as at a month."""
    starts = np.array(AGE_STARTS)
    ends = np.array((*AGE_STARTS[1:], _OLDEST))
    months = (ends - starts)[step] * 12
    lived = starts[step] * 12 + np.floor(chance.rng.random(len(step)) * months)
    return (month - lived).astype(np.int32)


@cache
def _hours() -> tuple[Array, Array]:
    part = rows("hours")
    choices = np.array([100, *(round(float(r["fte"]) * 100) for r in part)])
    weights = np.array([float(r["share_of_part_time"]) for r in part])
    weights = weights / weights.sum()
    part_mean = float((weights * choices[1:]).sum()) / 100.0
    mean = values("classes", "staff_class", "fte_per_head")
    shares: list[Array] = []
    for name in world().classes:
        full = (mean[name] - SECOND_FTE_PER_HEAD - part_mean) / (1.0 - part_mean)
        shares.append(np.concatenate(([full], (1.0 - full) * weights)))
    return choices.astype(np.int16), np.array(shares)


@cache
def _fixed_term() -> Array:
    share = values("classes", "staff_class", "fixed_term_share")
    return np.array([share[name] for name in world().classes])
