"""Posts to fill, and who fills them: movers at their own employer first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skillmix.synth.chance import Chance
from skillmix.synth.employers import employers
from skillmix.synth.flows import flows
from skillmix.synth.tables import Array
from skillmix.synth.world import world

# Of movers who find their new band open only elsewhere, yet whose employer is short of
# it by its own lights, the share who stay: the employer makes the post, and the other
# one does not fill its own this month.
_STAY = 0.85
_WHERE_ENOUGH = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancies:
    """Posts open in a month, one position a post."""

    cell: Array
    employer: Array

    def __len__(self) -> int:
        """Return the number of posts open."""
        return len(self.cell)

    def without(self, taken: Array) -> Vacancies:
        """Return the posts that are left when some are taken.

        Args:
            taken: Positions of those taken.
        """
        free = np.ones(len(self), dtype=bool)
        free[taken] = False
        return Vacancies(cell=self.cell[free], employer=self.employer[free])


def open_posts(target: Array, held: Array, chance: Chance) -> Vacancies:
    """Open the posts by which each kind falls short, where they lack most.

    Args:
        target: People wanted by cell and employer, not whole.
        held: People in post by cell and employer.
        chance: The run's draws.
    """
    short = _short(np.rint(target.sum(axis=1) - held.sum(axis=1)), chance)
    lacking = np.maximum(target - held, 0.0)
    # An employer that has enough of a band opens few posts of any kind in it: small
    # kinds of post alone would never shrink, only grow by chance.
    enough = _by_state(target - held)[flows().state_of_cell] <= 0.0
    lacking[enough] *= _WHERE_ENOUGH
    opened = np.zeros(target.shape, dtype=np.int64)
    for cell in np.flatnonzero(short):
        where = lacking[cell] if lacking[cell].any() else target[cell]
        opened[cell] = chance.whole(where, int(short[cell]))
    cells, places = np.nonzero(opened)
    many = opened[cells, places]
    return Vacancies(cell=np.repeat(cells, many), employer=np.repeat(places, many))


def _short(lacks: Array, chance: Chance) -> Array:
    """Return how many posts each kind opens, so that no staff class grows too large.

    Where movers have made more posts of one kind than are wanted, which in a small
    NHS they often do, other kinds of the class open as many fewer.
    """
    short = np.maximum(lacks, 0.0)
    of_class = world().staff_class
    for place in range(len(world().classes)):
        mine = np.flatnonzero(of_class == place)
        beyond = -np.minimum(lacks[mine], 0.0).sum()
        if beyond > 0:
            total = max(int(short[mine].sum() - beyond), 0)
            short[mine] = chance.whole(short[mine], total)
    return short.astype(np.int64)


def match(wanted: Array, offered: Array, chance: Chance) -> Array:
    """Pair requests with offers of the same key, at random within a key.

    Returns:
        For each request, the position of its offer; -1 where there was none.
    """
    requests, wants = _shuffled(wanted, chance)
    offers, has = _shuffled(offered, chance)
    rank = np.arange(len(wants)) - np.searchsorted(wants, wants, side="left")
    start = np.searchsorted(has, wants, side="left")
    end = np.searchsorted(has, wants, side="right")
    found = start + rank < end
    paired = np.full(len(wanted), -1, dtype=np.int64)
    paired[requests[found]] = offers[(start + rank)[found]]
    return paired


def _shuffled(keys: Array, chance: Chance) -> tuple[Array, Array]:
    """Return positions sorted by key, in random order within one, and the keys."""
    mixed = chance.rng.permutation(len(keys))
    order = mixed[np.argsort(keys[mixed], kind="stable")]
    return order, keys[order]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where movers went, and which posts stay open."""

    cell: Array
    employer: Array
    left: Vacancies


def place_movers(
    state: Array,
    employer: Array,
    opened: Vacancies,
    target: Array,
    held: Array,
    chance: Chance,
) -> Placed:
    """Give each mover a post in the state wanted.

    At the own employer if it has one open; else one of the same region, else any;
    and where nothing is open the own employer makes one, so that chances of moving
    up are kept in a small NHS too.

    Args:
        state: State (family and band) each mover goes to.
        employer: Employer each mover comes from.
        opened: Posts open.
        target: People wanted by cell and employer.
        held: People in post by cell and employer, movers left out.
        chance: The run's draws.
    """
    cell = np.full(len(state), -1, dtype=np.int64)
    to = employer.astype(np.int64).copy()
    free = np.ones(len(opened), dtype=bool)
    room = _by_state(target - held)
    open_state = flows().state_of_cell[opened.cell].astype(np.int64)
    for key_of in _KEYS:
        waiting = np.flatnonzero(cell < 0)
        offers = np.flatnonzero(free)
        found = match(
            key_of(state[waiting].astype(np.int64), employer[waiting]),
            key_of(open_state[offers], opened.employer[offers]),
            chance,
        )
        given = found >= 0
        people, posts = waiting[given], offers[found[given]]
        cell[people] = opened.cell[posts]
        free[posts] = False
        has = target[cell[people], employer[people]] > 0
        short = room[state[people], employer[people]] > 0
        stays = has & short & (chance.rng.random(len(people)) < _STAY)
        to[people[~stays]] = opened.employer[posts[~stays]]
    _make_posts(cell, to, state, target, chance)
    left = opened.without(np.flatnonzero(~free))
    return Placed(cell=cell, employer=to, left=left)


def _by_state(counts: Array) -> Array:
    """Sum counts by cell and employer to state and employer."""
    sums = np.zeros((len(flows().states), counts.shape[1]))
    np.add.at(sums, flows().state_of_cell, counts)
    return sums


def _own(state: Array, employer: Array) -> Array:
    return state * len(employers().codes) + employer


def _region(state: Array, employer: Array) -> Array:
    return state * 16 + employers().regions[employer]


def _any(state: Array, employer: Array) -> Array:
    del employer
    return state


_KEYS = (_own, _region, _any)


def _make_posts(
    cell: Array, employer: Array, state: Array, target: Array, chance: Chance
) -> None:
    """Make a post for each mover who found none, at the own employer if it can."""
    for mover in np.flatnonzero(cell < 0):
        cells = np.flatnonzero(flows().state_of_cell == state[mover])
        here = target[cells]
        if not here.any():
            # Too small an NHS to want anyone there: then where it would be.
            here = world().share[cells]
        if not here[:, employer[mover]].any():
            employer[mover] = chance.pick(here.sum(axis=0))
        cell[mover] = cells[chance.pick(here[:, employer[mover]])]
