"""Groups of people by characteristic, each with the group it is compared with.

The groups stand in `characteristics.csv`: every value of the record, the group it is
shown in, and whether that is the reference, a group compared with it, or people whose
characteristic the record does not hold. A group's slug tells its characteristic, so
that "other" is never ambiguous.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.measures.ages import age_band

WIDE_AGES = ((30, "under_30"), (45, "30_44"), (60, "45_59"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristic:
    """A characteristic's groups.

    Attributes:
        name: The column that holds it.
        groups: Each value of the record with the group it is shown in.
        reference: The group that others are compared with.
        not_known: The group of people whose characteristic is not held.
    """

    name: str
    groups: Mapping[str, str]
    reference: str
    not_known: str


@cache
def characteristics() -> Mapping[str, Characteristic]:
    """Return every characteristic by name."""
    text = files("skillmix.measures").joinpath("characteristics.csv").read_text("utf-8")
    rows = list(csv.DictReader(StringIO(text)))
    found: dict[str, Characteristic] = {}
    for name in dict.fromkeys(row["characteristic"] for row in rows):
        mine = [row for row in rows if row["characteristic"] == name]
        part = {row["part"]: row["group"] for row in mine}
        found[name] = Characteristic(
            name=name,
            groups={row["value"]: row["group"] for row in mine},
            reference=part["reference"],
            not_known=part["not_known"],
        )
    return found


def group_of(table: ir.Table, name: str) -> ir.Value:
    """Return the group of each person; values no list holds are not known."""
    one = characteristics()[name]
    value = wide_age(table.age) if name == "age" else table[name]
    return ibis.cases(
        *((value == held, ibis.literal(group)) for held, group in one.groups.items()),
        else_=one.not_known,
    )


def wide_age(age: Any) -> ir.Value:
    """Return the age group used for comparisons, wide so that cells are not small."""
    return age_band(age, WIDE_AGES)


def by_characteristic(table: ir.Table, names: Sequence[str]) -> ir.Table:
    """Return the table once for each characteristic, with `characteristic`, `group`."""
    parts = [
        table.mutate(
            characteristic=ibis.literal(name, "string"),
            group=group_of(table, name).cast("string"),
        )
        for name in names
    ]
    return ibis.union(*parts)
