"""The kinds of post there are, where they are, and how many of each in a month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import numpy as np

from skillmix.schema.occupation import mental_health_areas, occupations
from skillmix.schema.values import BANDS, STAFF_GROUPS, SUPPORT_GROUPS
from skillmix.synth.employers import employers, spread
from skillmix.synth.tables import (
    Array,
    index_path,
    place_in,
    rows,
    values,
    whole_shares,
)

# Classes whose total follows its own path, whatever the kinds within it do.
LED = {
    "support_mental_health": "mental_health_support",
    "support_other": "other_support",
}
_BAND_LED = ("2", "3", "4")
# Share of band 4 among bands 2 to 4 that two trusts are known for, 0.50 and 0.15
# (Figure 9); set a little beyond, because moves within a trust draw both to the middle.
BAND_4_SHARES = {"RQY": 0.503, "RJ8": 0.144}
_BAND_SPREAD = 0.22
_BAND_SEED = 1959
_ROUNDING_SEED = 1946


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Kinds of post (cells), one position each in every array.

    Attributes:
        names: Name of the cell, as in `cells.csv`.
        families: Names of the families, in which people make careers.
        family: Family of each cell.
        classes: Names of the staff classes.
        staff_class: Staff class of each cell.
        occupation: Occupation code of each cell.
        job_role: Job role of each cell.
        band: Position in `values.BANDS`.
        staff_group: Position in `values.STAFF_GROUPS`, from the occupation code.
        support: Whether the staff group is support to clinical staff.
        by_code: Whether the occupation code puts the post in mental health.
        mix: Name of the areas of work of each cell.
        path: Name of the monthly path of each cell.
        fte: FTE in June 2020 at full scale.
        share: How each cell is spread over employers; rows add to one.
        offset: Where the rounding of each cell starts.
    """

    names: tuple[str, ...]
    families: tuple[str, ...]
    family: Array
    classes: tuple[str, ...]
    staff_class: Array
    occupation: tuple[str, ...]
    job_role: tuple[str, ...]
    band: Array
    staff_group: Array
    support: Array
    by_code: Array
    mix: tuple[str, ...]
    path: tuple[str, ...]
    fte: Array
    share: Array
    offset: Array

    def fte_in(self, month: dt.date) -> Array:
        """Return the FTE each cell should have in a month, at full scale."""
        paths = {p: _index(p, month) for p in set(self.path)}
        fte = self.fte * np.array([paths[p] for p in self.path])
        for name, path in LED.items():
            mine = self.staff_class == self.classes.index(name)
            led = mine & np.array([p == path for p in self.path])
            wanted = self.fte[mine].sum() * _index(path, month)
            fte[led] *= (wanted - fte[mine & ~led].sum()) / fte[led].sum()
        return fte

    def heads_in(self, month: dt.date, scale: float) -> Array:
        """Return the people in post, by cell, at a month; whole numbers."""
        ratio = values("classes", "staff_class", "fte_per_head")
        exact = self.fte_in(month) * scale
        heads = np.zeros(len(exact), dtype=np.int64)
        for place, name in enumerate(self.classes):
            mine = self.staff_class == place
            people = exact[mine] / ratio[name]
            heads[mine] = whole_shares(round(float(people.sum())), people)
        return heads

    def over_employers(self, heads: Array) -> Array:
        """Return people by cell and employer; each cell's people add up exactly.

        Systematic rounding: small cells fall on employers in proportion, not
        always on the largest, and always on the same ones.
        """
        ends = np.cumsum(self.share, axis=1) * heads[:, None]
        ends[:, -1] = heads
        marks = np.floor(ends + self.offset[:, None])
        marks[:, -1] = heads
        return np.diff(marks, axis=1, prepend=0.0).astype(np.int64)

    def areas(self, cell: int) -> tuple[list[str], Array]:
        """Return the areas of work of a cell with their weights."""
        found = [r for r in rows("areas") if r["mix"] == self.mix[cell]]
        weights = np.array([float(r["weight"]) for r in found])
        return [r["area_of_work"] for r in found], weights

    def titles(self, cell: int) -> tuple[list[str], Array]:
        """Return the job titles of a cell with their weights."""
        family = self.families[self.family[cell]]
        role = self.job_role[cell]
        found = [
            r for r in rows("titles") if (r["family"], r["job_role"]) == (family, role)
        ]
        if not found:
            return [role], np.ones(1)
        weights = np.array([float(r["weight"]) for r in found])
        return [r["job_title"] for r in found], weights


@cache
def world() -> World:
    """Return the kinds of post of the synthetic NHS."""
    cells = rows("cells")
    families = tuple(dict.fromkeys(r["family"] for r in cells))
    classes = tuple(r["staff_class"] for r in rows("classes"))
    codes = [occupations()[r["occupation_code"]] for r in cells]
    groups = [c.staff_group for c in codes]
    rng = np.random.default_rng(_ROUNDING_SEED)
    return World(
        names=tuple(r["cell"] for r in cells),
        families=families,
        family=place_in(families, [r["family"] for r in cells]),
        classes=classes,
        staff_class=place_in(classes, [r["staff_class"] for r in cells]),
        occupation=tuple(r["occupation_code"] for r in cells),
        job_role=tuple(r["job_role"] for r in cells),
        band=place_in(BANDS, [r["band"] for r in cells]),
        staff_group=place_in(STAFF_GROUPS, groups),
        support=np.array([g in SUPPORT_GROUPS for g in groups]),
        by_code=np.array([c.mental_health_by_code for c in codes]),
        mix=tuple(r["areas"] for r in cells),
        path=tuple(r["path"] for r in cells),
        fte=np.array([float(r["fte"]) for r in cells]),
        share=_shares([c.footnote_6_setting for c in codes]),
        offset=rng.random(len(cells)),
    )


def in_mental_health(cell: int, area: str) -> bool:
    """Tell whether a post is in mental health services, by code or by area."""
    return bool(world().by_code[cell]) or area in mental_health_areas()


def _index(path: str, month: dt.date) -> float:
    return index_path("paths", "path", path, month, "index") / 100.0


def _shares(footnote_6: list[bool]) -> Array:
    weights = {place: _region_weights(place) for place in _PLACES}
    cells = rows("cells")
    known = {
        (r["sector"], r["place"]): spread(r["sector"], weights[r["place"]])
        for r in cells
    }
    share = np.array([known[r["sector"], r["place"]] for r in cells])
    banded = np.array(
        [
            six and r["sector"] == "mental_health" and r["band"] in _BAND_LED
            for six, r in zip(footnote_6, cells, strict=True)
        ]
    )
    support = np.array([r["staff_class"] == "support_mental_health" for r in cells])
    return _by_band_mix(share, banded & support)


_PLACES = (
    *("general", "mental_health_support"),
    *("mental_health_qualified", "mental_health_infrastructure"),
)


def _region_weights(place: str) -> dict[str, float]:
    """Return each region's weight, from its share of support staff and its ratios.

    Qualified staff are support staff over the printed ratio; the rest is what the
    printed share of all staff leaves.
    """
    weights: dict[str, float] = {}
    for row in rows("regions"):
        support = float(row["mental_health_support_share"])
        qualified = support / float(row["support_per_qualified"])
        match place:
            case "mental_health_support":
                weight = support
            case "mental_health_qualified":
                weight = qualified
            case "mental_health_infrastructure":
                everyone = support / float(row["support_share_of_all"])
                weight = everyone - support - qualified
            case _:
                weight = float(row["other_staff_share"])
        weights[row["region"]] = weight
    return weights


def _by_band_mix(share: Array, banded: Array) -> Array:
    """Give each mental health trust a band mix of its own, totals unchanged.

    Rows are bands, columns trusts; two trusts have the share of band 4 they are
    known for, the others vary at random, and proportional fitting restores the
    national total of each band and the size of each trust.
    """
    every = employers()
    cells = rows("cells")
    fte = np.array([float(r["fte"]) for r in cells])
    band = [r["band"] for r in cells]
    groups = [banded & np.array([b == wanted for b in band]) for wanted in _BAND_LED]
    bands = np.array([fte[g].sum() for g in groups])
    base = share[np.flatnonzero(banded)[0]]
    trusts = np.flatnonzero(base > 0)
    sizes = base[trusts] * bands.sum()
    fixed = {
        int(np.flatnonzero(trusts == every.codes.index(code))[0]): wanted
        for code, wanted in BAND_4_SHARES.items()
    }
    mix = _fit(bands, sizes, fixed)
    out = share.copy()
    for row, group in enumerate(groups):
        new = np.zeros(share.shape[1])
        new[trusts] = mix[row] / mix[row].sum()
        out[group] = new
    return out


def _fit(bands: Array, sizes: Array, fixed: dict[int, float]) -> Array:
    rng = np.random.default_rng(_BAND_SEED)
    tilt = np.exp(_BAND_SPREAD * rng.standard_normal((3, len(sizes))))
    mix = tilt * bands[:, None] * sizes / bands.sum()
    for place, four in fixed.items():
        lower = bands[:2] / bands[:2].sum() * (1 - four)
        mix[:, place] = np.array([*lower, four]) * sizes[place]
    held = np.array(sorted(fixed))
    free = np.setdiff1d(np.arange(len(sizes)), held)
    rest = bands - mix[:, held].sum(axis=1)
    for _ in range(200):
        mix[:, free] *= (rest / mix[:, free].sum(axis=1))[:, None]
        mix[:, free] *= sizes[free] / mix[:, free].sum(axis=0)
    return mix
