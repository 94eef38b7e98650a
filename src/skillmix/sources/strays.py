"""Rows of an extract that are no record: totals, notes, and the heading again."""

from __future__ import annotations

from collections.abc import Mapping

from skillmix.sources.fields import NOTHING_TO_DO, Check, literal, quoted
from skillmix.sources.mapping import always_column

_TOTAL = r"(?i)(.*\b)?(sub-?|grand )?totals?:?"


def strays(columns: Mapping[str, str]) -> tuple[Check, ...]:
    """Return the rules by which rows that are no record are left out, and counted.

    Args:
        columns: The extract's column of every item it has.
    """
    always = {always_column(item) for item in columns}
    cells = {
        name: quoted(f"file_{name}") for name in columns.values() if name not in always
    }
    who = cells[columns["person" if "person" in columns else "post"]]
    total = " OR ".join(
        f"regexp_full_match({cell}, {literal(_TOTAL)})" for cell in cells.values()
    )
    filled = " + ".join(f"({cell} IS NOT NULL)::INT" for cell in cells.values())
    again = [f"lower({cell}) = {literal(n.lower())}" for n, cell in cells.items()]
    return (
        Check(
            rule="a total, a note or an empty row; left out",
            column="",
            # By cases, because patterns are slow and nearly every row has somebody.
            broken=f"CASE WHEN {who} IS NULL THEN {total} OR {filled} <= 1"
            f" WHEN contains(lower({who}), 'total')"
            f" THEN regexp_full_match({who}, {literal(_TOTAL)}) END",
            remedy=NOTHING_TO_DO,
            intended=True,
        ),
        Check(
            rule="the heading again among the rows; left out",
            column="",
            broken=f"CASE WHEN {again[0]} THEN {' AND '.join(again)} END",
            remedy=NOTHING_TO_DO,
            intended=True,
        ),
    )
