"""How many new support workers complete the Care Certificate, and how soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.derive.classified import as_at_month, year_before
from skillmix.figures.chart import Chart
from skillmix.measures.careers import YEAR, counted_people
from skillmix.measures.closed import fraction_row
from skillmix.measures.life_tables import competing
from skillmix.schema.careers import CareerMonth
from skillmix.schema.results import Fitted, Published
from skillmix.schema.scope import Scope
from skillmix.schema.staff import Competence
from skillmix.schema.values import CARE_CERTIFICATE, CARE_STANDARDS
from skillmix.words.caveats import (
    CARE_CERTIFICATE_RECORDS,
    CARE_CERTIFICATE_START,
    EXPERIMENTAL,
    SERVICE_DEFINITION,
)
from skillmix.words.contrast import contrast
from skillmix.words.when import the_year

BY = ("in_service", "event", "time", "window")
# The Care Certificate is expected within twelve weeks of starting.
WEEKS_ALLOWED = 12
# Nobody who starts within the year is followed much beyond the last of these.
WEEKS = (4, 8, WEEKS_ALLOWED, 16, 26, 39)
WEEK = 7
MID_MONTH = 15
# Days from the opening month to a day that never comes.
NEVER = 1_000_000


def fit(cells: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Give who held it before, the share within the window, and the curves."""
    out: list[Fitted] = []
    for flag in dict.fromkeys(cell["in_service"] for cell in cells):
        mine = [cell for cell in cells if cell["in_service"] == flag]
        held, within, later = (
            sum(int(c["people"]) for c in mine if c[key] == value)
            for key, value in (
                ("event", "held_before"),
                ("window", "within"),
                ("window", "not_within"),
            )
        )
        everyone = sum(int(cell["people"]) for cell in mine)
        at_start = {"in_service": flag, "weeks_since": 0}
        in_time = {"in_service": flag, "weeks_since": WEEKS_ALLOWED}
        out.append(fraction_row(at_start, "held_before", held, everyone))
        out.append(fraction_row(in_time, "within_window", within, within + later))
    new = [cell for cell in cells if cell["event"] != "held_before"]
    return out + competing(
        new,
        keys=("in_service",),
        measures={"certificate": "completed", "left": "left_without"},
        at=WEEKS,
        since="weeks_since",
    )


def narrate(published: Published) -> str:
    """Give the shares within the window, after half a year, and before starting."""
    window, half, before = (
        contrast(published, measure, "percent", 0, weeks_since=weeks)
        for measure, weeks in (
            ("within_window", WEEKS_ALLOWED),
            ("completed", 26),
            ("held_before", 0),
        )
    )
    return (
        f"Of people new in a support post in {the_year(published)} and still in it "
        f"after the {WEEKS_ALLOWED} weeks in which the Care Certificate is expected, "
        f"the share who had completed it by then was {window}. Of all who started "
        f"without it, the share who had completed it there by week 26 was {half}. "
        f"The share who held it before they started was {before}."
    )


@analysis(
    title="The Care Certificate and its twelve weeks",
    keys=("in_service", "weeks_since"),
    measures={
        "within_window": Measure(
            label="Care Certificate within twelve weeks",
            unit="percent",
            denominator="new support workers without it at the start who were still in "
            "post, and in the record, twelve weeks later",
            method="Wilson score interval",
        ),
        "completed": Measure(
            label="Care Certificate by then",
            unit="percent",
            denominator="new support workers without it at the start",
            method="Aalen-Johansen with leaving as the competing event, interval on "
            "the complementary log-log",
        ),
        "left_without": Measure(
            label="Left without it by then",
            unit="percent",
            denominator="new support workers without it at the start",
            method="Aalen-Johansen, interval on the complementary log-log",
        ),
        "held_before": Measure(
            label="Held it before starting",
            unit="percent",
            denominator="new support workers",
            method="Wilson score interval",
        ),
    },
    chart=Chart(
        kind="dots",
        x="weeks_since",
        colour="in_service",
        measure="completed",
        only={"measure": "completed"},
    ),
    narrate=narrate,
    definition=(
        "People of the workforce in their first month in a support post of an employer "
        "within the year, by their main post then. Who was there in an earlier month "
        "of the year, if only on leave or on the bank, is not new; a person counts for "
        "the first such start. Only employers that have any record of the Care "
        "Certificate. It is completed on the day of the whole certificate, or on which "
        "the last of its fifteen standards was achieved, whichever is earlier; within "
        "twelve weeks is at most 84 days after the first day. Leaving is being in no "
        "support post of that employer in any later month, put at the middle of the "
        "first of them. Who started late is followed for less (censored). Who held it "
        "before the first day is counted apart."
    ),
    caveats=(
        CARE_CERTIFICATE_RECORDS,
        CARE_CERTIFICATE_START,
        SERVICE_DEFINITION,
        EXPERIMENTAL,
    ),
    capabilities=("ROLE-12",),
    model=Model(by=BY, fit=fit),
)
def care_certificate(
    months: CareerMonth, records: Competence, scope: Scope
) -> ir.Table:
    """How many new support workers complete the Care Certificate in twelve weeks?"""
    known = _certificates(records, scope)
    # Whichever employer recorded it: who brings one from elsewhere holds it before.
    people = known.group_by("person_id").agg(done=lambda t: t.done.min())
    told = known.select("person_id", "employer", "told_start")
    new = _starters(months, records)
    both = new.left_join(told, ["person_id", "employer"])
    both = both.drop("person_id_right", "employer_right")
    both = both.left_join(people, "person_id")
    named = _followed(both, scope)
    # Who started in the last days of the record is followed for no whole week.
    some = named.filter((named.time > 0) | (named.event == "held_before"))
    counted = some.group_by(list(BY)).agg(people=lambda t: t.count())
    return counted_people(counted, keys=BY, measure="starters")


def _certificates(records: ir.Table, scope: Scope) -> ir.Table:
    """Give who completed it, and when, in days since the opening month."""
    day = _days(records.achieved_on, scope).fill_null(NEVER)
    told = records.mutate(
        day=day,
        whole=records.competence == CARE_CERTIFICATE,
        start=_days(records.started_on, scope),
    )
    people = told.group_by(["person_id", "employer"]).agg(
        at_once=lambda t: t.day.min(where=t.whole).fill_null(NEVER),
        standards=lambda t: (~t.whole).cast("int64").sum(),
        last_standard=lambda t: t.day.max(where=~t.whole),
        told_start=lambda t: t.start.max(),
    )
    singly = (people.standards == len(CARE_STANDARDS)).ifelse(
        people.last_standard, NEVER
    )
    return people.mutate(done=ibis.least(people.at_once, singly))


def _starters(months: ir.Table, records: ir.Table) -> ir.Table:
    """Give the first start of each person at an employer with records."""
    there = months.filter(months.counted | ~months.in_post)
    post = ["person_id", "employer"]
    # Nearly everybody was there in the opening month: the few others are grouped.
    before = there.filter(there.step == 0).select(post)
    spans = (
        there.filter(there.step > 0)
        .anti_join(before, post)
        .group_by(post)
        .agg(
            first_step=lambda t: t.step.min(),
            last_step=lambda t: t.step.max(),
            in_service=lambda t: t.in_service.argmin(t.step),
            counted=lambda t: t.counted.argmin(t.step),
        )
    )
    began = spans.filter(spans.counted).semi_join(records, "employer")
    order = [began.first_step, began.employer]
    place = ibis.row_number().over(group_by="person_id", order_by=order)
    return began.mutate(place=place).filter(lambda t: t.place == 0)


def _followed(new: ir.Table, scope: Scope) -> ir.Table:
    """Tell what came first, in which week, and how the window ended."""
    days = _dated(new, scope)
    event = ibis.cases(
        (days.done < days.start, ibis.literal("held_before")),
        (days.done <= days.until, ibis.literal("certificate")),
        (days.gone < NEVER, ibis.literal("left")),
        else_="none",
    )
    lasted = ibis.cases(
        (event == "certificate", days.done),
        (event == "left", days.gone),
        else_=days.final,
    )
    days = days.mutate(event=event, lasted=lasted - days.start)
    watched = (days.deadline <= days.final) & (days.gone > days.deadline)
    held = days.event == "held_before"
    return days.mutate(
        window=ibis.cases(
            (held | ~watched, ibis.literal("not_watched")),
            (days.done <= days.deadline, ibis.literal("within")),
            else_="not_within",
        ),
        # An event of the first day is of the first week; who is followed for six
        # days is followed for none.
        time=ibis.cases(
            (held, ibis.literal(0)),
            (days.event == "none", days.lasted // WEEK),
            else_=ibis.greatest((days.lasted + WEEK - 1) // WEEK, 1),
        ),
    )


def _dated(new: ir.Table, scope: Scope) -> ir.Table:
    """Put start, end and completion of each start in days since the opening month."""
    begins = _first_days(scope)
    month, following = (_of_step(new.first_step + n, begins) for n in (0, 1))
    in_month = (new.told_start >= month) & (new.told_start < following)
    start = in_month.fill_null(ibis.literal(value=False)).ifelse(
        new.told_start, month + MID_MONTH
    )
    final = begins[YEAR + 1] - 1
    left = new.last_step < YEAR
    gone = _of_step(new.last_step + 1, begins) + MID_MONTH
    # Who was last seen in May may have completed it in June, and left after that.
    until = _of_step(new.last_step + 2, begins) - 1
    return new.mutate(
        start=start,
        final=ibis.literal(final, "int64"),
        gone=left.ifelse(gone, NEVER),
        until=left.ifelse(until, final),
        done=new.done.fill_null(NEVER),
        deadline=start + WEEKS_ALLOWED * WEEK,
    )


def _days(day: ir.Column, scope: Scope) -> ir.IntegerColumn:
    opening = ibis.literal(year_before(as_at_month(scope)), "date")
    return day.delta(opening, unit="day").cast("int64")


def _first_days(scope: Scope) -> list[int]:
    """Return the first day of each step's month, in days since the opening month."""
    opening = year_before(as_at_month(scope))
    first = opening.year * YEAR + opening.month - 1
    months = [
        opening.replace(year=n // YEAR, month=n % YEAR + 1)
        for n in range(first, first + YEAR + 2)
    ]
    return [(month - opening).days for month in months]


def _of_step(step: ir.IntegerValue, days: Sequence[int]) -> ir.IntegerValue:
    return ibis.cases(
        *((step == n, ibis.literal(day, "int64")) for n, day in enumerate(days)),
        else_=ibis.literal(NEVER, "int64"),
    )
