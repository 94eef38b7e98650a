"""The screener's desk: what to read now, what helps to decide it, and the log."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

import numpy as np

from skillmix.literature.dedupe.groups import Group
from skillmix.literature.flow import Flow
from skillmix.literature.match import Occurrence
from skillmix.literature.screening.agreement import (
    CONFLICT,
    Agreement,
    agreement,
    outcomes,
)
from skillmix.literature.screening.criteria import (
    Criterion,
    Suggestion,
    criteria_from,
    suggest,
)
from skillmix.literature.screening.log import (
    CONSENSUS,
    FULL_TEXT,
    INCLUDE,
    OTHER,
    TITLE_ABSTRACT,
    Decision,
    checked,
    latest,
)
from skillmix.literature.screening.progress import flow_of, labels, to_screen
from skillmix.literature.screening.ranking import Features, features, ranked
from skillmix.literature.screening.stopping import Recall, random_sample, recall
from skillmix.literature.search import Search

# Another seed, another sample and another order before anything is known.
SEED = 2020
# What was read is learnt from anew after so many decisions.
BATCH = 10
Order = Literal["found", "likely", "sample"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """In which order a screener reads.

    Attributes:
        order: "found" (as the search gives them), "likely" (the likeliest first) or
            "sample" (a random sample of what nobody had read).
        drawn_at: For a sample: how many decisions the log held when it was drawn.
            With the log, the size and the seed it can be drawn again.
        size: For a sample: how many were drawn.
    """

    order: Order = "found"
    drawn_at: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One publication on the desk.

    Attributes:
        group: The publication.
        suggestions: What the criteria suggest of it.
        occurrences: Which term matched where.
        left: How many the screener has still to read, this one included.
        done: How many the screener has decided.
    """

    group: Group
    suggestions: tuple[Suggestion, ...]
    occurrences: tuple[Occurrence, ...]
    left: int
    done: int


@dataclass(slots=True, kw_only=True)
class Desk:
    """A search being screened by several people at once.

    Attributes:
        search: What was found.
        screeners: How many must decide each record.
        log: Every decision, in order.
    """

    search: Search
    screeners: int = 2
    log: list[Decision] = field(default_factory=list[Decision])
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _features: Features | None = None
    _learnt: tuple[tuple[Decision, ...], list[str]] | None = None

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The inclusion criteria of the strategy."""
        return criteria_from(self.search.strategy.criteria)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons an exclusion may have: the criteria, or another in a note."""
        return (*(c.id for c in self.criteria), OTHER)

    @property
    def ids(self) -> list[str]:
        """Ids of the publications to screen, in order."""
        return [g.preferred.record_id for g in self.search.groups]

    def at(self, stage: str) -> list[str]:
        """Return the publications that have come to a stage."""
        if stage == TITLE_ABSTRACT:
            return self.ids
        first = outcomes(self.decisions(), TITLE_ABSTRACT, self.ids, self.screeners)
        return [i for i in self.ids if first[i] == INCLUDE]

    def next(self, stage: str, screener: str, way: Way | None = None) -> Sheet | None:
        """Return what a screener reads next; None when all is read.

        Args:
            stage: The stage.
            screener: Who reads; `consensus` reads what screeners differ on.
            way: In which order; as the search found them if not given.
        """
        here = self.conflicts(stage) if screener == CONSENSUS else self.at(stage)
        present = self._ordered(here, way or Way())
        left = to_screen(present, self.decisions(), stage, screener)
        if not left:
            return None
        group = next(g for g in self.search.groups if g.preferred.record_id == left[0])
        return Sheet(
            group=group,
            suggestions=suggest(group.preferred, self.criteria),
            occurrences=self.search.occurrences(group),
            left=len(left),
            done=len(present) - len(left),
        )

    def conflicts(self, stage: str) -> list[str]:
        """Return the publications that screeners differ on, and nobody has settled."""
        came = outcomes(self.decisions(), stage, self.at(stage), self.screeners)
        return [i for i, what in came.items() if what == CONFLICT]

    def said(self, record: str, stage: str) -> list[Decision]:
        """Return what each screener last said of a publication at a stage."""
        mine = (
            d for d in self.decisions() if (d.record_id, d.stage) == (record, stage)
        )
        return list(latest(mine).values())

    def agreements(self, stage: str) -> list[Agreement]:
        """Return how well each two screeners agree, by name."""
        log = self.decisions()
        names = sorted({d.screener for d in log if d.stage == stage} - {CONSENSUS})
        found = [agreement(log, stage, a, b) for a, b in combinations(names, 2)]
        return [one for one in found if one.both]

    def recall(self, way: Way) -> Recall | None:
        """Estimate how much has been found, from a sample read so far.

        The sample is read in the order drawn, so its first part is a sample too.

        Returns:
            The estimate, or None if no sample was drawn.
        """
        if way.order != "sample":
            return None
        before = labels(self.ids, self.decisions()[: way.drawn_at])
        now = dict(zip(self.ids, labels(self.ids, self.decisions()), strict=True))
        told = [now[i] for i in self._sample(way)]
        read = told.index(None) if None in told else len(told)
        return recall(
            found=before.count(True),
            unread=before.count(None),
            sampled=read,
            relevant_in_sample=told[:read].count(True),
        )

    def _ordered(self, present: Sequence[str], way: Way) -> list[str]:
        if way.order == "found":
            return list(present)
        chosen = self._sample(way) if way.order == "sample" else self._likeliest()
        here = set(present)
        return [i for i in chosen if i in here]

    def _sample(self, way: Way) -> list[str]:
        ids = self.ids
        before = labels(ids, self.decisions()[: way.drawn_at])
        unread = [n for n, label in enumerate(before) if label is None]
        rng = np.random.default_rng([SEED, way.drawn_at])
        return [ids[n] for n in random_sample(unread, way.size, rng)]

    def _likeliest(self) -> list[str]:
        """Return all publications, the likeliest first, learning after each batch."""
        log = self.decisions()
        known = log[: len(log) - len(log) % BATCH]
        if self._learnt is None or self._learnt[0] != known:
            if self._features is None:
                records = [g.preferred for g in self.search.groups]
                self._features = features(records)
            rng = np.random.default_rng(SEED)
            ids = self.ids
            order = ranked(self._features, labels(ids, known), rng)
            self._learnt = (known, [ids[n] for n in order])
        return self._learnt[1]

    def decide(self, decision: Decision) -> None:
        """Add a decision to the log.

        Raises:
            InvalidRowsError: If it breaks a rule of the log.
        """
        self.take([decision])

    def take(self, decisions: Sequence[Decision]) -> None:
        """Add decisions, such as those of an earlier log; all or none.

        Raises:
            InvalidRowsError: If one breaks a rule of the log.
        """
        kept = checked(decisions, reasons=self.reasons, where="screening")
        with self._lock:
            self.log.extend(kept)

    def undo(self, screener: str, stage: str) -> bool:
        """Take back a screener's last decision at a stage; whether there was one."""
        with self._lock:
            for place in range(len(self.log) - 1, -1, -1):
                told = self.log[place]
                if (told.screener, told.stage) == (screener, stage):
                    del self.log[place]
                    return True
        return False

    def decisions(self) -> tuple[Decision, ...]:
        """Return the log as it stands."""
        with self._lock:
            return tuple(self.log)

    def flow(self) -> Flow:
        """Return the PRISMA flow as it stands."""
        return flow_of(
            self.search.flow, self.ids, self.decisions(), screeners=self.screeners
        )


STAGES_IN_WORDS = {TITLE_ABSTRACT: "title and abstract", FULL_TEXT: "full text"}
