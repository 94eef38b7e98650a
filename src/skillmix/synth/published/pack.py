"""Everything that is published of the synthetic NHS."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from skillmix.synth.chance import Chance
from skillmix.synth.published.core_pack import (
    write_core_1,
    write_core_5,
    write_core_14,
)
from skillmix.synth.published.earnings_files import write_earnings
from skillmix.synth.published.ethnicity_file import write_ethnicity
from skillmix.synth.published.history import before
from skillmix.synth.published.organisation_file import write_organisations
from skillmix.synth.published.sickness_files import write_sickness
from skillmix.synth.published.turnover_files import write_turnover
from skillmix.synth.tally import Tally

AS_AT = dt.date(2020, 6, 1)
# Months for which the mental health workforce is listed by organisation.
BY_ORGANISATION = frozenset((AS_AT, dt.date(2020, 10, 1)))
# Months between which people are followed, for turnover.
FOLLOWED = frozenset(
    dt.date(year, month, 1)
    for year, month in (
        (2019, 6),
        (2019, 10),
        (2020, 5),
        (2020, 6),
        (2020, 9),
        (2020, 10),
    )
)


def write_published(folder: Path, tally: Tally, chance: Chance) -> None:
    """Write every published file, in the layout of its publisher."""
    earlier = before(tally.months[0], chance.rng)
    write_core_1(folder, tally, earlier, AS_AT)
    write_core_5(folder, tally, AS_AT)
    write_core_14(folder, tally, earlier)
    write_sickness(folder, tally)
    write_turnover(folder, tally)
    write_ethnicity(folder, tally, earlier)
    write_earnings(folder, tally)
    write_organisations(folder)
