"""Care Certificates of new support workers: who completes one, and how soon.

Nothing printed says how many do; the shares are guesses, and the truth to judge an
estimate by. Days to completion follow a Weibull curve through the share wanted within
twelve weeks, whatever else happens to the person; who leaves first has none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from skillmix.schema.values import CARE_STANDARDS
from skillmix.synth.chance import Chance
from skillmix.synth.employers import employers
from skillmix.synth.people import People
from skillmix.synth.tables import Array, days_in, rows
from skillmix.synth.world import world

WINDOW = 84
# Days before the start on which holders completed it.
HELD_FROM, HELD_FOR = 30, 870
# One employer in ten records the standards singly, one in three gives no first day.
SINGLY, WITHOUT_START = 10, 3
# Standards are achieved over so many days by those who never complete the last one,
# longer than the record lasts; over so many before they started by holders.
SLOWLY, BEFORE = 600, 60
NEVER = 10**6
_EPOCH = dt.date(1970, 1, 1)
_NONE = np.zeros(0, dtype=np.int64)


@dataclass(slots=True, kw_only=True)
class Starts:
    """Starts in support posts, one array a column; days are counted from 1970.

    Attributes:
        key: Person and employer as one number.
        kind: Position in `kinds()`.
        started: First day.
        done: Day of completion if the person stays so long; `NEVER` for some.
        left: Day of leaving; `NEVER` for those still there.
    """

    key: Array
    kind: Array
    started: Array
    done: Array
    left: Array

    def __len__(self) -> int:
        """Return the number of starts."""
        return len(self.key)

    def add(self, more: Starts) -> None:
        """Put later starts after these."""
        for name in ("key", "kind", "started", "done", "left"):
            both = (getattr(self, name), getattr(more, name))
            setattr(self, name, np.concatenate(both))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """Rows of competence reports.

    Attributes:
        person: Number of the person.
        employer: Position in `employers.employers()`.
        standard: 0 for the whole certificate, else the number of the standard.
        achieved: Day of achieving it; `NEVER` where it is asked for and not achieved.
        started: First day; `NEVER` where the report does not say.
    """

    person: Array
    employer: Array
    standard: Array
    achieved: Array
    started: Array


class Learning:
    """What learning systems come to know of those who are new in support posts.

    Args:
        chance: Draws of a stream of its own, so that all else of the record is the
            same with it and without it.
    """

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._seen = _NONE
        self._last_day = 0
        self.starts = Starts(
            key=_NONE, kind=_NONE, started=_NONE, done=_NONE, left=_NONE
        )

    def pass_month(self, month: dt.date, people: People) -> None:
        """Note who is new in a support post, and who of those before is gone."""
        first = (month - _EPOCH).days
        here = _kind_of_cell()[people.cell] >= 0
        working = people.in_post()
        keys = _keys(people)
        # Who is on leave or on the bank is not gone, and not new when in post again.
        there = np.sort(keys[(here & working) | ~working])
        if self._last_day:
            self._let_go(there, first, days_in(month))
            new = np.flatnonzero(here & working & ~_among(keys, self._seen))
            self.starts.add(self._begin(people.keep(new), first, days_in(month)))
        self._seen = np.union1d(self._seen, there)
        self._last_day = first + days_in(month) - 1

    def reported(self) -> Reported:
        """Return what the reports hold on the last day of the record."""
        s = self.starts
        until = np.minimum(s.left, self._last_day)
        achieved = np.where(s.done <= until, s.done, NEVER)
        singly = _employer(s.key) % SINGLY == 0
        # Reports are of those still there, and keep what others had achieved.
        kept = np.flatnonzero(~singly & ((achieved < NEVER) | (s.left == NEVER)))
        who, standard, day = self._single_standards(np.flatnonzero(singly), until)
        place = np.concatenate((kept, who))
        told = _employer(s.key) % WITHOUT_START != 0
        return Reported(
            person=s.key[place] // _width(),
            employer=_employer(s.key)[place],
            standard=np.concatenate((np.zeros(len(kept), dtype=np.int64), standard)),
            achieved=np.concatenate((achieved[kept], day)),
            started=np.where(told, s.started, NEVER)[place],
        )

    def truth(self) -> Mapping[str, Any]:
        """Return what happened, by staff class, on true days."""
        s = self.starts
        held = s.done < s.started
        due = s.started + WINDOW
        watched = ~held & (due <= self._last_day) & (s.left > due)
        return {
            name: {
                "started": int((s.kind == kind).sum()),
                "held_before": int(((s.kind == kind) & held).sum()),
                "watched_for_12_weeks": int(((s.kind == kind) & watched).sum()),
                "of_these_within_12_weeks": int(
                    ((s.kind == kind) & watched & (s.done <= due)).sum()
                ),
            }
            for kind, name in enumerate(kinds())
        }

    def _let_go(self, there: Array, first: int, days: int) -> None:
        """Give a last day, anywhere in the month, to those who are gone."""
        s = self.starts
        gone = np.flatnonzero((s.left == NEVER) & ~_among(s.key, there))
        level = self._chance.levels(s.kind[gone], len(kinds()), "leaving day")
        s.left[gone] = np.maximum(
            first + (level * days).astype(np.int64), s.started[gone]
        )

    def _begin(self, new: People, first: int, days: int) -> Starts:
        """Draw the first day of each, and the day of completion."""
        kind = _kind_of_cell()[new.cell]

        def level(name: str) -> Array:
            return self._chance.levels(kind, len(kinds()), name)

        held_share, within, ever, shape = _curves()[:, kind]
        started = first + (level("first day") * days).astype(np.int64)
        brought = self._brought(new.person)
        held = (level("held before") < held_share) | (brought < started)
        before = started - HELD_FROM - (level("held for") * HELD_FOR).astype(np.int64)
        before = np.where(brought < started, brought, before)
        # The curve's scale is the one that has the share wanted within the window.
        scale = WINDOW / (-np.log(1 - within / ever)) ** (1 / shape)
        drawn = level("completion")
        completes = drawn < ever
        spent = -np.log1p(-np.where(completes, drawn, 0.0) / ever)
        after = started + np.ceil(scale * spent ** (1 / shape)).astype(np.int64)
        return Starts(
            key=_keys(new),
            kind=kind,
            started=started,
            done=np.where(held, before, np.where(completes, after, NEVER)),
            left=np.full(len(new), NEVER),
        )

    def _brought(self, person: Array) -> Array:
        """Return the day on which people completed it in an earlier start."""
        s = self.starts
        has = np.flatnonzero((s.done < NEVER) & (s.done <= s.left))
        has = has[np.argsort(s.key[has], kind="stable")]
        people = s.key[has] // _width()
        place = np.searchsorted(people, person)
        day = np.full(len(person), NEVER)
        known = _among(person, people)
        day[known] = s.done[has][place[known]]
        return day

    def _single_standards(self, who: Array, until: Array) -> tuple[Array, Array, Array]:
        """Spread standards over the days to the last; give those achieved."""
        s, many = self.starts, len(CARE_STANDARDS)
        done = np.where(s.done[who] < NEVER, s.done[who], s.started[who] + SLOWLY)
        begun = np.minimum(s.started[who], done - BEFORE)
        part = self._chance.rng.random((len(who), many))
        part /= part.max(axis=1, keepdims=True)
        day = begun[:, None] + np.ceil((done - begun)[:, None] * part).astype(np.int64)
        place, standard = np.nonzero(day <= until[who][:, None])
        return who[place], standard + 1, day[place, standard]


def kinds() -> tuple[str, ...]:
    """Return the staff classes that have a curve."""
    return tuple(row["staff_class"] for row in rows("care_certificates"))


def _curves() -> Array:
    names = ("held_before", "within_12_weeks", "ever", "shape")
    return np.array([[float(r[n]) for r in rows("care_certificates")] for n in names])


def _kind_of_cell() -> Array:
    """Return the position in `kinds()` of support posts, and -1 of others."""
    w = world()
    place = np.array([kinds().index(n) if n in kinds() else -1 for n in w.classes])
    return np.where(w.support, place[w.staff_class], -1)


def _keys(people: People) -> Array:
    return people.person.astype(np.int64) * _width() + people.employer


def _employer(key: Array) -> Array:
    return key % _width()


def _width() -> int:
    return len(employers().codes)


def _among(keys: Array, ordered: Array) -> Array:
    """Tell which keys are among those of an ordered list."""
    place = np.searchsorted(ordered, keys)
    found = np.zeros(len(keys), dtype=bool)
    inside = place < len(ordered)
    found[inside] = ordered[place[inside]] == keys[inside]
    return found
