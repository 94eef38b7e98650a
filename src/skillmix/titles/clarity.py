"""How clear an employer's titles are: titles for a role, and people they tell of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skillmix.titles.harmonise import Harmonised
from skillmix.titles.proposal import changes

EVERYBODY = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarity:
    """The clarity of one employer's titles for clinical support staff.

    Attributes:
        employer: The employer, or "all" for the list as a whole.
        people: People in support roles.
        titles: Distinct titles they hold.
        roles: Roles these titles name.
        told: People whose title tells the role.
        affected: People whose title a simplification would change.
    """

    employer: str
    people: int
    titles: int
    roles: int
    told: int
    affected: int

    @property
    def titles_per_role(self) -> float | None:
        """Distinct titles for each role; 1 is one role, one title."""
        return self.titles / self.roles if self.roles else None

    @property
    def share_told(self) -> float | None:
        """Share of people whose title tells the role."""
        return self.told / self.people if self.people else None


def clarity_of(titles: Sequence[Harmonised]) -> tuple[Clarity, ...]:
    """Return the clarity of the list as a whole, then of each employer in turn."""
    support = [t for t in titles if t.scope == "in" and t.role is not None]
    held: dict[str, list[tuple[Harmonised, int]]] = {}
    for title in support:
        for employer, people in title.use.employers.items():
            if people:
                held.setdefault(employer, []).append((title, people))
    whole = _clarity(EVERYBODY, [(t, t.use.people) for t in support])
    return (whole, *(_clarity(e, held[e]) for e in sorted(held)))


def _clarity(employer: str, held: Sequence[tuple[Harmonised, int]]) -> Clarity:
    return Clarity(
        employer=employer,
        people=sum(n for _, n in held),
        titles=len(held),
        roles=len({t.role.slug for t, _ in held if t.role}),
        told=sum(n for t, n in held if t.tells_role),
        affected=sum(n for t, n in held if changes(t)),
    )
