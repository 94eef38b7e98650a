"""Why people leave: reasons in the shares wanted, to people they can apply to."""

from __future__ import annotations

from functools import cache

import numpy as np

from skillmix.synth.chance import Chance
from skillmix.synth.flows import age_shares, flows
from skillmix.synth.people import BANK, People
from skillmix.synth.recruits import FIXED_TERM
from skillmix.synth.tables import Array, rows, values
from skillmix.synth.world import world

GROUPS = (
    *("retirement", "end_of_fixed_term", "dismissal"),
    *("voluntary_resignation", "other"),
)
KINDS = ("support", "rest", "doctor", "doctor_training", "bank_support", "bank_rest")
_BANK_LEAVE = 0.22
_PENSION_AGE = 55


def reasons() -> tuple[str, ...]:
    """Return the codes of the reasons that occur."""
    return tuple(dict.fromkeys(r["reason"] for r in rows("reasons")))


def reasons_of(left: People, now: int, chance: Chance) -> Array:
    """Give each leaver a reason: a position in `reasons()`.

    The numbers of each group follow the shares wanted; retirement goes to the
    oldest, the end of a fixed term to those who have one, as far as there are any.
    """
    kind = _kinds(left)
    group = chance.choose(group_shares(), kind, "reason group")
    for one in np.unique(kind):
        mine = np.flatnonzero(kind == one)
        group[mine] = _suited(left, mine, group[mine], now, chance)
    finer = _finer_shares()
    support = np.isin(kind, (0, 4)).astype(np.int64)
    key = group.astype(np.int64) * 2 + support
    bank_other = np.isin(kind, (4, 5)) & (group == GROUPS.index("other"))
    key[bank_other] = len(GROUPS) * 2
    return chance.choose(finer, key, "reason")


def _suited(left: People, mine: Array, drawn: Array, now: int, chance: Chance) -> Array:
    """Deal the reasons drawn for these leavers out to those they suit best."""
    noise = chance.rng.random(len(mine))
    dealt = np.full(len(mine), -1, dtype=np.int16)
    fixed = GROUPS.index("end_of_fixed_term")
    retired = GROUPS.index("retirement")
    ages = left.ages(now)[mine]
    terms = (left.contract[mine] == FIXED_TERM) + noise
    _deal(dealt, fixed, int((drawn == fixed).sum()), terms)
    old = np.where(ages >= _PENSION_AGE, ages / 20.0, 0.0) + noise
    _deal(dealt, retired, int((drawn == retired).sum()), old)
    rest = drawn[(drawn != fixed) & (drawn != retired)]
    dealt[dealt < 0] = chance.rng.permutation(rest)
    return dealt


def _deal(dealt: Array, group: int, many: int, suits: Array) -> None:
    free = np.flatnonzero(dealt < 0)
    best = free[np.argsort(-suits[free], kind="stable")[:many]]
    dealt[best] = group


def _kinds(left: People) -> Array:
    w = world()
    kind = _kind_of_class()[w.staff_class[left.cell]]
    bank = left.contract == BANK
    support = w.support[left.cell]
    return np.where(bank, np.where(support, 4, 5), kind)


@cache
def _kind_of_class() -> Array:
    kinds = {r["staff_class"]: r["reason_class"] for r in rows("classes")}
    return np.array([KINDS.index(kinds[name]) for name in world().classes])


@cache
def group_shares() -> Array:
    """Return the shares of the groups of reasons, one row a kind of leaver.

    Support staff and all staff have the shares printed; the others' own shares are
    known or guessed, and what they leave over is that of support staff in
    substantive posts, and of all the rest.
    """
    given = _given()
    leavers = _expected_leavers()
    shares = np.zeros((len(KINDS), len(GROUPS)))
    for place, name in (
        (2, "doctor"),
        (3, "doctor_training"),
        (4, "bank"),
        (5, "bank"),
    ):
        shares[place] = given[name]
    support = leavers[0] + leavers[4]
    shares[0] = (given["support"] * support - shares[4] * leavers[4]) / leavers[0]
    known = (leavers[[0, 2, 3, 4, 5]][:, None] * shares[[0, 2, 3, 4, 5]]).sum(axis=0)
    shares[1] = (given["all"] * leavers.sum() - known) / leavers[1]
    shares = np.maximum(shares, 0.0)
    return shares / shares.sum(axis=1, keepdims=True)


def _given() -> dict[str, Array]:
    shares: dict[str, Array] = {}
    for row in rows("reason_groups"):
        place = shares.setdefault(row["reason_class"], np.zeros(len(GROUPS)))
        place[GROUPS.index(row["group"])] = float(row["share"]) / 100.0
    return shares


def _expected_leavers() -> Array:
    """Return leavers of a year by kind, from the chances; for weights only."""
    w = world()
    bank_rate = values("classes", "staff_class", "bank_only_per_head")
    per_head = values("classes", "staff_class", "fte_per_head")
    many = np.zeros(len(KINDS))
    for cell in range(len(w.names)):
        name = w.classes[w.staff_class[cell]]
        heads = w.fte[cell] / per_head[name]
        monthly = float((age_shares(w.family[cell]) * flows().leave[cell]).sum())
        many[_kind_of_class()[w.staff_class[cell]]] += heads * monthly * 12
        bank = heads * bank_rate[name] * _BANK_LEAVE
        many[4 if w.support[cell] else 5] += bank
    return many


@cache
def _finer_shares() -> Array:
    """Return shares of reasons within a group: rest, support, and bank's other.

    Resigning has printed shares for support staff and for all staff; the rest have
    what is left over.
    """
    names = reasons()
    read = {
        (name, group): _reason_row(name, group)
        for name in ("any", "all", "support", "bank")
        for group in GROUPS
    }
    resigned = GROUPS.index("voluntary_resignation")
    many = _expected_leavers() * group_shares()[:, resigned]
    support = many[0] + many[4]
    shares = np.zeros((len(GROUPS) * 2 + 1, len(names)))
    for place, group in enumerate(GROUPS):
        shares[place * 2] = read["any", group]
        shares[place * 2 + 1] = read["any", group] + read["support", group]
    left_over = read["all", "voluntary_resignation"] * many.sum()
    left_over = left_over - read["support", "voluntary_resignation"] * support
    shares[resigned * 2] = np.maximum(left_over, 0.0)
    shares[-1] = read["bank", "other"]
    return shares


def _reason_row(name: str, group: str) -> Array:
    shares = np.zeros(len(reasons()))
    for row in rows("reasons"):
        if (row["reason_class"], row["group"]) == (name, group):
            shares[reasons().index(row["reason"])] = float(row["share"]) / 100.0
    return shares
