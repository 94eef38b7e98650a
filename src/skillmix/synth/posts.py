"""Areas of work and job titles of the kinds of post, as rows of shares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from skillmix.synth.tables import Array
from skillmix.synth.world import in_mental_health, world


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """What a kind of post can be called and where it can stand.

    Attributes:
        areas: Tertiary areas of work.
        area_shares: Share of each area, one row a cell.
        titles: Job titles.
        title_shares: Share of each title, one row a cell.
        mental_health: Whether a cell in an area is in mental health services.
    """

    areas: tuple[str, ...]
    area_shares: Array
    titles: tuple[str, ...]
    title_shares: Array
    mental_health: Array


@cache
def posts() -> Posts:
    """Return the areas and titles of every kind of post."""
    w = world()
    cells = range(len(w.names))
    areas, area_shares = _rows([w.areas(cell) for cell in cells])
    titles, title_shares = _rows([w.titles(cell) for cell in cells])
    inside = [[in_mental_health(cell, area) for area in areas] for cell in cells]
    return Posts(
        areas=areas,
        area_shares=area_shares,
        titles=titles,
        title_shares=title_shares,
        mental_health=np.array(inside),
    )


def _rows(listed: list[tuple[list[str], Array]]) -> tuple[tuple[str, ...], Array]:
    names = tuple(dict.fromkeys(name for found, _ in listed for name in found))
    places = {name: n for n, name in enumerate(names)}
    shares = np.zeros((len(listed), len(names)))
    for row, (found, weights) in enumerate(listed):
        for name, weight in zip(found, weights, strict=True):
            shares[row, places[name]] += weight
    return names, shares
