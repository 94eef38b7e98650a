"""Where a review stands: the PRISMA flow and the next record, from the log alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from skillmix.literature.flow import Flow
from skillmix.literature.screening.agreement import (
    CONFLICT,
    PENDING,
    outcomes,
    reasons,
)
from skillmix.literature.screening.log import (
    EXCLUDE,
    FULL_TEXT,
    INCLUDE,
    NOT_RETRIEVED,
    TITLE_ABSTRACT,
    UNSURE,
    Decision,
)

OPEN = (PENDING, CONFLICT, UNSURE)
NO_REASON = "reason not given"


def flow_of(
    found: Flow,
    records: Sequence[str],
    decisions: Sequence[Decision],
    *,
    screeners: int = 2,
) -> Flow:
    """Carry a search's flow on through screening.

    Args:
        found: The flow up to screening.
        records: Ids of the publications to screen.
        decisions: The log.
        screeners: How many must decide each record.
    """
    first = outcomes(decisions, TITLE_ABSTRACT, records, screeners)
    counts = Counter(first.values())
    sought = [i for i in records if first[i] == INCLUDE]
    second = outcomes(decisions, FULL_TEXT, sought, screeners)
    full = Counter(second.values())
    why = Counter(
        reasons(decisions, FULL_TEXT, i) or NO_REASON
        for i in sought
        if second[i] == EXCLUDE
    )
    return replace(
        found,
        excluded=counts[EXCLUDE],
        pending=sum(counts[kind] for kind in OPEN),
        sought=len(sought),
        not_retrieved=full[NOT_RETRIEVED],
        assessed=len(sought) - full[NOT_RETRIEVED],
        excluded_full=dict(sorted(why.items(), key=lambda r: (-r[1], r[0]))),
        pending_full=sum(full[kind] for kind in OPEN),
        included=full[INCLUDE],
    )


def to_screen(
    records: Sequence[str],
    decisions: Sequence[Decision],
    stage: str,
    screener: str,
) -> list[str]:
    """Return the records a screener has not decided at a stage, in order."""
    done = {
        d.record_id for d in decisions if d.stage == stage and d.screener == screener
    }
    return [i for i in records if i not in done]


def labels(
    records: Sequence[str], decisions: Sequence[Decision], stage: str = TITLE_ABSTRACT
) -> list[bool | None]:
    """Return what is known of each record's relevance, for ranking.

    Where screeners differ, a record counts as relevant: it will be read again.
    """
    told: dict[str, set[str]] = {}
    for decision in decisions:
        if decision.stage == stage:
            told.setdefault(decision.record_id, set()).add(decision.decision)
    return [
        None if not told.get(i) else bool(told[i] & {INCLUDE, UNSURE}) for i in records
    ]
