"""Role pathways: the steps of a career, and how many people take each in a year."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.measures.careers import counted_people
from skillmix.measures.closed import fraction_row, share_of
from skillmix.measures.progression import moved_up
from skillmix.schema.results import Fitted
from skillmix.statistics.estimators import Interval

OTHER, LEFT, ANY = "other_role", "left", "any"
BY = ("node", "next_node", "moved_up")
Row = Mapping[str, Any]


@cache
def pathway_roles() -> Mapping[str, str]:
    """Return the step of the pathways that each job role stands for."""
    text = files("skillmix.measures").joinpath("pathway_roles.csv").read_text("utf-8")
    return {row["job_role"]: row["node"] for row in csv.DictReader(StringIO(text))}


def pathway_cells(pairs: ir.Table) -> ir.Table:
    """Give people by step a year ago, step now, and whether their band is higher."""
    named = pairs.mutate(
        node=_node(pairs.job_role),
        next_node=pairs.stayed.ifelse(_node(pairs.end_job_role), LEFT),
        moved_up=moved_up(pairs) & pairs.stayed,
    )
    known = named.filter(named.node != OTHER)
    counted = known.group_by(list(BY)).agg(people=lambda t: t.count())
    return counted_people(counted, keys=BY, measure="people")


def fit_pathways(rows: Sequence[Row]) -> list[Fitted]:
    """Give each step's shares going on, its years and its share moving up."""
    started: dict[str, int] = {}
    went: dict[tuple[str, str], int] = {}
    up: dict[str, int] = {}
    for row in rows:
        node, after, people = row["node"], row["next_node"], int(row["people"])
        started[node] = started.get(node, 0) + people
        went[node, after] = went.get((node, after), 0) + people
        up[node] = up.get(node, 0) + (people if row["moved_up"] else 0)
    out = [
        fraction_row(_keys(node, after), "share", people, started[node])
        for (node, after), people in sorted(went.items())
    ]
    for node, people in sorted(started.items()):
        stayed = went.get((node, node), 0)
        out += [
            fraction_row(_keys(node, ANY), "moved_up", up[node], people),
            fraction_row(
                _keys(node, ANY), "years", people - stayed, people, formula=_years
            ),
        ]
    return out


def _node(role: ir.Column) -> ir.Value:
    steps = pathway_roles()
    return ibis.cases(
        *(
            (
                role.isin([r for r, step in steps.items() if step == node]),
                ibis.literal(node),
            )
            for node in dict.fromkeys(steps.values())
        ),
        else_=OTHER,
    )


def _years(changed: int, people: int) -> Interval:
    """Return the mean years in a step from the share out of it after one.

    Leaving a step is taken to be as likely on any day, so the share left after a year
    is exp(-1/mean).
    """
    share = share_of(changed, people)
    return Interval(
        _mean_years(share.estimate),
        _mean_years(share.conf_high),
        _mean_years(share.conf_low),
    )


def _mean_years(share: float | None) -> float | None:
    if share is None or not 0 < share < 1:
        return None
    return -1 / math.log1p(-share)


def _keys(node: str, after: str) -> Row:
    return {"node": node, "next_node": after}
