"""Indicators of the equality standards from counts by group, with their intervals.

One sign rule: a relative likelihood above 1, or a difference above 0, is to the
disadvantage of black and minority ethnic staff or of disabled staff in what is sought
(appointment, training) and in what is feared (disciplinary process, harassment).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.measures.closed import closed_row, fraction_row
from skillmix.schema.equality import (
    APPOINTED,
    DISABILITY,
    ETHNIC_GROUP,
    TRAINED,
)
from skillmix.schema.results import Fitted
from skillmix.statistics.estimators import Interval
from skillmix.statistics.intervals import (
    miettinen_nurminen_difference,
    newcombe_difference,
    score_ratio,
)

PAIRS: Mapping[str, tuple[str, str]] = {
    ETHNIC_GROUP: ("white", "bme"),
    DISABILITY: ("not_disabled", "disabled"),
}
SOUGHT = (APPOINTED, TRAINED)
# Answers that people wish for; of the others, more is worse.
GOOD_ANSWERS = (
    *("bullying_reported", "fair_progression", "work_valued", "adjustments_made"),
)
BOARD, WORKFORCE = "board", "workforce"
Row = Mapping[str, Any]
Counts = dict[tuple[Any, ...], tuple[int, int]]


def fit_processes(rows: Sequence[Row]) -> list[Fitted]:
    """Give each group's rate, and how the two groups of a standard compare.

    Args:
        rows: Cells by year, process, characteristic and group.
    """
    by = ("year", "process", "characteristic", "equality_group")
    found = _counts(rows, by)
    out = [
        fraction_row(dict(zip(by, k, strict=True)), "rate", *n)
        for k, n in found.items()
    ]
    return out + _set_beside(found, by, "likelihood", score_ratio, good=SOUGHT)


def fit_answers(rows: Sequence[Row]) -> list[Fitted]:
    """Give each group's share of an answer, and the difference to its disadvantage."""
    by = ("year", "question", "characteristic", "equality_group")
    found = _counts(rows, by)
    out = [
        fraction_row(dict(zip(by, k, strict=True)), "share", *n)
        for k, n in found.items()
    ]
    gap = miettinen_nurminen_difference
    return out + _set_beside(found, by, "difference", gap, good=GOOD_ANSWERS)


def _set_beside(
    found: Counts,
    by: Sequence[str],
    measure: str,
    formula: Callable[..., Interval],
    *,
    good: Collection[str],
) -> list[Fitted]:
    """Set the two groups of each standard beside each other, by the one sign rule.

    Args:
        found: Cases and people by year, what was asked, standard and group.
        by: Names of those keys.
        measure: What the comparison is called.
        formula: From the cases and people of two groups to the comparison.
        good: What is to a group's advantage where it happens more often.
    """
    out: list[Fitted] = []
    for year, asked, standard in dict.fromkeys(key[:3] for key in found):
        reference, other = PAIRS[standard]
        first = found.get((year, asked, standard, reference))
        second = found.get((year, asked, standard, other))
        if first is None or second is None:
            continue
        four = (*first, *second) if asked in good else (*second, *first)
        keys = dict(zip(by, (year, asked, standard, other), strict=True))
        out.append(closed_row(keys, measure, formula, four, people=four[1] + four[3]))
    return out


def fit_boards(rows: Sequence[Row]) -> list[Fitted]:
    """Give each group's share of the board and of the workforce, and the difference.

    Args:
        rows: Cells by seats ("voting", "executive" or "workforce"), characteristic and
            group, with `people`.
    """
    every: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row["seats"], row["characteristic"])
        every[key] = every.get(key, 0) + int(row["people"])
    mine = {
        (r["seats"], r["characteristic"], r["equality_group"]): int(r["people"])
        for r in rows
    }
    out: list[Fitted] = []
    for (seats, standard), all_seats in every.items():
        groups = (*PAIRS[standard], "not_known")
        for group in groups if seats != WORKFORCE else ():
            keys = {
                "seats": seats,
                "characteristic": standard,
                "equality_group": group,
            }
            four = (
                mine.get((seats, standard, group), 0),
                all_seats,
                mine.get((WORKFORCE, standard, group), 0),
                every.get((WORKFORCE, standard), 0),
            )
            out.append(fraction_row(keys, BOARD, *four[:2]))
            out.append(fraction_row(keys, WORKFORCE, *four[2:]))
            out.append(
                closed_row(
                    keys, "difference", newcombe_difference, four, people=four[1]
                )
            )
    return out


def _counts(rows: Sequence[Row], by: tuple[str, ...]) -> Counts:
    return {
        tuple(row[key] for key in by): (int(row["cases"]), int(row["people"]))
        for row in rows
        if row["people"]
    }


def answered(table: ir.Table) -> ir.Table:
    """Give whole people from a percentage and its base, rounded half up."""
    given = table.filter(table.percent.notnull() & (table.base > 0))
    share = given.percent.cast("float64") / 100.0
    return given.mutate(
        cases=(share * given.base + 0.5).floor().cast("int64"),
        people=given.base.cast("int64"),
    )


def by_standard(posts: ir.Table, race: ir.Value, declared: ir.Value) -> ir.Table:
    """Give every post twice: by ethnic group, and by disability."""
    parts = [
        posts.mutate(
            characteristic=ibis.literal(standard), equality_group=group
        ).select("characteristic", "equality_group", "employer", "headcount")
        for standard, group in ((ETHNIC_GROUP, race), (DISABILITY, declared))
    ]
    return parts[0].union(parts[1])
