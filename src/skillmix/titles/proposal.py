"""A simplification: from so many titles to so few, and who would be affected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from skillmix.titles.harmonise import Harmonised
from skillmix.titles.lexicon import Role
from skillmix.titles.uses import key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One standard title, and the titles it would stand for.

    Attributes:
        title: The standard title.
        role: The role it names.
        aliases: Titles it would replace or already is, the most used first.
        people: People in the role.
        people_affected: People whose title would change.
        employers: Employers with the role; empty if none are named.
        employers_affected: Employers where somebody's title would change.
        bands: People by band.
        settings: Settings that the aliases name.
    """

    title: str
    role: Role
    aliases: tuple[Harmonised, ...]
    people: int
    people_affected: int
    employers: tuple[str, ...]
    employers_affected: tuple[str, ...]
    bands: Mapping[str, int]
    settings: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What tells it apart: a role may have several standard titles."""
        return (self.role.slug, self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The simplification as a whole.

    Attributes:
        standards: The standard titles, those of most people first.
        titles_before: Distinct titles of support roles now.
        titles_after: Distinct titles of support roles if it is adopted.
        people: People in support roles.
        people_affected: People whose title would change.
        people_untold: People whose title does not tell the role, so that no new
            title can be proposed from it; they are not affected.
        employers: Employers named.
        employers_affected: Employers where somebody's title would change.
        undecided: Distinct titles that nobody could place.
        outside: Distinct titles out of scope.
    """

    standards: tuple[Standard, ...]
    titles_before: int
    titles_after: int
    people: int
    people_affected: int
    people_untold: int
    employers: int
    employers_affected: int
    undecided: int
    outside: int


def propose(titles: Sequence[Harmonised]) -> Proposal:
    """Propose one title for each role, keep the aliases, and count who is affected.

    People whose title does not tell their role ("Support Worker") are counted, but
    what they do has to be asked before they can be given a better title.
    """
    support = [t for t in titles if t.scope == "in" and t.role is not None]
    groups: dict[tuple[Role, str], list[Harmonised]] = {}
    for title in support:
        if title.role is not None:
            groups.setdefault((title.role, title.standard_title), []).append(title)
    standards = [_standard(role, group) for (role, _), group in groups.items()]
    standards.sort(key=lambda s: (-s.people, s.title))
    affected = {e for s in standards for e in s.employers_affected}
    return Proposal(
        standards=tuple(standards),
        titles_before=len(support),
        titles_after=len({key_of(s.title) for s in standards}),
        people=sum(s.people for s in standards),
        people_affected=sum(s.people_affected for s in standards),
        people_untold=sum(t.use.people for t in support if not t.tells_role),
        employers=len({e for s in standards for e in s.employers}),
        employers_affected=len(affected),
        undecided=sum(t.scope == "unsure" for t in titles),
        outside=sum(t.scope == "out" for t in titles),
    )


def changes(title: Harmonised) -> bool:
    """Tell whether a simplification would change the title of those who hold it."""
    return key_of(title.use.title) != key_of(title.standard_title)


def _standard(role: Role, group: Sequence[Harmonised]) -> Standard:
    employers = sorted({e for t in group for e in t.use.employers})
    changed = [t for t in group if changes(t)]
    return Standard(
        title=group[0].standard_title,
        role=role,
        aliases=tuple(sorted(group, key=lambda t: (-t.use.people, t.use.title))),
        people=sum(t.use.people for t in group),
        people_affected=sum(t.use.people for t in changed),
        employers=tuple(employers),
        employers_affected=tuple(sorted({e for t in changed for e in t.use.employers})),
        bands=bands_of(group),
        settings=tuple(sorted({s for t in group for s in t.reading.settings})),
    )


def bands_of(titles: Sequence[Harmonised]) -> Mapping[str, int]:
    """Return people by band: as recorded, or else as the title itself states."""
    found: Counter[str] = Counter()
    for title in titles:
        if title.use.bands:
            found.update(title.use.bands)
        elif len(title.reading.bands) == 1:
            found[title.reading.bands[0]] += title.use.people
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A title that is used for more than one band, or more than one job role.

    Attributes:
        title: The title, or the words that several ways of writing it share.
        people: People whose band, or job role, is known.
        parts: These people by band, or by job role.
        members: The ways of writing it.
    """

    title: str
    people: int
    parts: Mapping[str, int]
    members: tuple[Harmonised, ...]


def spanning_bands(titles: Sequence[Harmonised]) -> tuple[Spread, ...]:
    """Return titles, places and spelling apart, that span several bands."""
    groups: dict[str, list[Harmonised]] = {}
    for title in titles:
        if title.scope == "in" and title.reading.normal:
            groups.setdefault(title.reading.normal, []).append(title)
    return _spreads((words, bands_of(group), group) for words, group in groups.items())


def shared_titles(titles: Sequence[Harmonised]) -> tuple[Spread, ...]:
    """Return titles that people of different recorded job roles hold."""
    return _spreads(
        (t.use.title, t.use.job_roles, (t,)) for t in titles if t.scope != "out"
    )


def _spreads(
    found_in: Iterable[tuple[str, Mapping[str, int], Sequence[Harmonised]]],
) -> tuple[Spread, ...]:
    """Return the titles that people of several bands or job roles hold."""
    found = [
        Spread(title=title, people=sum(by.values()), parts=by, members=tuple(members))
        for title, by, members in found_in
        if sum(n > 0 for n in by.values()) > 1
    ]
    return tuple(sorted(found, key=lambda s: (-s.people, s.title)))
