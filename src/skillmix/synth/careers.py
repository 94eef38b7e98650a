"""Careers month by month: who leaves, who moves, who comes, until posts are filled."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from skillmix.synth import absence_from_work, second_posts
from skillmix.synth.chance import Chance
from skillmix.synth.employers import employers
from skillmix.synth.flows import age_step, flows
from skillmix.synth.makeup import class_ages
from skillmix.synth.people import BANK, NO_SECOND, People
from skillmix.synth.plants import Plant, reband, rebanded_targets, unfair
from skillmix.synth.posts import posts
from skillmix.synth.recruits import (
    Numbers,
    age_place,
    births,
    births_to_fill,
    hours,
    on_bank,
    recruit,
)
from skillmix.synth.tables import Array, values
from skillmix.synth.vacancies import (
    Placed,
    Vacancies,
    match,
    open_posts,
    place_movers,
)
from skillmix.synth.world import world

FIRST = dt.date(2019, 6, 1)
MONTHS = 17
HOURS_CHANGE = 0.04 / 12
BANK_LEAVE = 0.22 / 12
MEAN_TENURE = 60.0


def place_of(month: dt.date) -> int:
    """Return a month as months since year 0."""
    return month.year * 12 + month.month - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What happened between one month and the next.

    Attributes:
        month: The later month.
        left: The people who left, as they were.
        joined: How many came into posts.
        newcomers: Everyone who came, bank staff among them, as they are.
        moved: How many changed family or band.
        changed_employer: How many changed employer.
    """

    month: dt.date
    left: People
    joined: int
    newcomers: People
    moved: int
    changed_employer: int


class _Moved(NamedTuple):
    """How many people moved within a month, in the three ways there are."""

    moved: int
    changed_employer: int
    joined: int


class Careers:
    """The whole NHS, one month at a time.

    Args:
        scale: 1 is the whole NHS.
        chance: The run's draws.
        plant: What is planted, if anything.
    """

    def __init__(self, scale: float, chance: Chance, plant: Plant) -> None:
        self._scale = scale
        self.chance = chance
        self.plant = plant
        self._numbers = Numbers()
        self.rebanded = 0
        self._classes = len(world().classes)
        self.people = self._beginning()

    def step(self, month: dt.date) -> Turn:
        """Go on to the next month."""
        now = place_of(month)
        target = self._target(month)
        absence_from_work.pass_month(self.people, now, self.chance)
        left = self._leave(now)
        self.rebanded += reband(self.people, month, now, self.plant)
        known = len(self.people)
        moved = self._move(now, target)
        newcomers = self.people.keep(np.arange(known, len(self.people)))
        self._change_hours()
        second_posts.pass_month(self.people, self._numbers, self.chance)
        return Turn(
            month=month,
            left=left,
            joined=moved.joined,
            newcomers=newcomers,
            moved=moved.moved,
            changed_employer=moved.changed_employer,
        )

    def _target(self, month: dt.date) -> Array:
        """Return the people wanted in post, by cell and employer, not whole."""
        w = world()
        heads = w.heads_in(month, self._scale)
        target = w.share * heads[:, None]
        return rebanded_targets(target, month, self.plant)

    def _beginning(self) -> People:
        """Make everyone of the first month."""
        w, chance, now = world(), self.chance, place_of(FIRST)
        heads = w.over_employers(w.heads_in(FIRST, self._scale))
        cell, employer = _one_each(heads)
        born = births(cell, now, chance)
        people = recruit(cell, employer, born, now, self._numbers, chance)
        away = absence_from_work.beginning(heads, now, self._numbers, chance)
        bank = self._bank(heads.astype(float), np.zeros(heads.shape), now)
        everyone = people.joined_by(away).joined_by(bank)
        tenure = chance.rng.exponential(MEAN_TENURE, len(everyone))
        worked = (everyone.ages(now) - 16) * 12
        everyone.band_since = (now - np.minimum(tenure, worked)).astype(np.int32)
        second_posts.beginning(everyone, self._numbers, chance)
        return everyone

    def _bank(self, heads: Array, held: Array, now: int) -> People:
        """Make the bank staff that are wanted and not there yet."""
        w, chance = world(), self.chance
        per_head = values("classes", "staff_class", "bank_only_per_head")
        rate = np.array([per_head[w.classes[c]] for c in w.staff_class])
        opened = open_posts(heads * rate[:, None], held, chance)
        born = births(opened.cell, now, chance)
        new = recruit(opened.cell, opened.employer, born, now, self._numbers, chance)
        on_bank(new)
        return new

    def _leave(self, now: int) -> People:
        """Let people leave by their chances; return them."""
        people = self.people
        step = age_step(people.ages(now))
        chance = flows().leave[people.cell, step]
        chance = np.where(people.contract == BANK, BANK_LEAVE, chance)
        leaves = self.chance.happens(chance, people.cell, len(world().names), "leaving")
        left = people.keep(leaves)
        self.people = people.keep(~leaves)
        return left

    def _move(self, now: int, target: Array) -> _Moved:
        """Let people move, fill what is open, and take on who is lacking."""
        people, chance = self.people, self.chance
        in_post = people.in_post()
        moves, goal = self._movers(in_post, now)
        elsewhere = self._changers(in_post)
        elsewhere[moves] = False
        staying = in_post & ~elsewhere
        staying[moves] = False
        held = _held(people, staying)
        opened = open_posts(target, held, chance)
        opened, changed = self._change_employer(np.flatnonzero(elsewhere), opened)
        placed = place_movers(
            goal, people.employer[moves], opened, target, held, chance
        )
        self._to_post(moves, placed, now)
        joined = self._join(placed.left, target, now)
        return _Moved(moved=len(moves), changed_employer=changed, joined=joined)

    def _movers(self, in_post: Array, now: int) -> tuple[Array, Array]:
        """Draw who moves to another family or band, and to which."""
        people, chance, f = self.people, self.chance, flows()
        able = np.flatnonzero(in_post)
        state = f.state_of_cell[people.cell[able]]
        p = f.move[state, age_step(people.ages(now)[able])]
        shares, treated = f.monthly, np.zeros(len(able), dtype=bool)
        if self.plant.unfairness is not None:
            p, shares, treated = unfair(
                p, state, people.ethnicity[able], self.plant.unfairness
            )
        moves = chance.happens(p, state, len(f.states), "moving")
        state, treated = state[moves], treated[moves]
        goal = chance.choose(f.monthly, state, "destination").astype(np.int64)
        if treated.any():
            name = "unfair destination"
            goal[treated] = chance.choose(shares, state[treated], name)
        return able[moves], goal

    def _changers(self, in_post: Array) -> Array:
        """Draw who changes employer and nothing else."""
        w = world()
        yearly = values("classes", "staff_class", "changes_employer_within_year")
        rate = np.array([yearly[w.classes[c]] / 12 for c in w.staff_class])
        p = np.where(in_post, rate[self.people.cell], 0.0)
        return self.chance.happens(
            p, self.people.cell, len(w.names), "changing employer"
        )

    def _change_employer(self, who: Array, opened: Vacancies) -> tuple[Vacancies, int]:
        """Give people who change employer a post of their kind, where one is open.

        Returns:
            The posts still open, and how many people are now elsewhere.
        """
        people = self.people
        found = match(people.cell[who], opened.cell, self.chance)
        given = found >= 0
        who, to = who[given], opened.employer[found[given]]
        changed = people.employer[who] != to
        self._number_anew(who[changed])
        people.employer[who] = to
        return opened.without(found[given]), int(changed.sum())

    def _number_anew(self, who: Array) -> None:
        """Give people at a new employer a new post number; second posts end."""
        self.people.post[who] = self._numbers.posts(len(who))
        self.people.second[who] = NO_SECOND

    def _to_post(self, who: Array, placed: Placed, now: int) -> None:
        """Put movers in their new posts."""
        people, w, chance = self.people, world(), self.chance
        before = people.cell[who]
        new_class = w.staff_class[before] != w.staff_class[placed.cell]
        new_band = w.band[before] != w.band[placed.cell]
        new_employer = people.employer[who] != placed.employer
        people.cell[who] = placed.cell
        people.employer[who] = placed.employer
        people.area[who] = chance.choose(posts().area_shares, placed.cell, "area")
        people.title[who] = chance.choose(posts().title_shares, placed.cell, "title")
        people.band_since[who[new_band]] = now
        switched = who[new_class]
        people.fte[switched] = hours(w.staff_class[people.cell[switched]], chance)
        people.second[who] = NO_SECOND
        self._number_anew(who[new_employer])

    def _join(self, left: Vacancies, target: Array, now: int) -> int:
        """Take on new people for the posts still open, at the ages that lack."""
        chance = self.chance
        lacking = self._lacking(now, world().staff_class[left.cell])
        born = births_to_fill(left.cell, now, lacking, chance)
        new = recruit(left.cell, left.employer, born, now, self._numbers, chance)
        bank_held = _held(self.people, self.people.bank_only())
        bank = self._bank(target, bank_held, now)
        self.people = self.people.joined_by(new).joined_by(bank)
        return len(new)

    def _lacking(self, now: int, coming: Array) -> Array:
        """Return the people each class lacks at each age, with those who come."""
        people = self.people
        in_post = people.in_post()
        group = world().staff_class[people.cell[in_post]]
        place = age_place(people.ages(now)[in_post])
        before, after = class_ages()
        share = np.clip((now - place_of(FIRST)) / 12, 0.0, 1.0)
        wanted = before + (after - before) * share
        held = np.zeros(wanted.shape)
        np.add.at(held, (group, place), 1.0)
        everyone = held.sum(axis=1) + np.bincount(coming, minlength=self._classes)
        return wanted * everyone[:, None] - held

    def _change_hours(self) -> None:
        people, chance = self.people, self.chance
        able = people.contract != BANK
        drawn = chance.rng.random(len(people)) < HOURS_CHANGE
        who = np.flatnonzero(able & drawn)
        people.fte[who] = hours(world().staff_class[people.cell[who]], chance)


def _one_each(counts: Array) -> tuple[Array, Array]:
    """Return cell and employer of each person counted."""
    cells, places = np.nonzero(counts)
    many = counts[cells, places]
    return np.repeat(cells, many), np.repeat(places, many)


def _held(people: People, chosen: Array) -> Array:
    """Count the people chosen by cell and employer."""
    shape = (len(world().names), len(employers().codes))
    key = people.cell[chosen].astype(np.int64) * shape[1] + people.employer[chosen]
    counts = np.bincount(key, minlength=shape[0] * shape[1])
    return counts.reshape(shape).astype(float)
