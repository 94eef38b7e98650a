"""Stocks and flows of a year, which must balance: per group and in total.

Every person's FTE in a group, a year ago and now, is one line of the account: they
joined, left, moved in, moved out, or changed their hours. Opening and closing stocks
come from the monthly cube, by another path, and must be met by the flows exactly.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from skillmix.derive.classified import (
    as_at_month,
    in_post,
    look_up,
    typed,
    year_before,
)
from skillmix.derive.record_rules import in_year
from skillmix.schema.careers import Flow, FlowLine, Movement
from skillmix.schema.derived import Post, WorkforceCount
from skillmix.schema.lookups import LeavingReason
from skillmix.schema.scope import Scope
from skillmix.schema.staff import Leaver, StaffMonth

ALL = "all"
GROUPINGS = ("service", "staff_group")
INWARD = ("joined", "moved_in")


def flow_line(
    posts: Post,
    staff: StaffMonth,
    leavers: Leaver,
    reasons: LeavingReason,
    scope: Scope,
) -> ir.Table:
    """Give each person's people and FTE in each group, a year ago and now.

    Where joiners came from, and what became of leavers, is looked up for them alone.
    """
    now = posts.month == ibis.literal(as_at_month(scope), "date")
    lines = posts.group_by("person_id", **groupings(posts)).agg(
        people_before=posts.headcount.sum(where=~now).fill_null(0),
        people_now=posts.headcount.sum(where=now).fill_null(0),
        fte_before=posts.fte.sum(where=~now).fill_null(0),
        fte_now=posts.fte.sum(where=now).fill_null(0),
    )
    # Not as a window over the lines: engines then make the lines twice.
    there = posts.group_by("person_id").agg(was_there=(~now).any(), is_there=now.any())
    lines = lines.inner_join(there, "person_id")
    stayers = lines.filter(lines.was_there & lines.is_there)
    joiners = lines.filter(~lines.was_there)
    leaving = lines.filter(~lines.is_there)
    origins = _origins(joiners, staff, scope)
    fates = _fates(staff, leavers, reasons, scope)
    joined = joiners.left_join(origins, joiners.person_id == origins.origin_person)
    left = leaving.left_join(fates, leaving.person_id == fates.fate_person)
    return ibis.union(
        *(
            typed(lines, FlowLine, sums=False)
            for lines in (
                stayers.mutate(detail=ibis.literal("")),
                joined.mutate(detail=joined.origin.fill_null("from_outside")),
                left.mutate(detail=left.fate.fill_null("reason_not_recorded")),
            )
        )
    )


def movement(lines: FlowLine) -> ir.Table:
    """Sum what joined, moved, changed hours and left, by grouping and group."""
    parts = [typed(_summed(lines, grouping), Movement) for grouping in GROUPINGS]
    return ibis.union(*parts, typed(_in_total(parts[0]), Movement))


def flow(moves: Movement, counts: WorkforceCount, scope: Scope) -> ir.Table:
    """Set the flows between the opening and the closing stock."""
    month = as_at_month(scope)
    stocks = [
        _stock(counts, when=when, flow=name)
        for name, when in (("opening", year_before(month)), ("closing", month))
    ]
    return ibis.union(typed(moves, Flow), *stocks)


def balances(moves: Movement, counts: WorkforceCount, scope: Scope) -> ir.Table:
    """Find groups whose flows do not lead from the opening to the closing stock."""
    month = as_at_month(scope)
    opening = _stock(counts, when=year_before(month), flow="opening")
    closing = _stock(counts, when=month, flow="closing")
    signed = ibis.union(
        typed(moves, Flow),
        opening,
        typed(closing.mutate(people=-closing.people, fte=-closing.fte), Flow),
    )
    left = signed.group_by("grouping", "group").agg(
        people=lambda t: t.people.sum(), fte=lambda t: t.fte.sum()
    )
    off = left.filter((left.people != 0) | (left.fte != 0))
    return off.select(
        place=off.grouping + ibis.literal(" ") + off.group,
        people_do_not_balance=off.people.abs(),
        fte_does_not_balance=off.fte.abs().ceil().cast("int64"),
    )


def groupings(table: ir.Table) -> Mapping[str, ir.StringValue]:
    """Return how posts, or cells of the cube, are put into groups."""
    service = ibis.cases(
        (~table.of_interest, ibis.literal("other_staff")),
        (table.in_service, ibis.literal("in_service")),
        else_="elsewhere",
    )
    return {"service": service, "staff_group": table.staff_group}


def _summed(lines: ir.Table, grouping: str) -> ir.Table:
    """Say what each line of one grouping is, for people and for FTE, and sum."""
    amounts = ("people_before", "people_now", "fte_before", "fte_now")
    by = ["person_id", "group", "was_there", "is_there", "detail"]
    grouped = lines.mutate(group=lines[grouping]).group_by(by)
    mine = grouped.agg(**{n: ibis._[n].sum() for n in amounts})
    people = mine.people_now - mine.people_before
    fte = mine.fte_now - mine.fte_before
    hours = (mine.fte_before > 0) & (mine.fte_now > 0)
    of_people = mine.select(
        group=mine.group,
        flow=_flow(mine, ibis.literal(value=False), people),
        detail=mine.detail,
        people=people,
        fte=fte * 0,
    )
    of_fte = mine.select(
        group=mine.group,
        flow=_flow(mine, hours, fte),
        detail=mine.detail,
        people=people * 0,
        fte=fte,
    )
    told = of_people.union(of_fte)
    summed = told.group_by("group", "flow", "detail").agg(
        people=lambda t: t.people.sum(), fte=lambda t: t.fte.sum()
    )
    summed = summed.filter((summed.people != 0) | (summed.fte != 0))
    return summed.mutate(grouping=ibis.literal(grouping))


def _flow(
    lines: ir.Table, hours: ir.BooleanValue, change: ir.NumericValue
) -> ir.StringValue:
    return ibis.cases(
        (~lines.was_there, ibis.literal("joined")),
        (~lines.is_there, ibis.literal("left")),
        (hours, ibis.literal("hours")),
        (change > 0, ibis.literal("moved_in")),
        else_="moved_out",
    )


def _origins(joiners: ir.Table, staff: ir.Table, scope: Scope) -> ir.Table:
    """Tell where the record held joiners in, or before, the opening month."""
    opening = year_before(as_at_month(scope))
    then = _presence(staff, opening)
    earlier = staff.filter(staff.month < ibis.literal(opening, "date"))
    earlier = earlier.semi_join(joiners, "person_id")
    earlier = earlier.select("person_id").distinct().anti_join(then, "person_id")
    origin = then.in_post.ifelse("from_elsewhere", "from_leave_or_bank")
    return then.select(origin_person="person_id", origin=origin).union(
        earlier.select(
            origin_person="person_id", origin=ibis.literal("returned", "string")
        )
    )


def _fates(
    staff: ir.Table, leavers: ir.Table, reasons: ir.Table, scope: Scope
) -> ir.Table:
    """Tell where the record holds people in the as-at month, or why they left."""
    now = _presence(staff, as_at_month(scope))
    gone = in_year(leavers, scope).anti_join(now, "person_id")
    # Who left, came back and left again within the year left for the last reason.
    last = gone.group_by("person_id").agg(
        reason=lambda t: t.reason.argmax(t.month), months=lambda t: t.count()
    )
    told = look_up(last, reasons, "reason", reason_group="unknown")
    fate = now.in_post.ifelse("to_elsewhere", "to_leave_or_bank")
    return now.select(fate_person="person_id", fate=fate).union(
        told.select(fate_person="person_id", fate=told.reason_group)
    )


def _presence(staff: ir.Table, month: object) -> ir.Table:
    """Give everyone the record holds in a month, and whether they are in post."""
    rows = staff.filter((staff.month == ibis.literal(month, "date")) & staff.main_post)
    posts = in_post(rows).select("person_id").distinct().mutate(there=1)
    both = rows.select("person_id").left_join(
        posts.select(there_person="person_id", there="there"),
        rows.person_id == posts.person_id,
    )
    return both.select("person_id", in_post=both.there.notnull())


def _stock(counts: ir.Table, *, when: object, flow: str) -> ir.Table:
    at = counts.filter(counts.month == ibis.literal(when, "date"))
    parts: list[ir.Table] = []
    for grouping, group in {**groupings(at), ALL: ibis.literal(ALL)}.items():
        summed = at.group_by(group=group).agg(
            people=at.headcount.sum(), fte=at.fte.sum()
        )
        named = summed.mutate(
            grouping=ibis.literal(grouping),
            flow=ibis.literal(flow),
            detail=ibis.literal(""),
        )
        parts.append(typed(named, Flow))
    return ibis.union(*parts)


def _in_total(by_group: ir.Table) -> ir.Table:
    """Give the account of all staff: moves between groups are changes of hours."""
    kind = by_group.flow.isin(("moved_in", "moved_out")).ifelse("hours", by_group.flow)
    summed = by_group.group_by(flow=kind, detail=by_group.detail).agg(
        people=by_group.people.sum(), fte=by_group.fte.sum()
    )
    return summed.mutate(group=ibis.literal(ALL), grouping=ibis.literal(ALL)).select(
        *by_group.columns
    )
