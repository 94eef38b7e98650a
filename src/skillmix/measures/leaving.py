"""Reasons for leaving, of the workforce of interest beside all staff."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.measures.cells import share

VOLUNTARY = "voluntary_resignation"


def share_of_reasons(leavers: ir.Table, reason: str) -> ir.Table:
    """Give the share of leavers who left for each reason, mine and everybody's.

    Args:
        leavers: Rows of `LeaverCount`, all of them or those who resigned.
        reason: The column that tells the reason.
    """
    mine = leavers.filter(leavers.of_interest)
    named = mine.mutate(series=ibis.literal("workforce")).union(
        leavers.mutate(series=ibis.literal("all_staff"))
    )
    return share(
        named,
        by=("series", reason),
        within=("series",),
        measure="share",
        of="headcount",
    )


def resigned(leavers: ir.Table) -> ir.Table:
    """Keep those who resigned of their own accord."""
    return leavers.filter(leavers.reason_group == VOLUNTARY)
