"""What the published files need of each month, counted while people are at hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np

from skillmix.schema.values import ETHNICITIES, STAFF_GROUPS
from skillmix.synth.employers import employers
from skillmix.synth.pay import Pay
from skillmix.synth.people import SECOND_POST, People
from skillmix.synth.posts import posts
from skillmix.synth.sickness import Sickness
from skillmix.synth.tables import Array
from skillmix.synth.world import world


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The staff in post of one month, in order of their numbers.

    Attributes:
        person: Number of the person.
        cell: Kind of post.
        employer: Position of the employer.
        fte: FTE of all posts, in hundredths.
        age: Age in years.
    """

    person: Array
    cell: Array
    employer: Array
    fte: Array
    age: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTally:
    """Sums of one month over the staff in post.

    Attributes:
        month: First day of the month.
        heads: People by cell and employer.
        fte: FTE by cell and employer.
        area_fte: FTE by cell and area of work.
        lost: FTE days lost to sickness, by staff group and employer.
        pay: Sums of people, FTE, basic pay, allowances and earnings (pence), by cell.
        ethnicity: People by cell and ethnic category.
    """

    month: dt.date
    heads: Array
    fte: Array
    area_fte: Array
    lost: Array
    pay: Array
    ethnicity: Array


@dataclass(slots=True, kw_only=True)
class Tally:
    """The sums of all months, and the snapshots that turnover is counted from.

    Attributes:
        months: The sums, in order.
        snapshots: Snapshots of the months asked for.
        places: FTE by employer, cell and area of work in the months asked for.
        followed: Months whose snapshots are wanted.
        mapped: Months whose places are wanted.
    """

    followed: frozenset[dt.date]
    mapped: frozenset[dt.date]
    months: list[MonthTally] = field(default_factory=list[MonthTally])
    snapshots: dict[dt.date, Snapshot] = field(default_factory=dict[dt.date, Snapshot])
    places: dict[dt.date, tuple[Array, Array]] = field(
        default_factory=dict[dt.date, "tuple[Array, Array]"]
    )

    def add(
        self, month: dt.date, now: int, people: People, pay: Pay, sickness: Sickness
    ) -> None:
        """Count a month."""
        who = np.flatnonzero(people.in_post())
        in_post = people.keep(who)
        extra = np.where(in_post.second == SECOND_POST, in_post.second_fte, 0)
        fte = in_post.fte.astype(np.int64) + extra
        self.months.append(
            MonthTally(
                month=month,
                heads=_by_place(in_post, None),
                fte=_by_place(in_post, fte) / 100.0,
                area_fte=_by_area(in_post, fte) / 100.0,
                lost=_lost(people, sickness),
                pay=_pay(in_post.cell, fte, pay, who),
                ethnicity=_ethnicity(in_post),
            )
        )
        if month in self.mapped:
            self.places[month] = _places(in_post, fte)
        if month in self.followed:
            self.snapshots[month] = Snapshot(
                person=in_post.person,
                cell=in_post.cell,
                employer=in_post.employer,
                fte=fte,
                age=in_post.ages(now),
            )

    def of(self, month: dt.date) -> MonthTally:
        """Return the sums of a month."""
        return next(m for m in self.months if m.month == month)


def _sums(key: Array, size: int, weights: Array | None) -> Array:
    return np.bincount(key, weights=weights, minlength=size)


def _by_place(people: People, fte: Array | None) -> Array:
    cells, places = len(world().names), len(employers().codes)
    key = people.cell.astype(np.int64) * places + people.employer
    return _sums(key, cells * places, fte).reshape(cells, places)


def _by_area(people: People, fte: Array) -> Array:
    cells, areas = len(world().names), len(posts().areas)
    key = people.cell.astype(np.int64) * areas + people.area
    return _sums(key, cells * areas, fte).reshape(cells, areas)


def _ethnicity(people: People) -> Array:
    cells, many = len(world().names), len(ETHNICITIES)
    key = people.cell.astype(np.int64) * many + people.ethnicity
    return _sums(key, cells * many, None).reshape(cells, many)


def _lost(people: People, sickness: Sickness) -> Array:
    places = len(employers().codes)
    group = world().staff_group[people.cell[sickness.who]].astype(np.int64)
    key = group * places + people.employer[sickness.who]
    lost = _sums(key, len(STAFF_GROUPS) * places, sickness.lost)
    return lost.reshape(len(STAFF_GROUPS), places) / 100.0


def _pay(cell: Array, fte: Array, pay: Pay, who: Array) -> Array:
    size = len(world().names)
    second = pay.second[who]
    columns = (
        np.ones(len(cell)),
        fte / 100.0,
        pay.basic[who] + second,
        pay.allowance[who],
        pay.earnings[who] + second,
    )
    return np.stack([_sums(cell, size, column) for column in columns], axis=1)


def _places(people: People, fte: Array) -> tuple[Array, Array]:
    """Return FTE of mental health posts by employer, cell and area, where any."""
    inside = posts().mental_health[people.cell, people.area]
    areas, cells = len(posts().areas), len(world().names)
    key = people.employer[inside].astype(np.int64) * cells + people.cell[inside]
    key = key * areas + people.area[inside]
    found, back = np.unique(key, return_inverse=True)
    sums = np.bincount(back, weights=fte[inside]) / 100.0
    where = np.stack([found // (areas * cells), found // areas % cells, found % areas])
    return where, sums
