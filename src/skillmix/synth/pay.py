"""Pay on the real scales of the year: basic pay, and what is earned beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import numpy as np

from skillmix.schema.codelists import codelist
from skillmix.schema.values import BANDS, STATUSES
from skillmix.synth.chance import Chance
from skillmix.synth.employers import employers
from skillmix.synth.people import BANK, SECOND_POST, People
from skillmix.synth.recruits import EXTRA_LEVELS
from skillmix.synth.tables import Array, rows, values
from skillmix.synth.world import world

_YEARS = ("2019/20", "2020/21")
# Share of basic pay that people on leave from a post are paid.
_PAID_ON_LEAVE = {"maternity_adoption": 0.5, "career_break": 0.0}
# Bank staff work so many hundredths of a month, drawn anew each month.
_BANK_SHIFTS = (0, 0, 10, 20, 30, 40)
# Other pay of one month, in hundredths of its mean.
_SPREAD = np.array((80, 85, 90, 100, 100, 110, 115, 120))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """Pence of one month, one position a person.

    Attributes:
        basic: Basic pay of the main post.
        allowance: High-cost-area supplement.
        earnings: Everything the main post paid.
        second: Everything a second post paid.
    """

    basic: Array
    allowance: Array
    earnings: Array
    second: Array


def pay_of(people: People, month: dt.date, now: int, chance: Chance) -> Pay:
    """Work out the month's pay of every person."""
    w = world()
    annual = _scales()[_year(month), people.cell, pay_step(people, now)]
    hours = np.where(
        people.contract == BANK,
        chance.rng.choice(_BANK_SHIFTS, len(people)),
        people.fte.astype(np.int64),
    )
    # Pounds a year times hundredths of full time are twelfths of pence a month.
    full = (annual * hours + 6) // 12
    paid = _paid()[people.status]
    basic = np.rint(full * paid).astype(np.int64)
    allowance = _allowance(annual, people, hours, month)
    rate = _extra()[w.staff_class[people.cell], people.extra]
    spread = _SPREAD[chance.rng.integers(0, len(_SPREAD), len(people))]
    extra = basic * rate * spread // 10_000_000
    second = annual * people.second_fte * (people.second == SECOND_POST) // 12
    return Pay(
        basic=np.where(people.contract == BANK, 0, basic),
        allowance=allowance,
        earnings=basic + allowance + extra,
        second=second.astype(np.int64),
    )


def pay_step(people: People, now: int) -> Array:
    """Return 0, 1 or 2: the bottom, the middle or the top of the band."""
    band = world().band[people.cell]
    served = now - people.band_since
    middle, top = _waits()
    return (served >= middle[band]).astype(np.int8) + (served >= top[band])


def _year(month: dt.date) -> int:
    return int(month >= dt.date(2020, 4, 1))


@cache
def _scales() -> Array:
    """Return yearly pay in pounds by year, kind of post and step."""
    w = world()
    banded = {(r["band"], r["financial_year"]): r for r in codelist("pay_ranges")}
    other = {(r["job_role"], int(r["point"])): r for r in rows("other_pay")}
    pounds = np.zeros((len(_YEARS), len(w.names), 3), dtype=np.int64)
    for cell, role in enumerate(w.job_role):
        band = BANDS[w.band[cell]]
        for year, name in enumerate(_YEARS):
            if (band, name) in banded:
                pounds[year, cell] = _banded(band, year)
            else:
                column = ("year_2019", "year_2020")[year]
                pounds[year, cell] = [int(other[role, n][column]) for n in range(3)]
    return pounds


def _banded(band: str, year: int) -> tuple[int, int, int]:
    """Return bottom, middle and top of a band; two-step bands have no middle.

    The middle of 2019/20 is that of the next year, lowered as the bottom was: for
    band 5 this gives the 26,220 pounds that were paid.
    """
    found = {
        r["financial_year"]: r for r in codelist("pay_ranges") if r["band"] == band
    }
    now, after = found[_YEARS[year]], found[_YEARS[1]]
    bottom, top = int(now["minimum_pounds"]), int(now["maximum_pounds"])
    middle = bottom
    if after["middle_step_pounds"]:
        ratio = bottom / int(after["minimum_pounds"])
        middle = round(int(after["middle_step_pounds"]) * ratio)
    return bottom, middle, top


@cache
def _waits() -> tuple[Array, Array]:
    middle, top = np.zeros(len(BANDS), np.int64), np.zeros(len(BANDS), np.int64)
    for row in rows("pay_steps"):
        place = BANDS.index(row["band"])
        middle[place] = int(row["months_to_middle"])
        top[place] = int(row["months_to_top"])
    return middle, top


@cache
def _paid() -> Array:
    return np.array([_PAID_ON_LEAVE.get(status, 1.0) for status in STATUSES])


@cache
def _extra() -> Array:
    """Return other pay in parts of 100,000 of basic pay, by staff class and level."""
    percent = values("pay_supplements", "staff_class", "percent_of_basic_pay")
    mean = np.array([percent[name] for name in world().classes])
    return np.rint(1000 * mean[:, None] * np.array(EXTRA_LEVELS)).astype(np.int64)


def _allowance(annual: Array, people: People, hours: Array, month: dt.date) -> Array:
    """Return the high-cost-area supplement, Agenda for Change staff in London only."""
    every = employers()
    london = np.array([code == "Y56" for code in _regions()])
    zone = np.where(every.inner_london, 2, london.astype(int))[people.employer]
    supplement = np.zeros(len(people), dtype=np.int64)
    afc = world().band[people.cell] < BANDS.index("non_afc")
    for place, name in ((1, "outer_london"), (2, "inner_london")):
        percent, least, most = _zone(name, _YEARS[_year(month)])
        mine = (zone == place) & afc
        yearly = np.clip(annual[mine] * percent // 100, least, most)
        supplement[mine] = yearly * hours[mine] // 12
    return supplement


@cache
def _regions() -> tuple[str, ...]:
    from skillmix.schema.values import REGIONS

    return tuple(REGIONS[r] for r in employers().regions)


@cache
def _zone(name: str, year: str) -> tuple[int, int, int]:
    row = next(
        r
        for r in codelist("high_cost_areas")
        if (r["zone"], r["financial_year"]) == (name, year)
    )
    return (
        int(row["percent_of_basic_pay"]),
        int(row["minimum_pounds"]),
        int(row["maximum_pounds"]),
    )
