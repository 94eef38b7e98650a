"""What the questions of the race and disability standards share."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.cohorts.definitions import in_place
from skillmix.derive.classified import look_up
from skillmix.measures.equality import PAIRS
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.words.contrast import told

SIGN_RULE = (
    "Above 1, or above 0 for a difference, is to the disadvantage of black and "
    "minority ethnic, or of disabled, people."
)


def in_scope(table: ir.Table, employers: ir.Table, scope: Scope) -> ir.Table:
    """Keep the rows of the employers of the scope's place."""
    placed = look_up(table, employers, "employer", region="QZZ", icb="QZZ")
    return in_place(placed, scope)


def pair_of(
    published: Published, standard: str, said: str, *, measure: str, **keys: str | int
) -> str:
    """Say a rate of a standard's two groups, for example of white and BME applicants.

    Args:
        published: The result.
        standard: "ethnic_group" or "disability".
        said: What happened, in words, for example "were appointed".
        measure: The measure of the rates.
        keys: What else tells the rows.
    """
    named = {
        "white": "white people",
        "bme": "black and minority ethnic people",
        "not_disabled": "people who are not disabled",
        "disabled": "disabled people",
    }
    parts = [
        told(
            published,
            f"{{}} of {named[group]}",
            f"too few {named[group]} to show",
            measure=measure,
            characteristic=standard,
            equality_group=group,
            **keys,
        )
        for group in PAIRS[standard]
    ]
    return f"{parts[0]} and {parts[1]} {said}"
