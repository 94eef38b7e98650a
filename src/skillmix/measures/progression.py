"""Moves between bands, among people in post at both ends of a year."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

RANKS = {
    **{str(n): n for n in range(1, 8)},
    **{"8a": 8, "8b": 9, "8c": 10, "8d": 11, "9": 12, "vsm": 13},
}
STARTING_BANDS = ("2", "3", "4")


def moved_up(pairs: ir.Table) -> ir.BooleanValue:
    """Tell people whose band a year later is higher than it was."""
    before, after = rank(pairs.band), rank(pairs.end_band)
    return (after > before).fill_null(ibis.literal(value=False))


def climbers(pairs: ir.Table) -> ir.Table:
    """Keep people of the workforce at bands 2 to 4 who were still in post."""
    return pairs.filter(
        pairs.of_interest & pairs.stayed & pairs.band.isin(STARTING_BANDS)
    )


def rank(band: ir.StringColumn) -> ir.IntegerColumn:
    """Return a band's place among the bands; none for posts that are on no band."""
    return ibis.cases(
        *((band == name, ibis.literal(rank, "int64")) for name, rank in RANKS.items()),
        else_=ibis.null("int64"),
    )
