"""Who works where: shares of characteristics and ages, told apart within a class.

The shares of a staff class are as in `attributes.csv` and `ages.csv`; within it,
`tilts.csv` and `leanings.csv` say where there are more or fewer, and proportional
fitting sees to it that the class as a whole keeps its shares.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
from scipy.special import ndtr

from skillmix.schema.values import (
    BANDS,
    DISABILITIES,
    ETHNIC_GROUPS,
    ETHNICITIES,
    GENDERS,
    ORIENTATIONS,
    REGIONS,
    RELIGIONS,
    STAFF_GROUPS,
)
from skillmix.schema.vocabulary import ethnic_group
from skillmix.synth.employers import employers
from skillmix.synth.tables import Array, rows
from skillmix.synth.world import world

TRAITS = {
    "gender": GENDERS,
    "ethnicity": ETHNICITIES,
    "disability": DISABILITIES,
    "religion": RELIGIONS,
    "orientation": ORIENTATIONS,
}
AGE_STARTS = tuple(dict.fromkeys(int(r["from_age"]) for r in rows("ages")))
_FIRST, _AS_AT = dt.date(2019, 6, 1), dt.date(2020, 6, 1)
_ROUNDS = 60
_WIDEST = 8.0
# So that a family can take ages that its leaning would leave to others.
_LEAST = 1e-9


def trait_group(cell: Array, employer: Array) -> Array:
    """Return the row of `trait_shares` of each post."""
    regions = employers().regions[employer].astype(np.int64)
    return cell.astype(np.int64) * len(REGIONS) + regions


@cache
def trait_shares(name: str) -> Array:
    """Return the shares of a characteristic's values, a row a cell and region."""
    w, known = world(), TRAITS[name]
    class_shares = _of_classes(name)
    tilt = np.ones((len(w.names), len(REGIONS), len(known)))
    for row in rows("tilts"):
        if row["attribute"] == name:
            tilt[_where(row["by"], row["name"], row["band"], row["value"], name)] *= (
                float(row["multiplier"])
            )
    weights = _weights()
    shares = np.zeros(tilt.shape)
    for place in range(len(w.classes)):
        mine = np.flatnonzero(w.staff_class == place)
        wanted = class_shares[place]
        flat = (tilt[mine] * wanted).reshape(-1, len(known))
        fitted = _fitted(flat, weights[mine].ravel(), wanted)
        shares[mine] = fitted.reshape(len(mine), len(REGIONS), len(known))
    return shares.reshape(-1, len(known))


@cache
def _of_classes(name: str) -> Array:
    classes, known = world().classes, TRAITS[name]
    shares = np.zeros((len(classes), len(known)))
    for row in rows("attributes"):
        if row["attribute"] == name:
            place = classes.index(row["staff_class"]), known.index(row["value"])
            shares[place] = float(row["share"])
    return shares / shares.sum(axis=1, keepdims=True)


def class_share(name: str, value: str) -> Array:
    """Return the share of one value of a characteristic in each staff class."""
    return _of_classes(name)[:, TRAITS[name].index(value)]


def _where(
    by: str, name: str, band: str, value: str, attribute: str
) -> tuple[Array, ...]:
    """Return which cells, regions and values a tilt is about."""
    w = world()
    cells = np.ones(len(w.names), dtype=bool)
    regions = np.ones(len(REGIONS), dtype=bool)
    if by == "family":
        cells = w.family == w.families.index(name)
    elif by == "staff_group":
        cells = w.staff_group == STAFF_GROUPS.index(name)
    else:
        regions = np.array([code == name for code in REGIONS])
    if band != "any":
        cells = cells & (w.band == BANDS.index(band))
    found = np.array([_is(value, one, attribute) for one in TRAITS[attribute]])
    return np.ix_(np.flatnonzero(cells), np.flatnonzero(regions), np.flatnonzero(found))


def _is(value: str, one: str, attribute: str) -> bool:
    if attribute != "ethnicity":
        return value == one
    group = ethnic_group(one)
    if value == "minority":
        return group in ETHNIC_GROUPS and group != "white"
    return value == group


@cache
def _weights() -> Array:
    """Return the share of each cell in each region, times its size."""
    w = world()
    by_region = np.zeros((len(w.names), len(REGIONS)))
    for place in range(len(REGIONS)):
        by_region[:, place] = w.share[:, employers().regions == place].sum(axis=1)
    return by_region * w.fte_in(_AS_AT)[:, None]


def _fitted(shares: Array, weights: Array, wanted: Array) -> Array:
    """Scale values until every row adds to one and the whole has the shares wanted."""
    fitted, share = shares.copy(), wanted / wanted.sum()
    for _ in range(_ROUNDS):
        fitted /= fitted.sum(axis=1, keepdims=True)
        total = weights @ fitted / weights.sum()
        fitted *= np.divide(share, total, out=np.ones(len(share)), where=total > 0)
    return fitted / fitted.sum(axis=1, keepdims=True)


@cache
def class_ages() -> tuple[Array, Array]:
    """Return the shares of the age steps in June 2019 and 2020, a row a class."""
    classes = world().classes
    before = np.zeros((len(classes), len(AGE_STARTS)))
    after = before.copy()
    for row in rows("ages"):
        place = (
            classes.index(row["staff_class"]),
            AGE_STARTS.index(int(row["from_age"])),
        )
        before[place] = float(row["share_june_2019"])
        after[place] = float(row["share_june_2020"])
    return (
        before / before.sum(axis=1, keepdims=True),
        after / after.sum(axis=1, keepdims=True),
    )


def family_ages(of_class: Array, people: Array) -> Array:
    """Tell a class's ages apart by family, younger families taking the younger.

    Everyone has a score, normal around the family's leaning; the class's ages are
    dealt out in its order, so that the class as a whole keeps them.

    Args:
        of_class: Shares of the age steps, a row a class.
        people: People of each family, for weights.

    Returns:
        Shares of the age steps, a row a family.
    """
    lean, youngest = _leanings()
    of_family = np.zeros((len(lean), of_class.shape[1]))
    staff_class, steps = class_of_family(), np.arange(of_class.shape[1])
    for place in range(len(of_class)):
        mine = np.flatnonzero(staff_class == place)
        weights = np.maximum(people[mine].astype(float), 1e-9)
        cuts = np.cumsum(of_class[place] / of_class[place].sum())
        below = _below(cuts, weights / weights.sum(), lean[mine])
        dealt = np.maximum(np.diff(below, axis=1, prepend=0.0), _LEAST)
        dealt[steps[None, :] < youngest[mine][:, None]] = 0.0
        of_family[mine] = _fitted(dealt, weights, of_class[place])
    return of_family


@cache
def _leanings() -> tuple[Array, Array]:
    """Return how much younger each family is, and its first age step."""
    families = world().families
    lean, youngest = np.zeros(len(families)), np.zeros(len(families), dtype=np.int64)
    for row in rows("leanings"):
        place = families.index(row["family"])
        lean[place] = float(row["younger_by_deviations"])
        youngest[place] = AGE_STARTS.index(int(row["youngest"]))
    return lean, youngest


def _below(cuts: Array, weights: Array, lean: Array) -> Array:
    """Return the share of each family below each cut of the whole class."""
    low = np.full(len(cuts), -_WIDEST)
    high = np.full(len(cuts), _WIDEST)
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        reached = weights @ ndtr(middle[None, :] + lean[:, None])
        high = np.where(reached >= cuts, middle, high)
        low = np.where(reached >= cuts, low, middle)
    below = ndtr(high[None, :] + lean[:, None])
    below[:, cuts >= 1.0 - 1e-12] = 1.0
    below[:, cuts <= 0.0] = 0.0
    return below


@cache
def class_of_family() -> Array:
    """Return the staff class of each family."""
    w = world()
    found = np.zeros(len(w.families), dtype=np.int16)
    found[w.family] = w.staff_class
    return found


@cache
def usual_ages() -> Array:
    """Return the shares of the age steps in June 2019, a row a family."""
    w = world()
    fte = w.fte_in(_FIRST)
    people = np.bincount(w.family, weights=fte, minlength=len(w.families))
    return family_ages(class_ages()[0], people)
