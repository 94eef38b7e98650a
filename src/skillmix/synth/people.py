"""The people of the record at one month, one array a characteristic."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from skillmix.schema.values import CONTRACT_TYPES, CORE_CONTRACTS, STATUSES
from skillmix.synth.tables import Array

BANK = CONTRACT_TYPES.index("bank")
CORE = tuple(CONTRACT_TYPES.index(c) for c in CORE_CONTRACTS)
ACTIVE = STATUSES.index("active")
NO_SECOND, SECOND_BANK, SECOND_POST = 0, 1, 2


@dataclass(slots=True, kw_only=True)
class People:
    """Everyone on the record, in the order in which they came.

    Attributes:
        person: Number of the person.
        post: Number of the main post; a new employer means a new number.
        cell: Kind of post, a position in `world.world()`.
        employer: Position in `employers.employers()`.
        area: Position in `posts.posts().areas`.
        title: Position in `posts.posts().titles`.
        born: Month of birth, counted from year 0.
        gender: Position in `values.GENDERS`; likewise the next four.
        fte: Contracted hours in hundredths of full time; 0 for bank staff.
        contract: Position in `values.CONTRACT_TYPES`.
        status: Position in `values.STATUSES`.
        status_ends: Month in which the status goes back to active; 0 if it stays.
        band_since: Month in which the person reached the band.
        extra: Level of other pay, which people keep.
        second: Whether there is a second post, and which kind.
        second_post: Number of the second post, 0 if none.
        second_fte: Its hours in hundredths.
    """

    person: Array
    post: Array
    cell: Array
    employer: Array
    area: Array
    title: Array
    born: Array
    gender: Array
    ethnicity: Array
    disability: Array
    religion: Array
    orientation: Array
    fte: Array
    contract: Array
    status: Array
    status_ends: Array
    band_since: Array
    extra: Array
    second: Array
    second_post: Array
    second_fte: Array

    def __len__(self) -> int:
        """Return the number of people."""
        return len(self.person)

    def keep(self, chosen: Array) -> People:
        """Return the people chosen, by a mask or by positions."""
        return People(**{f.name: getattr(self, f.name)[chosen] for f in fields(self)})

    def joined_by(self, more: People) -> People:
        """Return these people, and then the others."""
        return People(
            **{
                f.name: np.concatenate((getattr(self, f.name), getattr(more, f.name)))
                for f in fields(self)
            }
        )

    def ages(self, month: int) -> Array:
        """Return ages in completed years at a month, counted from year 0."""
        return (month - self.born) // 12

    def in_post(self) -> Array:
        """Tell who counts as staff in post: active, and not on a bank contract."""
        return (self.contract != BANK) & np.isin(self.status, ACTIVE_PLACES)

    def bank_only(self) -> Array:
        """Tell who has a bank contract and nothing else."""
        return self.contract == BANK


ACTIVE_PLACES = tuple(
    STATUSES.index(s) for s in ("active", "internal_secondment", "acting_up")
)
