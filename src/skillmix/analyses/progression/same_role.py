"""How many assistants are in the same role a year later, in the service and not."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import likelihood
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL, SERVICE_DEFINITION, STAYERS_ONLY
from skillmix.words.contrast import contrast, verdict
from skillmix.words.when import the_month

ASSISTANTS = ("Healthcare Assistant", "Health Care Support Worker")
PSYCHOLOGIST = "Assistant Psychologist"


def narrate(published: Published) -> str:
    """Set assistants of the service beside those elsewhere."""
    both = contrast(published, "same_role", "percent", 1, start_role="assistant")
    compared = verdict(published, "same_role", start_role="assistant")
    return (
        f"Of health care assistants still in post in {the_month(published)}, those in "
        f"the same role as a year before were {both}. {compared}"
    )


def _row(role: str, *, in_service: bool) -> dict[str, object]:
    return {"start_role": role, "in_service": in_service}


@analysis(
    title="Same role a year later",
    keys=("start_role", "in_service"),
    measures={
        "same_role": Measure(
            label="Share in the same role a year later",
            unit="percent",
            denominator="people in that role a year before and still in post",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="dots", x="start_role", colour="in_service", measure="same_role"),
    narrate=narrate,
    definition=(
        "Headcount by main post: health care assistants and support workers, and "
        "assistant psychologists, of a year before the as-at month who are in post at "
        "both ends; assistants and support workers count as one role."
    ),
    reproduces={
        "mh-hca-same-role-93": Printed(
            value=0.93, within=0.005, row=_row("assistant", in_service=True)
        ),
        "nonmh-hca-same-role": Printed(
            value=0.925, within=0.0005, row=_row("assistant", in_service=False)
        ),
    },
    shows={
        "dir-assistant-psych-more-mobile": Claim(
            relation="greater",
            picks=(
                _row("assistant", in_service=True),
                _row("assistant_psychologist", in_service=True),
            ),
        )
    },
    caveats=(STAYERS_ONLY, EXPERIMENTAL, SERVICE_DEFINITION),
    capabilities=("PROG-04", "PROG-05"),
)
def same_role(pairs: YearPair) -> ir.Table:
    """How many assistants are in the same role a year later?"""

    def named(role: ir.StringColumn) -> ir.StringColumn:
        return ibis.cases(
            (role.isin(ASSISTANTS), "assistant"),
            (role == PSYCHOLOGIST, "assistant_psychologist"),
            else_="other",
        )

    start, end = named(pairs.job_role), named(pairs.end_job_role)
    followed = pairs.mutate(start_role=start, end_role=end).filter(
        pairs.stayed & pairs.of_interest & (start != "other")
    )
    return likelihood(
        followed,
        followed.start_role == followed.end_role,
        by=("start_role", "in_service"),
        measure="same_role",
    )
