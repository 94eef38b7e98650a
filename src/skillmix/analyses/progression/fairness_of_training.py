"""Whether groups of staff are as likely as others like them to enter training."""

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
from skillmix.measures.progression import climbers
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.words.caveats import (
    EXPERIMENTAL,
    NOT_DISCRIMINATION,
    STAYERS_ONLY,
    UNDISCLOSED,
)


def narrate(published: Published) -> str:
    """Say which groups were less or more likely to enter training, like for like."""
    return narrated(published, "entered a training post")


@analysis(
    title="Fairness of entering training",
    keys=KEYS,
    measures=measures(
        "entered a training post",
        "people at bands 2 to 4 in the service, not in training, a year before and "
        "still in post",
    ),
    chart=CHART,
    narrate=narrate,
    definition=(
        "Headcount by main post: people of the workforce in the service at bands 2 to "
        "4, in no training post, a year before the as-at month and still in post, by "
        "whether they are now in a training post (trainee nursing associates and other "
        f"trainees and students). {METHOD}"
    ),
    caveats=(STAYERS_ONLY, EXPERIMENTAL, UNDISCLOSED, NOT_DISCRIMINATION),
    capabilities=("PROG-14", "REC-07", "STAT-10"),
    model=MODEL,
)
def fairness_of_training(pairs: YearPair) -> ir.Table:
    """Are all groups of staff as likely as others like them to enter training?"""
    people = climbers(pairs)
    people = people.filter(people.in_service & ~people.training)
    people = people.mutate(age_group=wide_age(people.age))
    entered = people.end_training.fill_null(False)
    return comparison_cells(people, entered, EVERYTHING)
