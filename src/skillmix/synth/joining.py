"""Where people who join come from: recruitment sources in shares that are guessed."""

from __future__ import annotations

from functools import cache

import numpy as np

from skillmix.schema.values import BANDS
from skillmix.synth.chance import Chance
from skillmix.synth.people import People
from skillmix.synth.tables import Array, rows
from skillmix.synth.world import world

KINDS = ("support", "new", "experienced", "other")
# Professions are joined at band 5 by those who have just qualified.
_FIRST_BAND = BANDS.index("5")
_NOT_CLINICAL = ("infrastructure", "estates")


def sources() -> tuple[str, ...]:
    """Return the codes of the recruitment sources that occur."""
    return tuple(dict.fromkeys(r["source"] for r in rows("recruitment_sources")))


def sources_of(joined: People, chance: Chance) -> Array:
    """Give each joiner a recruitment source: a position in `sources()`."""
    return chance.choose(_shares(), _kinds(joined), "recruitment source")


def _kinds(joined: People) -> Array:
    w = world()
    other = np.isin(w.staff_class, [w.classes.index(n) for n in _NOT_CLINICAL])
    first = w.band == _FIRST_BAND
    of_cell = np.select(
        [w.support, other, first],
        [KINDS.index(name) for name in ("support", "other", "new")],
        KINDS.index("experienced"),
    )
    return of_cell[joined.cell]


@cache
def _shares() -> Array:
    shares = np.zeros((len(KINDS), len(sources())))
    for row in rows("recruitment_sources"):
        place = KINDS.index(row["kind"]), sources().index(row["source"])
        shares[place] = float(row["share"]) / 100.0
    return shares
