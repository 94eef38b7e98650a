"""Whether groups of staff are as likely as others like them to leave."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.comparisons import (
    CHART,
    EVERYTHING,
    KEYS,
    METHOD,
    MODEL,
    measures,
    narrated,
)
from skillmix.catalogue import analysis
from skillmix.measures.characteristics import wide_age
from skillmix.measures.comparisons import comparison_cells
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.words.caveats import EXPERIMENTAL, NOT_DISCRIMINATION, UNDISCLOSED


def narrate(published: Published) -> str:
    """Say which groups were less or more likely to leave, like for like."""
    return narrated(published, "left")


@analysis(
    title="Who leaves, like for like",
    keys=KEYS,
    measures=measures("left", "people of the workforce in the service a year before"),
    chart=CHART,
    narrate=narrate,
    definition=(
        "Headcount by main post: people of the workforce in the service a year before "
        "the as-at month, by whether they are in no post of the record now. Who is on "
        "leave, or only on a bank contract, counts as having left post. "
        f"{METHOD}"
    ),
    caveats=(EXPERIMENTAL, UNDISCLOSED, NOT_DISCRIMINATION),
    capabilities=("RET-05", "RET-06", "REC-10"),
    model=MODEL,
)
def fairness(pairs: YearPair) -> ir.Table:
    """Are all groups of staff as likely as others like them to leave?"""
    people = pairs.filter(pairs.of_interest & pairs.in_service)
    people = people.mutate(age_group=wide_age(people.age))
    return comparison_cells(people, ~people.stayed, EVERYTHING)
