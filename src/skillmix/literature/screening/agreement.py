"""How well two screeners agree, where they do not, and what a stage comes to."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skillmix.literature.screening.log import (
    CONSENSUS,
    EXCLUDE,
    INCLUDE,
    NOT_RETRIEVED,
    UNSURE,
    Decision,
    latest,
)

QUANTILE_95 = 1.959963984540054
PENDING, CONFLICT = "pending", "conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Cohen's kappa of two screeners over the records both decided.

    Attributes:
        screeners: The two.
        both: Records both decided.
        observed: Share on which they agree.
        expected: Share on which they would agree by chance.
        kappa: Agreement beyond chance; None if chance alone would agree always.
        conf_low: Lower end of its 95% interval (Fleiss, Cohen and Everitt 1969).
        conf_high: Upper end.
        conflicts: Records on which they differ.
    """

    screeners: tuple[str, str]
    both: int
    observed: float
    expected: float
    kappa: float | None
    conf_low: float | None
    conf_high: float | None
    conflicts: tuple[str, ...]


def agreement(
    decisions: Iterable[Decision], stage: str, one: str, two: str
) -> Agreement:
    """Compare two screeners at a stage, each by the last decision on a record."""
    last = latest(d for d in decisions if d.stage == stage)
    ids = sorted(
        {i for i, _, s in last if s == one} & {i for i, _, s in last if s == two}
    )
    pairs = [(last[i, stage, one].decision, last[i, stage, two].decision) for i in ids]
    conflicts = tuple(i for i, (a, b) in zip(ids, pairs, strict=True) if a != b)
    observed, expected, error = _kappa_parts(pairs)
    kappa = (observed - expected) / (1 - expected) if expected < 1 and pairs else None
    return Agreement(
        screeners=(one, two),
        both=len(pairs),
        observed=observed,
        expected=expected,
        kappa=kappa,
        conf_low=None if kappa is None else max(-1.0, kappa - QUANTILE_95 * error),
        conf_high=None if kappa is None else min(1.0, kappa + QUANTILE_95 * error),
        conflicts=conflicts,
    )


def outcomes(
    decisions: Sequence[Decision], stage: str, records: Sequence[str], screeners: int
) -> dict[str, str]:
    """Return what a stage comes to for each record.

    Consensus settles a record; else all of the screeners asked for must have decided
    and agree. Anything else is "pending" or "conflict".

    Args:
        decisions: The log.
        stage: The stage.
        records: Ids of the records at it.
        screeners: How many screeners the protocol asks for.
    """
    last = latest(d for d in decisions if d.stage == stage)
    by_record: dict[str, dict[str, str]] = {}
    for (record, _, screener), decision in last.items():
        by_record.setdefault(record, {})[screener] = decision.decision
    return {i: _outcome(by_record.get(i, {}), screeners) for i in records}


def reasons(decisions: Sequence[Decision], stage: str, record: str) -> str:
    """Return the reason for which a record is out: of consensus, else the first."""
    last = latest(d for d in decisions if d.stage == stage and d.record_id == record)
    found = [d for d in last.values() if d.decision == EXCLUDE]
    found.sort(key=lambda d: d.screener != CONSENSUS)
    return found[0].reason if found else ""


def _outcome(given: dict[str, str], screeners: int) -> str:
    settled = given.get(CONSENSUS)
    if settled in (INCLUDE, EXCLUDE, NOT_RETRIEVED):
        return settled
    told = [d for s, d in given.items() if s != CONSENSUS]
    if len(told) < screeners:
        return CONFLICT if len(set(told)) > 1 else PENDING
    if len(set(told)) > 1:
        return CONFLICT
    return told[0] if told[0] != UNSURE else PENDING


def _kappa_parts(pairs: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """Return observed and expected agreement and the standard error of kappa."""
    n = len(pairs)
    if not n:
        return 0.0, 0.0, 0.0
    cells = Counter(pairs)
    first, second = (Counter(p[side] for p in pairs) for side in (0, 1))
    kinds = sorted(set(first) | set(second))
    observed = sum(cells[k, k] for k in kinds) / n
    expected = sum(first[k] * second[k] for k in kinds) / n**2
    if expected >= 1:
        return observed, expected, 0.0
    # Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72, equation 13.
    on = sum(
        cells[k, k]
        / n
        * ((1 - expected) - (first[k] + second[k]) / n * (1 - observed)) ** 2
        for k in kinds
    )
    off = (1 - observed) ** 2 * sum(
        cells[a, b] / n * ((first[b] + second[a]) / n) ** 2
        for a in kinds
        for b in kinds
        if a != b
    )
    rest = (observed * expected - 2 * expected + observed) ** 2
    variance = (on + off - rest) / (n * (1 - expected) ** 4)
    return observed, expected, math.sqrt(max(0.0, variance))
