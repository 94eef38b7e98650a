"""The cube, the year pairs and the bases of the rates.

One cube and one table of pairs feed almost every analysis, because scanning the
staff record again for each question costs three to four times as much. Rejected:
staging a wide snapshot of every column first, which costs more than it saves.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.cohorts.definitions import in_mental_health_trusts
from skillmix.derive.classified import (
    as_at_month,
    in_place,
    in_post,
    is_in_post,
    look_up,
    squares,
    typed,
    with_flags,
    with_like_codes,
    year_before,
)
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

_CUBE_DERIVED = (
    *("posts", "headcount", "fte", "fte_squares"),
    *("paid_fte", "paid_fte_squares", "earnings", "earnings_squares"),
    *("in_mental_health_services", "in_mental_health_trusts"),
)


def workforce_count(
    staff: StaffMonth,
    occupations: OccupationCode,
    areas: AreaOfWork,
    employers: Employer,
    scope: Scope,
) -> ir.Table:
    """Count posts, people and FTE of every month by the shared dimensions."""
    posts = in_place(in_post(staff), employers, scope)
    if scope.employer is None:
        posts = with_like_codes(posts, occupations, areas, employers)
    pounds = (posts.earnings // 100).cast("int64").fill_null(0)
    posts = posts.mutate(
        squares=squares(posts.fte), pounds=pounds, paid=posts.earnings.notnull()
    )
    codes = ["month", "occupation_code", "area_of_work", "employer", "band", "paid"]
    cells = posts.group_by(codes).agg(
        posts=lambda t: t.count(),
        headcount=lambda t: t.main_post.cast("int64").sum(),
        fte=lambda t: t.fte.sum(),
        fte_squares=lambda t: t.squares.sum(),
        earnings=lambda t: t.earnings.sum().fill_null(0),
        earnings_squares=lambda t: (
            (t.pounds * t.pounds / t.fte.cast("float64").nullif(0.0))
            .round()
            .cast("int64")
            .sum()
            .fill_null(0)
        ),
    )
    sums = cells.columns[len(codes) :]
    cells = with_flags(cells, occupations, areas, employers, scope)
    by = [c for c in WorkforceCount.columns() if c not in _CUBE_DERIVED]
    cube = cells.group_by(by).agg(
        **{name: cells[name].sum() for name in sums},
        # Pay is not known of every post: its denominator is the FTE it is known of.
        paid_fte=cells.fte.sum(where=cells.paid).fill_null(0),
        paid_fte_squares=cells.fte_squares.sum(where=cells.paid).fill_null(0),
    )
    cube = cube.mutate(
        fte_squares=cube.fte_squares / 10_000.0,
        paid_fte_squares=cube.paid_fte_squares / 10_000.0,
        in_mental_health_services=cube.by_occupation_code | cube.by_area_of_work,
        in_mental_health_trusts=in_mental_health_trusts(cube),
    )
    return typed(cube, WorkforceCount)


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
    month = as_at_month(scope)
    posts = in_post(staff).filter(lambda t: t.month.isin([month, year_before(month)]))
    posts = with_flags(posts, occupations, areas, employers, scope)
    posts = _with_roles(posts, roles)
    posts = look_up(posts, ethnicities, "ethnicity", ethnic_group="not_stated")
    posts = posts.mutate(
        in_mental_health_services=posts.by_occupation_code | posts.by_area_of_work,
        in_mental_health_trusts=in_mental_health_trusts(posts),
        in_footnote_6_settings=posts.footnote_6_setting,
        headcount=posts.main_post.cast("int64"),
        fte_squares=squares(posts.fte) / 10_000.0,
    )
    return typed(posts, Post, sums=False)


_NOT_OF_PAIRS = ("post_id", "job_title", "fte", "basic_pay", "earnings")


def year_pair(
    staff: StaffMonth,
    occupations: OccupationCode,
    areas: AreaOfWork,
    roles: JobRole,
    ethnicities: EthnicCategory,
    employers: Employer,
    scope: Scope,
) -> ir.Table:
    """Follow the people of a year ago, at their main posts, to the as-at month.

    Those of the workforce, and all of the service: nobody asks about the others, who
    are the larger part of a national record. From the record and not from `Post`,
    whose every column of every post costs more than a second look.
    """
    month = as_at_month(scope)
    people = in_post(staff).filter(lambda t: t.main_post).drop(_NOT_OF_PAIRS)
    then = people.filter(people.month == ibis.literal(year_before(month), "date"))
    then = with_flags(then, occupations, areas, employers, scope)
    then = then.filter(then.of_interest | then.in_service)
    start = look_up(
        _with_roles(then, roles), ethnicities, "ethnicity", ethnic_group="not_stated"
    )
    now = people.filter(people.month == ibis.literal(month, "date"))
    now = with_flags(now, occupations, areas, employers, scope)
    end = _with_roles(now, roles).select(
        end_person="person_id",
        end_employer="employer",
        end_staff_group="staff_group",
        end_band="band",
        end_job_role="job_role",
        end_role_category="role_category",
        end_registered="registered",
        end_training="training",
        end_in_service="in_service",
        end_of_interest="of_interest",
    )
    pairs = start.left_join(end, start.person_id == end.end_person)
    return typed(pairs.mutate(stayed=pairs.end_person.notnull()), YearPair)


def _with_roles(posts: ir.Table, roles: ir.Table) -> ir.Table:
    """Look up job roles; a training role makes a training post, whatever its code."""
    posts = look_up(posts, roles, "job_role", role_category="not_support")
    return posts.mutate(training=posts.training | (posts.role_category == "training"))


def joined(posts: Post, scope: Scope) -> ir.Table:
    """Tell which people in post in the as-at month were not there a year before."""
    month = as_at_month(scope)
    people = posts.filter(posts.main_post)
    now = people.filter(people.month == month)
    before = people.filter(people.month == year_before(month)).select(
        was_person="person_id"
    )
    pairs = now.left_join(before, now.person_id == before.was_person)
    return typed(pairs.mutate(was_in_post=pairs.was_person.notnull()), Joined)


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
    lost_by_post = absences.select("month", "post_id", lost="fte_days_lost")
    # Joined before the code lists are looked up: one post in ten has an absence. Who
    # is in post is told after the join: told before, engines take the record for the
    # smaller side of it, and hash 25 million posts instead of 5 million absences.
    here = in_place(staff, employers, scope)
    absent = here.inner_join(lost_by_post, ["month", "post_id"])
    absent = absent.mutate(there=is_in_post(absent))
    absent = with_flags(absent, occupations, areas, employers, scope)
    lost = absent.group_by(by).agg(lost=lambda t: t.lost.sum(where=t.there))
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
    return typed(
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
    month = as_at_month(scope)
    year = leavers.filter(
        (leavers.month > year_before(month)) & (leavers.month <= month)
    )
    year = with_flags(year, occupations, areas, employers, scope)
    year = look_up(
        year, reasons, "reason", reason_group="unknown", resignation_group="none"
    )
    by = [c for c in LeaverCount.columns() if c != "headcount"]
    return typed(year.group_by(by).agg(headcount=lambda t: t.count()), LeaverCount)
