"""Tables made from tables, once per run: the cube, the year pairs, the rates' bases.

One cube and one table of pairs feed almost every analysis, because scanning the
staff record again for each question costs three to four times as much. Rejected:
staging a wide snapshot of every column first, which costs more than it saves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.cohorts.definitions import (
    in_mental_health_trusts,
    in_service,
    of_interest,
)
from skillmix.schema import values
from skillmix.schema.derived import (
    Joined,
    LeaverCount,
    Post,
    SicknessCount,
    WorkforceCount,
    YearPair,
)
from skillmix.schema.lookups import (
    AreaOfWork,
    Employer,
    EthnicCategory,
    JobRole,
    LeavingReason,
    OccupationCode,
)
from skillmix.schema.scope import Scope
from skillmix.schema.staff import Absence, Leaver, StaffMonth
from skillmix.schema.table import Table
from skillmix.schema.way import Way, way


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """How a derived table is made, and whether it is worth keeping."""

    way: Way
    keep: bool


def year_before(month: dt.date) -> dt.date:
    """Return the same month of the year before."""
    return month.replace(year=month.year - 1)


def workforce_count(
    staff: StaffMonth,
    occupations: OccupationCode,
    areas: AreaOfWork,
    employers: Employer,
    scope: Scope,
) -> ir.Table:
    """Count posts, people and FTE of every month by the shared dimensions."""
    posts = _with_flags(_in_post(staff), occupations, areas, employers, scope)
    by = [c for c in WorkforceCount.columns() if c not in _CUBE_DERIVED]
    pounds = (posts.earnings // 100).cast("int64").fill_null(0)
    counted = posts.mutate(squares=_squares(posts.fte), pounds=pounds).group_by(by)
    cube = counted.agg(
        posts=lambda t: t.count(),
        headcount=lambda t: t.main_post.cast("int64").sum(),
        fte=lambda t: t.fte.sum(),
        fte_squares=lambda t: t.squares.sum(),
        earnings=lambda t: t.earnings.sum(),
        earnings_squares=lambda t: (
            (t.pounds * t.pounds / t.fte.cast("float64").nullif(0.0))
            .round()
            .cast("int64")
            .sum()
        ),
    )
    cube = cube.mutate(
        fte_squares=cube.fte_squares / 10_000.0,
        in_mental_health_services=cube.by_occupation_code | cube.by_area_of_work,
        in_mental_health_trusts=in_mental_health_trusts(cube),
    )
    return _typed(cube, WorkforceCount)


def post(
    staff: StaffMonth,
    occupations: OccupationCode,
    areas: AreaOfWork,
    roles: JobRole,
    ethnicities: EthnicCategory,
    employers: Employer,
    scope: Scope,
) -> ir.Table:
    """Give the posts of the as-at month and of a year before, classified."""
    month = _month(scope)
    posts = _in_post(staff).filter(lambda t: t.month.isin([month, year_before(month)]))
    posts = _with_flags(posts, occupations, areas, employers, scope)
    posts = _look_up(posts, roles, "job_role", role_category="not_support")
    posts = _look_up(posts, ethnicities, "ethnicity", ethnic_group="not_stated")
    posts = posts.mutate(
        training=posts.training | (posts.role_category == "training"),
        in_mental_health_services=posts.by_occupation_code | posts.by_area_of_work,
        in_mental_health_trusts=in_mental_health_trusts(posts),
        in_footnote_6_settings=posts.footnote_6_setting,
        headcount=posts.main_post.cast("int64"),
        fte_squares=_squares(posts.fte) / 10_000.0,
    )
    return _typed(posts, Post)


def year_pair(posts: Post, scope: Scope) -> ir.Table:
    """Follow the people of a year ago, at their main posts, to the as-at month."""
    month = _month(scope)
    people = posts.filter(posts.main_post)
    start = people.filter(people.month == year_before(month))
    end = people.filter(people.month == month).select(
        end_person="person_id",
        end_employer="employer",
        end_staff_group="staff_group",
        end_band="band",
        end_job_role="job_role",
        end_in_service="in_service",
        end_of_interest="of_interest",
    )
    pairs = start.left_join(end, start.person_id == end.end_person)
    return _typed(pairs.mutate(stayed=pairs.end_person.notnull()), YearPair)


def joined(posts: Post, scope: Scope) -> ir.Table:
    """Tell which people in post in the as-at month were not there a year before."""
    month = _month(scope)
    people = posts.filter(posts.main_post)
    now = people.filter(people.month == month)
    before = people.filter(people.month == year_before(month)).select(
        was_person="person_id"
    )
    pairs = now.left_join(before, now.person_id == before.was_person)
    return _typed(pairs.mutate(was_in_post=pairs.was_person.notnull()), Joined)


def sickness_count(
    staff: StaffMonth,
    absences: Absence,
    cube: WorkforceCount,
    occupations: OccupationCode,
    areas: AreaOfWork,
    employers: Employer,
    scope: Scope,
) -> ir.Table:
    """Sum FTE days lost, and available, by month and group.

    Days available are FTE times the days of the month, from the cube.
    """
    by = [*("month", "region", "employer_type", "staff_group", "in_service")]
    by = [*by, "of_interest"]
    per_post = absences.group_by("month", "post_id").agg(
        lost=lambda t: t.fte_days_lost.sum()
    )
    # Joined before the code lists are looked up: one post in ten has an absence.
    absent = _in_post(staff).inner_join(per_post, ["month", "post_id"])
    absent = _with_flags(absent, occupations, areas, employers, scope)
    lost = absent.group_by(by).agg(lost=lambda t: t.lost.sum())
    days = (
        (cube.month + ibis.interval(months=1))
        .cast("date")
        .delta(cube.month, unit="day")
    )
    available = (
        cube.mutate(available=cube.fte * days.cast("int64"))
        .group_by(by)
        .agg(
            headcount=lambda t: t.headcount.sum(), available=lambda t: t.available.sum()
        )
    )
    both = available.left_join(lost, by)
    return _typed(
        both.mutate(
            fte_days_lost=both.lost.fill_null(0), fte_days_available=both.available
        ),
        SicknessCount,
    )


def leaver_count(
    leavers: Leaver,
    occupations: OccupationCode,
    areas: AreaOfWork,
    employers: Employer,
    reasons: LeavingReason,
    scope: Scope,
) -> ir.Table:
    """Count the leavers of the year to the as-at month by reason."""
    month = _month(scope)
    year = leavers.filter(
        (leavers.month > year_before(month)) & (leavers.month <= month)
    )
    year = _with_flags(year, occupations, areas, employers, scope)
    year = _look_up(
        year, reasons, "reason", reason_group="unknown", resignation_group="none"
    )
    by = [c for c in LeaverCount.columns() if c != "headcount"]
    return _typed(year.group_by(by).agg(headcount=lambda t: t.count()), LeaverCount)


DERIVATIONS: Mapping[type[Table], Derivation] = {
    WorkforceCount: Derivation(way=way(workforce_count), keep=True),
    Post: Derivation(way=way(post), keep=True),
    YearPair: Derivation(way=way(year_pair), keep=True),
    Joined: Derivation(way=way(joined), keep=False),
    SicknessCount: Derivation(way=way(sickness_count), keep=True),
    LeaverCount: Derivation(way=way(leaver_count), keep=True),
}

_CUBE_DERIVED = (
    *("posts", "headcount", "fte", "fte_squares", "earnings", "earnings_squares"),
    *("in_mental_health_services", "in_mental_health_trusts"),
)


def _month(scope: Scope) -> dt.date:
    """Return the as-at month; unbound checks, which have none, take any."""
    return scope.month or dt.date(2020, 6, 1)


def _in_post(staff: ir.Table) -> ir.Table:
    """Keep staff in post: active, on a contract that counts, with a funded code."""
    return staff.filter(
        staff.status.isin(values.ACTIVE_STATUSES),
        staff.contract_type.isin(values.CORE_CONTRACTS),
        ~staff.occupation_code.startswith("Z"),
    )


def _with_flags(
    posts: ir.Table,
    occupations: ir.Table,
    areas: ir.Table,
    employers: ir.Table,
    scope: Scope,
) -> ir.Table:
    """Look up codes, area and employer; tell service, workforce and place."""
    if scope.employer is not None:
        posts = posts.filter(posts.employer == scope.employer)
    posts = _look_up(
        posts,
        occupations,
        "occupation_code",
        staff_group="unknown_classification",
        main_staff_group="unknown",
        care_setting="unknown",
        registered=False,
        training=False,
        hands_on=False,
        mental_health_code=False,
        footnote_6_setting=False,
        maternity_code=False,
    )
    posts = _look_up(
        posts,
        areas,
        "area_of_work",
        mental_health_area=False,
        maternity_area=False,
    )
    posts = _look_up(
        posts, employers, "employer", employer_type="unknown", region="QZZ"
    )
    if scope.region is not None:
        posts = posts.filter(posts.region == scope.region)
    return posts.mutate(
        in_service=in_service(posts, scope),
        of_interest=of_interest(posts, scope),
        by_occupation_code=posts.mental_health_code,
        by_area_of_work=posts.mental_health_area,
    )


def _look_up(posts: ir.Table, codes: ir.Table, key: str, **otherwise: Any) -> ir.Table:
    """Join a code list by its key; a code it lacks takes the value given."""
    looked = codes.select(
        **{f"{key}__code": codes[key]}, **{n: codes[n] for n in otherwise}
    )
    both = posts.left_join(looked, posts[key] == looked[f"{key}__code"])
    filled = {n: both[n].fill_null(ibis.literal(v)) for n, v in otherwise.items()}
    return both.mutate(**filled).drop(f"{key}__code")


def _squares(fte: ir.Column) -> ir.Column:
    """Square FTE in whole hundredths, so that sums are exact integers."""
    hundredths = (fte.cast("float64") * 100).round().cast("int64")
    return hundredths * hundredths


def _typed(table: ir.Table, target: type[Table]) -> ir.Table:
    """Select the target's columns in its types."""
    return table.select(
        **{
            name: table[name].cast(_WIDE.get(str(kind), kind))
            for name, kind in target.schema().items()
        }
    )


# Sums outgrow the column type of a single post.
_WIDE = {
    "!decimal(12, 5)": "decimal(38, 5)",
    "decimal(12, 5)": "decimal(38, 5)",
}
