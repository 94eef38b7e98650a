"""The PRISMA 2020 flow, counted from what was read and decided and never typed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from skillmix.errors import DefinitionError
from skillmix.literature.record import Record

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Counts of the PRISMA 2020 diagram for new reviews; None means not done yet.

    Attributes:
        identified: Records by database, most first.
        duplicates: Records that stand for a publication another record stands for.
        outside: Publications the strategy does not find, left out by the program.
        screened: Publications whose title and abstract are to be read.
        excluded: Publications excluded on title and abstract.
        pending: Publications at that stage without a final decision.
        sought: Publications whose full text is wanted.
        not_retrieved: Those that could not be had.
        assessed: Full texts read.
        excluded_full: Full texts excluded, by reason.
        pending_full: Full texts without a final decision.
        included: Publications in the review.
    """

    identified: Mapping[str, int]
    duplicates: int
    outside: int
    screened: int
    excluded: int | None = None
    pending: int | None = None
    sought: int | None = None
    not_retrieved: int | None = None
    assessed: int | None = None
    excluded_full: Mapping[str, int] = field(default_factory=dict[str, int])
    pending_full: int | None = None
    included: int | None = None

    def __post_init__(self) -> None:
        """Refuse counts that do not add up.

        Raises:
            DefinitionError: If a box does not equal what flows into it.
        """
        wrong = [name for name, sides in self._balances() if sides[0] != sides[1]]
        if wrong:
            raise DefinitionError(
                f"The flow does not add up at: {', '.join(wrong)}.",
                remedy="Please report this: counts come from the log alone.",
            )

    def _balances(self) -> list[tuple[str, tuple[int, int]]]:
        total = sum(self.identified.values())
        checks = [("screened", (self.screened, total - self.duplicates - self.outside))]
        if self.excluded is not None and self.sought is not None:
            after = self.excluded + (self.pending or 0) + self.sought
            checks.append(("sought", (self.screened, after)))
        if self.assessed is not None and self.sought is not None:
            checks.append(
                ("assessed", (self.sought, self.assessed + (self.not_retrieved or 0)))
            )
        if self.included is not None and self.assessed is not None:
            out = sum(self.excluded_full.values()) + (self.pending_full or 0)
            checks.append(("included", (self.assessed, out + self.included)))
        return checks

    def as_dict(self) -> dict[str, Any]:
        """Return the counts as the JSON gives them."""
        return {
            "identified": sum(self.identified.values()),
            "identified_by_database": dict(self.identified),
            "duplicates_removed": self.duplicates,
            "outside_strategy": self.outside,
            "screened": self.screened,
            "excluded": self.excluded,
            "pending": self.pending,
            "sought": self.sought,
            "not_retrieved": self.not_retrieved,
            "assessed": self.assessed,
            "excluded_full_text": dict(self.excluded_full),
            "pending_full_text": self.pending_full,
            "included": self.included,
        }


def with_reasons_named(flow: Flow, criteria: Sequence[Mapping[str, Any]]) -> Flow:
    """Return a flow whose reasons are worded as the criteria, for people to read."""
    labels = {str(c.get("id")): f"Not: {c.get('label')}" for c in criteria}
    named = {labels.get(why, why): n for why, n in flow.excluded_full.items()}
    return replace(flow, excluded_full=named)


def by_database(records: Sequence[Record]) -> dict[str, int]:
    """Count records by database, most first."""
    counts = Counter(r.database or NOT_STATED for r in records)
    return dict(sorted(counts.items(), key=lambda c: (-c[1], c[0])))
