"""How many people hold the roles the report names."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import total
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import ROLE_CATEGORIES, SERVICE_DEFINITION
from skillmix.words.contrast import contrast
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Give the number of health care assistants and trainee nursing associates."""
    assistants = contrast(published, "people", "people", role="assistant")
    trainees = contrast(published, "people", "people", role="trainee_nursing_associate")
    return (
        f"{in_month(published)}, the number of health care assistants and health care "
        f"support workers was {assistants}; of trainee nursing associates it was "
        f"{trainees}."
    )


def _printed(value: float, role: str, within: float) -> Printed:
    row = {"role": role, "in_service": True}
    return Printed(value=value, within=within, row=row)


@analysis(
    title="Selected roles",
    keys=("role", "in_service"),
    measures={
        "people": Measure(
            label="People",
            unit="people",
            denominator="",
            estimator=estimators.total,
            decimals=0,
        )
    },
    chart=Chart(kind="bar", x="role", colour="in_service", measure="people"),
    narrate=narrate,
    definition="Headcount by main post and job role, workforce of interest.",
    reproduces={
        "mh-support-largest-roles-hca-na-2020-06": _printed(20_200, "assistant", 50),
        "mh-support-nursing-associates-2020-06": _printed(150, "nursing_associate", 25),
        "mh-support-trainee-nursing-associates-2020-06": _printed(
            750, "trainee_nursing_associate", 25
        ),
        "mh-support-trainees-students-2020-06": _printed(2_550, "other_trainee", 25),
    },
    caveats=(ROLE_CATEGORIES, SERVICE_DEFINITION),
)
def selected_roles(posts: Post, scope: Scope) -> ir.Table:
    """How many people hold the best-known support roles?"""
    mine = posts.filter(posts.month == ibis.literal(scope.month), posts.of_interest)
    role = mine.job_role
    named = mine.mutate(
        role=ibis.cases(
            (
                role.isin(("Healthcare Assistant", "Health Care Support Worker")),
                "assistant",
            ),
            (role == "Nursing Associate", "nursing_associate"),
            (role == "Trainee Nursing Associate", "trainee_nursing_associate"),
            (mine.training, "other_trainee"),
            (role == "Assistant Psychologist", "assistant_psychologist"),
            (role == "Peer Support Worker", "peer_support_worker"),
            else_="other",
        )
    )
    chosen = named.filter(named.role != "other")
    return total(chosen, by=("role", "in_service"), measure="people", of="headcount")
