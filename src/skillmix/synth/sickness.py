"""Sickness absence of a month: whose, for what reason, how many days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import numpy as np

from skillmix.synth.chance import Chance
from skillmix.synth.people import People
from skillmix.synth.tables import Array, days_in, index_path, rows
from skillmix.synth.world import world

CLASSES = (
    *("support", "nurse", "st_and_t", "doctor", "ambulance"),
    *("infrastructure", "estates"),
)
_OF_STAFF = {
    "support_mental_health": "support",
    "support_other": "support",
    "nurse": "nurse",
    "doctor_senior": "doctor",
    "doctor_training": "doctor",
    "st_and_t": "st_and_t",
    "ambulance": "ambulance",
    "infrastructure": "infrastructure",
    "estates": "estates",
}
_PANDEMIC = dt.date(2020, 4, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sickness:
    """The absences of one month, one position a post and reason.

    Attributes:
        who: Position of the person among `People`.
        reason: Position in `reasons()`.
        lost: FTE days lost, in hundredths.
    """

    who: Array
    reason: Array
    lost: Array


def sickness_of(people: People, month: dt.date, chance: Chance) -> Sickness:
    """Draw who of the staff in post is off sick in the month."""
    able = np.flatnonzero(people.in_post())
    group = _classes()[world().staff_class[people.cell[able]]]
    length = days_in(month)
    days, shares = _spells()
    days = np.minimum(days, length)
    mean = float((days * shares).sum())
    rates = np.array([_rate(name, month) for name in CLASSES]) / 100.0
    off = chance.happens(rates[group] * length / mean, group, len(CLASSES), "sickness")
    who = able[off]
    one = np.zeros(len(who), dtype=np.int64)
    spell = chance.choose(shares[None, :], one, "sickness days")
    reason = chance.choose(_reason_shares(month)[None, :], one, "sickness reason")
    return Sickness(
        who=who, reason=reason, lost=days[spell] * people.fte[who].astype(np.int64)
    )


@cache
def reasons() -> tuple[str, ...]:
    """Return the sickness reasons that occur, as S-codes."""
    return tuple(r["reason"] for r in rows("sickness_reasons"))


def _rate(name: str, month: dt.date) -> float:
    return index_path("sickness_rates", "sickness_class", name, month, "rate")


def _reason_shares(month: dt.date) -> Array:
    """Return the shares of reasons; those of April 2020 fade within three months."""
    usual = np.array([float(r["share"]) for r in rows("sickness_reasons")])
    pandemic = np.array(
        [float(r["share_april_2020"]) for r in rows("sickness_reasons")]
    )
    apart = (month.year - _PANDEMIC.year) * 12 + month.month - _PANDEMIC.month
    weight = max(0.0, 1.0 - abs(apart) / 3.0)
    return usual + (pandemic - usual) * weight


@cache
def _classes() -> Array:
    return np.array([CLASSES.index(_OF_STAFF[name]) for name in world().classes])


@cache
def _spells() -> tuple[Array, Array]:
    days = np.array([int(r["days"]) for r in rows("absences")])
    shares = np.array([float(r["share_of_spells"]) for r in rows("absences")])
    return days, shares / shares.sum()
