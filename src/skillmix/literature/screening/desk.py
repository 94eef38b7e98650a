"""The screener's desk: what to read now, what helps to decide it, and the log."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from skillmix.literature.dedupe.groups import Group
from skillmix.literature.flow import Flow
from skillmix.literature.match import Occurrence
from skillmix.literature.screening.agreement import outcomes
from skillmix.literature.screening.criteria import (
    Criterion,
    Suggestion,
    criteria_from,
    suggest,
)
from skillmix.literature.screening.log import (
    FULL_TEXT,
    INCLUDE,
    OTHER,
    TITLE_ABSTRACT,
    Decision,
    checked,
)
from skillmix.literature.screening.progress import flow_of, to_screen
from skillmix.literature.search import Search


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

    def next(self, stage: str, screener: str) -> Sheet | None:
        """Return what a screener reads next; None when all is read."""
        present = self.at(stage)
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
