"""Where titles are used: by how many people, which employers, bands and job roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from skillmix.titles.words import clean

_CACHED = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list of titles, or one group of a staff record.

    Attributes:
        title: The title as it is written.
        people: People, posts or lines it stands for.
        employer: Employer, or empty if the list does not say.
        band: Band, or empty.
        job_role: ESR job role as recorded beside the title, or empty.
    """

    title: str
    people: int = 1
    employer: str = ""
    band: str = ""
    job_role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One distinct title, capitals and spaces apart, and where it is used.

    Attributes:
        title: The commonest way it is written.
        people: People, or lines, in all.
        employers: People by employer; empty if the list names no employers.
        bands: People by band recorded beside the title.
        job_roles: People by job role recorded beside the title.
    """

    title: str
    people: int
    employers: Mapping[str, int]
    bands: Mapping[str, int]
    job_roles: Mapping[str, int]


class _Tally:
    def __init__(self) -> None:
        self.written: Counter[str] = Counter()
        self.employers: Counter[str] = Counter()
        self.bands: Counter[str] = Counter()
        self.job_roles: Counter[str] = Counter()


@lru_cache(maxsize=_CACHED)
def key_of(title: str) -> str:
    """Return what makes two written titles the same: words, not capitals or spaces."""
    return clean(title).casefold()


def uses_of(lines: Iterable[Line]) -> tuple[Use, ...]:
    """Gather lines by title, the most used first; empty titles are left out."""
    tallies: dict[str, _Tally] = {}
    for line in lines:
        title = clean(line.title)
        if not title:
            continue
        tally = tallies.setdefault(title.casefold(), _Tally())
        tally.written[title] += line.people
        if line.employer:
            tally.employers[line.employer] += line.people
        if line.band:
            tally.bands[line.band] += line.people
        if line.job_role:
            tally.job_roles[line.job_role] += line.people
    found = [_use(tally) for tally in tallies.values()]
    return tuple(sorted(found, key=lambda u: (-u.people, u.title.casefold())))


def _use(tally: _Tally) -> Use:
    written = min(tally.written, key=lambda t: (-tally.written[t], t))
    return Use(
        title=written,
        people=sum(tally.written.values()),
        employers=dict(sorted(tally.employers.items())),
        bands=dict(sorted(tally.bands.items())),
        job_roles=dict(sorted(tally.job_roles.items())),
    )
