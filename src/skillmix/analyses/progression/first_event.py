"""What happens first to staff of each band: promoted, retired or left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.careers import counted_people, month_of
from skillmix.measures.life_tables import first_events
from skillmix.measures.progression import STARTING_BANDS
from skillmix.schema.careers import FirstEvent
from skillmix.schema.results import Fitted, Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import EXPERIMENTAL, LEAVING_REASONS
from skillmix.words.contrast import told
from skillmix.words.when import year_to

KINDS = ("promoted", "rebanded", "retired", "left")
BY = ("band", "event", "month")


def fit(cells: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Give the incidence of each kind of event by band and month."""
    return first_events(cells, keys=("band",), kinds=KINDS)


def narrate(published: Published) -> str:
    """Say what has happened first to band 2 staff by the end of the year."""
    last = max((row["month"] for row in published.rows), default=None)
    up, retired, left = (
        told(
            published,
            f"{event} for {{}}",
            f"{event} for too few to show",
            measure="incidence",
            band="2",
            event=kind,
            month=last,
        )
        for kind, event in (
            ("promoted", "a move up"),
            ("retired", "retirement"),
            ("left", "leaving otherwise"),
        )
    )
    return (
        f"{year_to(published)}, the first thing to happen to band 2 staff in "
        f"{published.scope.service_short} was {up}, {retired} and {left}."
    )


@analysis(
    title="What happens first",
    keys=("band", "event", "month"),
    measures={
        "incidence": Measure(
            label="Share to whom it has happened first",
            unit="percent",
            denominator="people of the workforce at that band in the service a year "
            "before",
            method="Aalen-Johansen, interval on the complementary log-log",
        )
    },
    chart=Chart(
        kind="line", x="month", colour="event", measure="incidence", facet="band"
    ),
    narrate=narrate,
    definition=(
        "People of the workforce at bands 2 to 4 in the service a year before the "
        "as-at month, followed month by month to whatever comes first: a higher band "
        "(mass re-bandings apart), retirement, or leaving the record for another "
        "reason. The events compete: who retires can no longer be promoted, and is not "
        "treated as if promotion were only put off."
    ),
    caveats=(EXPERIMENTAL, LEAVING_REASONS),
    capabilities=("PROG-01", "RET-04", "REC-10"),
    model=Model(by=BY, fit=fit),
)
def first_event(events: FirstEvent, scope: Scope) -> ir.Table:
    """What happens first to staff: promotion, retirement or leaving?"""
    mine = events.filter(events.in_service & events.band.isin(STARTING_BANDS))
    named = mine.mutate(month=month_of(mine.step, scope))
    counted = named.group_by(list(BY)).agg(people=lambda t: t.people.sum())
    return counted_people(counted, keys=BY, measure="incidence")
