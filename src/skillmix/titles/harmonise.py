"""Titles brought to roles: the rules' reading, unless a person decided otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from skillmix.titles.lexicon import Role
from skillmix.titles.mapping import Decision
from skillmix.titles.nearest import cluster
from skillmix.titles.reading import Reading, Scope, read_title
from skillmix.titles.uses import Use, key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Harmonised:
    """One distinct title with its role.

    Attributes:
        use: The title and where it is used.
        reading: What the rules read in it.
        scope: Whether it is a clinical support role.
        role: The support role, or None.
        category: One of the three categories, "unsure", or "" out of scope.
        esr_code: ESR job role code, or empty.
        standard_title: The title a simplification would give, or empty.
        decided_by: "rule", or "mapping" where a person decided.
        note: What that person noted.
    """

    use: Use
    reading: Reading
    scope: Scope
    role: Role | None
    category: str
    esr_code: str
    standard_title: str
    decided_by: Literal["rule", "mapping"]
    note: str = ""

    @property
    def tells_role(self) -> bool:
        """Whether the title says what the person does."""
        return self.role is not None and self.role.tells_role

    @property
    def confidence(self) -> float:
        """How sure the role is, between 0 and 1; a person's decision is sure."""
        return 1.0 if self.decided_by == "mapping" else self.reading.evidence.confidence

    @property
    def rule(self) -> str:
        """The rule that decided."""
        decided = self.decided_by == "mapping"
        return "mapping file" if decided else self.reading.evidence.rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Titles that no rule reads and that seem to be one."""

    members: tuple[Harmonised, ...]

    @property
    def people(self) -> int:
        """People who hold one of the titles."""
        return sum(m.use.people for m in self.members)


def harmonise(
    uses: Sequence[Use], decisions: Mapping[str, Decision] | None = None
) -> tuple[Harmonised, ...]:
    """Bring each title to a role; a decision of the mapping file goes before rules.

    Args:
        uses: Distinct titles with where they are used.
        decisions: What a mapping file decides, by title.
    """
    given = decisions or {}
    return tuple(_harmonised(use, given.get(key_of(use.title))) for use in uses)


def _harmonised(use: Use, decision: Decision | None) -> Harmonised:
    reading = read_title(use.title)
    if decision is None:
        sure = reading.scope == "in"
        return Harmonised(
            use=use,
            reading=reading,
            scope=reading.scope,
            role=reading.known_role,
            category=reading.category,
            esr_code=reading.esr_code if sure else "",
            standard_title=reading.standard_title if sure else "",
            decided_by="rule",
        )
    role = decision.role
    same = role is not None and role.slug == reading.role
    return Harmonised(
        use=use,
        reading=reading,
        scope="in" if role else "out",
        role=role,
        category=(decision.category or role.category) if role else "",
        esr_code=(reading.esr_code if same else role.esr_code) if role else "",
        standard_title=role.standard_title if role else "",
        decided_by="mapping",
        note=decision.note,
    )


def unmatched(titles: Sequence[Harmonised]) -> tuple[Cluster, ...]:
    """Return the titles nobody could place, those alike together, largest first."""
    open_titles = [t for t in titles if t.scope == "unsure"]
    by_words: dict[str, list[Harmonised]] = {}
    for title in open_titles:
        words = title.reading.normal or title.reading.title.casefold()
        by_words.setdefault(words, []).append(title)
    people = {w: sum(t.use.people for t in found) for w, found in by_words.items()}
    clusters = [
        Cluster(members=tuple(t for words in group for t in by_words[words]))
        for group in cluster(people)
    ]
    return tuple(
        sorted(clusters, key=lambda c: (-c.people, c.members[0].use.title.casefold()))
    )
