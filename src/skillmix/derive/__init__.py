"""Tables made from tables, once per run, each by one function.

`DERIVATIONS` is the list: the pipeline makes a table the first time an analysis asks
for it, from the tables its function names in its signature.
"""

from __future__ import annotations

from collections.abc import Mapping

from skillmix.derive.classified import year_before
from skillmix.derive.derivation import Derivation
from skillmix.derive.workforce import (
    joined,
    leaver_count,
    post,
    sickness_count,
    workforce_count,
    year_pair,
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

__all__ = ["DERIVATIONS", "Derivation", "year_before"]

DERIVATIONS: Mapping[type[Table], Derivation] = {
    WorkforceCount: Derivation(way=way(workforce_count), keep=True),
    Post: Derivation(way=way(post), keep=True),
    YearPair: Derivation(way=way(year_pair), keep=True),
    Joined: Derivation(way=way(joined), keep=False),
    SicknessCount: Derivation(way=way(sickness_count), keep=True),
    LeaverCount: Derivation(way=way(leaver_count), keep=True),
}
