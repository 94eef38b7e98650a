"""Whether groups of staff are as likely as others like them to move up a band."""

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
from skillmix.measures.progression import climbers, moved_up
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.words.caveats import (
    EXPERIMENTAL,
    NOT_DISCRIMINATION,
    REBANDING,
    STAYERS_ONLY,
    UNDISCLOSED,
)


def narrate(published: Published) -> str:
    """Say which groups were less or more likely to move up, like for like."""
    return narrated(published, "moved up a band")


@analysis(
    title="Fairness of moving up a band",
    keys=KEYS,
    measures=measures(
        "moved up a band",
        "people at bands 2 to 4 in the service a year before, still in post",
    ),
    chart=CHART,
    narrate=narrate,
    definition=(
        "Headcount by main post: people of the workforce in the service at bands 2 to "
        "4 a year before the as-at month and still in post, by whether their band is "
        f"now higher. {METHOD}"
    ),
    caveats=(
        STAYERS_ONLY,
        EXPERIMENTAL,
        UNDISCLOSED,
        NOT_DISCRIMINATION,
        REBANDING,
    ),
    capabilities=("PROG-08", "PROG-09", "PROG-14", "STAT-05", "STAT-10", "REC-07"),
    model=MODEL,
)
def fairness(pairs: YearPair) -> ir.Table:
    """Are all groups of staff as likely as others like them to move up a band?"""
    people = climbers(pairs)
    people = people.filter(people.in_service)
    people = people.mutate(age_group=wide_age(people.age))
    return comparison_cells(people, moved_up(people), EVERYTHING)
