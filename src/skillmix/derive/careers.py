"""People of the workforce followed from snapshot to snapshot through a year.

One person-level table is made and kept in the engine; everything an analysis reads
is counted from it. People are followed wherever they go in the record, so a move out
of the scope's region is not taken for leaving.
"""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from skillmix.cohorts.definitions import of_interest
from skillmix.derive.classified import (
    as_at_month,
    in_post,
    is_in_post,
    look_up,
    typed,
    with_flags,
    year_before,
)
from skillmix.derive.record_rules import in_year
from skillmix.measures.progression import rank
from skillmix.schema.careers import (
    AWAY,
    LEFT,
    BandRaise,
    CareerMonth,
    CareerMove,
    CareerStep,
    Cohort,
    CohortMonth,
    FirstEvent,
    Starter,
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
from skillmix.schema.staff import Leaver, StaffMonth

YEAR = 12
HALF_YEAR = 6
# Ten people and a third of a band's holders in one month: at a usual one or two per
# cent a month, chance alone does that to no post of any NHS employer.
MASS_PEOPLE = 10
MASS_SHARE = 1 / 3
_STATE = ("band", "rank", "registered", "training", "role_category", "job_role")


def career_month(
    staff: StaffMonth,
    occupations: OccupationCode,
    areas: AreaOfWork,
    roles: JobRole,
    ethnicities: EthnicCategory,
    employers: Employer,
    scope: Scope,
) -> ir.Table:
    """Give all months of everyone who was in the workforce in one of them."""
    anywhere = replace(scope, region=None, icb=None, employer=None)
    posts = in_year(staff, scope).filter(lambda t: t.main_post)
    # People are picked before codes are looked up: they are a quarter of all staff.
    ever = _ever_counted(posts, occupations, employers, scope)
    posts = posts.semi_join(ever, "person_id")
    posts = with_flags(posts, occupations, areas, employers, anywhere)
    posts = look_up(posts, roles, "job_role", role_category="not_support")
    posts = look_up(posts, ethnicities, "ethnicity", ethnic_group="not_stated")
    there = is_in_post(posts)
    opening = year_before(as_at_month(scope))
    months = (posts.month.year() - opening.year) * YEAR
    posts = posts.mutate(
        in_post=there,
        counted=there & posts.of_interest & _in_place(posts, scope),
        step=months + posts.month.month() - opening.month,
        rank=rank(posts.band),
        training=posts.training | (posts.role_category == "training"),
    )
    return typed(posts, CareerMonth)


def career_move(months: CareerMonth) -> ir.Table:
    """Find changes of band or role from one month to the next."""
    before = months.filter(months.counted & (months.step < YEAR))
    after = months.filter(months.in_post).select(
        end_person="person_id",
        end_step="step",
        end_employer="employer",
        end_job_role="job_role",
        end_band="band",
        end_rank="rank",
    )
    both = before.inner_join(
        after,
        [before.person_id == after.end_person, before.step + 1 == after.end_step],
    )
    changed = both.filter(
        (both.band != both.end_band)
        | (both.job_role.fill_null("") != both.end_job_role.fill_null(""))
    )
    moved = changed.mutate(
        step=changed.end_step,
        moved_up=(changed.end_rank > changed.rank).fill_null(ibis.literal(value=False)),
    )
    return typed(moved, CareerMove)


def band_raise(months: CareerMonth, moves: CareerMove) -> ir.Table:
    """Set moves up within an employer and role beside those who could have moved."""
    post = ["employer", "job_role", "band", "step"]
    holders = months.filter(months.counted & (months.step < YEAR))
    holders = holders.mutate(step=holders.step + 1).group_by(post)
    there = holders.agg(holders=lambda t: t.count())
    raised = moves.filter(
        moves.moved_up
        & (moves.end_employer == moves.employer)
        & (moves.end_job_role.fill_null("") == moves.job_role.fill_null(""))
    )
    risen = raised.group_by([*post, "end_band"]).agg(moved=lambda t: t.count())
    both = risen.inner_join(
        there.select(
            *(there[n].name(f"there_{n}") for n in post), holders=there.holders
        ),
        [
            risen.employer == there.employer,
            risen.job_role.fill_null("") == there.job_role.fill_null(""),
            risen.band == there.band,
            risen.step == there.step,
        ],
    )
    mass = (both.moved >= MASS_PEOPLE) & (
        both.moved.cast("float64") >= both.holders.cast("float64") * MASS_SHARE
    )
    return typed(both.mutate(mass=mass), BandRaise)


def career_step(months: CareerMonth) -> ir.Table:
    """Count the steps of people of the workforce from month to month."""
    before = months.filter(months.counted & (months.step < YEAR))
    after = months.select(
        end_person="person_id",
        end_step="step",
        end_in_post="in_post",
        end_state="band",
        was_training="training",
        was_registered="registered",
    )
    both = before.left_join(
        after,
        [before.person_id == after.end_person, before.step + 1 == after.end_step],
    )
    there = both.end_in_post.fill_null(ibis.literal(value=False))
    both = both.mutate(
        end_band=_state(both.end_person, both.end_in_post, both.end_state),
        end_training=there & both.was_training.fill_null(ibis.literal(value=False)),
        end_registered=there & both.was_registered.fill_null(ibis.literal(value=False)),
    )
    by = [n for n in CareerStep.columns() if n != "people"]
    counted = both.group_by(by).agg(people=lambda t: t.count())
    return typed(counted, CareerStep)


def cohort(months: CareerMonth, moves: CareerMove, raises: BandRaise) -> ir.Table:
    """Follow the people of the opening month through the year, one row a person."""
    followed = _followed(months)
    up = followed.now_in_post & (followed.now_rank > followed.start_rank)
    reached = followed.group_by("person_id").agg(
        up_step=lambda t: t.now_step.min(where=up),
        last_step=lambda t: t.now_step.max(),
        middle=lambda t: t.now_state.max(where=t.now_step == HALF_YEAR),
        final=lambda t: t.now_state.max(where=t.now_step == YEAR),
    )
    start = months.filter((months.step == 0) & months.counted)
    people = start.inner_join(reached, "person_id")
    mass = _mass_moves(moves, raises)
    marked = people.left_join(
        mass,
        [people.person_id == mass.mass_person, people.up_step == mass.mass_step],
    )
    marked = marked.mutate(
        mass=marked.mass_person.notnull(),
        gone_step=(marked.last_step < YEAR).ifelse(
            marked.last_step + 1, ibis.null("int64")
        ),
        middle_band=marked.middle.fill_null(LEFT),
        final_band=marked.final.fill_null(LEFT),
    )
    return typed(marked, Cohort)


def cohort_month(months: CareerMonth) -> ir.Table:
    """Count where the people of the opening month are in each month after."""
    followed = _followed(months).filter(lambda t: t.now_step > 0)
    higher = followed.now_rank > followed.start_rank
    lower = followed.now_rank < followed.start_rank
    outcome = ibis.cases(
        (~followed.now_in_post, ibis.literal(AWAY)),
        (higher.fill_null(ibis.literal(value=False)), ibis.literal("higher")),
        (lower.fill_null(ibis.literal(value=False)), ibis.literal("lower")),
        else_="same",
    )
    named = followed.select(
        step=followed.now_step,
        in_service=followed.start_in_service,
        band=followed.start_band,
        training=followed.start_training,
        outcome=outcome,
    )
    by = [n for n in CohortMonth.columns() if n != "people"]
    return typed(named.group_by(by).agg(people=lambda t: t.count()), CohortMonth)


def first_event(
    people: Cohort, leavers: Leaver, reasons: LeavingReason, scope: Scope
) -> ir.Table:
    """Count what happened first to the people of the opening month.

    Moving up and leaving in one month's snapshots cannot both be first: who is not in
    the record in a month is seen at no higher band there.
    """
    gone = in_year(leavers, scope)
    gone = look_up(gone, reasons, "reason", reason_group="unknown")
    retired = gone.filter(gone.reason_group == "retirement")
    retired = retired.select(retired_person="person_id").distinct()
    told = people.left_join(retired, people.person_id == retired.retired_person)
    none = YEAR + 1
    up, off = told.up_step.fill_null(none), told.gone_step.fill_null(none)
    event = ibis.cases(
        ((up <= off) & (up < none) & told.mass, ibis.literal("rebanded")),
        ((up <= off) & (up < none), ibis.literal("promoted")),
        ((off < none) & told.retired_person.notnull(), ibis.literal("retired")),
        (off < none, ibis.literal("left")),
        else_="none",
    )
    told = told.mutate(event=event, step=ibis.least(up, off, YEAR))
    by = [n for n in FirstEvent.columns() if n != "people"]
    return typed(told.group_by(by).agg(people=lambda t: t.count()), FirstEvent)


def starter(months: CareerMonth, staff: StaffMonth, scope: Scope) -> ir.Table:
    """Count people who joined the workforce within the year, and how long they stay."""
    spans = months.group_by("person_id").agg(
        first=lambda t: t.step.min(), last=lambda t: t.step.max()
    )
    opening = ibis.literal(year_before(as_at_month(scope)), "date")
    late = spans.filter(spans["first"] > 0)
    # Of the years before, the rows of these few alone: a record can be of ten years.
    before = staff.filter(staff.month < opening).semi_join(late, "person_id")
    new = late.anti_join(before.select("person_id").distinct(), "person_id")
    spans = new.select(joined_person="person_id", first_step="first", last_step="last")
    joined = months.filter(months.counted).inner_join(
        spans,
        [months.person_id == spans.joined_person, months.step == spans.first_step],
    )
    left = joined.last_step < YEAR
    joined = joined.mutate(
        left=left, stayed=joined.last_step - joined.first_step + left.cast("int64")
    )
    by = [n for n in Starter.columns() if n != "people"]
    return typed(joined.group_by(by).agg(people=lambda t: t.count()), Starter)


def _ever_counted(
    posts: ir.Table, occupations: ir.Table, employers: ir.Table, scope: Scope
) -> ir.Table:
    """Find everyone who was once counted, by the fewest look-ups that tell."""
    posts = in_post(posts)
    posts = look_up(
        posts,
        occupations,
        "occupation_code",
        staff_group="unknown_classification",
        hands_on=False,
    )
    if scope.region is not None or scope.icb is not None:
        posts = look_up(posts, employers, "employer", region="QZZ", icb="QZZ")
    counted = posts.filter(of_interest(posts, scope) & _in_place(posts, scope))
    return counted.select("person_id").distinct()


def _in_place(posts: ir.Table, scope: Scope) -> ir.BooleanValue:
    inside = ibis.literal(value=True)
    if scope.employer is not None:
        inside = inside & (posts.employer == scope.employer)
    if scope.region is not None:
        inside = inside & (posts.region == scope.region)
    if scope.icb is not None:
        inside = inside & (posts.icb == scope.icb)
    return inside


def _followed(months: ir.Table) -> ir.Table:
    """Give every month of the people of the opening month, with how they started."""
    start = months.filter((months.step == 0) & months.counted).select(
        person_id=months.person_id,
        start_in_service=months.in_service,
        start_band=months.band,
        start_rank=months.rank,
        start_training=months.training,
    )
    now = months.select(
        now_person="person_id",
        now_step="step",
        now_in_post="in_post",
        now_rank="rank",
        now_state=months.in_post.ifelse(months.band, AWAY),
    )
    return start.inner_join(now, start.person_id == now.now_person)


def _mass_moves(moves: ir.Table, raises: ir.Table) -> ir.Table:
    """Find the people whose move was part of a mass re-banding, and its month."""
    mass = raises.filter(raises.mass).select(
        mass_employer="employer",
        mass_role=raises.job_role.fill_null(""),
        mass_band="band",
        mass_end="end_band",
        mass_month="step",
    )
    both = moves.inner_join(
        mass,
        [
            moves.employer == mass.mass_employer,
            moves.job_role.fill_null("") == mass.mass_role,
            moves.band == mass.mass_band,
            moves.end_band == mass.mass_end,
            moves.step == mass.mass_month,
        ],
    )
    same = both.filter(
        (both.end_employer == both.employer)
        & (both.end_job_role.fill_null("") == both.job_role.fill_null(""))
    )
    return same.select(mass_person="person_id", mass_step="step")


def _state(
    person: ir.Column, in_post: ir.BooleanColumn, band: ir.StringColumn
) -> ir.StringValue:
    """Return the band of those in post, and what the others are."""
    return ibis.cases(
        (person.isnull(), ibis.literal(LEFT)),
        (in_post, band),
        else_=AWAY,
    )
