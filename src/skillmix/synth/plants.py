"""What can be planted in a synthetic NHS, so that the analyses can be judged by it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from skillmix.errors import DefinitionError
from skillmix.schema.values import BANDS, ETHNIC_GROUPS, ETHNICITIES
from skillmix.schema.vocabulary import ethnic_group
from skillmix.synth.employers import employers
from skillmix.synth.flows import flows
from skillmix.synth.people import People
from skillmix.synth.tables import Array
from skillmix.synth.world import world


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebanding:
    """One employer moves everyone of a role from one band to another in a month.

    Attributes:
        employer: ODS code.
        job_role: Job role, as in `cells.csv`.
        month: First month at the new band.
        from_band: Band before.
        to_band: Band after.
    """

    employer: str
    job_role: str
    month: dt.date
    from_band: str
    to_band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfairness:
    """People of one ethnic group are less likely to move up from a band.

    Attributes:
        ethnic_group: One of `values.ETHNIC_GROUPS`.
        band: Band they move up from.
        odds_ratio: Odds of moving up within a year, over those of everyone else.
    """

    ethnic_group: str
    band: str
    odds_ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """What is planted; the national run of the demonstration plants nothing."""

    rebanding: Rebanding | None = None
    unfairness: Unfairness | None = None

    def check(self) -> None:
        """Refuse what cannot be planted.

        Raises:
            DefinitionError: If a code, role, band, group or ratio makes no sense here.
        """
        if self.rebanding is not None:
            rebanded_cells(self.rebanding)
        if self.unfairness is not None:
            _check_unfairness(self.unfairness)


def rebanded_cells(planted: Rebanding) -> tuple[tuple[int, int], ...]:
    """Return the pairs of kinds of post between which a re-banding moves people.

    Raises:
        DefinitionError: If no kind of post has the role at both bands, or the
            employer is not in the synthetic NHS.
    """
    w = world()
    if planted.employer not in employers().codes:
        raise DefinitionError(
            f"The synthetic NHS has no employer {planted.employer}.", where="employer"
        )
    place = employers().codes.index(planted.employer)
    pairs: list[tuple[int, int]] = []
    for cell, role in enumerate(w.job_role):
        if role != planted.job_role or BANDS[w.band[cell]] != planted.from_band:
            continue
        if w.share[cell, place] > 0 and (to := _counterpart(cell, planted)) is not None:
            pairs.append((cell, to))
    if not pairs:
        raise DefinitionError(
            f"{planted.employer} has no {planted.job_role} at band "
            f"{planted.from_band} with a counterpart at band {planted.to_band}.",
            where="job_role",
        )
    return tuple(pairs)


def _check_unfairness(planted: Unfairness) -> None:
    known = {
        "ethnic_group": (planted.ethnic_group, ETHNIC_GROUPS),
        "band": (planted.band, BANDS),
    }
    for where, (value, values) in known.items():
        if value not in values:
            raise DefinitionError(
                f"'{value}' cannot be planted.",
                where=where,
                remedy=f"Choose one of {', '.join(values)}.",
            )
    if not planted.odds_ratio > 0.0:
        raise DefinitionError("An odds ratio is above 0.", where="odds_ratio")


def _counterpart(cell: int, planted: Rebanding) -> int | None:
    """Find the same role at the new band, in the same family and code if it can be."""
    w = world()
    found = [
        c
        for c, role in enumerate(w.job_role)
        if role == planted.job_role
        and BANDS[w.band[c]] == planted.to_band
        and w.staff_class[c] == w.staff_class[cell]
    ]
    return min(
        found,
        key=lambda c: (
            w.family[c] != w.family[cell],
            w.occupation[c] != w.occupation[cell],
            c,
        ),
        default=None,
    )


def rebanded_targets(target: Array, month: dt.date, plant: Plant) -> Array:
    """Want the posts of a re-banding at the new band from its month on."""
    planted = plant.rebanding
    if planted is None or month < planted.month:
        return target
    place = employers().codes.index(planted.employer)
    moved = target.copy()
    for before, after in rebanded_cells(planted):
        moved[after, place] += moved[before, place]
        moved[before, place] = 0.0
    return moved


def reband(people: People, month: dt.date, now: int, plant: Plant) -> int:
    """Move the people of a re-banding in its month; return how many they are."""
    planted = plant.rebanding
    if planted is None or month != planted.month:
        return 0
    place = employers().codes.index(planted.employer)
    many = 0
    for before, after in rebanded_cells(planted):
        who = (people.cell == before) & (people.employer == place)
        people.cell[who] = after
        people.band_since[who] = now
        many += int(who.sum())
    return many


def unfair(
    chance: Array, state: Array, ethnicity: Array, planted: Unfairness
) -> tuple[Array, Array, Array]:
    """Lower the chances of the group's moves up, so that the yearly odds ratio holds.

    Args:
        chance: Monthly chance of moving, of each person.
        state: State of each person.
        ethnicity: Position of each person's ethnic category.
        planted: What is planted.

    Returns:
        The chances, the shares of destinations for those concerned (a row a state),
        and who they are.
    """
    f = flows()
    band = np.array([b for _, b in f.states])
    up = band[None, :] > band[:, None]
    in_group = np.array([ethnic_group(e) == planted.ethnic_group for e in ETHNICITIES])
    concerned = in_group[ethnicity] & (band == BANDS.index(planted.band))[state]
    yearly = np.where(up, f.wanted, 0.0).sum(axis=1)
    odds = yearly / (1.0 - yearly) * planted.odds_ratio
    hazard = np.where(
        yearly > 0.0,
        np.log1p(-odds / (1.0 + odds)) / np.log1p(-np.maximum(yearly, 1e-12)),
        1.0,
    )
    shares = np.where(up, f.monthly * hazard[:, None], f.monthly)
    total = f.monthly.sum(axis=1)
    fewer = np.divide(
        shares.sum(axis=1), total, out=np.ones(len(total)), where=total > 0
    )
    return np.where(concerned, chance * fewer[state], chance), shares, concerned
