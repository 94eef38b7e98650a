"""Where health care assistants of a year ago are now (Figure 16)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL, STAYERS_ONLY
from skillmix.words.contrast import told
from skillmix.words.when import in_month

ASSISTANTS = ("Healthcare Assistant", "Health Care Support Worker")
TRAINEE = "Trainee Nursing Associate"
TRAINEES = "trainee_nursing_associate"
PSYCHOLOGIST = "Assistant Psychologist"


def narrate(published: Published) -> str:
    """Say how many assistants were still assistants."""
    place = published.scope.service_short
    same = told(
        published,
        f"{{}} of health care assistants in {place} were in the same role",
        f"too few health care assistants of {place} were in the same role to show",
        measure="share",
        start_role="assistant",
        outcome="same_role",
    )
    trainee = told(
        published,
        "{} had become trainee nursing associates",
        "too few to show had become trainee nursing associates",
        measure="share",
        start_role="assistant",
        outcome=TRAINEES,
    )
    return f"{in_month(published)}, a year later, {same}; {trainee}."


def _printed(value: float, start: str, outcome: str, within: float = 0.005) -> Printed:
    row = {"start_role": start, "outcome": outcome}
    return Printed(value=value, within=within, row=row)


@analysis(
    title="Roles a year later",
    keys=("start_role", "outcome"),
    measures={
        "share": Measure(
            label="Share of people",
            unit="percent",
            denominator="people in that role in the service a year before and "
            "still in post",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="flow", x="start_role", y="outcome", measure="share"),
    narrate=narrate,
    definition=(
        "Headcount by main post: people in the role in the service a year before the "
        "as-at month and in post at both ends, by the job role they hold now."
    ),
    figure=16,
    reproduces={
        "mh-hca-same-role-92-5": _printed(0.925, "assistant", "same_role"),
        "mh-hca-to-trainee-na": _printed(
            0.01, "assistant", "trainee_nursing_associate"
        ),
        "mh-assistant-psych-same-role": _printed(
            0.667, "assistant_psychologist", "same_role", 0.01
        ),
        "mh-assistant-psych-to-trainee": _printed(
            0.15, "assistant_psychologist", "trainee"
        ),
        "mh-tna-same-role": _printed(0.72, "trainee_nursing_associate", "same_role"),
        "mh-tna-to-na": _printed(
            0.13, "trainee_nursing_associate", "nursing_associate"
        ),
        "mh-tna-to-hca": _printed(0.10, "trainee_nursing_associate", "assistant"),
    },
    caveats=(STAYERS_ONLY, EXPERIMENTAL),
)
def next_role(pairs: YearPair) -> ir.Table:
    """Where are the people of some support roles a year later?"""
    start, end = _named(pairs.job_role), _named(pairs.end_job_role)
    followed = pairs.filter(
        pairs.stayed & pairs.in_service & pairs.of_interest & (start != "other")
    )
    named = followed.select(
        start_role=start,
        outcome=(start == end).ifelse("same_role", end),
        headcount=ibis.literal(1, "int64"),
    )
    return share(
        named,
        by=("start_role", "outcome"),
        within=("start_role",),
        measure="share",
        of="headcount",
    )


def _named(role: ir.StringColumn) -> ir.StringColumn:
    return ibis.cases(
        (role.isin(ASSISTANTS), "assistant"),
        (role == TRAINEE, "trainee_nursing_associate"),
        (role == "Nursing Associate", "nursing_associate"),
        (role == PSYCHOLOGIST, "assistant_psychologist"),
        (role.startswith("Trainee"), "trainee"),
        else_="other",
    )
