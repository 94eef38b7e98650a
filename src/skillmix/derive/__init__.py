"""Tables made from tables, once per run, each by one function.

`DERIVATIONS` is the list: the pipeline makes a table the first time an analysis asks
for it, from the tables its function names in its signature.
"""

from __future__ import annotations

from collections.abc import Mapping

from skillmix.derive.careers import (
    band_raise,
    career_month,
    career_move,
    career_step,
    cohort,
    cohort_month,
    first_event,
    starter,
)
from skillmix.derive.classified import as_at_month, year_before
from skillmix.derive.derivation import Derivation, Rule
from skillmix.derive.flows import balances, flow, flow_line, movement
from skillmix.derive.record_rules import (
    every_month,
    leavers_left,
    one_place,
    year_to,
)
from skillmix.derive.workforce import (
    joined,
    leaver_count,
    post,
    sickness_count,
    workforce_count,
    year_pair,
)
from skillmix.schema.careers import (
    BandRaise,
    CareerMonth,
    CareerMove,
    CareerStep,
    Cohort,
    CohortMonth,
    FirstEvent,
    Flow,
    FlowLine,
    Movement,
    Starter,
)
from skillmix.schema.derived import (
    Joined,
    LeaverCount,
    Post,
    SicknessCount,
    WorkforceCount,
    YearPair,
)
from skillmix.schema.table import Table
from skillmix.schema.way import way

__all__ = [
    "DERIVATIONS",
    "Derivation",
    "Rule",
    "as_at_month",
    "year_before",
    "year_to",
]

# Nobody can be followed through a record with gaps, or one that contradicts itself.
_UNEQUIVOCAL = (
    Rule(way=way(one_place), by_month=True),
    Rule(way=way(leavers_left), by_month=True),
)
_FOLLOWED = (Rule(way=way(every_month)), *_UNEQUIVOCAL)

DERIVATIONS: Mapping[type[Table], Derivation] = {
    WorkforceCount: Derivation(way=way(workforce_count), keep=True, by_month=True),
    Post: Derivation(way=way(post), keep=True),
    YearPair: Derivation(way=way(year_pair), keep=True),
    Joined: Derivation(way=way(joined), keep=False),
    SicknessCount: Derivation(way=way(sickness_count), keep=True, by_month=True),
    LeaverCount: Derivation(way=way(leaver_count), keep=True),
    CareerMonth: Derivation(way=way(career_month), keep=True, refuse=_FOLLOWED),
    CareerMove: Derivation(way=way(career_move), keep=True),
    BandRaise: Derivation(way=way(band_raise), keep=True),
    CareerStep: Derivation(way=way(career_step), keep=True),
    Cohort: Derivation(way=way(cohort), keep=True),
    CohortMonth: Derivation(way=way(cohort_month), keep=True),
    FirstEvent: Derivation(way=way(first_event), keep=True),
    Starter: Derivation(way=way(starter), keep=True),
    FlowLine: Derivation(way=way(flow_line), keep=True, refuse=_UNEQUIVOCAL),
    Movement: Derivation(way=way(movement), keep=True),
    Flow: Derivation(way=way(flow), keep=True, refuse=(Rule(way=way(balances)),)),
}
