"""Boards beside the workforce they lead (WRES indicator 9, WDES metric 10)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.analyses.equality import in_scope
from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.careers import counted_people
from skillmix.measures.cells import together
from skillmix.measures.equality import WORKFORCE, by_standard, fit_boards
from skillmix.measures.standards import declared, race
from skillmix.schema.derived import Post
from skillmix.schema.equality import BoardSeat
from skillmix.schema.lookups import Employer
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import STANDARDS_AS_UNDERSTOOD, UNDISCLOSED
from skillmix.words.contrast import told
from skillmix.words.when import in_month

BY = ("seats", "characteristic", "equality_group")
VOTING, EXECUTIVE = "voting", "executive"


def narrate(published: Published) -> str:
    """Set voting members beside the workforce, for both standards."""
    sentences: list[str] = []
    for group, words in (
        ("bme", "from black and minority ethnic groups"),
        ("disabled", "disabled"),
    ):
        board, staff = (
            told(
                published,
                f"{{}} of {who}",
                f"too few {few} to show",
                measure=measure,
                seats=VOTING,
                equality_group=group,
            )
            for measure, who, few in (
                ("board", "voting board members", "voting board members"),
                ("workforce", "their staff", "of their staff"),
            )
        )
        sentences.append(f"{board} and {staff} were {words}")
    return f"{in_month(published)}, {'; '.join(sentences)}."


@analysis(
    title="Boards beside their workforce (WRES 9, WDES 10)",
    keys=BY,
    measures={
        "difference": Measure(
            label="Share of the board less share of the workforce",
            unit="points",
            denominator="board members, and staff of the same employers",
            method="Newcombe interval of a difference",
        ),
        "board": Measure(
            label="Share of board members",
            unit="percent",
            denominator="board members with such seats, not known among them",
            method="Wilson score interval",
        ),
        "workforce": Measure(
            label="Share of the workforce",
            unit="percent",
            denominator="all staff in post of the same employers, by main post, not "
            "known among them",
            method="Wilson score interval",
        ),
    },
    chart=Chart(
        kind="dots",
        x="equality_group",
        colour="characteristic",
        facet="seats",
        measure="difference",
        order="list",
    ),
    narrate=narrate,
    definition=(
        "Members of the boards of the scope's employers, in the latest year given up "
        "to the as-at month's, less the share of all staff in post of the same "
        "employers in the as-at month. Above 0, the group has more of the board than "
        "of the workforce. People whose group is not known count in both "
        "denominators."
    ),
    caveats=(UNDISCLOSED, STANDARDS_AS_UNDERSTOOD),
    capabilities=("PROG-14",),
    model=Model(by=BY, fit=fit_boards),
)
def equality_boards(
    seats: BoardSeat, posts: Post, employers: Employer, scope: Scope
) -> ir.Table:
    """Do boards look like the workforce that they lead?"""
    mine = in_scope(seats, employers, scope)
    if scope.month is not None:
        mine = mine.filter(mine.year <= scope.month.year)
    mine = mine.filter(mine.year == mine.year.max())
    told_of = [
        mine.filter(mine[kind]).mutate(seats=ibis.literal(kind))
        for kind in (VOTING, EXECUTIVE)
    ]
    boards = told_of[0].union(told_of[1]).mutate(headcount=lambda t: t.members)
    now = posts.filter(posts.month == ibis.literal(scope.month))
    now = now.semi_join(mine, "employer")
    staff = by_standard(now, race(now), declared(now)).mutate(
        seats=ibis.literal(WORKFORCE)
    )
    return together(*(_counted(table) for table in (boards, staff)))


def _counted(table: ir.Table) -> ir.Table:
    counted = table.group_by(list(BY)).agg(people=lambda t: t.headcount.sum())
    return counted_people(counted, keys=BY, measure="people")
